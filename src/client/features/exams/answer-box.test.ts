import { expect, test } from 'vitest';
import { createAnswerBox } from './answer-box.ts';
import { untouched, withValue } from './kept-answer.ts';

const number = { id: 'n', label: '1', format: { kind: 'number' as const } };
const table = { id: 't', label: '25', format: { kind: 'cells' as const, rows: 2, cols: 2 } };
const choice = { id: 'c', label: '3', format: { kind: 'choices' as const, options: [{ id: 'a', html: 'A' }] } };

function aMemory() {
  const stored = new Map<string, string>();
  return {
    stored,
    read: (key: string) => stored.get(key) ?? null,
    write(key: string, value: string | null) {
      if (value === null) stored.delete(key);
      else stored.set(key, value);
    },
  };
}

test('what was written is read again, and only by the same person in the same attempt', () => {
  const memory = aMemory();
  const kept = withValue(untouched('n'), '42');
  createAnswerBox(memory, 'anna', 'one').write(kept);
  expect(createAnswerBox(memory, 'anna', 'one').read(number)).toEqual(kept);
  expect(createAnswerBox(memory, 'boris', 'one').read(number)).toBeNull();
  expect(createAnswerBox(memory, 'anna', 'two').read(number)).toBeNull();
});

test.each([
  ['no JSON', '{'],
  ['nothing', 'null'],
  ['of another task', JSON.stringify(withValue(untouched('x'), '42'))],
  ['of another form', JSON.stringify(withValue(untouched('t'), '42'))],
  ['half', JSON.stringify({ answer: { taskId: 't' }, change: null, mine: null })],
  ['a table of another size', JSON.stringify(withValue(untouched('t'), [['1', '2']]))],
])('what cannot be read is as if it were not there: %s', (_, text) => {
  const memory = aMemory();
  memory.write('exam.anna.one.t', text);
  expect(createAnswerBox(memory, 'anna', 'one').read(table)).toBeNull();
});

test('what never arrived is named by the numbers of the tasks; what is empty, or has arrived, is not', () => {
  const memory = aMemory();
  const box = createAnswerBox(memory, 'anna', 'one');
  box.open([number, table, choice]);
  box.write(withValue(untouched('n'), '42'));
  box.write({
    ...untouched('t'),
    mine: {
      value: [
        ['7', ''],
        ['', ''],
      ],
    },
  });
  box.write(withValue(untouched('c'), []));
  const later = createAnswerBox(memory, 'anna', 'one');
  expect(later.lost()).toEqual([
    { label: '1', value: '42' },
    {
      label: '25',
      value: [
        ['7', ''],
        ['', ''],
      ],
    },
  ]);
  later.clear();
  expect([...memory.stored]).toEqual([]);
  expect(createAnswerBox(memory, 'anna', 'one').lost()).toEqual([]);
});

test('a key of another tab names its task', () => {
  const box = createAnswerBox(aMemory(), 'anna', 'one');
  expect(box.taskOf('otlichno.exam.anna.one.n')).toBe('n');
  expect(box.taskOf('otlichno.exam.anna.two.n')).toBeNull();
  expect(box.taskOf('otlichno.outbox.anna')).toBeNull();
});
