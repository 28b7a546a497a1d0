interface Place {
  start: number;
  end: number;
}

/** Pieces of a rendered work that say where in the source they stand. */
const pieces = '[data-at]';

/**
 * The place in the source of what is selected in the rendered text, or null. What is one thing for a reader (a formula, code) is taken whole.
 */
export function placeOfRange(root: Element, range: Range): Place | null {
  let place: Place | null = null;
  for (const piece of root.querySelectorAll<HTMLElement>(pieces)) {
    if (!range.intersectsNode(piece)) continue;
    const { start, end } = partOf(piece, range);
    if (start < end) place = place ? { start: Math.min(place.start, start), end: Math.max(place.end, end) } : { start, end };
  }
  return place;
}

/** The place of a whole block: a paragraph, a list, a formula of its own line. */
export function placeOfBlock(block: Element): Place | null {
  const inside = [...(block.matches(pieces) ? [block] : []), ...block.querySelectorAll(pieces)];
  const edges = inside.flatMap((piece) => (piece instanceof HTMLElement ? [edgesOf(piece)] : []));
  return edges.length === 0 ? null : { start: Math.min(...edges.map(({ start }) => start)), end: Math.max(...edges.map(({ end }) => end)) };
}

function edgesOf(piece: HTMLElement): Place {
  return { start: Number(piece.dataset.at), end: Number(piece.dataset.to) };
}

function partOf(piece: HTMLElement, range: Range): Place {
  const { start, end } = edgesOf(piece);
  if (piece.dataset.whole !== undefined) return { start, end };
  const from = piece.contains(range.startContainer) ? start + offsetIn(piece, range.startContainer, range.startOffset) : start;
  const to = piece.contains(range.endContainer) ? start + offsetIn(piece, range.endContainer, range.endOffset) : end;
  return { start: Math.min(from, end), end: Math.min(to, end) };
}

/** Letters of the piece before a point in it. */
function offsetIn(piece: Element, node: Node, offset: number): number {
  const before = document.createRange();
  before.setStart(piece, 0);
  before.setEnd(node, offset);
  return before.toString().length;
}
