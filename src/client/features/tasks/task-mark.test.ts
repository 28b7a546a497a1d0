import { describe, expect, test } from 'vitest';
import type { TaskStateDto } from '#shared/tasks.ts';
import { newerState, nextUnsolved, taskMark } from './task-mark.ts';

function state(attempts: number, extra: Partial<TaskStateDto> = {}): TaskStateDto {
  return {
    solved: false,
    bestPoints: 0,
    wrongCount: attempts,
    attempts: Array.from({ length: attempts }, (_, i) => ({
      id: `${i}`,
      understood: '1',
      verdict: 'wrong' as const,
      points: 0,
      at: '2026-11-24T16:00:00Z',
      replyHtml: null,
    })),
    hintHtml: null,
    solution: { state: 'none' },
    chatLeft: 0,
    chat: null,
    keyFixPoints: null,
    ...extra,
  };
}

describe('taskMark', () => {
  test.each([
    [state(0), false, 'untouched'],
    [state(0), true, 'waiting'],
    [state(2), false, 'wrong'],
    [state(2, { bestPoints: 1 }), false, 'partly'],
    [state(1, { solved: true, bestPoints: 1 }), true, 'right'],
    [state(0, { work: 'none' }), false, 'untouched'],
    [state(0, { work: 'waiting' }), false, 'review'],
    [state(0, { work: 'returned' }), false, 'returned'],
    [state(1, { work: 'accepted' }), false, 'wrong'],
    // Another work is with a teacher, and what was accepted stays.
    [state(1, { work: 'waiting', solved: true }), false, 'right'],
  ])('%#', (given, waiting, mark) => {
    expect(taskMark(given, waiting)).toBe(mark);
  });
});

describe('nextUnsolved', () => {
  const task = (id: string, solved = false) => ({ id, state: state(0, { solved }) });
  test('goes on, then round', () => {
    const tasks = [task('a'), task('b', true), task('c', true), task('d')];
    expect(nextUnsolved(tasks, 'b')?.id).toBe('d');
    expect(nextUnsolved(tasks, 'd')?.id).toBe('a');
  });
  test('leaves out what a teacher has', () => {
    const tasks = [task('a'), { id: 'b', state: state(0, { work: 'waiting' }) }, { id: 'c', state: state(0, { work: 'returned' }) }];
    expect(nextUnsolved(tasks, 'a')?.id).toBe('c');
  });
  test('never names the task itself', () => {
    expect(nextUnsolved([task('a', true), task('b')], 'b')).toBeNull();
    expect(nextUnsolved([task('a', true)], 'a')).toBeNull();
  });
});

test('the state with the later answer wins, of equal ones the one read from the server', () => {
  const read = state(2);
  expect(newerState(read, state(3)).wrongCount).toBe(3);
  // Graded anew meanwhile, with fewer wrong answers.
  const regraded = { ...state(3), wrongCount: 0, solved: true };
  expect(newerState(regraded, state(3))).toBe(regraded);
  expect(newerState(read, state(2))).toBe(read);
  expect(newerState(read, state(1))).toBe(read);
  expect(newerState(read, undefined)).toBe(read);
});
