import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { App, PersonActor } from '../../platform/app.ts';
import { aCourse, aNumber, type MadeCourse } from '../../testing/course.ts';
import { solve } from '../../testing/solve.ts';
import { aClock, aSchool, aStudent, type School } from '../../testing/world.ts';
import { getProgress } from './queries.ts';

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

  test('keeps its days when the student moves to another zone', async () => {
    const course = await aCourse(app, { topics: [many] });
    await solveAt(course, ['2026-11-24T20:30:00Z', '2026-11-25T20:30:00Z']);
    expect(await streakAt('2026-11-25T20:31:00Z', { ...actor, timeZone: 'Asia/Yekaterinburg' })).toEqual({
      now: 2,
      best: 2,
      todayCounted: false,
    });
  });
});
