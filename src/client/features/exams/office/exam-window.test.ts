import { describe, expect, test } from 'vitest';
import { instantsOf, textOf, windowOf, windowText, withDate } from './exam-window.ts';

const zone = 'Europe/Moscow';
const none = { on: '', time: '' };
const at = (on: string, time: string) => ({ on, time });

test('a window is read back as it was written', () => {
  const text = windowText({ opensAt: '2026-11-26T07:00:00.000Z', closesAt: null }, zone);
  expect(windowOf(text)).toEqual({ opens: at('2026-11-26', '10:00'), closes: none });
  expect(instantsOf(windowOf(text), zone)).toEqual({ opensAt: '2026-11-26T07:00:00.000Z', closesAt: null });
  expect(textOf(windowOf(text))).toBe(text);
});

test.each([
  ['a date gets the usual time', none, '2026-11-26', at('2026-11-26', '10:00')],
  ['a time that was chosen stays', at('2026-11-25', '12:30'), '2026-11-26', at('2026-11-26', '12:30')],
  ['without a date there is no time', at('2026-11-25', '12:30'), '', none],
])('%s', (_, moment, on, expected) => {
  expect(withDate(moment, on, '10:00')).toEqual(expected);
});

describe('what is wrong with a window', () => {
  test.each([
    ['nothing in it', none, none, { opensAt: null, closesAt: null }],
    ['half a date', at('2026-11-26', ''), none, { problem: 'date' }],
    ['a day that there is not', at('2026-02-30', '10:00'), none, { problem: 'date' }],
    ['an end before the beginning', at('2026-11-26', '10:00'), at('2026-11-26', '09:59'), { problem: 'order' }],
    ['an end at the beginning', at('2026-11-26', '10:00'), at('2026-11-26', '10:00'), { problem: 'order' }],
    ['an end alone', none, at('2026-11-26', '10:00'), { opensAt: null, closesAt: '2026-11-26T07:00:00.000Z' }],
  ] as const)('%s', (_, opens, closes, expected) => {
    expect(instantsOf({ opens, closes }, zone)).toEqual(expected);
  });
});
