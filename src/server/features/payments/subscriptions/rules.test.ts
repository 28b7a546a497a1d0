import { describe, expect, test } from 'vitest';
import { dayAndTime, daysBetween } from '#shared/wall-clock.ts';
import { chargeAt, dueOf, nextLookAt, openUntil, type Period, periodFrom, retryAt, type Schedule } from './rules.ts';

const moscow = 'Europe/Moscow';
const iso = (date: Date) => date.toISOString();
const days = (at: Date, count: number) => new Date(at.getTime() + count * 86_400_000);

/** The first is 0. */
function monthOf(anchorAt: Date, n: number, zone: string): Period {
  return periodFrom(anchorAt, n === 0 ? anchorAt : monthOf(anchorAt, n - 1, zone).until, zone);
}

describe('case 52: months', () => {
  test.each([
    ['an ordinary day', moscow, '2026-11-10T09:30:15.250Z', ['2026-12-10T09:30:15.250Z', '2027-01-10T09:30:15.250Z']],
    [
      '31 January',
      moscow,
      '2026-01-31T09:00:00.000Z',
      ['2026-02-28T09:00:00.000Z', '2026-03-31T09:00:00.000Z', '2026-04-30T09:00:00.000Z'],
    ],
    ['31 January before a leap February', moscow, '2028-01-31T09:00:00.000Z', ['2028-02-29T09:00:00.000Z', '2028-03-31T09:00:00.000Z']],
    ['29 February', moscow, '2028-02-29T09:00:00.000Z', ['2028-03-29T09:00:00.000Z', '2028-04-29T09:00:00.000Z']],
    ['over the turn of the year', moscow, '2026-12-31T20:30:00.000Z', ['2027-01-31T20:30:00.000Z', '2027-02-28T20:30:00.000Z']],
    // 31 January in Moscow, 30 January in UTC: the school's calendar counts.
    ['a day that UTC has not reached', moscow, '2026-01-30T22:00:00.000Z', ['2026-02-27T22:00:00.000Z', '2026-03-30T22:00:00.000Z']],
    ['a zone east of all', 'Pacific/Kiritimati', '2026-01-30T12:00:00.000Z', ['2026-02-27T12:00:00.000Z', '2026-03-30T12:00:00.000Z']],
    ['clocks that are put forward', 'Europe/Berlin', '2026-03-10T09:00:00.000Z', ['2026-04-10T08:00:00.000Z', '2026-05-10T08:00:00.000Z']],
    ['clocks that are put back', 'America/New_York', '2026-10-15T13:00:00.000Z', ['2026-11-15T14:00:00.000Z', '2026-12-15T14:00:00.000Z']],
    // 02:30 does not exist on 29 March 2026 in Berlin.
    ['an hour that is skipped', 'Europe/Berlin', '2026-01-29T01:30:00.000Z', ['2026-02-28T01:30:00.000Z', '2026-03-29T01:30:00.000Z']],
  ])('%s', (_, zone, first, expected) => {
    const anchorAt = new Date(first);
    expect(expected.map((__, n) => iso(monthOf(anchorAt, n, zone).until))).toEqual(expected);
  });

  test('an hour that comes twice', () => {
    expect(iso(monthOf(new Date('2026-10-25T01:30:00.000Z'), 0, 'Europe/Berlin').until)).toBe('2026-11-25T01:30:00.000Z');
  });

  const zones = [moscow, 'Europe/Berlin', 'Australia/Lord_Howe', 'America/New_York'];
  test.each(zones)('meet without a gap, on the day of the first payment or the last of the month, in %s', (zone) => {
    // Days of two years, a leap day between them, at all hours.
    for (let at = Date.parse('2027-01-29T00:07:31.113Z'); at < Date.parse('2029-01-01T00:00:00Z'); at += 1489 * 3_600_000) {
      const anchorAt = new Date(at);
      const anchorDay = Number(dayAndTime(anchorAt, zone).on.slice(8));
      let from = anchorAt;
      for (let n = 0; n < 14; n += 1) {
        const period = periodFrom(anchorAt, from, zone);
        const { on } = dayAndTime(period.until, zone);
        const lastDay = new Date(Date.UTC(Number(on.slice(0, 4)), Number(on.slice(5, 7)), 0)).getUTCDate();
        expect(Number(on.slice(8))).toBe(Math.min(anchorDay, lastDay));
        const length = daysBetween(dayAndTime(from, zone).on, on);
        expect(length).toBeGreaterThanOrEqual(28);
        expect(length).toBeLessThanOrEqual(31);
        from = period.until;
      }
    }
  });

  test('a school that moves to another zone has no month of an hour', () => {
    const anchorAt = new Date('2026-01-31T20:30:00Z');
    const paidUntil = monthOf(anchorAt, 3, moscow).until;
    for (const zone of ['America/Los_Angeles', 'Pacific/Kiritimati', 'Europe/Kaliningrad']) {
      const length = periodFrom(anchorAt, paidUntil, zone).until.getTime() - paidUntil.getTime();
      expect(length, zone).toBeGreaterThan(26 * 86_400_000);
      expect(length, zone).toBeLessThan(33 * 86_400_000);
    }
  });

  test('after a pause months are counted from the new day', () => {
    const again = new Date('2026-05-07T10:00:00Z');
    expect(iso(periodFrom(again, again, moscow).until)).toBe('2026-06-07T10:00:00.000Z');
  });
});

