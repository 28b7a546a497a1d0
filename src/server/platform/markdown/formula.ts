import katex, { type KatexOptions } from 'katex';

const longestFormula = 10_000;
/** A formula that names others: a few signs of it become megabytes, long before KaTeX counts too many expansions. */
export const namesFormulas = /\\(?:[gex]?def|(?:re)?newcommand|providecommand|(?:future)?let|global|long)(?![a-z])/i;

const options: KatexOptions = {
  output: 'htmlAndMathml',
  throwOnError: true,
  // Cyrillic letters and decimal commas in formulas are what our authors need.
  strict: 'ignore',
  // \href, \url, \includegraphics, \htmlClass and their kind: KaTeX would set the command in red and drop its arguments.
  trust: ({ command }) => {
    throw new Error(`${command} is not allowed`);
  },
  maxSize: 40,
  maxExpand: 1000,
};

/** HTML with MathML for screen readers, or why the formula cannot be set. Never throws, whatever is typed. */
export function setFormula(tex: string, displayMode: boolean): { ok: true; html: string } | { ok: false; reason: string } {
  if (tex.length > longestFormula) return { ok: false, reason: `longer than ${longestFormula} characters` };
  const naming = namesFormulas.exec(tex)?.[0];
  if (naming !== undefined) return { ok: false, reason: `${naming} is not allowed` };
  try {
    return { ok: true, html: katex.renderToString(tex, { ...options, displayMode }) };
  } catch (error) {
    // Also what KaTeX did not mean to throw: braces nested ten thousand deep end its stack.
    return { ok: false, reason: error instanceof Error ? error.message.replace(/^KaTeX parse error: /, '') : 'cannot be set' };
  }
}
