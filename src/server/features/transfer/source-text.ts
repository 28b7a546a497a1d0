import type { SourceProblem } from './problems.ts';

const longestSource = 200_000;

/** The text with line ends of Unix and without a byte-order mark: what is stored and what lines are counted in. */
export function normaliseSource(text: string): string {
  return text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
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

/** Line ends in a text. */
export function linesIn(text: string): number {
  return text.split('\n').length - 1;
}
