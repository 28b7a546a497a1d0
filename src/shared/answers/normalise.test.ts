import { describe, expect, test } from 'vitest';
import { fold, foldSymbols, foldWord } from './normalise.ts';

describe('equal as words', () => {
  test.each([
    ['Вследствие', 'ВСЛЕДСТВИЕ', 'paper forms have capital letters only'],
    [' вслед ствие ', 'вследствие', 'forms are filled without spaces'],
    ['такжепотому', 'также\u00a0потому', 'no-break space'],
    ['вслед\u00adствие', 'вследствие', 'soft hyphen from a copied page'],
    ['\ufeffвслед\u200bствие\u200f', 'вследствие', 'BOM, zero-width space, direction mark'],
    ['ёлка', 'елка', 'ё is written as е by half of the country'],
    ['е\u0308лка', 'ёлка', 'decomposed ё'],
    ['и\u0306од', 'йод', 'decomposed й'],
    ['кто–то', 'кто-то', 'dash for hyphen'],
    ['кто\u2011то', 'кто-то', 'no-break hyphen'],
    ['кто - то', 'кто-то', 'spaces around the hyphen'],
    ['«да»', '"да"', 'guillemets'],
    ['“да”', "'да'", 'curly quotes'],
    ['ΛΟΓΟΣ', 'λογος', 'final sigma'],
  ])('%j and %j: %s', (one, other) => {
    expect(foldWord(one)).toBe(foldWord(other));
  });
});

describe('different as words', () => {
  test.each<[string, string, 'strict' | undefined, string]>([
    ['по-моему', 'помоему', undefined, 'the hyphen is a symbol of the answer'],
    ['ёлка', 'елка', 'strict', 'a spelling task about ё'],
    ['в виду', 'ввиду', 'strict', 'a spelling task about one word or two'],
    ['1,5', '15', undefined, 'a comma inside a word stays'],
    ['мой', 'мои', undefined, 'й is a letter of its own'],
    ['Masse', 'Maße', undefined, 'ß is a letter of its own'],
    ['сом', 'com', undefined, 'alphabets are not mixed unless declared'],
  ])('%j and %j (%s): %s', (one, other, spelling) => {
    expect(foldWord(one, spelling)).not.toBe(foldWord(other, spelling));
  });

  test('strict spelling still forgives case and the number of spaces', () => {
    expect(foldWord('  Чёрный \u00a0 КОТ', 'strict')).toBe('чёрный кот');
  });
});

describe('symbols', () => {
  test.each([
    ['4 1 3 2', '4132', 'spaces'],
    ['4, 1; 3. 2', '4132', 'commas, semicolons, points'],
    ['4\t1\n3\u30002', '4132', 'tabs, line breaks, wide spaces'],
    ['АБ В', 'абв', 'letters'],
    ['-5', '-5', 'a sign is not a separator'],
    ['5\ufe0f\u20e3', '5', 'a keycap of a phone keyboard'],
  ])('%j reads as %s: %s', (typed, symbols) => {
    expect(foldSymbols(typed)).toBe(symbols);
  });

  test('look-alike letters are mapped only where the alphabet is declared', () => {
    expect(foldSymbols('ху zw', 'latin')).toBe('xyzw');
    expect(foldSymbols('АВС', 'latin')).toBe('abc');
    expect(foldSymbols('ABC', 'cyrillic')).toBe('авс');
    expect(foldSymbols('ху')).not.toBe(foldSymbols('xy'));
    expect(foldSymbols('0З', 'latin')).toBe('0з');
  });
});

test.each(['', ' ', '\u00a0\u2009\u202f', '\u200b\u200d\ufeff\u00ad\u2066', '\n\t', '\0\u0007'])('%j folds to nothing', (typed) => {
  expect(fold(typed)).toBe('');
});
