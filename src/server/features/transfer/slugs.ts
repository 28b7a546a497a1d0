/** A name in addresses: a-z, 0-9 and single «-», at most 60 characters. */
export function isSlug(text: string): boolean {
  return text.length <= 60 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text);
}
