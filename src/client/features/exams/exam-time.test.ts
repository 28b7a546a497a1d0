import { expect, test } from 'vitest';
import { createExamClock } from './exam-clock.ts';
import { labelsOf } from './exam-labels.ts';
import { rowAround } from './exam-squares.tsx';
import { noticeMinutes, timeText } from './exam-time.ts';

const minute = 60_000;

test.each([
  [235 * minute, '3:55:00'],
  [161 * minute + 7000, '2:41:07'],
  [60 * minute, '1:00:00'],
  [60 * minute - 1, '1:00:00'],
  [59 * minute + 59_000, '59:59'],
  [61_001, '1:02'],
  [1, '0:01'],
  [0, '0:00'],
  [-5000, '0:00'],
])('%i ms are shown as %s', (left, shown) => {
  expect(timeText(left)).toBe(shown);
});

test.each([
  [31 * minute, null],
  [30 * minute, 30],
  [29 * minute + 41_000, 30],
  [29 * minute + 40_000, null],
  [5 * minute, 5],
  [4 * minute, null],
  [minute, 1],
  [39_000, null],
  [0, null],
])('with %i ms left the word is of %s minutes', (left, minutes) => {
  expect(noticeMinutes(left)).toBe(minutes);
});

test('the clock is the server’s: a device whose clock is turned stays with it', () => {
  let stopwatch = 1000;
  const clock = createExamClock(() => stopwatch);
  const server = Date.parse('2026-11-26T10:00:00Z');
  clock.set(new Date(server).toISOString(), 900);
  expect(clock.now()).toBe(server + 50);
  stopwatch += 60_000;
  expect(clock.now()).toBe(server + 60_050);
});

test('small differences between answers do not make the clock jump, a stopwatch that stood still is set anew', () => {
  let stopwatch = 0;
  const clock = createExamClock(() => stopwatch);
  const server = Date.parse('2026-11-26T10:00:00Z');
  clock.set(new Date(server).toISOString(), 0);
  stopwatch = 15_000;
  clock.set(new Date(server + 15_300).toISOString(), 14_900);
  expect(clock.now()).toBe(server + 15_000);
  // The device slept for an hour, and its stopwatch with it.
  stopwatch = 16_000;
  clock.set(new Date(server + 3_616_000).toISOString(), 16_000);
  expect(clock.now()).toBe(server + 3_616_000);
});

test.each([
  ['all have a number of the exam', [25, 26, 27], ['25', '26', '27']],
  ['one has none', [25, null, 27], ['1', '2', '3']],
  ['two share one', [25, 25, 27], ['1', '2', '3']],
])('tasks are called by their numbers or their places: %s', (_, numbers, labels) => {
  expect(labelsOf(numbers.map((examNumber, at) => ({ number: at + 1, examNumber })))).toEqual(labels);
});

test.each([
  [0, 27, 0],
  [24, 27, 21],
  [26, 27, 21],
  [12, 27, 9],
  [2, 4, 0],
])('around task %i of %i the row begins at %i', (current, total, from) => {
  expect(rowAround(current, total, 6)).toBe(from);
});
