import { expect, test } from 'vitest';
import { nearestNames, slipsBetween } from './rules.ts';

test.each<[string, string, number]>([
  ['petrov', 'petrov', 0],
  ['petorv', 'petrov', 1],
  ['petov', 'petrov', 1],
  ['pettrov', 'petrov', 1],
  ['pitrov', 'petrov', 1],
  ['eptorv', 'petrov', 2],
  ['sidorov', 'petrov', 3],
  ['li', 'lisicin', 3],
  ['', 'ab', 2],
])('from %s to %s', (a, b, slips) => {
  expect([slipsBetween(a, b, 2), slipsBetween(b, a, 2)]).toEqual([slips, slips]);
});

const names = ['Петров', 'Петухов', 'Лена', 'Ким', 'Ли', 'Римский-Корсаков', 'Пётр', 'Ольга', 'Константинопольский'];

test.each<[string, string[]]>([
  ['петорв', ['Петров']],
  ['лина', ['Лена']],
  ['олга', ['Ольга']],
  ['птер', ['Пётр']],
  ['кем', ['Ким']],
  ['корсоков', ['Римский-Корсаков']],
  ['констонтинополский', ['Константинопольский']],
  ['петровв', ['Петров']],
  // Too short to be told from another name.
  ['ле', []],
  ['достоевский', []],
])('%s → %j', (typed, found) => {
  expect(nearestNames(typed, names)).toEqual(found);
});

test('tens of thousands of names take no time to speak of', () => {
  const many = Array.from({ length: 50_000 }, (_, index) => `Фамилия${index}`);
  const startedAt = performance.now();
  expect(nearestNames('фомилия777', many)).toEqual(['Фамилия777']);
  // Wide: it takes some tens of milliseconds.
  expect(performance.now() - startedAt).toBeLessThan(1000);
});
