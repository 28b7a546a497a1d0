/** A name in addresses: a-z, 0-9 and single «-», at most 60 characters. */
export function isSlug(text: string): boolean {
  return text.length <= 60 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text);
}

export interface NumberedName {
  number: number;
  slug: string;
}

/** `01-powers` → 1 and `powers`; null for any other name. */
export function numberedName(name: string): NumberedName | null {
  const [, number, slug] = /^(\d{2,5})-(.+)$/.exec(name) ?? [];
  return slug !== undefined && isSlug(slug) ? { number: Number(number), slug } : null;
}

/** What a thing at this place of so many is called: all numbers of a folder are of one length, so that its names stand in order everywhere. */
export function nameAtPlace(place: number, of: number, slug: string): string {
  return `${String(place + 1).padStart(Math.max(2, String(of).length), '0')}-${slug}`;
}
