export interface Line {
  /** Where it begins, from 1. */
  line: number;
  cells: string[];
}

/** Cells between semicolons; in quotes they may hold semicolons, ends of lines and, doubled, quotes. `unreadable`: a quote that never ends. */
export function cellsOf(text: string): Line[] | { unreadable: number } {
  const lines: Line[] = [];
  let cells: string[] = [];
  let cell = '';
  let line = 1;
  let begun = 1;
  let opened: number | null = null;
  const endCell = () => {
    cells.push(cell);
    cell = '';
  };
  const endLine = () => {
    endCell();
    if (cells.some((value) => value.trim() !== '')) lines.push({ line: begun, cells });
    cells = [];
  };
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === '\n') line++;
    if (opened !== null) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') {
        cell += '"';
        at++;
      } else opened = null;
    } else if (sign === '"' && cell.trim() === '') {
      opened = line;
      cell = '';
    } else if (sign === ';') endCell();
    else if (sign === '\n') {
      endLine();
      begun = line;
    } else if (sign !== '\r') cell += sign;
  }
  if (opened !== null) return { unreadable: opened };
  endLine();
  return lines;
}
