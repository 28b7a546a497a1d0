import { expect, test } from 'vitest';
import type { ExamAnswerDto } from '#shared/exams.ts';
import {
  chosen,
  isAnswered,
  type KeptAnswer,
  merged,
  noteSent,
  saved,
  shownAnswer,
  toSend,
  untouched,
  withMarks,
  withValue,
} from './kept-answer.ts';

const onServer = (rev: number, value: ExamAnswerDto['value'], marks: Partial<ExamAnswerDto> = {}): ExamAnswerDto => ({
  taskId: 't',
  rev,
  value,
  flagged: false,
  seen: false,
  ...marks,
});
const known = (rev: number, value: ExamAnswerDto['value']): KeptAnswer => ({ answer: onServer(rev, value), change: null, mine: null });

/** What goes out now, and the answer as it is after the server took it and gave it `rev`. */
function goesOut(kept: KeptAnswer) {
  const sent = toSend(kept);
  if (!sent) throw new Error('nothing to send');
  return { sent, kept: noteSent(kept) };
}

test('what is typed is shown at once and goes out upon what is known', () => {
  const kept = withValue(known(3, '7'), '42');
  expect(shownAnswer(kept)).toMatchObject({ value: '42', unsaved: true, theirs: null });
  expect(toSend(kept)).toEqual({ taskId: 't', baseRev: 3, value: '42' });
  expect(toSend(known(3, '7'))).toBeNull();
});

test('marks go out alone, and leave the value out', () => {
  expect(toSend(withMarks(untouched('t'), { seen: true }))).toEqual({ taskId: 't', baseRev: 0, seen: true });
  expect(toSend(withMarks(known(2, '7'), { flagged: true }))).toEqual({ taskId: 't', baseRev: 2, flagged: true });
});

test('once the server has it, nothing waits', () => {
  const { sent, kept } = goesOut(withMarks(withValue(untouched('t'), '42'), { flagged: true }));
  const after = saved(merged(kept, onServer(1, '42', { flagged: true })), sent);
  expect(after.change).toBeNull();
  expect(shownAnswer(after)).toMatchObject({ value: '42', flagged: true, unsaved: false });
});

test('what was typed while it was on its way goes out next, upon what was saved', () => {
  const { sent, kept } = goesOut(withValue(untouched('t'), '4'));
  const after = saved(merged(withValue(kept, '42'), onServer(1, '4')), sent);
  expect(toSend(after)).toEqual({ taskId: 't', baseRev: 1, value: '42' });
  expect(after.mine).toBeNull();
});

test('a flag taken back while it was on its way is taken back on the server too', () => {
  const { sent, kept } = goesOut(withMarks(untouched('t'), { flagged: true }));
  const after = saved(merged(withMarks(kept, { flagged: false }), onServer(1, null, { flagged: true })), sent);
  expect(toSend(after)).toEqual({ taskId: 't', baseRev: 1, flagged: false });
  expect(shownAnswer(after).flagged).toBe(false);
});

test('a lost acknowledgement is no other device', () => {
  const { kept } = goesOut(withValue(untouched('t'), '4'));
  // The reply never came; by now '42' stands in the field, and the server says that '4' has been there since.
  const after = merged(withValue(kept, '42'), onServer(1, '4'));
  expect(after.mine).toBeNull();
  expect(toSend(after)).toEqual({ taskId: 't', baseRev: 1, value: '42' });
});

test('an answer emptied while the acknowledgement of the former one was lost is emptied on the server too', () => {
  const { kept } = goesOut(withValue(untouched('t'), '4'));
  const emptied = merged(withValue(kept, ''), onServer(0, null));
  expect(toSend(emptied)).toMatchObject({ value: '' });
  expect(toSend(merged(emptied, onServer(1, '4')))).toEqual({ taskId: 't', baseRev: 1, value: '' });
});

