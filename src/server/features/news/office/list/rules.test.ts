import { expect, test } from 'vitest';
import { namedIn, unknownOf } from './rules.ts';

const id = '6f1c0b7a-2f5e-4c1d-9a53-0c1f2e3d4b5a';

test.each<[string, string, string[]]>([
  ['nothing', '', []],
  ['names only', 'Соколов Илья\nИванова Анна', []],
  ['an address', 'anna@example.ru', ['email anna@example.ru']],
  [
    'addresses as a letter has them',
    'Анна <Anna@Example.RU>; Илья <i.sokolov@mail.ru>,',
    ['email anna@example.ru', 'email i.sokolov@mail.ru'],
  ],
  ['an address at the end of a sentence', 'Пишите: anna@example.ru.', ['email anna@example.ru']],
  ['one twice', 'anna@example.ru\nANNA@example.ru', ['email anna@example.ru']],
  ['an address that is a phone', '89161234567@mail.ru', ['email 89161234567@mail.ru']],
  [
    'a phone in all its forms, once',
    '+7 916 123-45-67\n8 (916) 123-45-67\n89161234567\n9161234567\n7.916.123.45.67',
    ['phone +79161234567'],
  ],
  ['two in a line', '8 916 123-45-67 8 917 765-43-21', ['phone +79161234567', 'phone +79177654321']],
  ['two in a column', '89161234567\n89177654321', ['phone +79161234567', 'phone +79177654321']],
  ['another country', '+375 29 123-45-67', ['phone +375291234567']],
  ['an id', `/admin/students/${id.toUpperCase()}`, [`id ${id}`]],
  [
    'a row of a table',
    `Соколов\tИлья\ti@example.ru\t+7 916 123-45-67\t2009-03-04\t${id}`,
    ['email i@example.ru', 'phone +79161234567', `id ${id}`],
  ],
  ['numbers that are no phones', '2026-11-23 10:30, 10 412 учеников, № 12345678901234567890, 1234567890', []],
  ['full-width signs', 'ａnna＠example.ru', ['email anna@example.ru']],
])('%s', (_, text, found) => {
  expect(namedIn(text).map(({ kind, value }) => `${kind} ${value}`)).toEqual(found);
});

test('what was typed is told as it was typed', () => {
  expect(namedIn('Петя 8 (916) 123-45-67').map(({ typed }) => typed)).toEqual(['8 (916) 123-45-67']);
});

test('a row of a table is one student, found by any of its columns; words in a line of their own are several', () => {
  const table = 'Анна\ta@example.ru\t8 916 000-00-01\nИлья\ti@example.ru\t8 916 000-00-02';
  expect(unknownOf(namedIn(table), new Set(['a@example.ru']))).toEqual(['i@example.ru']);
  expect(unknownOf(namedIn('a@example.ru; i@example.ru, o@example.ru'), new Set(['a@example.ru']))).toEqual([
    'i@example.ru',
    'o@example.ru',
  ]);
});

test.each([
  ['letters', 'a'.repeat(2_000_000), 0],
  ['signs', '@'.repeat(2_000_000), 0],
  ['digits', '1'.repeat(2_000_000), 0],
  ['sevens', '7 '.repeat(1_000_000), 1],
  ['dashes', '9-'.repeat(1_000_000), 1],
  ['hexadecimal', 'abcdef01-'.repeat(200_000), 0],
])('two megabytes of %s are gone through once', (_, text, found) => {
  expect(namedIn(text)).toHaveLength(found);
});
