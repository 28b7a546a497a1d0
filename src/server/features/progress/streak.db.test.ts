import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { App, PersonActor } from '../../platform/app.ts';
import { aCourse, aNumber, type MadeCourse } from '../../testing/course.ts';
import { solve } from '../../testing/solve.ts';
import { aClock, aSchool, aStudent, type School } from '../../testing/world.ts';
import { getProgress } from './queries.ts';
import { getStatistics } from './statistics/queries.ts';

const hour = 3_600_000;
const day = 24 * hour;
const clock = aClock();
let school: School;
let app: App;
let actor: PersonActor;
beforeAll(async () => {
  school = await aSchool({ clock });
  app = school.app;
});
afterAll(() => school.close());
beforeEach(async () => {
  clock.set('2026-11-24T12:00:00Z');
  ({ actor } = await aStudent(app));
});

const right = (course: MadeCourse, topic: number, task: number, who = actor) => solve(app, who, course.task(topic, task), ['1']);

describe('the streak', () => {
  const streakAt = async (instant: string, who = actor) => {
    clock.set(instant);
    const { now, best, todayCounted } = (await getProgress(app, who)).streak;
    return { now, best, todayCounted };
  };
  async function solveAt(course: MadeCourse, instants: string[], who = actor) {
    for (const [index, instant] of instants.entries()) {
      clock.set(instant);
      await right(course, 0, index, who);
    }
  }
  const many = { opensIn: -24 * 30, tasks: Array.from({ length: 6 }, () => aNumber('1')) };

  test.each([
    ['Europe/Kaliningrad', { now: 1, best: 1, todayCounted: true }],
    ['Europe/Moscow', { now: 2, best: 2, todayCounted: true }],
    ['Asia/Kamchatka', { now: 2, best: 2, todayCounted: true }],
  ])('counts days of %s: 00:30 in Moscow is another day than 23:30 in Kaliningrad', async (timeZone, streak) => {
    const student = (await aStudent(app, { timeZone })).actor;
    const course = await aCourse(app, { topics: [many] });
    // In Moscow 22:30 of the 24th and 00:30 of the 25th, in Kaliningrad both of the 24th, in Kamchatka 07:30 and, after noon, the 26th.
    const instants =
      timeZone === 'Asia/Kamchatka' ? ['2026-11-24T19:30:00Z', '2026-11-25T12:30:00Z'] : ['2026-11-24T19:30:00Z', '2026-11-24T21:30:00Z'];
    await solveAt(course, instants, student);
    expect(await streakAt(instants[1] ?? '', student)).toEqual(streak);
  });

  test('lives through the next day, then begins anew; the best stays', async () => {
    const course = await aCourse(app, { topics: [many] });
    await solveAt(course, ['2026-11-24T10:00:00Z', '2026-11-25T10:00:00Z', '2026-11-26T10:00:00Z']);
    expect(await streakAt('2026-11-26T20:59:59Z')).toEqual({ now: 3, best: 3, todayCounted: true });
    expect(await streakAt('2026-11-27T20:59:59Z')).toEqual({ now: 3, best: 3, todayCounted: false });
    expect(await streakAt('2026-11-27T21:00:00Z')).toEqual({ now: 0, best: 3, todayCounted: false });
  });

  test('is made by right answers alone', async () => {
    const course = await aCourse(app, {
      topics: [{ opensIn: -24, tasks: [{ spec: { kind: 'sequence', key: '12', partial: 'ege' }, points: 2 }] }],
    });
    await solve(app, actor, course.task(0, 0), ['99', '13']);
    expect(await streakAt('2026-11-24T12:00:00Z')).toEqual({ now: 0, best: 0, todayCounted: false });
  });

  // From UTC+2 to UTC+12, none of which turns its clock.
  describe.each([
    ['Europe/Kaliningrad', 2],
    ['Europe/Moscow', 3],
    ['Europe/Samara', 4],
    ['Asia/Yekaterinburg', 5],
    ['Asia/Omsk', 6],
    ['Asia/Novosibirsk', 7],
    ['Asia/Irkutsk', 8],
    ['Asia/Yakutsk', 9],
    ['Asia/Vladivostok', 10],
    ['Asia/Magadan', 11],
    ['Asia/Kamchatka', 12],
  ])('in %s, UTC+%i', (timeZone, hours) => {
    test.each([
      ['within a month', '2026-11-25'],
      ['at the end of a month', '2026-12-01'],
      ['at the end of February', '2027-03-01'],
      ['at the end of a year', '2027-01-01'],
    ])('midnight divides the days %s', async (_, morning) => {
      const midnight = Date.parse(`${morning}T00:00:00Z`) - hours * hour;
      const at = (ms: number) => new Date(midnight + ms).toISOString();
      clock.set(at(-2 * day));
      const who = (await aStudent(app, { timeZone })).actor;
      const course = await aCourse(app, { topics: [many] });
      await solveAt(course, [at(-1)], who);
      expect(await streakAt(at(-1), who)).toEqual({ now: 1, best: 1, todayCounted: true });
      expect(await streakAt(at(0), who)).toEqual({ now: 1, best: 1, todayCounted: false });
      await right(course, 0, 1, who);
      await solveAt(course, [at(0), at(0), at(day - 1)], who);
      expect(await streakAt(at(day - 1), who)).toEqual({ now: 2, best: 2, todayCounted: true });
      expect(await streakAt(at(2 * day - 1), who)).toEqual({ now: 2, best: 2, todayCounted: false });
      expect(await streakAt(at(2 * day), who)).toEqual({ now: 0, best: 2, todayCounted: false });
      const { activity } = await getStatistics(app, who, { course: null });
      expect(activity.days.map(({ solved }) => solved)).toEqual([1, 2]);
      expect(activity.days[1]?.on).toBe(morning);
    });
  });

  describe('a day belongs to the zone the student had when answering', () => {
    const moved = (timeZone: string) => ({ ...actor, timeZone });
    const solvedDays = async () => (await getStatistics(app, actor, { course: null })).activity.days.map(({ on }) => on);

    test('whoever flies east loses nothing that was counted, and has a shorter day to go on', async () => {
      const course = await aCourse(app, { topics: [many] });
      await solveAt(course, ['2026-11-23T17:00:00Z', '2026-11-24T17:00:00Z']);
      const there = moved('Asia/Kamchatka');
      // The 25th there, until noon in London.
      expect(await streakAt('2026-11-25T11:59:59Z', there)).toEqual({ now: 2, best: 2, todayCounted: false });
      expect(await streakAt('2026-11-25T12:00:00Z', there)).toEqual({ now: 0, best: 2, todayCounted: false });
      clock.set('2026-11-25T11:59:00Z');
      await right(course, 0, 2, there);
      expect(await streakAt('2026-11-25T12:00:00Z', there)).toEqual({ now: 3, best: 3, todayCounted: false });
      expect(await solvedDays()).toEqual(['2026-11-23', '2026-11-24', '2026-11-25']);
    });

    test('whoever flies west has the day ahead kept until it comes, and one day counts once', async () => {
      const course = await aCourse(app, { topics: [many] });
      const from = moved('Asia/Kamchatka');
      await solveAt(course, ['2026-11-23T10:00:00Z', '2026-11-24T10:00:00Z', '2026-11-24T12:30:00Z'], from);
      expect(await streakAt('2026-11-24T12:30:00Z', from)).toEqual({ now: 3, best: 3, todayCounted: true });
      const there = moved('Europe/Kaliningrad');
      // Still the 24th here.
      expect(await streakAt('2026-11-24T20:00:00Z', there)).toEqual({ now: 2, best: 3, todayCounted: true });
      expect((await getStatistics(app, there, { course: null })).activity.days.map(({ on }) => on)).toEqual(['2026-11-23', '2026-11-24']);
      await right(course, 0, 3, there);
      expect(await streakAt('2026-11-24T22:00:00Z', there)).toEqual({ now: 3, best: 3, todayCounted: true });
      clock.set('2026-11-26T10:00:00Z');
      await right(course, 0, 4, there);
      expect(await streakAt('2026-11-26T10:00:00Z', there)).toEqual({ now: 4, best: 4, todayCounted: true });
      expect(await solvedDays()).toEqual(['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26']);
    });

    test('a change of the profile’s zone moves no day that was counted', async () => {
      const course = await aCourse(app, { topics: [many] });
      await solveAt(course, ['2026-11-24T20:30:00Z', '2026-11-25T20:30:00Z']);
      expect(await streakAt('2026-11-25T20:31:00Z', moved('Asia/Yekaterinburg'))).toEqual({ now: 2, best: 2, todayCounted: false });
      expect(await streakAt('2026-11-25T20:31:00Z', moved('Europe/Kaliningrad'))).toEqual({ now: 2, best: 2, todayCounted: true });
    });
  });

  test('a clock of the server that ran ahead and was set right makes no day twice and breaks none', async () => {
    const course = await aCourse(app, { topics: [many] });
    await solveAt(course, ['2026-11-24T10:00:00Z', '2026-11-26T10:00:00Z']);
    // Set right: it is the 25th.
    expect(await streakAt('2026-11-25T10:00:00Z')).toEqual({ now: 1, best: 1, todayCounted: false });
    await right(course, 0, 2);
    expect(await streakAt('2026-11-25T10:00:00Z')).toEqual({ now: 2, best: 3, todayCounted: true });
    expect(await streakAt('2026-11-26T10:00:00Z')).toEqual({ now: 3, best: 3, todayCounted: true });
  });
});
