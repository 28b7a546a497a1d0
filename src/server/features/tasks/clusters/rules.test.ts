import { expect, test } from 'vitest';
import type { AnswerSpec } from '#shared/answers/spec.ts';
import { clusterCursor, keyInWords, toClusterCursor } from './rules.ts';

const options = ['a', 'b', 'c'].map((id) => ({ id, text: `вариант ${id}` }));

test.each<[AnswerSpec | null, string | null]>([
  [{ kind: 'number', key: '12.5' }, '12,5'],
  [{ kind: 'number', key: '12,5', tolerance: '0,1' }, '12,5 ± 0,1'],
  [{ kind: 'word', key: ['ель', 'ёлка'] }, 'ель / ёлка'],
  [{ kind: 'choice', key: 'c', options }, '3'],
  [{ kind: 'choices', key: ['c', 'a'], options, partial: 'none' }, '1, 3'],
  [{ kind: 'sequence', key: '4132', partial: 'none' }, '4132'],
  [{ kind: 'set', key: '321', partial: 'none' }, '123'],
  [
    {
      kind: 'cells',
      key: [
        ['1', '2'],
        ['3', '4'],
      ],
      rows: 2,
      cols: 2,
      partial: 'none',
    },
    '1 · 2; 3 · 4',
  ],
  [{ kind: 'long', criteria: [{ id: 'K1', title: 'Ответ', max: 1 }] }, null],
  [null, null],
])('%o reads %s', (spec, words) => {
  expect(keyInWords(spec)).toBe(words);
});

test('a place between pages comes back as it was given out', () => {
  const place = { students: 37, hash: 'aB3_-'.padEnd(43, 'x') };
  expect(clusterCursor(toClusterCursor(place))).toEqual(place);
});

test.each(['', '37', '37.short', `-1.${'x'.repeat(43)}`, `1.${'#'.repeat(43)}`, `9999999999.${'x'.repeat(43)}`])(
  '%o is no place',
  (text) => {
    expect(clusterCursor(text)).toBeNull();
  },
);
