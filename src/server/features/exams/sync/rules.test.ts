import { describe, expect, test } from 'vitest';
import { changedSince, overOutcomes, planSync, type StoredAnswer } from './rules.ts';

const stored = (over: Partial<StoredAnswer> = {}): StoredAnswer => ({
  taskId: 'a',
  rev: 4,
  valueRev: 4,
  value: '12',
  flagged: false,
  seen: true,
  ...over,
});

describe('a change of an answer that stands at «12» since revision 4', () => {
  type Case = [says: string, answer: Partial<StoredAnswer>, change: Record<string, unknown>, outcome: string, write: object | null];
  test.each<Case>([
    ['made on what stands there', {}, { baseRev: 4, value: '13' }, 'saved', { value: '13', valueChanged: true }],
    ['made on something older', {}, { baseRev: 3, value: '13' }, 'conflict', null],
    ['made on something older, to the same', {}, { baseRev: 0, value: '12' }, 'saved', null],
    ['sent again', {}, { baseRev: 4, value: '12' }, 'saved', null],
    ['taken away', {}, { baseRev: 4, value: null }, 'saved', { value: null, valueChanged: true }],
    ['taken away on something older', {}, { baseRev: 3, value: null }, 'conflict', null],
    [
      'after a mark that was set elsewhere',
      { rev: 9, valueRev: 4, flagged: true },
      { baseRev: 4, value: '13' },
      'saved',
      { value: '13', flagged: true },
    ],
    ['marked on something older', {}, { baseRev: 1, flagged: true }, 'saved', { value: '12', valueChanged: false, flagged: true }],
    ['marked as it is', { flagged: true }, { baseRev: 4, flagged: true }, 'saved', null],
    ['opened for the first time', { seen: false }, { baseRev: 0, seen: true }, 'saved', { seen: true, value: '12', valueChanged: false }],
    ['opened again', {}, { baseRev: 4, seen: true }, 'saved', null],
    ['with a mark, on something older', {}, { baseRev: 3, value: '13', flagged: true }, 'conflict', null],
    ['a table', { value: [['1', '']] }, { baseRev: 4, value: [['1', '2']] }, 'saved', { value: [['1', '2']] }],
    ['the same table', { value: [['1', '']] }, { baseRev: 0, value: [['1', '']] }, 'saved', null],
    ['what is like it as a text only', { value: ['1'] }, { baseRev: 4, value: '1' }, 'saved', { value: '1' }],
  ])('%s', (_, answer, change, outcome, write) => {
    const plan = planSync([stored(answer)], [{ taskId: 'a', baseRev: 0, ...change }]);
    expect(plan.outcomes).toEqual([{ taskId: 'a', outcome }]);
    expect(plan.writes).toEqual(write ? [expect.objectContaining({ taskId: 'a', ...write })] : []);
  });
});

test('each change has an outcome of its own', () => {
  const changes = ['a', 'b', 'c'].map((taskId) => ({ taskId, baseRev: 1, value: '7' }));
  const plan = planSync([stored(), stored({ taskId: 'b', valueRev: 1 })], changes);
  expect(plan.outcomes.map(({ outcome }) => outcome)).toEqual(['conflict', 'saved', 'unknown']);
  expect(plan.writes.map(({ taskId }) => taskId)).toEqual(['b']);
  expect(overOutcomes([stored()], changes).map(({ outcome }) => outcome)).toEqual(['over', 'unknown', 'unknown']);
});

test('a browser hears what is newer than it knows, and what it wrote itself', () => {
  const known = [stored({ rev: 4 }), stored({ taskId: 'b', rev: 6, value: '7' }), stored({ taskId: 'c', rev: 5 })];
  const { writes } = planSync(known, [{ taskId: 'a', baseRev: 4, value: '13' }]);
  expect(changedSince(known, 5, { rev: 7, writes })).toEqual([
    { taskId: 'a', rev: 7, value: '13', flagged: false, seen: true },
    { taskId: 'b', rev: 6, value: '7', flagged: false, seen: true },
  ]);
});
