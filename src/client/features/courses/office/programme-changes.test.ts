import { expect, test } from 'vitest';
import type { ProgrammeDto } from '#shared/curriculum.ts';
import { withoutTask, withTaskMoved, withTopicMoved } from './programme-changes.ts';

const task = (id: string) => ({ id, title: id, kind: null, published: true, edited: false });
const topic = (id: string, day: number, tasks: string[]) => ({
  id,
  slug: id,
  title: id,
  opensAt: `2026-11-0${day}`,
  published: true,
  edited: false,
  videos: 0,
  files: 0,
  openedFor: 0,
  tasks: tasks.map(task),
});
const programme: ProgrammeDto = {
  id: 'c',
  slug: 'c',
  title: 'c',
  subject: { id: 's', title: 's' },
  target: 60,
  summary: '',
  schedule: null,
  chatAfter: 3,
  priceMinor: 0,
  monthlyMinor: 0,
  takenCurrencies: [],
  currency: 'RUB',
  published: true,
  edited: false,
  students: 0,
  timeZone: 'Europe/Moscow',
  topics: [topic('a', 1, ['1', '2', '3']), topic('b', 2, []), topic('c', 3, ['4'])],
  bin: [],
};
const shape = ({ topics }: ProgrammeDto) =>
  topics.map(({ id, opensAt, tasks }) => `${id}${opensAt.at(-1)}:${tasks.map((one) => one.id).join('')}`).join(' ');

test('a moved topic takes its tasks along and leaves the dates at their places', () => {
  expect(shape(withTopicMoved(programme, 'c', 'a'))).toBe('c1:4 a2:123 b3:');
  expect(shape(withTopicMoved(programme, 'a', null))).toBe('b1: c2:4 a3:123');
});

test('a task moves within its topic and into another one', () => {
  expect(shape(withTaskMoved(programme, '3', 'a', '1'))).toBe('a1:312 b2: c3:4');
  expect(shape(withTaskMoved(programme, '1', 'a', null))).toBe('a1:231 b2: c3:4');
  expect(shape(withTaskMoved(programme, '2', 'b', null))).toBe('a1:13 b2:2 c3:4');
  expect(shape(withTaskMoved(programme, '2', 'c', '4'))).toBe('a1:13 b2: c3:24');
  // What it was to stand before was deleted meanwhile: the server will say so; until then it is last.
  expect(shape(withTaskMoved(programme, '2', 'c', 'gone'))).toBe('a1:13 b2: c3:42');
  expect(withTaskMoved(programme, 'gone', 'c', '4')).toBe(programme);
});

test('a deleted task is out of sight at once', () => {
  expect(shape(withoutTask(programme, '2'))).toBe('a1:13 b2: c3:4');
});
