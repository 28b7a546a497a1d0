/** Exams of a course that is copied: the same tasks, as copies; windows move with the dates of topics. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App, PersonActor } from '../../../platform/app.ts';
import { aCourse, aNumber, type MadeCourse } from '../../../testing/course.ts';
import { anExam } from '../../../testing/exam.ts';
import { aModerator, aSchool, aStudent, type School } from '../../../testing/world.ts';
import { duplicateCourse, startNewYear } from './courses/actions.ts';
import { deleteTask } from './tasks/actions.ts';

let school: School;
let app: App;
let teacher: PersonActor;
beforeAll(async () => {
  school = await aSchool();
  app = school.app;
  teacher = (await aModerator(app)).actor;
});
afterAll(() => school.close());

/** The first topic opened a day ago. */
async function withExams(): Promise<MadeCourse> {
  const course = await aCourse(app, {
    topics: [
      { opensIn: -24, tasks: [aNumber('1'), aNumber('2')] },
      { opensIn: 144, tasks: [aNumber('3')] },
    ],
  });
  const [first, second, third] = [course.task(0, 0), course.task(0, 1), course.task(1, 0)];
  const timed = await anExam(app, course, {
    title: 'С окном',
    tasks: [third, second, first],
    opensIn: 48,
    closesIn: 72,
    attempts: null,
    scaleYear: 2025,
  });
  await anExam(app, course, { title: 'Черновик', tasks: [first], published: false });
  const gone = await anExam(app, course, { title: 'Удалён', tasks: [first] });
  await app.db.exam.update({ where: { id: gone.id }, data: { deletedAt: app.clock.now() } });
  const { actor } = await aStudent(app);
  await app.db.examAttempt.create({
    data: { id: randomUUID(), examId: timed.id, personId: actor.id, number: 1, startedAt: app.clock.now() },
  });
  await app.db.examExtra.create({ data: { examId: timed.id, personId: actor.id, minutes: 30 } });
  await deleteTask(app, teacher, { id: second });
  return course;
}

async function examsOf(slug: string) {
  return app.db.exam.findMany({
    where: { course: { slug } },
    orderBy: { title: 'asc' },
    select: {
      title: true,
      opensAt: true,
      closesAt: true,
      attempts: true,
      scaleYear: true,
      publishedAt: true,
      deletedAt: true,
      tasks: {
        orderBy: { position: 'asc' },
        select: { task: { select: { slug: true, topic: { select: { slug: true, course: { select: { slug: true } } } } } } },
      },
      _count: { select: { runs: true, extras: true } },
    },
  });
}

const placesOf = ({ tasks }: Awaited<ReturnType<typeof examsOf>>[number]) =>
  tasks.map(({ task }) => `${task.topic.course.slug}/${task.topic.slug}/${task.slug}`);

test('a new school year has the exams of the old one, with their windows as many days later as its topics', async () => {
  const course = await withExams();
  // The first topic opened on 23 November: 318 days before 7 October.
  const { slug } = await startNewYear(app, teacher, {
    id: course.id,
    newId: randomUUID(),
    title: 'Математика 2027',
    firstOn: '2027-10-07',
  });
  const [timed, draft, ...more] = await examsOf(slug);
  expect(more).toEqual([]);
  expect(timed).toMatchObject({
    title: 'С окном',
    opensAt: new Date('2027-10-10T12:00:00Z'),
    closesAt: new Date('2027-10-11T12:00:00Z'),
    attempts: null,
    scaleYear: 2025,
    publishedAt: app.clock.now(),
    deletedAt: null,
    _count: { runs: 0, extras: 0 },
  });
  expect(timed && placesOf(timed)).toEqual([`${slug}/topic-2/task-1`, `${slug}/topic-1/task-1`]);
  expect(draft).toMatchObject({ title: 'Черновик', opensAt: null, closesAt: null, publishedAt: null });
});

test('a copy keeps the windows, and the original its attempts', async () => {
  const course = await withExams();
  const before = await examsOf(course.slug);
  const { slug } = await duplicateCourse(app, teacher, { id: course.id, newId: randomUUID() });
  const copies = await examsOf(slug);
  expect(copies.map(({ title, opensAt }) => [title, opensAt])).toEqual(
    before.filter(({ deletedAt }) => deletedAt === null).map(({ title, opensAt }) => [title, opensAt]),
  );
  expect(await examsOf(course.slug)).toEqual(before);
  const { after } = await app.db.auditEntry.findFirstOrThrow({ where: { action: 'course.copy' }, orderBy: { id: 'desc' } });
  expect(after).toEqual({ topics: 2, exams: 2 });
});
