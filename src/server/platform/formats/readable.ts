/** What cannot travel or would not be seen is left out: halves of surrogate pairs, control characters, foreign line ends. */
export function readable(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '');
}
