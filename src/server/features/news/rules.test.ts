import { expect, test } from 'vitest';
import { excerptOfNews, fromNewsCursor, toNewsCursor } from './rules.ts';

const word = 'слово ';
test.each([
  ['', ''],
  ['Короткая **новость**', 'Короткая новость'],
  [word.repeat(40), `${word.repeat(25).trim()} слово…`],
  [`${word.repeat(26)}– а дальше ещё`, `${word.repeat(26).trim()}…`],
  ['а'.repeat(200), `${'а'.repeat(159)}…`],
  ['Новость…', 'Новость…'],
])('the beginning of %j', (body, excerpt) => {
  expect(excerptOfNews(body)).toBe(excerpt);
});

test('a cursor is read as it was made, and nothing else is one', () => {
  const place = { at: '2026-11-23T10:00:00.000Z', id: '6f1c0b7a-2f5e-4c1d-9a53-0c1f2e3d4b5a' };
  expect(fromNewsCursor(toNewsCursor(place))).toEqual(place);
  const made = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  for (const other of ['', 'x', made(null), made({ at: 'x', id: place.id }), made({ ...place, id: 'x' }), made({ ...place, more: 1 })]) {
    expect(fromNewsCursor(other)).toBeNull();
  }
});
