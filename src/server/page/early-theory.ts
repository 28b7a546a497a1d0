/** The beginning of a theory, for a page whose styles are not there yet. */

/** What one sees of a theory before one scrolls, in letters. */
const longest = 900;
/** A paragraph with formulas is as long as that, in signs of HTML. */
const longestBlock = 20_000;

/**
 * The first blocks of a rendered theory, without links, names and looks of their own: paragraphs, headings and formulas, up to the first that is none of
 * these (a list, a table, a picture). Formulas are written as MathML, which browsers draw by themselves, without attributes of style, which the policy of the
 * page forbids.
 * @param html as the server rendered it from Markdown
 */
export function beginningOf(html: string): string {
  let begun = '';
  let letters = 0;
  for (let at = 0; letters < longest; ) {
    const block = nextBlock(html, at);
    if (!block) break;
    begun += block.drawn;
    letters += block.letters;
    at = block.end;
  }
  return begun;
}

function nextBlock(html: string, from: number): { drawn: string; letters: number; end: number } | null {
  const rest = html.slice(from, from + longestBlock);
  const [whole, tag, inner] = /^\s*<(p|h2|h3|div class="md-scroll")(?: [^>]*)?>(.*?)<\/(?:p|h2|h3|div)>/s.exec(rest) ?? [];
  if (whole === undefined || tag === undefined || inner === undefined) return null;
  const text = withoutLooks(inner);
  if (text === null) return null;
  const name = tag.startsWith('div') ? 'div' : tag;
  return { drawn: `<${name}>${text}</${name}>`, letters: text.replaceAll(/<[^>]*>/g, '').length, end: from + whole.length };
}

const plain = /<\/?(?:strong|em|a|code)(?: [^>]*)?>/g;
const formula = /<span class="katex(?:-display)?">(?:<span class="katex">)?<span class="katex-mathml">(<math.*?<\/math>)<\/span>/s;

/** Text and formulas of a block; null where there is something else in it. */
function withoutLooks(inner: string): string | null {
  let text = '';
  let rest = inner;
  for (let found = formula.exec(rest); found; found = formula.exec(rest)) {
    text +=
      rest.slice(0, found.index).replaceAll(plain, '') + (found[1] ?? '').replaceAll(/<annotation.*?<\/annotation>| style="[^"]*"/gs, '');
    rest = rest.slice(endOfSpan(rest, found.index));
  }
  text += rest.replaceAll(plain, '');
  return /<(?!\/?(?:math|semantics|m[a-z]+)\b)/.test(text) ? null : text;
}

/** Where the span that begins at `from` has its end. */
function endOfSpan(html: string, from: number): number {
  const tags = /<(\/?)span\b[^>]*>/g;
  tags.lastIndex = from;
  let depth = 0;
  for (let tag = tags.exec(html); tag; tag = tags.exec(html)) {
    depth += tag[1] === '/' ? -1 : 1;
    if (depth === 0) return tags.lastIndex;
  }
  return html.length;
}
