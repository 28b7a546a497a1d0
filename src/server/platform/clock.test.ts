import { expect, test } from 'vitest';
import { dayIn } from './clock.ts';

test.each([
  // Midnight comes an hour earlier to the east.
  ['Europe/Kaliningrad', '2026-11-24T21:59:59Z', '2026-11-24'],
  ['Europe/Kaliningrad', '2026-11-24T22:00:00Z', '2026-11-25'],
  ['Europe/Moscow', '2026-11-24T20:59:59.999Z', '2026-11-24'],
  ['Europe/Moscow', '2026-11-24T21:00:00Z', '2026-11-25'],
  ['Asia/Vladivostok', '2026-11-24T13:59:59Z', '2026-11-24'],
  ['Asia/Vladivostok', '2026-11-24T14:00:00Z', '2026-11-25'],
  ['Asia/Kamchatka', '2026-11-24T11:59:59Z', '2026-11-24'],
  ['Asia/Kamchatka', '2026-11-24T12:00:00Z', '2026-11-25'],
  ['America/New_York', '2026-11-24T04:59:59Z', '2026-11-23'],
  ['Asia/Kathmandu', '2026-11-24T18:15:00Z', '2026-11-25'],
  // The clock goes forward and back: the day has 23 and 25 hours and is one day all the same.
  ['Europe/Berlin', '2026-03-28T23:00:00Z', '2026-03-29'],
  ['Europe/Berlin', '2026-03-29T21:59:59Z', '2026-03-29'],
  ['Europe/Berlin', '2026-03-29T22:00:00Z', '2026-03-30'],
  ['Europe/Berlin', '2026-10-24T22:00:00Z', '2026-10-25'],
  ['Europe/Berlin', '2026-10-25T22:59:59Z', '2026-10-25'],
  ['Europe/Berlin', '2026-10-25T23:00:00Z', '2026-10-26'],
  // A day that begins at one o'clock, because midnight is skipped.
  ['Africa/Cairo', '2026-04-23T22:00:00Z', '2026-04-24'],
  ['Asia/Baku', '0999-12-31T23:00:00Z', '1000-01-01'],
])('in %s the instant %s belongs to %s', (zone, instant, day) => {
  expect(dayIn(zone, new Date(instant))).toBe(day);
});
