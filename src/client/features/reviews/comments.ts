/** In the order of the text, as they are numbered. */
export function inOrder<T extends { start: number; end: number }>(comments: readonly T[]): T[] {
  return comments.toSorted((a, b) => a.start - b.start || a.end - b.end);
}

/** A piece of the text, short enough to stand above a remark. */
export function quoteOf(text: string, { start, end }: { start: number; end: number }): string {
  const piece = text.slice(start, end).replace(/\s+/g, ' ').trim();
  return piece.length > 90 ? `${piece.slice(0, 89).trimEnd()}…` : piece;
}

/** The same place without the spaces around it; null where nothing else is there. */
export function trimmed(text: string, { start, end }: { start: number; end: number }): { start: number; end: number } | null {
  const piece = text.slice(start, end);
  const from = start + (piece.length - piece.trimStart().length);
  const to = end - (piece.length - piece.trimEnd().length);
  return from < to ? { start: from, end: to } : null;
}
