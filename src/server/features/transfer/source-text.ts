import { findHeavyLine } from '../../platform/markdown/heavy.ts';
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

/** False where reading it would hold up the whole school. @param firstLine line of the file at which the text begins */
export function isReadable(text: string, firstLine: number, problems: SourceProblem[]): boolean {
  const heavy = findHeavyLine(text);
  if (heavy) problems.push({ line: firstLine + heavy.line, code: 'too-dense', limit: heavy.limit });
  return heavy === null;
}

/** Line ends in a text. */
export function linesIn(text: string): number {
  return text.split('\n').length - 1;
}
