import { searchKey } from '../../people/students/list/rules.ts';

/** One thing that was looked for, as the words it may be: what was typed, and what the same keys give in the other keyboard layout. */
export type Term = string[];

const mostTerms = 8;
const longestWord = 60;
const latinKeys = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";
const russianKeys = 'йцукенгшщзхъфывапролджэячсмитьбюё';

/** Letters and digits in a row, small and without ё: what parts words in the database parts them here. */
export function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).map((word) => word.replaceAll('ё', 'е').slice(0, longestWord));
}

/** Reads what was typed: «Баллы 60+?» → баллы, 60; «,fkks» may be «fkks» and «баллы». */
export function searchTerms(typed: string): Term[] {
  const terms = new Map<string, Term>();
  for (const piece of typed.normalize('NFC').toLowerCase().split(/\s+/)) {
    const words = wordsOf(piece);
    const other = otherLayout(piece);
    for (const term of other === null ? words.map((word) => [word]) : [[...words, other]]) terms.set(term.join(' '), term);
  }
  return [...terms.values()].slice(0, mostTerms);
}

/** Below three letters it would be found in too many words that nobody means. Null: no word comes out of it. */
function otherLayout(piece: string): string | null {
  const bare = piece.replace(/^[^\p{L}[\];',.`]+|[^\p{L}[\];',.`]+$/gu, '');
  const swapped = /^[а-яё]+$/.test(bare)
    ? swap(bare, russianKeys, latinKeys)
    : /[a-z]/.test(bare)
      ? swap(bare, latinKeys, russianKeys)
      : '';
  return /^(?:[a-z]{3,}|[а-яё]{3,})$/.test(swapped) ? swapped.replaceAll('ё', 'е').slice(0, longestWord) : null;
}

const swap = (text: string, from: string, to: string) => [...text].map((sign) => to[from.indexOf(sign)] ?? ' ').join('');

/** Words as one operand of a text search query. They hold nothing but letters and digits, so the quotes are safe. */
export const anyOf = (words: readonly string[], suffix = '') => words.map((word) => `'${word}'${suffix}`).join(' | ');

/**
 * The stemmer takes «оригинал» for a verb of the past, like «писал», and «оригиналы» for a noun: words of that kind are looked for in both forms.
 */
export function bothForms(word: string): string[] {
  const base = /^(\p{L}{3,}[аи]л)(?:а|у|ом|е|ы|ов|ам|ами|ах)?$/u.exec(word)?.[1];
  return base === undefined ? [word] : [base, `${base}ы`];
}

/** Long enough to have a slip in it that is no other word. */
export const mayHoldSlip = (word: string) => [...word].length > 3 && /^\p{L}+$/u.test(word);

/** Share of three-letter pieces in common, as pg_trgm counts them for two single words. */
function likeness(a: string, b: string): number {
  const [one, other] = [pieces(a), pieces(b)];
  const common = [...one].filter((piece) => other.has(piece)).length;
  return common / (one.size + other.size - common);
}

function pieces(word: string): Set<string> {
  const padded = `  ${word} `;
  return new Set(Array.from({ length: padded.length - 2 }, (_, start) => padded.slice(start, start + 3)));
}

/** «Атестат» and «аттестата» have half, «балы» and «баллов» a third; below that they are different words. */
export const leastLikeness = 0.33;

/** The words that somebody meant who typed this one: the likest, and those nearly as like, which are mostly its other forms. */
export function meant(typed: string, vocabulary: Iterable<string>): string[] {
  const key = searchKey(typed);
  const found = [...new Set(vocabulary)]
    .map((word) => ({ word, like: likeness(searchKey(word), key) }))
    .filter(({ like }) => like >= leastLikeness)
    .sort((a, b) => b.like - a.like);
  const best = found[0]?.like ?? 0;
  return found
    .filter(({ like }) => like >= best - 0.1)
    .slice(0, 5)
    .map(({ word }) => word);
}
