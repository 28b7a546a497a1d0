import { describe, expect, test } from 'vitest';
import { copyTitle, freeSlug, keepDates, movedBefore, nextTo, openingAfter, shiftTo, slugOf } from './rules.ts';

describe('a move is relative', () => {
  test.each([
    ['up', 'd', 'b', 'adbce'],
    ['down', 'b', 'e', 'acdbe'],
    ['to the end', 'a', null, 'bcdea'],
    ['where it is', 'c', 'd', 'abcde'],
    ['before itself', 'c', 'c', 'abcde'],
  ])('%s', (_, id, beforeId, expected) => {
    expect(movedBefore([...'abcde'], id, beforeId)?.join('')).toBe(expected);
  });

  test('what is gone is no place', () => {
    expect(movedBefore([...'abc'], 'a', 'x')).toBeNull();
  });

  test('two moves of others leave both where they were put', () => {
    const first = movedBefore([...'abcdef'], 'e', 'b') ?? [];
    expect(movedBefore(first, 'a', 'f')?.join('')).toBe('ebcdaf');
  });

  test('moving back to what it stood before takes the move back', () => {
    for (const id of 'abcde') {
      const back = nextTo([...'abcde'], id);
      for (const to of [...'abcde', null]) expect(movedBefore(movedBefore([...'abcde'], id, to) ?? [], id, back)?.join('')).toBe('abcde');
    }
  });
});

describe('dates stay at their places', () => {
  const at = (day: number) => new Date(Date.UTC(2026, 9, day));
  const place = (id: string, day: number, deleted = false) => ({ id, opensAt: at(day), deleted });

  test('while topics move', () => {
    const before = [place('a', 1), place('b', 8), place('c', 15), place('d', 22)];
    expect(keepDates(before, ['d', 'a', 'b', 'c'])).toEqual([place('d', 1), place('a', 8), place('b', 15), place('c', 22)]);
  });

  test('and what is deleted keeps its own', () => {
    const before = [place('a', 1), place('x', 5, true), place('b', 8), place('c', 15)];
    expect(keepDates(before, ['c', 'a', 'x', 'b'])).toEqual([place('c', 1), place('a', 8), place('x', 5, true), place('b', 15)]);
  });
});

describe('a new year', () => {
  test('begins on the given day and keeps the distances and the time of day', () => {
    const openings = ['2025-10-09T15:00:00Z', '2025-10-16T15:00:00Z', '2025-11-06T16:30:00Z'].map((text) => new Date(text));
    expect(openings.map(shiftTo('2026-10-08', openings, 'Europe/Moscow')).map((date) => date.toISOString())).toEqual([
      '2026-10-08T15:00:00.000Z',
      '2026-10-15T15:00:00.000Z',
      '2026-11-05T16:30:00.000Z',
    ]);
  });

  test('keeps the time on the wall where clocks change between the topics, and where the year’s change falls on another day', () => {
    // Berlin: summer time ended on 26 October 2025 and ends on 25 October 2026.
    const openings = ['2025-10-24T16:00:00Z', '2025-10-31T17:00:00Z'].map((text) => new Date(text));
    expect(openings.map(shiftTo('2026-10-30', openings, 'Europe/Berlin')).map((date) => date.toISOString())).toEqual([
      '2026-10-30T17:00:00.000Z',
      '2026-11-06T17:00:00.000Z',
    ]);
    expect(openings.map(shiftTo('2026-10-16', openings, 'Europe/Berlin')).map((date) => date.toISOString())).toEqual([
      '2026-10-16T16:00:00.000Z',
      '2026-10-23T16:00:00.000Z',
    ]);
  });

  test('the first is the earliest, wherever it stands', () => {
    const openings = ['2025-10-16T15:00:00Z', '2025-10-09T15:00:00Z'].map((text) => new Date(text));
    expect(openings.map(shiftTo('2026-10-08', openings, 'Europe/Moscow')).map((date) => date.toISOString().slice(0, 10))).toEqual([
      '2026-10-15',
      '2026-10-08',
    ]);
  });

  test('of an empty course', () => {
    const at = new Date('2026-10-01T15:00:30Z');
    expect(shiftTo('2026-10-08', [], 'Europe/Moscow')(at)).toEqual(at);
  });
});

test('a new topic opens a week after the last one by the clock, and in an empty course in a week at 18:00', () => {
  const now = new Date('2026-11-24T22:30:00Z');
  expect(openingAfter(new Date('2026-10-22T16:00:00Z'), now, 'Europe/Berlin').toISOString()).toBe('2026-10-29T17:00:00.000Z');
  expect(openingAfter(null, now, 'Europe/Moscow').toISOString()).toBe('2026-12-02T15:00:00.000Z');
});

test.each([
  ['Математика, профиль 80+', 'matematika-profil-80'],
  ['Объём шара: ещё раз', 'obem-shara-eshche-raz'],
  ['Щука и чайка', 'shchuka-i-chayka'],
  ['Café  d’Été', 'cafe-d-ete'],
  ['数学', 'course'],
  ['a'.repeat(80), 'a'.repeat(56)],
  [`${'слово '.repeat(20)}`, 'slovo-slovo-slovo-slovo-slovo-slovo-slovo-slovo-slovo'],
])('«%s» in an address is %s', (title, slug) => {
  expect(slugOf(title, 'course')).toBe(slug);
});

test('a slug that is taken gets a number', () => {
  expect(freeSlug('a', ['b'])).toBe('a');
  expect(freeSlug('a', ['a', 'a-2'])).toBe('a-3');
});

test('a copy says that it is one, however long the title was', () => {
  expect(copyTitle('Логарифмы', 120)).toBe('Логарифмы (копия)');
  expect([...copyTitle('ы'.repeat(120), 120)]).toHaveLength(120);
});
