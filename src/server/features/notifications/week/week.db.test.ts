import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aCourse, aNumber, type MadeCourse } from '../../../testing/course.ts';
import { messagesFor } from '../../../testing/notices.ts';
import { answer } from '../../../testing/solve.ts';
import { aClock, aSchool, aStudent, type School, type Student } from '../../../testing/world.ts';
import { getStatistics } from '../../progress/statistics/queries.ts';
import { week } from '../kinds/week.ts';
import { tellOfWeek } from './actions.ts';

// A Wednesday.
const clock = aClock('2026-11-18T12:00:00Z');
let school: School;
let course: MadeCourse;
beforeAll(async () => {
  school = await aSchool({ clock });
  course = await aCourse(school.app, { topics: [{ tasks: [aNumber('1'), aNumber('2'), aNumber('3'), aNumber('4')] }] });
});
afterAll(() => school.close());

async function aLearner(timeZone = 'Europe/Moscow'): Promise<Student> {
  const student = await aStudent(school.app, { timeZone });
  await school.app.db.enrolment.create({ data: { personId: student.actor.id, courseId: course.id, enrolledAt: clock.now() } });
  return student;
}
const solve = (student: Student, task: number, value: string) => answer(school.app, student.actor, course.task(0, task), value);
const mondaysOf = async (student: Student) =>
  (
    await school.app.db.notice.findMany({
      where: { kind: 'week', deliveries: { some: { personId: student.actor.id } } },
      orderBy: { about: 'asc' },
      select: { about: true },
    })
  ).map(({ about }) => about);
const newest = async (student: Student) => (await messagesFor(school.app, student.actor.id, 'week', week)).at(-1);

describe('the week of a student', () => {
  let moscow: Student;
  let vladivostok: Student;
  let newcomer: Student;
  beforeAll(async () => {
    clock.set('2026-11-18T12:00:00Z');
    moscow = await aLearner();
    vladivostok = await aLearner('Asia/Vladivostok');
    newcomer = await aLearner();
    for (const student of [moscow, vladivostok]) {
      await solve(student, 0, '9');
      await solve(student, 0, '1');
      await solve(student, 1, '2');
    }
  });

  test('is told on Monday at ten by the student’s own clock, once, whoever asks', async () => {
    // Ten in Vladivostok is three in the night in Moscow.
    clock.set('2026-11-23T00:01:00Z');
    await Promise.all([tellOfWeek(school.app), tellOfWeek(school.app)]);
    expect([await mondaysOf(vladivostok), await mondaysOf(moscow)]).toEqual([['2026-11-23'], []]);
    clock.set('2026-11-23T07:00:00Z');
    await tellOfWeek(school.app);
    await tellOfWeek(school.app);
    expect([await mondaysOf(vladivostok), await mondaysOf(moscow)]).toEqual([['2026-11-23'], ['2026-11-23']]);
    const rows = await school.app.db.delivery.findMany({ where: { personId: moscow.actor.id }, select: { channel: true } });
    expect(rows.map(({ channel }) => channel).toSorted()).toEqual(['email', 'site']);
  });

  test('is no week of who has never answered anything', async () => {
    expect(await mondaysOf(newcomer)).toEqual([]);
  });

  test('has the numbers of the profile, and a picture of its days', async () => {
    const message = await newest(moscow);
    const profile = await getStatistics(school.app, moscow.actor, { course: null });
    const last = profile.weeks.at(-2);
    expect(last).toMatchObject({ from: '2026-11-16', solved: 2 });
    expect(message?.title).toMatch(/^Ваша неделя: 2\sзадания$/);
    expect(message?.body).toMatch(/16–22\sноября: решено 2\sзадания, с первой попытки верно 50\s%/);
    const [picture] = message?.pictures ?? [];
    expect((await picture?.load())?.subarray(1, 4).toString()).toBe('PNG');
    expect(picture?.alt).toContain('ср – 2');
  });

  test('says nothing any more when the next one has begun', async () => {
    clock.set('2026-11-30T07:00:00Z');
    expect(await newest(moscow)).toBeNull();
  });

  test('without a solved task it is short, without guilt and without a picture', async () => {
    await tellOfWeek(school.app);
    const message = await newest(moscow);
    expect(message).toMatchObject({ title: 'Новая неделя', pictures: [], button: { url: '/' } });
    expect(message?.body).toContain('Серия начинается сегодня.');
  });
});

test('whoever does nothing for four weeks is told once more, and again once they are back', async () => {
  clock.set('2026-12-02T12:00:00Z');
  const student = await aLearner();
  await solve(student, 0, '1');
  const monday = async (day: string) => {
    clock.set(`${day}T07:30:00Z`);
    await tellOfWeek(school.app);
  };
  for (const day of ['2026-12-07', '2026-12-14', '2026-12-21', '2026-12-28', '2027-01-04', '2027-01-11', '2027-01-18']) await monday(day);
  expect(await mondaysOf(student)).toEqual(['2026-12-07', '2026-12-14', '2026-12-21', '2026-12-28', '2027-01-04']);
  clock.set('2027-01-20T12:00:00Z');
  await solve(student, 1, '2');
  await monday('2027-01-25');
  expect((await mondaysOf(student)).at(-1)).toBe('2027-01-25');
});

test('a school that was down on Monday tells on Tuesday, and no later', async () => {
  clock.set('2027-02-03T12:00:00Z');
  const student = await aLearner();
  await solve(student, 0, '1');
  clock.set('2027-02-10T07:00:00Z');
  await tellOfWeek(school.app);
  expect(await mondaysOf(student)).toEqual([]);
  clock.set('2027-02-16T20:00:00Z');
  await tellOfWeek(school.app);
  expect(await mondaysOf(student)).toEqual(['2027-02-15']);
});
