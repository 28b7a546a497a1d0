import { describe, expect, test } from 'vitest';
import { instantOf } from '#shared/wall-clock.ts';
import { openingInstant, parseOpens } from './opens.ts';

describe('what an author may write', () => {
  test.each([
    ['2026-11-26 18:00', { kind: 'at', on: '2026-11-26', time: '18:00' }],
    ['2028-02-29 00:00', { kind: 'at', on: '2028-02-29', time: '00:00' }],
    ['-21d 18:00', { kind: 'in-days', days: -21, time: '18:00' }],
    ['+3d 09:30', { kind: 'in-days', days: 3, time: '09:30' }],
    ['+0d 00:00', { kind: 'in-days', days: 0, time: '00:00' }],
    ['+5m', { kind: 'in-minutes', minutes: 5 }],
    ['-90m', { kind: 'in-minutes', minutes: -90 }],
  ])('%s', (text, opens) => {
    expect(parseOpens(text)).toEqual(opens);
  });
  test.each([
    ...['', 'soon', '2026-02-29 18:00', '2026-13-01 18:00', '2026-11-26', '2026-11-26T18:00', '2026-11-26 24:00', '2026-11-26 18:60'],
    ...['26.11.2026 18:00', '3d 18:00', '+3d', '+3d 24:00', '+5', '+5h', '5m', '1999-01-01 00:00', '+99999d 10:00', ' +5m', '+5m\n'],
  ])('not %j', (text) => {
    expect(parseOpens(text)).toBeNull();
  });
});

describe('a day and a time in a zone', () => {
  test.each([
    ['Europe/Moscow', '2026-11-26', '18:00', '2026-11-26T15:00:00Z'],
    ['Asia/Kamchatka', '2026-01-01', '00:00', '2025-12-31T12:00:00Z'],
    ['Asia/Kolkata', '2026-06-01', '05:30', '2026-06-01T00:00:00Z'],
    ['Pacific/Kiritimati', '2026-06-02', '00:30', '2026-06-01T10:30:00Z'],
    ['America/St_Johns', '2026-01-01', '00:00', '2026-01-01T03:30:00Z'],
    ['Pacific/Pago_Pago', '2026-01-01', '12:00', '2026-01-01T23:00:00Z'],
    ['UTC', '2026-01-01', '12:00', '2026-01-01T12:00:00Z'],
    // Clocks go forward at 02:00 and back at 03:00.
    ['Europe/Berlin', '2026-03-29', '01:59', '2026-03-29T00:59:00Z'],
    ['Europe/Berlin', '2026-03-29', '02:30', '2026-03-29T01:30:00Z'],
    ['Europe/Berlin', '2026-03-29', '03:00', '2026-03-29T01:00:00Z'],
    ['Europe/Berlin', '2026-10-25', '01:59', '2026-10-24T23:59:00Z'],
    ['Europe/Berlin', '2026-10-25', '02:30', '2026-10-25T00:30:00Z'],
    ['Europe/Berlin', '2026-10-25', '03:00', '2026-10-25T02:00:00Z'],
    // Half an hour.
    ['Australia/Lord_Howe', '2026-04-05', '01:45', '2026-04-04T14:45:00Z'],
    ['Australia/Lord_Howe', '2026-10-04', '02:15', '2026-10-03T15:45:00Z'],
    // A day that never was: the zone crossed the date line.
    ['Pacific/Apia', '2011-12-30', '12:00', '2011-12-30T22:00:00Z'],
    // Moscow moved its clocks for good.
    ['Europe/Moscow', '2014-10-26', '01:30', '2014-10-25T21:30:00Z'],
  ])('%s %s %s', (zone, on, time, instant) => {
    expect(instantOf(on, time, zone)).toEqual(new Date(instant));
  });
});

describe('relative to the loading', () => {
  test.each([
    // 22:30 in UTC is the next day in Moscow.
    ['-1d 18:00', '2026-11-22T22:30:00Z', 'Europe/Moscow', '2026-11-22T15:00:00Z'],
    ['-1d 18:00', '2026-11-22T20:30:00Z', 'Europe/Moscow', '2026-11-21T15:00:00Z'],
    ['+0d 00:00', '2026-11-22T22:30:00Z', 'Europe/Moscow', '2026-11-22T21:00:00Z'],
    ['+40d 18:00', '2026-11-22T12:00:00Z', 'Europe/Moscow', '2027-01-01T15:00:00Z'],
    // Calendar days, not hours: the clocks change between.
    ['+7d 18:00', '2026-03-26T12:00:00Z', 'Europe/Berlin', '2026-04-02T16:00:00Z'],
    ['+5m', '2026-03-29T00:58:00Z', 'Europe/Berlin', '2026-03-29T01:03:00Z'],
  ])('%s at %s in %s', (text, now, zone, instant) => {
    const opens = parseOpens(text);
    expect(opens && openingInstant(opens, new Date(now), zone)).toEqual(new Date(instant));
  });
});
