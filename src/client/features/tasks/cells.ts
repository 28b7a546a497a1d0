export interface Cell {
  row: number;
  col: number;
}

/** Rows by lines, cells by tabs (a spreadsheet), semicolons or, where neither is there, spaces (what a program printed). */
export function readTable(text: string): string[][] {
  const lines = text
    .replace(/\r\n?/g, '\n')
    .replace(/(?<!\n)\n+$/, '')
    .split('\n');
  const separator = lines.some((line) => line.includes('\t')) ? '\t' : lines.some((line) => line.includes(';')) ? ';' : /\s+/;
  return lines.map((line) => (typeof separator === 'string' ? line : line.trim()).split(separator).map((cell) => cell.trim()));
}

/** A paste of one value is an ordinary paste into the text of a cell. */
export function isTable(table: string[][]): boolean {
  return table.length > 1 || (table[0]?.length ?? 0) > 1;
}

/** The table laid over the grid from that cell on; what does not fit falls off, as in a spreadsheet's fixed range. */
export function pasteInto(grid: string[][], at: Cell, table: string[][]): string[][] {
  return grid.map((cells, row) => cells.map((cell, col) => table[row - at.row]?.[col - at.col] ?? cell));
}

export function withCell(grid: string[][], at: Cell, text: string): string[][] {
  return grid.map((cells, row) => (row === at.row ? cells.map((cell, col) => (col === at.col ? text : cell)) : cells));
}

/** Where the caret stands in the cell: sideways arrows leave a cell only from its edge. */
export interface Caret {
  atStart: boolean;
  atEnd: boolean;
}

/** A cell that was just entered is selected whole: then both edges are at hand. */
export function caretOf(start: number, end: number, length: number): Caret {
  const whole = start === 0 && end === length;
  return { atStart: whole || end === 0, atEnd: whole || start === length };
}

/** The cell a key leads to, or null where the key keeps its own meaning. Enter on the last row submits, as in any field. */
export function moveFrom(at: Cell, key: string, caret: Caret, size: { rows: number; cols: number }): Cell | null {
  const to = { ...at };
  if (key === 'ArrowUp') to.row -= 1;
  else if (key === 'ArrowDown' || key === 'Enter') to.row += 1;
  else if (key === 'ArrowLeft' && caret.atStart) to.col -= 1;
  else if (key === 'ArrowRight' && caret.atEnd) to.col += 1;
  else return null;
  return to.row >= 0 && to.row < size.rows && to.col >= 0 && to.col < size.cols ? to : null;
}
