import { expect, test } from 'vitest';
import { dayAndTime, dayPlus, daysBetween, isDay, isTime } from './wall-clock.ts';

test.each([
  ['2026-11-26T15:00:00Z', 'Europe/Moscow', { on: '2026-11-26', time: '18:00' }],
  ['2026-11-26T21:30:00Z', 'Europe/Moscow', { on: '2026-11-27', time: '00:30' }],
  ['2026-07-01T16:00:00Z', 'Europe/Berlin', { on: '2026-07-01', time: '18:00' }],
  ['2026-12-01T17:00:00Z', 'Europe/Berlin', { on: '2026-12-01', time: '18:00' }],
])('%s in %s', (at, zone, expected) => {
  expect(dayAndTime(at, zone)).toEqual(expected);
});

test('days are counted over months, leap days and changes of the clocks', () => {
  expect(dayPlus('2028-02-28', 1)).toBe('2028-02-29');
  expect(dayPlus('2026-10-24', 2)).toBe('2026-10-26');
  expect(daysBetween('2026-09-01', '2027-09-01')).toBe(365);
  expect(daysBetween('2026-12-31', '2026-12-01')).toBe(-30);
});

test.each([
  ['2026-11-26', true],
  ['2026-02-30', false],
  ['0026-11-26', false],
  ['26.11.2026', false],
  ['', false],
])('a day: %s', (text, expected) => {
  expect(isDay(text)).toBe(expected);
});

test.each([
  ['18:00', true],
  ['24:00', false],
  ['7:30', false],
])('a time: %s', (text, expected) => {
  expect(isTime(text)).toBe(expected);
});
