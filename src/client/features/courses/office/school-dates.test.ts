import { expect, test } from 'vitest';
import { daysUntil, elsewhere, shortDate } from './school-dates.ts';

const now = Date.parse('2026-11-24T17:00:00Z');
const nbsp = '\u00a0';

test.each([
  ['ru', '2026-10-08T15:00:00Z', `8${nbsp}окт, 18:00`],
  ['ru', '2027-02-04T15:00:00Z', `4${nbsp}фев, 18:00`],
  ['ru', '2027-09-02T15:00:00Z', `2${nbsp}сен${nbsp}2027, 18:00`],
  ['ru', '2026-11-26T21:30:00Z', `27${nbsp}ноя, 00:30`],
  ['en', '2026-09-10T15:00:00Z', `10${nbsp}Sep, 18:00`],
] as const)('%s %s', (locale, at, expected) => {
  expect(shortDate(locale, 'Europe/Moscow', at, now)).toBe(expected);
});

test.each([
  ['2026-11-24T16:59:00Z', null],
  ['2026-11-24T18:00:00Z', 0],
  ['2026-11-25T00:00:00Z', 1],
  ['2026-11-26T15:00:00Z', 2],
  ['2026-12-17T15:00:00Z', 23],
])('%s is so many days away by the school’s calendar', (at, days) => {
  expect(daysUntil('Europe/Moscow', at, now)).toBe(days);
});

test('elsewhere the day may be another, and who agrees with the school is left out', () => {
  expect(elsewhere('Europe/Moscow', '2026-11-26T15:00:00Z')).toEqual([
    { zone: 'Asia/Yekaterinburg', time: '20:00', on: null },
    { zone: 'Asia/Vladivostok', time: '01:00', on: '2026-11-27' },
  ]);
  expect(elsewhere('Asia/Yekaterinburg', '2026-11-26T15:00:00Z')).toEqual([{ zone: 'Asia/Vladivostok', time: '01:00', on: '2026-11-27' }]);
});
