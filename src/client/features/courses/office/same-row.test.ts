import { expect, test } from 'vitest';
import { isSameRow } from './same-row.ts';

const [task, other] = [{ id: 'task' }, { id: 'other' }];
const row = {
  course: { id: 'course' },
  topic: { id: 'topic' },
  tasks: [task, other],
  number: 2,
  now: 0,
  open: true,
  chosen: false,
  before: 'above' as string | null,
  after: 'below' as string | null,
  afterNext: null,
  reorder: { lifted: null as string | null },
  taskReorder: { lifted: null as string | null },
};
type Row = typeof row;

test.each<[string, Partial<Row>]>([
  ['nothing happens', {}],
  ['the lists are counted anew', { tasks: [task, other], reorder: { lifted: null } }],
  ['another topic is lifted', { reorder: { lifted: 'above' } }],
  ['a task of another topic is lifted', { taskReorder: { lifted: 'elsewhere' } }],
])('a row stays as it is while %s', (_, change) => expect(isSameRow(row, { ...row, ...change })).toBe(true));

test.each<[string, Partial<Row>]>([
  ['it is lifted', { reorder: { lifted: 'topic' } }],
  ['a task of it is lifted', { taskReorder: { lifted: 'task' } }],
  ['a task goes', { tasks: [task] }],
  ['its tasks change places', { tasks: [other, task] }],
  ['a task is renamed', { tasks: [{ id: 'task' }, other] }],
  ['a neighbour changes', { after: null }],
  ['it gets another number', { number: 3 }],
  ['a minute passes', { now: 60_000 }],
  ['the course is read anew', { course: { id: 'course' } }],
])('a row is drawn anew when %s', (_, change) => expect(isSameRow(row, { ...row, ...change })).toBe(false));
