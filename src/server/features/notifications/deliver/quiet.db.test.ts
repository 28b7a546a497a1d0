/** When something may go out, in the person's own day: the functions of the database against the same rules told once more, plainly. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dailyAtMin } from '#shared/notification-rules.ts';
import { aSchool, type School } from '../../../testing/world.ts';

let school: School;
beforeAll(async () => {
  school = await aSchool();
});
afterAll(() => school.close());

const minuteMs = 60_000;
const dueAt = async (at: string, zone: string, from: number, to: number) => {
  const { rows } = await school.app.pool.query<{ due: Date }>('SELECT notice_due_at($1::timestamptz, $2, $3, $4) AS due', [
    at,
    zone,
    from,
    to,
  ]);
  return rows[0]?.due.toISOString();
};

const clocks = new Map<string, Intl.DateTimeFormat>();

/** What a person’s clock shows, in minutes of the day. */
function minuteIn(zone: string, at: number): number {
  const clock =
    clocks.get(zone) ?? new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  clocks.set(zone, clock);
  const [hour, minute] = clock.format(at).split(':');
  return Number(hour) * 60 + Number(minute);
}
const isQuiet = (minute: number, from: number, to: number) => (from < to ? minute >= from && minute < to : minute >= from || minute < to);

/** Walks minute by minute until the clock shows one that is not quiet. In these zones each minute follows the one before. */
function plainDueAt(at: number, zone: string, from: number, to: number): number {
  let shown = minuteIn(zone, at);
  if (from === to || !isQuiet(shown, from, to)) return at;
  let due = at - (at % minuteMs);
  while (isQuiet(shown, from, to)) {
    due += minuteMs;
    shown = (shown + 1) % 1440;
  }
  return due;
}

const night = [22 * 60, 8 * 60] as const;
test.each([
  ['awake', '2026-11-24T12:00:00.000Z', 'Europe/Moscow', night, '2026-11-24T12:00:00.000Z'],
  ['in the evening: in the morning', '2026-11-24T19:30:00.000Z', 'Europe/Moscow', night, '2026-11-25T05:00:00.000Z'],
  ['behind midnight: the same morning', '2026-11-24T23:30:00.000Z', 'Europe/Moscow', night, '2026-11-25T05:00:00.000Z'],
  ['the first minute of the night', '2026-11-24T19:00:00.000Z', 'Europe/Moscow', night, '2026-11-25T05:00:00.000Z'],
  ['the last minute of the night', '2026-11-25T04:59:59.000Z', 'Europe/Moscow', night, '2026-11-25T05:00:00.000Z'],
  ['the morning', '2026-11-25T05:00:00.000Z', 'Europe/Moscow', night, '2026-11-25T05:00:00.000Z'],
  ['the last of December', '2026-12-31T21:00:00.000Z', 'Europe/Moscow', night, '2027-01-01T05:00:00.000Z'],
  ['Kaliningrad sleeps an hour later', '2026-11-24T19:30:00.000Z', 'Europe/Kaliningrad', night, '2026-11-24T19:30:00.000Z'],
  ['Kamchatka slept long ago', '2026-11-24T19:30:00.000Z', 'Asia/Kamchatka', night, '2026-11-24T20:00:00.000Z'],
  ['by day', '2026-11-24T10:00:00.000Z', 'Europe/Moscow', [12 * 60, 14 * 60] as const, '2026-11-24T11:00:00.000Z'],
  ['none', '2026-11-24T23:30:00.000Z', 'Europe/Moscow', [0, 0] as const, '2026-11-24T23:30:00.000Z'],
  ['a zone that nobody knows is Moscow', '2026-11-24T19:30:00.000Z', 'Europe/Atlantis', night, '2026-11-25T05:00:00.000Z'],
] as const)('%s', async (_, at, zone, [from, to], due) => {
  expect(await dueAt(at, zone, from, to)).toBe(due);
});

/** The same numbers in every run. */
function randoms(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

// Zones of Russia and its neighbours: none of them changes its clock.
const zones = [
  'Europe/Kaliningrad',
  'Europe/Moscow',
  'Europe/Samara',
  'Asia/Yekaterinburg',
  'Asia/Omsk',
  'Asia/Krasnoyarsk',
  'Asia/Irkutsk',
];
zones.push('Asia/Yakutsk', 'Asia/Vladivostok', 'Asia/Magadan', 'Asia/Kamchatka', 'Asia/Kolkata');

test('random hours in twelve zones', async () => {
  const random = randoms(2026);
  const cases = Array.from({ length: 300 }, () => ({
    at: Date.parse('2026-01-01T00:00:00Z') + random(500 * 86_400) * 1_000,
    zone: zones[random(zones.length)] ?? 'Europe/Moscow',
    from: random(1440),
    to: random(1440),
  }));
  const { rows } = await school.app.pool.query<{ due: Date; daily: Date }>(
    `SELECT notice_due_at(c.at, c.zone, c.from_min, c.to_min) AS due, next_minute_of_day(c.at, c.zone, ${dailyAtMin}) AS daily
     FROM unnest($1::timestamptz[], $2::text[], $3::int[], $4::int[]) WITH ORDINALITY AS c (at, zone, from_min, to_min, place) ORDER BY place`,
    [cases.map(({ at }) => new Date(at)), cases.map(({ zone }) => zone), cases.map(({ from }) => from), cases.map(({ to }) => to)],
  );
  expect(rows).toHaveLength(cases.length);
  for (const [place, { at, zone, from, to }] of cases.entries()) {
    const row = rows[place];
    expect(row?.due.getTime(), JSON.stringify({ at: new Date(at), zone, from, to })).toBe(plainDueAt(at, zone, from, to));
    const daily = row?.daily.getTime() ?? 0;
    expect([minuteIn(zone, daily), daily >= at, daily - at <= 86_400_000]).toEqual([dailyAtMin, true, true]);
  }
});
