import { describe, expect, test } from 'vitest';
import { dayIn } from '../../platform/clock.ts';
import { streakOf } from './rules.ts';

/** `21 22 24` are days of November 2026. */
const days = (text: string) =>
  text
    .split(' ')
    .filter(Boolean)
    .map((day) => `2026-11-${day.padStart(2, '0')}`);

describe('the streak: days in a row with a solved task', () => {
  test.each([
    ['nothing yet', '', 24, { now: 0, best: 0, todayCounted: false }],
    ['the first day', '24', 24, { now: 1, best: 1, todayCounted: true }],
    ['three days to today', '22 23 24', 24, { now: 3, best: 3, todayCounted: true }],
    ['today is still to come', '21 22 23', 24, { now: 3, best: 3, todayCounted: false }],
    ['a day was missed', '20 21 22', 24, { now: 0, best: 3, todayCounted: false }],
    ['begun anew after a gap', '19 20 21 23 24', 24, { now: 2, best: 3, todayCounted: true }],
    ['a gap of one day is a gap', '22 24', 24, { now: 1, best: 1, todayCounted: true }],
    ['the best one is kept', '1 2 3 4 5 23', 24, { now: 1, best: 5, todayCounted: false }],
    ['in any order, each day once', '24 22 23 22 24', 24, { now: 3, best: 3, todayCounted: true }],
    ['a day ahead, after a flight to the west, does not count yet', '23 25', 24, { now: 1, best: 1, todayCounted: false }],
  ])('%s', (_, solved, today, streak) => {
    expect(streakOf(days(solved), `2026-11-${today}`)).toMatchObject(streak);
  });

  test('runs over the end of a month, of a year and over the leap day', () => {
    expect(streakOf(['2026-11-30', '2026-12-01'], '2026-12-01').now).toBe(2);
    expect(streakOf(['2026-12-31', '2027-01-01'], '2027-01-01').now).toBe(2);
    expect(streakOf(['2028-02-28', '2028-02-29', '2028-03-01'], '2028-03-01').now).toBe(3);
    expect(streakOf(['2027-02-28', '2027-03-01'], '2027-03-01').now).toBe(2);
  });

  test('of three years costs no more than a look at each day', () => {
    const first = Date.UTC(2024, 0, 1);
    const all = Array.from({ length: 1096 }, (_, index) => new Date(first + index * 86_400_000).toISOString().slice(0, 10));
    expect(streakOf(all, '2026-12-31')).toMatchObject({ now: 1096, best: 1096, todayCounted: true });
  });
});

describe('days are those of the student', () => {
  const instants = ['2026-11-23T20:30:00Z', '2026-11-24T20:30:00Z', '2026-11-24T21:30:00Z'];
  test.each([
    // 22:30, 22:30, 23:30 · 23:30, 23:30, 00:30 · … · 08:30, 08:30, 09:30 of the next days
    ['Europe/Kaliningrad', 2],
    ['Europe/Moscow', 3],
    ['Europe/Samara', 2],
    ['Asia/Yekaterinburg', 2],
    ['Asia/Omsk', 2],
    ['Asia/Novosibirsk', 2],
    ['Asia/Irkutsk', 2],
    ['Asia/Yakutsk', 2],
    ['Asia/Vladivostok', 2],
    ['Asia/Magadan', 2],
    ['Asia/Kamchatka', 2],
  ])('in %s three evenings make a streak of %s', (zone, now) => {
    const solved = instants.map((instant) => dayIn(zone, new Date(instant)));
    expect(streakOf(solved, dayIn(zone, new Date('2026-11-24T21:31:00Z'))).now).toBe(now);
  });

  test.each([
    [
      'the night the clock goes forward',
      ['2026-03-28T22:59:00Z', '2026-03-28T23:01:00Z', '2026-03-29T21:59:00Z', '2026-03-29T22:01:00Z'],
      3,
    ],
    ['the night the clock goes back', ['2026-10-24T21:59:00Z', '2026-10-24T22:01:00Z', '2026-10-25T22:59:00Z', '2026-10-25T23:01:00Z'], 3],
  ])('in Berlin %s is a day like others', (_, at, now) => {
    const solved = at.map((instant) => dayIn('Europe/Berlin', new Date(instant)));
    expect(streakOf(solved, solved.at(-1) ?? '').now).toBe(now);
  });
});

describe('the week runs from Monday to Sunday', () => {
  test.each([
    ['Monday', '2026-11-23', 0],
    ['Tuesday', '2026-11-24', 1],
    ['Sunday', '2026-11-29', 6],
  ])('%s', (_, today, index) => {
    const { week } = streakOf(['2026-11-22', '2026-11-23', today, '2026-11-30'], today);
    expect(week.map((day) => day.on)).toEqual(days('23 24 25 26 27 28 29'));
    expect(week.findIndex((day) => day.today)).toBe(index);
    expect(week.map((day) => day.future)).toEqual(week.map((_day, place) => place > index));
    expect(week.filter((day) => day.counted).map((day) => day.on)).toEqual([...new Set(['2026-11-23', today])]);
  });
});
