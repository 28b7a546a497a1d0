import { tie } from './typeset.ts';

/** A title or summary as its author typed it, set like the texts of the site; «60+» and a number at the end stay with the word before. */
export function setTitle(typed: string): string {
  return tie(typed).replace(/ (\d+\+(?=$|\s)|\d{1,3}$)/g, '\u00a0$1');
}
