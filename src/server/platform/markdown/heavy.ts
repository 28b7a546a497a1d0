/**
 * Markdown that would hold up everybody: the process that renders a text also serves the pages, and the editor asks for it at every pause of
 * typing. What passes takes about a second in the worst case; no text that a person means comes near, so the bounds say nothing about style.
 */
const most = {
  lines: 3000,
  /** The parser's time grows with the square of such signs in one paragraph: the sum of those squares over the text. */
  squaresOfSigns: 4_000_000,
  /** Lists and quotations inside each other. */
  depth: 20,
  indent: 80,
  /** All of them together, line by line. */
  openings: 4000,
  /** A row of a table is filled up to the width of the first one, so that a few signs become as many cells. */
  cells: 20_000,
  headings: 1000,
  footnotes: 1000,
  dollars: 4000,
  backslashes: 20_000,
  links: 4000,
};
/** Characters of formulas in one text: a character becomes a hundred of HTML. */
export const mostFormulaCharacters = 30_000;

const countOf = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;
/** All that opens lists and quotations at the beginning of a line. Its alternatives begin differently, so there is one way to read a line. */
const openings = /^(?:[ \t>]|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))*/;
const heading = /^ {0,3}(?:#{1,6}(?:\s|$)|=+\s*$|-+\s*$)/;

/** The line of the text, from 0, at which it becomes too much, and the bound that it passes; null: it may be rendered. */
export function findHeavyLine(text: string): { line: number; limit: number } | null {
  const spent = { signs: 0, openings: 0, cells: 0, headings: 0, footnotes: 0, dollars: 0, backslashes: 0, links: 0 };
  let signs = 0;
  // Of the paragraph: a table has as many cells as rows times the widest of them.
  let columns = 0;
  let rows = 0;
  for (const [line, typed] of text.split('\n').entries()) {
    if (line >= most.lines) return { line, limit: most.lines };
    if (typed.trim() === '') {
      signs = 0;
      columns = 0;
      rows = 0;
      continue;
    }
    const added = countOf(typed, /[*_~[\]<!`&]/g);
    spent.signs += added * (2 * signs + added);
    signs += added;
    const before = columns * rows;
    columns = Math.max(columns, countOf(typed, /\|/g));
    rows += 1;
    spent.cells += columns * rows - before;
    const opening = openings.exec(typed)?.[0] ?? '';
    const depth = countOf(opening, /[-+*>]|\d+/g);
    spent.openings += depth;
    if (heading.test(typed)) spent.headings += 1;
    spent.footnotes += countOf(typed, /\[\^/g);
    spent.dollars += countOf(typed, /\$/g);
    spent.backslashes += countOf(typed, /\\/g);
    spent.links += countOf(typed, /@|www\.|:\/\//gi);
    const passed =
      over(spent.signs, most.squaresOfSigns) ??
      over(depth, most.depth) ??
      over(depth > 0 ? opening.length : 0, most.indent) ??
      over(spent.openings, most.openings) ??
      over(spent.cells, most.cells) ??
      over(spent.headings, most.headings) ??
      over(spent.footnotes, most.footnotes) ??
      over(spent.dollars, most.dollars) ??
      over(spent.backslashes, most.backslashes) ??
      over(spent.links, most.links);
    if (passed !== null) return { line, limit: passed };
  }
  return null;
}

function over(value: number, limit: number): number | null {
  return value > limit ? limit : null;
}
