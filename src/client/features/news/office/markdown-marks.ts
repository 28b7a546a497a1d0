/** What one press of the toolbar puts in: `insert` instead of the text from `from` to `to`; then this part of it is selected. */
export interface MarkdownEdit {
  from: number;
  to: number;
  insert: string;
  /** Within `insert`. */
  select: [start: number, end: number];
}

interface Selected {
  text: string;
  from: number;
  to: number;
}

/** Bold and italic; pressed once more it is taken away. Spaces at the ends stay outside: «** x **» is no bold. */
export function marked({ text, from, to }: Selected, mark: '**' | '*', placeholder: string): MarkdownEdit {
  const chosen = text.slice(from, to);
  const before = from - mark.length;
  const isSame = (start: number) => text.slice(start, start + mark.length) === mark;
  // Within «**» one star is no italic.
  const isPart = mark === '*' && (text[from - 2] === '*' || text[to + 1] === '*');
  if (chosen !== '' && before >= 0 && isSame(before) && isSame(to) && !isPart) {
    return { from: before, to: to + mark.length, insert: chosen, select: [0, chosen.length] };
  }
  const words = chosen.trim();
  if (words === '') return { from, to, insert: mark + placeholder + mark, select: [mark.length, mark.length + placeholder.length] };
  const start = chosen.indexOf(words);
  const insert = chosen.slice(0, start) + mark + words + mark + chosen.slice(start + words.length);
  return { from, to, insert, select: [start + mark.length, start + mark.length + words.length] };
}

/** A link: of chosen words the address is to be typed, of a chosen address the words. */
export function linked({ text, from, to }: Selected, placeholder: string): MarkdownEdit {
  const chosen = text.slice(from, to).trim();
  if (/^https?:\/\/\S+$/.test(chosen)) {
    return { from, to, insert: `[${placeholder}](${chosen})`, select: [1, 1 + placeholder.length] };
  }
  const words = chosen === '' ? placeholder : chosen.replace(/(?<!\s)\s*\n\s*/g, ' ');
  const address = 'https://';
  const at = words.length + 3;
  return { from, to, insert: `[${words}](${address})`, select: [at, at + address.length] };
}

/** Every line of the selection becomes an item; when all are items already, none is one any more. */
export function listed({ text, from, to }: Selected, placeholder: string): MarkdownEdit {
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const lineEnd = text.indexOf('\n', to);
  const end = lineEnd === -1 ? text.length : lineEnd;
  const lines = text.slice(start, end).split('\n');
  if (lines.every((line) => line.trim() === '')) {
    const gap = needsGap(text, start) ? '\n' : '';
    const insert = `${gap}- ${placeholder}`;
    return { from: start, to: end, insert, select: [gap.length + 2, insert.length] };
  }
  const isItem = (line: string) => /^\s*- /.test(line);
  const full = lines.filter((line) => line.trim() !== '');
  const turned = full.every(isItem)
    ? lines.map((line) => line.replace(/^(\s*)- /, '$1'))
    : lines.map((line) => (line.trim() === '' || isItem(line) ? line : `- ${line}`));
  const insert = turned.join('\n');
  return { from: start, to: end, insert, select: [0, insert.length] };
}

/** A list right under a paragraph reads as part of it. */
function needsGap(text: string, start: number): boolean {
  const above = text.slice(0, start);
  return above !== '' && !above.endsWith('\n\n') && !/(?:^|\n)\s*- [^\n]*\n$/.test(above);
}
