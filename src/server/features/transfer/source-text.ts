import type { SourceProblem } from './problems.ts';

const longestSource = 200_000;

/** The text with line ends of Unix and without a byte-order mark: what is stored and what lines are counted in. */
export function normaliseSource(text: string): string {
  return text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
}

/** A text without the empty lines around it; spaces at the beginning of the first line stay, for they may be code. */
export function trimLines(text: string): string {
  return text.replace(/^(?:[ \t]*\n)+/, '').trimEnd();
}

/** Do two texts say the same once they stand in a file? */
export function isSameText(a: string, b: string): boolean {
  return a === b || trimLines(normaliseSource(a)) === trimLines(normaliseSource(b));
}

export function isStorable(text: string, problems: SourceProblem[]): boolean {
  if (text.length > longestSource) problems.push({ line: 1, code: 'too-long', limit: longestSource });
  // PostgreSQL stores neither.
  const bad = /\0|\p{Surrogate}/u.exec(text);
  if (bad)
    problems.push({
      line: linesIn(text.slice(0, bad.index)) + 1,
      code: 'character',
      character: bad[0] === '\0' ? 'U+0000' : 'half of a pair',
    });
  return text.length <= longestSource && !bad;
}

const limits = { signsOfParagraph: 4000, signsOfText: 20_000, headings: 1000, footnotes: 1000, depth: 100, lines: 10_000, cells: 50_000 };

/**
 * The time that Markdown takes grows with the square of such signs in one paragraph, of headings, of footnotes and of lists in lists. What passes
 * here is read within a second or two; no text that a person means comes near.
 */
export function isReadable(text: string, firstLine: number, problems: SourceProblem[]): boolean {
  const refuse = (line: number, limit: number) => {
    problems.push({ line, code: 'too-dense', limit });
    return false;
  };
  let signsOfText = 0;
  let signs = 0;
  let headings = 0;
  let footnotes = 0;
  // A row of a table is filled up to the width of the first one, so that a few signs become as many cells.
  let columns = 0;
  let rows = 0;
  for (const [i, line] of text.split('\n').entries()) {
    if (i >= limits.lines) return refuse(firstLine + i, limits.lines);
    if (line.trim() === '') {
      signs = 0;
      columns = 0;
      rows = 0;
    }
    columns = Math.max(columns, line.match(/\|/g)?.length ?? 0);
    rows += 1;
    if (columns * rows > limits.cells) return refuse(firstLine + i, limits.cells);
    const found = line.match(/[*_~[\]<!`]/g)?.length ?? 0;
    signs += found;
    signsOfText += found;
    if (signs > limits.signsOfParagraph) return refuse(firstLine + i, limits.signsOfParagraph);
    if (signsOfText > limits.signsOfText) return refuse(firstLine + i, limits.signsOfText);
    if (/^ {0,3}(?:#{1,6}(?:\s|$)|=+\s*$|-+\s*$)/.test(line)) headings += 1;
    if (headings > limits.headings) return refuse(firstLine + i, limits.headings);
    footnotes += line.match(/\[\^/g)?.length ?? 0;
    if (footnotes > limits.footnotes) return refuse(firstLine + i, limits.footnotes);
    const marks = /^(?:\s|[-+*>]\s|\d{1,9}[.)]\s)*/.exec(line)?.[0] ?? '';
    if (marks.length > 2 * limits.depth && /[-+*>.)]/.test(marks)) return refuse(firstLine + i, limits.depth);
  }
  return true;
}

/** Line ends in a text. */
export function linesIn(text: string): number {
  return text.split('\n').length - 1;
}
