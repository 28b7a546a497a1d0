/**
 * Sets Russian text as an editor would: spaces that must not break a line become non-breaking, so that the catalogues can be written with
 * ordinary spaces. Strings are set once when the catalogue loads, functions when they answer.
 */
export function typeset<T>(value: T): T {
  if (typeof value === 'string') return tie(value) as T;
  if (typeof value === 'function') return ((...args: unknown[]) => typeset(value(...args))) as T;
  if (Array.isArray(value)) return value.map(typeset) as T;
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, typeset(part)])) as T;
  }
  return value;
}

const nbsp = '\u00a0';

/** Words of one or two letters hold to the next word, numbers to what they count, a dash and «же», «ли», «бы» to the word before. */
export function tie(text: string): string {
  return text
    .replace(/(?<=^|[\s(«„–])(?!(?:же|ли|бы) )(\p{Script=Cyrillic}{1,2}) /gu, `$1${nbsp}`)
    .replace(/(?<!№ \d*)(\d) (?=[\p{L}₽%])/gu, `$1${nbsp}`)
    .replace(/(\d) (?=\d)/g, `$1${nbsp}`)
    .replace(/№ /g, `№${nbsp}`)
    .replace(/ (?=[–−] )/g, nbsp)
    .replace(/ (?=(?:же|ли|бы)(?!\p{L}))/gu, nbsp);
}
