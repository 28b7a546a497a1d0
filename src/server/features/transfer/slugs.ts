/** A name in addresses: a-z, 0-9 and single «-», at most 60 characters. */
export function isSlug(text: string): boolean {
  return text.length <= 60 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text);
}

/** `01-powers` → `powers`; null for any other name. Two digits, so that the order of names is the order of numbers. */
export function slugAfterNumber(name: string): string | null {
  const slug = /^\d\d-(.+)$/.exec(name)?.[1];
  return slug !== undefined && isSlug(slug) ? slug : null;
}
