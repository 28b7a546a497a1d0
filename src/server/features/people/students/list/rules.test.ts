import { describe, expect, test } from 'vitest';
import { fromCursor, partsOf, searchKey, searchTerms, toCursor } from './rules.ts';

const word = (text: string) => ({ kind: 'word', text });
const digits = (text: string, international: string | null = null) => ({ kind: 'digits', text, international });

describe('what is typed into the search', () => {
  test.each([
    ['', []],
    ['   ', []],
    ['Соколов Илья', [word('соколов'), word('илья')]],
    ['  ФЁДОР\tАлёнин ', [word('федор'), word('аленин')]],
    ['Илья Соколов <ilya.sokolov@mail.ru>,', [word('илья'), word('соколов'), word('ilya.sokolov@mail.ru')]],
    ['(Иванова)', [word('иванова')]],
    ['И. Соколов', [word('и'), word('соколов')]],
    ['Римский-Корсаков', [word('римский-корсаков')]],
    ['ivan2007', [word('ivan2007')]],
    ['100%', [word('100%')]],
    ['_', [word('_')]],
    ['+7 (916) 123-45-67', [digits('79161234567', '+79161234567')]],
    ['8 916 123 45 67', [digits('89161234567', '+79161234567')]],
    ['8(916)123-45', [digits('891612345', '+791612345')]],
    ['916 123', [digits('916123')]],
    ['45-67', [digits('4567')]],
    ['８ ９１６ １２３ ４５ ６７', [digits('89161234567', '+79161234567')]],
    ['соколов 8 916 123 илья', [word('соколов'), digits('8916123', '+7916123'), word('илья')]],
    ['- -', []],
    ['а\u0000б', [word('а'), word('б')]],
    ['\ud800', [word('\ufffd')]],
  ])('%j', (typed, terms) => {
    expect(searchTerms(typed)).toEqual(terms);
  });

  test('a decomposed й is the one letter it is stored as', () => {
    expect(searchTerms('Сергей'.normalize('NFD'))).toEqual([word('сергей')]);
  });

  test('a whole letter pasted into the field is cut to what can be looked for', () => {
    expect(searchTerms('слово '.repeat(100))).toHaveLength(8);
  });
});

test('the key has one Latin letter for each Cyrillic one and leaves the rest', () => {
  const key = searchKey('абвгдежзийклмнопрстуфхцчшщъыьэюя ivan@x.ru +7');
  expect(key).toMatch(/^[a-z]{32} ivan@x\.ru \+7$/);
});

describe('a cursor', () => {
  const id = 'a3b1f6f0-7a52-4b1f-9a2e-1d2c3b4a5f60';
  const at = '2026-11-24T12:00:00.000Z';
  test.each([
    ['registered', [at, id]],
    ['name', ['Щукина «Ё»', 'Анна', id]],
    ['active', [at, id]],
    ['active', [null, id]],
  ] as const)('of the order by %s comes back as it was', (sort, place) => {
    expect(fromCursor(sort, toCursor([...place]))).toEqual(place);
  });

  test.each([
    ['registered', toCursor(['Щукина', 'Анна', id])],
    ['registered', toCursor([null, id])],
    ['name', toCursor([at, id])],
    ['active', toCursor([at, 'x'])],
    ['name', 'nonsense'],
    ['name', ''],
  ] as const)('of another order is none: %s %s', (sort, cursor) => {
    expect(fromCursor(sort, cursor)).toBeNull();
  });
});

test.each([
  ['registered', 'desc', null, ['all']],
  ['active', 'desc', null, ['active', 'never']],
  ['active', 'asc', null, ['never', 'active']],
  ['active', 'asc', 'never', ['never']],
  ['active', 'desc', 'active7', ['active']],
] as const)('by %s %s of %s the list has the parts %j', (sort, order, activity, parts) => {
  expect(partsOf({ sort, order, activity })).toEqual(parts);
});