test.each([
  ['another value there, a change here', withValue(known(1, '7'), '42'), onServer(2, '13'), '42', '13'],
  ['taken away there, a change here', withValue(known(1, '7'), '42'), onServer(2, null), '42', null],
  ['taken away here, another value there', withValue(known(1, '7'), ''), onServer(2, '13'), '', '13'],
])('%s: both are shown, nothing is sent until one is chosen', (_, before, there, mine, theirs) => {
  const kept = merged(before, there);
  expect(shownAnswer(kept)).toMatchObject({ value: mine, theirs: { value: theirs }, unsaved: true });
  expect(toSend(kept)).toBeNull();
  expect(toSend(chosen(kept, 'mine'))).toEqual({ taskId: 't', baseRev: 2, value: mine });
  expect(shownAnswer(chosen(kept, 'theirs'))).toMatchObject({ value: theirs, theirs: null, unsaved: false });
});

test.each([
  ['the same was typed on both', withValue(known(1, '7'), '42'), onServer(2, '42'), '42', null],
  ['only the flag changed there', withValue(known(1, '7'), '42'), onServer(2, '7', { flagged: true }), '42', { baseRev: 2, value: '42' }],
  ['only the flag changed here', withMarks(known(1, '7'), { flagged: true }), onServer(2, '13'), '13', { baseRev: 2, flagged: true }],
  ['nothing changed here', known(1, '7'), onServer(2, '13'), '13', null],
  ['old news', withValue(known(3, '7'), '42'), onServer(2, '13'), '42', { baseRev: 3, value: '42' }],
])('no choice is asked for where %s', (_, before, there, shown, sends) => {
  const kept = merged(before, there);
  expect(shownAnswer(kept)).toMatchObject({ value: shown, theirs: null });
  expect(toSend(kept)).toEqual(sends && { taskId: 't', ...sends });
});

test('nothing changes under the hands: a field in use keeps its text, the other answer stands beside', () => {
  const kept = merged(known(1, '7'), onServer(2, '13'), true);
  expect(shownAnswer(kept)).toMatchObject({ value: '7', theirs: { value: '13' } });
  expect(shownAnswer(merged(known(1, '7'), onServer(2, '7', { flagged: true }), true))).toMatchObject({ flagged: true, theirs: null });
});

test('typing goes on while a choice is due, and the marks go out meanwhile', () => {
  const kept = withMarks(withValue(merged(withValue(known(1, '7'), '42'), onServer(2, '13')), '421'), { flagged: true });
  expect(shownAnswer(kept)).toMatchObject({ value: '421', theirs: { value: '13' } });
  expect(toSend(kept)).toEqual({ taskId: 't', baseRev: 2, flagged: true });
});

test('a choice is settled when the other device comes to the same', () => {
  const kept = merged(merged(withValue(known(1, '7'), '42'), onServer(2, '13')), onServer(3, '42'));
  expect(shownAnswer(kept)).toMatchObject({ value: '42', theirs: null, unsaved: false });
});

test.each([
  [null, false],
  ['', false],
  ['  ', false],
  ['0', true],
  [[], false],
  [['a'], true],
  [[['', ' ']], false],
  [[['', '7']], true],
])('%j counts as an answer: %s', (value, answered) => {
  expect(isAnswered({ value, files: 0 })).toBe(answered);
  expect(isAnswered({ value, files: 1 })).toBe(true);
});

test('one of many sends of a long outage that did arrive is no other device; of long texts as many are remembered as there is room for', () => {
  const typed = (texts: string[]) => texts.reduce((kept, text) => noteSent(withValue(kept, text)), untouched('t'));
  const short = typed(Array.from({ length: 50 }, (_, n) => `вариант ${n}`));
  const arrived = merged(short, onServer(1, 'вариант 3'));
  expect(shownAnswer(arrived)).toMatchObject({ value: 'вариант 49', theirs: null, unsaved: true });
  const long = typed(Array.from({ length: 50 }, (_, n) => `${n} ${'текст '.repeat(3000)}`));
  expect(long.change?.sent.length).toBeGreaterThanOrEqual(8);
  expect(JSON.stringify(long).length).toBeLessThan(300_000);
});
