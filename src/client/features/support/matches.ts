export interface Piece {
  text: string;
  /** One of the words that were found. */
  hit: boolean;
}

const special = /[.*+?^${}()|[\]\\]/g;

/** A pattern of the words as they stand in the text, whole ones only; null where there are none. */
export function patternOf(words: readonly string[]): RegExp | null {
  const known = [...new Set(words.map((word) => word.trim()).filter(Boolean))];
  if (known.length === 0) return null;
  // The longest first: «ЕГЭ-2027» before «ЕГЭ».
  const choice = known
    .toSorted((a, b) => b.length - a.length)
    .map((word) => word.replace(special, '\\$&').replace(/\s+/g, '\\s+'))
    .join('|');
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${choice})(?![\\p{L}\\p{N}])`, 'giu');
}

/** The text in pieces, those that were found apart from the rest. Put together they are the text again. */
export function piecesOf(text: string, pattern: RegExp | null): Piece[] {
  if (!pattern) return text === '' ? [] : [{ text, hit: false }];
  const pieces: Piece[] = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(pattern)) {
    if (index > from) pieces.push({ text: text.slice(from, index), hit: false });
    pieces.push({ text: found, hit: true });
    from = index + found.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), hit: false });
  return pieces;
}

/** What a formula says to a screen reader and what it shows are two texts: neither is to be cut into. */
const untouched = '.katex, math, svg';

/**
 * Marks what was found in a piece of the page. Only texts are looked at, never the markup around them.
 * @returns takes the marks away again
 */
export function markWithin(root: HTMLElement, pattern: RegExp | null): () => void {
  if (!pattern) return () => undefined;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof Text && !node.parentElement?.closest(untouched)) texts.push(node);
  }
  const marked: { before: Text; after: Node[] }[] = [];
  for (const before of texts) {
    const pieces = piecesOf(before.data, pattern);
    if (!pieces.some(({ hit }) => hit)) continue;
    const after = pieces.map(({ text, hit }) => {
      if (!hit) return document.createTextNode(text);
      const mark = document.createElement('mark');
      mark.textContent = text;
      return mark;
    });
    before.replaceWith(...after);
    marked.push({ before, after });
  }
  return () => {
    for (const { before, after } of marked) {
      const [first, ...rest] = after;
      // Another text may stand there by now.
      if (!first?.parentNode) continue;
      first.parentNode.replaceChild(before, first);
      for (const node of rest) node.parentNode?.removeChild(node);
    }
  };
}