describe('what is due', () => {
  const paidUntil = new Date('2026-12-24T12:00:00Z');
  const going: Schedule = { state: 'active', paidUntil, nextChargeAt: paidUntil, announced: null, cancelledAt: null, hasCard: true };
  const announced = { ...going, announced: paidUntil };
  const late: Schedule = { ...announced, state: 'past_due', nextChargeAt: days(paidUntil, 1) };
  const cancelled: Schedule = { ...announced, cancelledAt: days(paidUntil, -10), nextChargeAt: null };
  const at = (count: number, ms = 0) => new Date(days(paidUntil, count).getTime() + ms);

  test.each<[string, Schedule, Date, ReturnType<typeof dueOf>]>([
    ['nothing in the middle of a month', going, at(-15), null],
    ['nothing a moment before the announcement', going, at(-3, -1), null],
    ['announced three days before', going, at(-3), 'announce'],
    ['announced once', announced, at(-3), null],
    ['nothing a moment before the charge', announced, at(0, -1), null],
    ['charged at the end of the month', announced, at(0), 'charge'],
    ['announced before it is charged, also where the server stood still', going, at(1), 'announce'],
    ['charged late where the provider was stopped', announced, at(30), 'charge'],
    ['not tried again before its time', late, at(1, -1), null],
    ['tried again', late, at(1), 'charge'],
    ['declined for good: the course is still open', { ...late, nextChargeAt: null }, at(4, -1), null],
    ['declined for good: unpaid', { ...late, nextChargeAt: null }, at(4), 'end-unpaid'],
    ['unpaid before it is tried once more', { ...late, nextChargeAt: at(4) }, at(4), 'end-unpaid'],
    ['cancelled: the month is used up', cancelled, at(0, -1), null],
    ['cancelled: over', cancelled, at(0), 'end-cancelled'],
    ['cancelled while it was past due', { ...late, cancelledAt: at(1), nextChargeAt: null }, at(1), 'end-cancelled'],
    ['without a card, as long as one may come', { ...going, hasCard: false, nextChargeAt: at(-30) }, at(-30, -1), null],
    ['without a card', { ...going, hasCard: false, nextChargeAt: at(-30) }, at(-30), 'end-without-card'],
    ['not begun', { ...going, state: 'pending', paidUntil: null, nextChargeAt: null }, at(0), null],
    ['over', { ...announced, state: 'ended', nextChargeAt: null }, at(9), null],
  ])('%s', (_, schedule, now, expected) => {
    expect(dueOf(schedule, now)).toBe(expected);
  });

  test.each([
    [at(-3), at(0)],
    [at(-1), at(0)],
    [at(0, -3_600_000), at(1, -3_600_000)],
    [at(2), at(3)],
  ])('announced at %s it is charged at %s', (announcedAt, expected) => {
    expect(iso(chargeAt(paidUntil, announcedAt))).toBe(iso(expected));
  });
});

describe('case 49: a declined month', () => {
  const paidUntil = new Date('2026-12-24T12:00:00Z');
  test.each<[string, number, 'never' | 'later', number, number | null]>([
    ['the first time', 1, 'later', 0, 1],
    ['the second time', 2, 'later', 1, 2],
    ['the third time', 3, 'later', 2, 3],
    ['the fourth time: not again', 4, 'later', 3, null],
    ['for good', 1, 'never', 0, null],
    ['too late to be tried within the days of grace', 1, 'later', 3.5, null],
  ])('%s', (_, tries, again, declinedAfter, expected) => {
    const at = retryAt({ tries, again, paidUntil }, days(paidUntil, declinedAfter));
    expect(at && iso(at)).toBe(expected === null ? null : iso(days(paidUntil, expected)));
  });

  test('is tried at most twice in any 24 hours, and ends within the days of grace', () => {
    const tries: Date[] = [];
    for (let at: Date | null = paidUntil; at; at = retryAt({ tries: tries.length, again: 'later', paidUntil }, at)) tries.push(at);
    expect(tries).toHaveLength(4);
    for (const [index, at] of tries.entries()) {
      expect(at < openUntil(paidUntil)).toBe(true);
      const within = tries.slice(index).filter((other) => other.getTime() - at.getTime() < 86_400_000);
      expect(within.length).toBeLessThanOrEqual(2);
    }
  });

  test('an outcome that is not known is asked for ever more seldom, and never not at all', () => {
    const now = new Date('2026-12-24T12:00:00Z');
    const minutes = [0, 1, 2, 3, 4, 5, 50].map((looks) => (nextLookAt(looks, now).getTime() - now.getTime()) / 60_000);
    expect(minutes).toEqual([1, 2, 5, 10, 20, 30, 30]);
  });
});
