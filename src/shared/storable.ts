/** What PostgreSQL cannot keep, and nobody means: such things come from clipboards and from whoever writes requests by hand. */

/** U+0000 and halves of surrogate pairs, replaced by the sign for a lost character. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}

/** An instant of a school's life. The database has no year 0, and JavaScript writes years beyond 9999 in a way of its own. */
export function isNearInstant(text: string): boolean {
  const year = new Date(text).getUTCFullYear();
  return year >= 1900 && year <= 2200;
}
