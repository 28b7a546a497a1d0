import { expect, test } from 'vitest';
import { minutesOfSeconds, readMinutes, titleOfFile } from './video-file.ts';

test.each([
  ['Разбор_задания 6.mp4', 'Разбор задания 6'],
  ['IMG_0001.MOV', 'IMG 0001'],
  ['v1.2 итог.webm', 'v1.2 итог'],
  ['.mp4', '.mp4'],
  [`${'а'.repeat(300)}.mp4`, 'а'.repeat(200)],
])('%s is called %s', (name, title) => {
  expect(titleOfFile(name)).toBe(title);
});

test.each([
  [0, null],
  [Number.NaN, null],
  [Number.POSITIVE_INFINITY, null],
  [20, 1],
  [760, 13],
  [100_000, 600],
])('%d seconds are %s minutes', (seconds, minutes) => {
  expect(minutesOfSeconds(seconds)).toBe(minutes);
});

test.each([
  ['', null],
  [' 12 ', 12],
  ['600', 600],
  ['601', 'wrong'],
  ['0', 'wrong'],
  ['1,5', 'wrong'],
  ['час', 'wrong'],
])('«%s» typed as minutes is %s', (typed, minutes) => {
  expect(readMinutes(typed)).toBe(minutes);
});
