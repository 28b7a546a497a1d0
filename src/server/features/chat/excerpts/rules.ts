/** Characters of a message that tell in a list what it is about. */
const excerptLength = 160;
/** What an excerpt is made from: a statement need not bring a whole message. */
export const excerptSource = 600;

/** A formula in a line of text: fractions by a slash, names of signs without their backslash, no braces. */
function plainFormula(formula: string): string {
  return formula
    .replace(/\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}/g, '$1/$2')
    .replace(/\\([a-zA-Z]+)/g, '$1')
    .replace(/\\[^a-zA-Z]/g, ' ')
    .replace(/[{}]/g, '');
}

/**
 * The beginning of a message as one line of plain text: its marks of Markdown and of formulas are gone, signs that only look like marks («2*3*4») stay.
 * @param body Markdown, whole or its first `excerptSource` characters
 */
export function excerptOf(body: string): string {
  const text = body
    .slice(0, excerptSource)
    .replace(/^[ \t]*(?:```|~~~).*$/gm, '')
    .replace(/(\${1,2})(?=\S)([^$\n]*?\S)\1/g, (_, __, formula: string) => plainFormula(formula))
    .replace(/!?\[([^\]\n]*)\]\([^)\n]*\)/g, '$1')
    .replace(/^[ \t]*(?:#{1,6}[ \t]|>[ \t]?|[-*+][ \t]|\d{1,3}[.)][ \t])+/gm, '')
    .replace(/(\*\*|__|~~|`)(?=\S)([^\n]*?\S)\1/g, '$2')
    .replace(/(^|[\s(«„"])([*_])(?=\S)([^*_\n]*?\S)\2(?=$|[\s)»“".,:;!?])/gm, '$1$3')
    .replace(/\s+/g, ' ')
    .trim();
  const signs = [...text];
  return signs.length > excerptLength
    ? `${signs
        .slice(0, excerptLength - 1)
        .join('')
        .trimEnd()}…`
    : text;
}
