import { tie } from '#shared/i18n/typeset.ts';

/** A title or summary as its author typed it, set like the texts of the site; «60+» stays with the word before it. */
export function setTitle(typed: string): string {
  return tie(typed).replace(/ (\d+\+)(?=$|\s)/g, '\u00a0$1');
}
