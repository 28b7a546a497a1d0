/** «вторник, 24 ноября» at the beginning of a line. */
export function capitalised(text: string, locale: string): string {
  const [first = '', ...rest] = text;
  return first.toLocaleUpperCase(locale) + rest.join('');
}
