import { tie } from '#shared/i18n/typeset.ts';

/** Code and the spoken twin of a formula stay as they are; every other tag is stepped over; the rest is text. */
const pieces = /<(pre|code|math)\b[\s\S]*?<\/\1>|<[^>]*>|[^<]+/g;
const formulas =
  /<span class="katex">(?=<span class="katex-mathml">(?:(?!<\/math>)[\s\S])*?<annotation encoding="application\/x-tex">([^<]*)<)/g;

/** Formulas have sizes in style attributes; in everything else `<`, `>` and quotes are escaped. */
const styled = /(<[^<>]*) style="/g;

/**
 * The same HTML with its styles under a name that does nothing by itself: in HTML the site's policy lets no style attribute work, so that none that
 * slips in does. `applyStyles` sets them.
 */
export function holdStyles(html: string): string {
  return html.replace(styled, '$1 data-style="');
}

/** Sets what `holdStyles` held back, by script, which the policy allows. To be called before anything is painted. */
export function applyStyles(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLElement>('[data-style]')) element.style.cssText = element.dataset.style ?? '';
}

/** Longer ones may have to break to fit a phone. */
const longestWhole = 24;

/**
 * What an editor does to text and its author should not have to: short words hold to the next one, numbers to what they count, a closing quote
 * or bracket to the formula before it, and a short formula stays whole.
 */
export function setProse(html: string): string {
  return holdStyles(html)
    .replace(formulas, (tag, tex: string) => (shownLength(tex) <= longestWhole ? '<span class="katex md-whole">' : tag))
    .replace(pieces, (piece) => (piece.startsWith('<') ? piece : tie(piece)))
    .replace(/<\/span>(?=[»“)\]])/g, '</span>\u2060');
}

/** About as many signs as will be seen: a command is one, braces are none. */
function shownLength(tex: string): number {
  return tex
    .replace(/&\w+;/g, '<')
    .replace(/\\[a-zA-Z]+|\\./g, '#')
    .replace(/[{}\s^_]/g, '').length;
}
