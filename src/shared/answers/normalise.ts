import type { Alphabet } from './shapes.ts';

const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
const BLANKS = /[\s\p{Cc}]+/gu;
const MINUSES = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g;
const QUOTES = /["`\u00b4\u00ab\u00bb\u02bc\u2018-\u201f\u2032\u2033\u2039\u203a\uff02\uff07]/g;
const WIDE_PUNCTUATION = /[\uff0b\uff0c\uff0e\uff1b]/g;
const FOREIGN_DIGITS = /[^\P{Nd}0-9]/gu;
const ANY_DIGIT = /\p{Nd}/u;
const SEPARATORS = /[ ,.;]/g;
const MARKED_YE = /е\p{M}+/gu;
const DIAERESIS = '\u0308';
const MARKS = /\p{M}/gu;

/** Letters at equal places look alike as capitals or as small ones; case is folded before they are mapped. */
const LATIN = 'abcehkmoptxyijs';
const CYRILLIC = 'авсенкмортхуіјѕ';
const TO_LATIN = new Map([...CYRILLIC].map((letter, i) => [letter, LATIN.charAt(i)]));
/** і, ј, ѕ are no letters of the Russian alphabet, so nothing is mapped to them. */
const TO_CYRILLIC = new Map([...LATIN.slice(0, 12)].map((letter, i) => [letter, CYRILLIC.charAt(i)]));

/**
 * The common beginning for every kind, for keys and answers alike: NFC, nothing invisible (zero-width, soft hyphen, BOM, bidi marks),
 * one space between words and none around, ASCII digits, one minus, one quote, small letters.
 *
 * A no-break or thin space becomes a plain one rather than nothing: in a number `1 000` must read and `3 5` must not become 35.
 * Kinds that ignore spaces remove them later, with the plain ones.
 */
export function fold(raw: string): string {
  return raw
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .replace(BLANKS, ' ')
    .trim()
    .replace(FOREIGN_DIGITS, asciiDigit)
    .replace(MINUSES, '-')
    .replace(QUOTES, "'")
    .replace(WIDE_PUNCTUATION, (mark) => String.fromCharCode(mark.charCodeAt(0) - 0xfee0))
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .normalize('NFC'); // again: a removed character may have stood between a letter and its mark
}

/**
 * Exam forms are filled without spaces, so spaces do not count; a hyphen is a symbol of its own and stays.
 * `strict` is for tasks about spelling: ё is not е and «ввиду» is not «в виду».
 */
export function foldWord(raw: string, spelling?: 'strict'): string {
  const folded = fold(raw);
  return spelling === 'strict' ? folded : yoToYe(folded.replaceAll(' ', ''));
}

/**
 * Symbols in a row: without spaces, commas, points and semicolons between them. A hyphen stays: `-5` is not `5`. A mark that makes no
 * letter with what stands before it is dropped, as it is no symbol of its own and would cling to another one in a sorted set.
 */
export function foldSymbols(raw: string, alphabet?: Alphabet): string {
  const symbols = yoToYe(fold(raw).replace(SEPARATORS, '')).replace(MARKS, '').normalize('NFC');
  if (alphabet === undefined) return symbols;
  const map = alphabet === 'latin' ? TO_LATIN : TO_CYRILLIC;
  return [...symbols].map((symbol) => map.get(symbol) ?? symbol).join('');
}

/** The whole run of marks is looked at: whatever else stands above the letter, no second reading finds another ё. */
function yoToYe(text: string): string {
  return text
    .normalize('NFD')
    .replace(MARKED_YE, (letter) => letter.replaceAll(DIAERESIS, ''))
    .normalize('NFC');
}

/** Unicode keeps decimal digits in runs of ten (the mathematical ones: five runs side by side), each from its zero up. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (ANY_DIGIT.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((code - zero) % 10);
}
