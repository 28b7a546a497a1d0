/**
 * One file, because courses, topics and subjects are changed by the same few deeds (make, move, publish, delete, copy), and each is looked at
 * through the same pages of a student.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App, PersonActor } from '../../../platform/app.ts';
import { aCourse, aNumber, type CoursePlan, type MadeCourse } from '../../../testing/course.ts';
import { aModerator, aSchool, aStudent, type School } from '../../../testing/world.ts';
import { closeTopicAgain, openTopicEarly } from '../../people/students/actions.ts';
import { getProgress } from '../../progress/queries.ts';
import { accessTask } from '../../tasks/access.ts';
import { findSampleTask } from '../../tasks/queries.ts';
import { accessTopicFile } from '../access.ts';
import { openTopic } from '../open-topic.ts';
import { getCourse, listSubjects } from '../queries.ts';
import {
  createCourse,
  deleteCourse,
  duplicateCourse,
  moveCourse,
  publishCourse,
  restoreCourse,
  startNewYear,
  unpublishCourse,
  updateCourse,
} from './courses/actions.ts';
import { getProgramme, listCourses } from './courses/queries.ts';
import { createSubject, deleteSubject, restoreSubject, updateSubject } from './subjects/actions.ts';
import { listOfficeSubjects } from './subjects/queries.ts';
import {
  createTopic,
  deleteTopic,
  duplicateTopic,
  moveTopic,
  openTopicNow,
  publishTopic,
  renameTopic,
  restoreTopic,
  setTopicOpening,
} from './topics/actions.ts';
import { listEarly } from './topics/queries.ts';

let school: School;
let app: App;
let teacher: PersonActor;
let student: PersonActor;
beforeAll(async () => {
  school = await aSchool();
  app = school.app;
  teacher = (await aModerator(app)).actor;
  student = (await aStudent(app)).actor;
});
afterAll(() => school.close());

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    (error: { code?: string }) => error.code ?? String(error),
  );
const programme = (course: { slug: string }) => getProgramme(app, teacher, { course: course.slug });
const titles = async (course: MadeCourse) => (await programme(course)).topics.map((topic) => topic.title.replace('Тема ', ''));
const dates = async (course: MadeCourse) => (await programme(course)).topics.map((topic) => topic.opensAt);
const fourTopics = () => aCourse(app, { topics: [-1, 24, 48, 72].map((opensIn) => ({ opensIn })) });
const notes = async (subject: string) =>
  (
    await app.db.auditEntry.findMany({ where: { subject }, orderBy: { id: 'asc' }, select: { action: true, actor: true, label: true } })
  ).map(({ action, actor, label }) => ({ action, actor, label }));

describe('topics', () => {
  test('move, and the dates stay at their places; moving back takes it back', async () => {
    const course = await fourTopics();
    const before = await dates(course);
    const moved = await moveTopic(app, teacher, { id: course.topic(3).id, beforeId: course.topic(1).id });
    expect(await titles(course)).toEqual(['1', '4', '2', '3']);
    expect(await dates(course)).toEqual(before);
    expect(moved).toEqual({ order: [0, 3, 1, 2].map((index) => course.topic(index).id), beforeId: null });
    await moveTopic(app, teacher, { id: course.topic(3).id, beforeId: moved.beforeId });
    expect(await titles(course)).toEqual(['1', '2', '3', '4']);
    expect((await programme(course)).topics.map((topic) => topic.opensAt)).toEqual(
      course.topics.map((topic) => topic.opensAt.toISOString()),
    );
    expect(await notes(course.topic(3).id)).toEqual([
      { action: 'topic.move', actor: teacher.id, label: 'Тема 4' },
      { action: 'topic.move', actor: teacher.id, label: 'Тема 4' },
    ]);
  });

  test('moved by two at once are where both put them, and no date is lost', async () => {
    const course = await aCourse(app, { topics: Array.from({ length: 8 }, (_, index) => ({ opensIn: index * 24 })) });
    const before = await dates(course);
    await Promise.all([
      moveTopic(app, teacher, { id: course.topic(6).id, beforeId: course.topic(1).id }),
      moveTopic(app, teacher, { id: course.topic(0).id, beforeId: course.topic(5).id }),
      moveTopic(app, teacher, { id: course.topic(7).id, beforeId: course.topic(3).id }),
    ]);
    expect(await titles(course)).toEqual(['7', '2', '3', '8', '4', '5', '1', '6']);
    expect(await dates(course)).toEqual(before);
  });

  test('a topic that is gone is no place to move to, and cannot be moved', async () => {
    const course = await fourTopics();
    const other = await fourTopics();
    await deleteTopic(app, teacher, { id: course.topic(2).id });
    const [first, gone] = [course.topic(0).id, course.topic(2).id];
    expect(await codeOf(moveTopic(app, teacher, { id: first, beforeId: gone }))).toBe('COURSES_PLACE_GONE');
    expect(await codeOf(moveTopic(app, teacher, { id: first, beforeId: other.topic(0).id }))).toBe('COURSES_PLACE_GONE');
    expect(await codeOf(moveTopic(app, teacher, { id: gone, beforeId: first }))).toBe('TOPICS_NOT_FOUND');
  });

  test('a deleted one comes back to its place with its own date, whatever moved meanwhile', async () => {
    const course = await fourTopics();
    await deleteTopic(app, teacher, { id: course.topic(1).id });
    expect(await titles(course)).toEqual(['1', '3', '4']);
    expect((await programme(course)).bin).toMatchObject([{ kind: 'topic', title: 'Тема 2' }]);
    await moveTopic(app, teacher, { id: course.topic(3).id, beforeId: course.topic(0).id });
    await restoreTopic(app, teacher, { id: course.topic(1).id });
    expect(await titles(course)).toEqual(['4', '1', '2', '3']);
    expect((await dates(course))[2]).toBe(course.topic(1).opensAt.toISOString());
    expect(await codeOf(restoreTopic(app, teacher, { id: course.topic(1).id }))).toBe('TOPICS_NOT_FOUND');
  });

  test('a new one is a draft at the end, a week later; a double click makes one', async () => {
    const course = await fourTopics();
    const input = { id: randomUUID(), courseId: course.id, title: 'Тема 1' };
    await Promise.all([createTopic(app, teacher, input), createTopic(app, teacher, input)]);
    const { topics } = await programme(course);
    expect(topics).toHaveLength(5);
    const week = new Date(course.topic(3).opensAt.getTime() + 7 * 86_400_000).toISOString();
    expect(topics[4]).toMatchObject({ id: input.id, slug: 'tema-1', published: false, opensAt: week, tasks: [] });
    await createTopic(app, teacher, { id: randomUUID(), courseId: course.id, title: 'Тема 1' });
    expect((await programme(course)).topics[5]?.slug).toBe('tema-1-2');
    expect(await notes(input.id)).toEqual([{ action: 'topic.create', actor: teacher.id, label: 'Тема 1' }]);
  });

  test('are renamed and dated by the school’s clock', async () => {
    const course = await fourTopics();
    const { id } = course.topic(1);
    await renameTopic(app, teacher, { id, title: 'Логарифмы' });
    await setTopicOpening(app, teacher, { id, on: '2026-12-03', time: '18:30' });
    expect((await programme(course)).topics[1]).toMatchObject({ title: 'Логарифмы', opensAt: '2026-12-03T15:30:00.000Z' });
    await openTopicNow(app, teacher, { id });
    const page = await openTopic(app, student, { course: course.slug, topic: 'topic-2' });
    expect(page.title).toBe('Логарифмы');
  });

  test('are opened early to one student, and closed again unless the student was there', async () => {
    const course = await aCourse(app, { topics: [{ opensIn: 24 }, { opensIn: 48 }] });
    const other = (await aStudent(app)).actor;
    const { id: topicId } = course.topic(0);
    const open = (actor: PersonActor) => codeOf(openTopic(app, actor, { course: course.slug, topic: 'topic-1' }));
    const early = { topicId, personId: student.id };
    await Promise.all([openTopicEarly(app, teacher, early), openTopicEarly(app, teacher, early)]);
    expect((await programme(course)).topics[0]?.openedFor).toBe(1);
    expect(await listEarly(app, teacher, { id: topicId })).toMatchObject([{ id: student.id, visited: false }]);
    expect([await open(student), await open(other)]).toEqual(['ok', 'TOPICS_NOT_OPEN']);
    expect(await listEarly(app, teacher, { id: topicId })).toMatchObject([{ visited: true }]);
    await openTopicEarly(app, teacher, { topicId, personId: other.id });
    await closeTopicAgain(app, teacher, { topicId, personId: other.id });
    await closeTopicAgain(app, teacher, early);
    expect([await open(student), await open(other)]).toEqual(['ok', 'TOPICS_NOT_OPEN']);
    expect(await codeOf(openTopicEarly(app, teacher, { topicId, personId: teacher.id }))).toBe('STUDENTS_NOT_FOUND');
  });

  test('a copy stands behind its topic as a draft with everything in it', async () => {
    const course = await aCourse(app, {
      topics: [
        {
          tasks: [aNumber('1'), { ...aNumber('2'), published: false }],
          files: [{ name: 'a.txt', mime: 'text/plain', body: 'a' }],
          videos: ['https://youtu.be/dQw4w9WgXcQ'],
        },
        {},
      ],
    });
    const newId = randomUUID();
    const copy = { id: course.topic(0).id, newId };
    await Promise.all([duplicateTopic(app, teacher, copy), duplicateTopic(app, teacher, copy)]);
    const { topics } = await programme(course);
    expect(topics.map((topic) => topic.title)).toEqual(['Тема 1', 'Тема 1 (копия)', 'Тема 2']);
    expect(topics[1]).toMatchObject({ id: newId, published: false, videos: 1, files: 1, opensAt: topics[0]?.opensAt });
    expect(topics[1]?.tasks.map(({ title, published }) => ({ title, published }))).toEqual([
      { title: 'Задание 1', published: true },
      { title: 'Задание 2', published: false },
    ]);
    const keys = await app.db.topicFile.findMany({
      where: { name: 'a.txt', topicId: { in: [newId, course.topic(0).id] } },
      select: { storageKey: true },
    });
    expect(new Set(keys.map((file) => file.storageKey)).size).toBe(1);
  });
});

describe('what is deleted or a draft is nowhere for students', () => {
  const plan: CoursePlan = {
    topics: [{ tasks: [{ ...aNumber('1'), isPublic: true }], files: [{ name: 'a.txt', mime: 'text/plain', body: 'a' }] }],
  };
  const seen = async (course: MadeCourse) => {
    const [topic, task, file] = [course.topic(0), course.task(0, 0), course.topic(0).files[0] ?? ''];
    const mine = (await getProgress(app, student)).courses.find((one) => one.slug === course.slug);
    const page = await getCourse(app, student, course.slug).catch(() => null);
    return {
      listed: (await listSubjects(app)).some((subject) => subject.courses.some((card) => card.slug === course.slug)),
      page: page ? page.topics.length : null,
      topic: await codeOf(openTopic(app, student, { course: course.slug, topic: topic.slug })),
      task: await codeOf(accessTask(app, student, task)),
      file: await codeOf(accessTopicFile(app, student, file)),
      counted: mine ? mine.topics.total : null,
      tasks: mine ? mine.tasks.total : null,
      sample: (await findSampleTask(app))?.dto.id === task,
    };
  };
  const all = { listed: true, page: 1, topic: 'ok', task: 'ok', file: 'ok', counted: 1, tasks: 1, sample: true };
  const nothing = {
    topic: 'TOPICS_NOT_FOUND',
    task: 'TASKS_NOT_FOUND',
    file: 'FILES_NOT_FOUND',
    counted: null,
    tasks: null,
    sample: false,
  };

  test.each([
    ['a deleted course', 'course', deleteCourse, restoreCourse, { ...nothing, listed: false, page: null }],
    ['a draft of a course', 'course', unpublishCourse, publishCourse, { ...nothing, listed: false, page: null }],
    ['a deleted topic', 'topic', deleteTopic, restoreTopic, { ...nothing, listed: true, page: 0 }],
  ] as const)('%s', async (_, of, take, giveBack, left) => {
    const course = await aCourse(app, plan);
    expect(await codeOf(openTopic(app, student, { course: course.slug, topic: 'topic-1' }))).toBe('ok');
    expect(await seen(course)).toEqual(all);
    const id = of === 'course' ? course.id : course.topic(0).id;
    await take(app, teacher, { id });
    expect(await seen(course)).toEqual(left);
    await giveBack(app, teacher, { id });
    expect(await seen(course)).toEqual(all);
    await deleteCourse(app, teacher, { id: course.id });
  });

  test('a deleted course is in the list of what was deleted, and out of reach for changes', async () => {
    const course = await fourTopics();
    await deleteCourse(app, teacher, { id: course.id });
    const { courses, deleted } = await listCourses(app, teacher);
    expect([courses, deleted].map((list) => list.some((one) => one.id === course.id))).toEqual([false, true]);
    for (const refused of [
      () => renameTopic(app, teacher, { id: course.topic(0).id, title: 'x' }),
      () => createTopic(app, teacher, { id: randomUUID(), courseId: course.id, title: 'x' }),
      () => deleteCourse(app, teacher, { id: course.id }),
      () => programme(course),
    ]) {
      expect(await codeOf(refused())).toBe('COURSES_NOT_FOUND');
    }
  });
});

describe('courses', () => {
  const subjectOf = async (course: MadeCourse) => (await programme(course)).subject.id;

  test('a new one is a draft with an address of its own; a double click makes one', async () => {
    const subjectId = await subjectOf(await fourTopics());
    const input = { id: randomUUID(), subjectId, title: 'Химия с нуля', target: 60, summary: 'Кратко' };
    const made = await Promise.all([createCourse(app, teacher, input), createCourse(app, teacher, input)]);
    expect(made).toEqual([{ slug: 'khimiya-s-nulya' }, { slug: 'khimiya-s-nulya' }]);
    await deleteCourse(app, teacher, { id: input.id });
    const id = randomUUID();
    expect(await createCourse(app, teacher, { ...input, id })).toEqual({ slug: 'khimiya-s-nulya-2' });
    const { courses } = await listCourses(app, teacher);
    expect(courses.find((course) => course.id === id)).toMatchObject({ published: false, topics: 0, drafts: 0, students: 0 });
    expect(await codeOf(createCourse(app, teacher, { ...input, id: randomUUID(), subjectId: randomUUID() }))).toBe('SUBJECTS_NOT_FOUND');
  });

  test('a change names in the journal what was changed, and nothing else', async () => {
    const course = await fourTopics();
    await updateCourse(app, teacher, { id: course.id, title: 'Другое', schedule: 'По четвергам', target: 60 });
    await updateCourse(app, teacher, { id: course.id, title: 'Другое' });
    const rows = await app.db.auditEntry.findMany({ where: { subject: course.id }, select: { action: true, before: true, after: true } });
    expect(rows).toEqual([
      {
        action: 'course.update',
        before: { title: `Курс ${course.slug}`, schedule: null },
        after: { title: 'Другое', schedule: 'По четвергам' },
      },
    ]);
    expect(await programme(course)).toMatchObject({ title: 'Другое', schedule: 'По четвергам', slug: course.slug });
  });

  test('are put in another order by two at once', async () => {
    const made = [await aCourse(app), await aCourse(app), await aCourse(app), await aCourse(app)];
    const [a, b, c, d] = made.map((course) => course.id) as [string, string, string, string];
    for (const id of [a, b, c, d]) await moveCourse(app, teacher, { id, beforeId: null });
    await Promise.all([moveCourse(app, teacher, { id: d, beforeId: b }), moveCourse(app, teacher, { id: a, beforeId: null })]);
    const { order } = await moveCourse(app, teacher, { id: c, beforeId: a });
    expect(order.slice(-4)).toEqual([d, b, c, a]);
    await deleteCourse(app, teacher, { id: b });
    expect(await codeOf(moveCourse(app, teacher, { id: d, beforeId: b }))).toBe('COURSES_PLACE_GONE');
  });

  test('a new school year: everything but the students’ work, dates moved, a draft', async () => {
    const course = await aCourse(app, {
      topics: [{ opensIn: -24, tasks: [aNumber('1'), { ...aNumber('2'), published: false }] }, { opensIn: 144, published: false }, {}],
    });
    await deleteTopic(app, teacher, { id: course.topic(2).id });
    await openTopic(app, student, { course: course.slug, topic: 'topic-1' });
    await app.db.textState.create({ data: { kind: 'task', subjectId: course.task(0, 1), rev: 3, draft: '---\nkind: set\n---' } });
    const input = { id: course.id, newId: randomUUID(), title: 'Математика 2027', firstOn: '2027-10-07' };
    const [made] = await Promise.all([startNewYear(app, teacher, input), startNewYear(app, teacher, input)]);
    const copy = await programme(made);
    expect(copy).toMatchObject({ id: input.newId, title: 'Математика 2027', published: false, students: 0 });
    // The school's first topic opened on 23 November at 15:00, the second seven days later.
    expect(copy.topics.map(({ title, opensAt, published }) => ({ title, opensAt, published }))).toEqual([
      { title: 'Тема 1', opensAt: '2027-10-07T12:00:00.000Z', published: true },
      { title: 'Тема 2', opensAt: '2027-10-14T12:00:00.000Z', published: false },
    ]);
    expect(copy.topics[0]?.tasks.map(({ published, edited }) => ({ published, edited }))).toEqual([
      { published: true, edited: false },
      { published: false, edited: true },
    ]);
    expect((await programme(course)).students).toBe(1);
    expect(await getCourse(app, student, made.slug).catch((error: { code: string }) => error.code)).toBe('COURSES_NOT_FOUND');
  });

  test('a copy keeps its dates and stands behind the original', async () => {
    const course = await fourTopics();
    const { slug } = await duplicateCourse(app, teacher, { id: course.id, newId: randomUUID() });
    const copy = await programme({ slug });
    expect(copy.title).toBe(`Курс ${course.slug} (копия)`);
    expect(copy.topics.map((topic) => topic.opensAt)).toEqual(await dates(course));
    const { courses } = await listCourses(app, teacher);
    const mine = courses.filter((one) => one.subject.id === copy.subject.id).map((one) => one.slug);
    expect(mine).toEqual([course.slug, slug]);
  });
});

describe('subjects', () => {
  test('are made once, changed, and deleted only while no course has them', async () => {
    const input = { id: randomUUID(), title: 'Физика', about: '26 заданий', maxPrimary: 45 };
    await Promise.all([createSubject(app, teacher, input), createSubject(app, teacher, input)]);
    await updateSubject(app, teacher, { id: input.id, maxPrimary: 46 });
    const mine = async () => (await listOfficeSubjects(app, teacher)).find((subject) => subject.id === input.id);
    expect(await mine()).toEqual({ ...input, slug: 'fizika', maxPrimary: 46, courses: 0, scale: null });
    const courseId = randomUUID();
    await createCourse(app, teacher, { id: courseId, subjectId: input.id, title: 'Физика', target: 60, summary: 'Кратко' });
    await deleteCourse(app, teacher, { id: courseId });
    expect(await codeOf(deleteSubject(app, teacher, { id: input.id }))).toBe('SUBJECTS_IN_USE');
    await app.db.course.delete({ where: { id: courseId } });
    await app.db.scale.create({ data: { subjectId: input.id, year: 2025, points: [1, 2] } });
    const deleted = await deleteSubject(app, teacher, { id: input.id });
    expect(await mine()).toBeUndefined();
    await restoreSubject(app, teacher, deleted);
    expect(await mine()).toEqual({ ...input, slug: 'fizika', maxPrimary: 46, courses: 0, scale: { year: 2025, points: 2 } });
    expect(await app.db.scale.count({ where: { subjectId: input.id } })).toBe(1);
  });
});

test('a student changes nothing, whatever door they find', async () => {
  const course = await fourTopics();
  for (const refused of [
    () => publishTopic(app, student, { id: course.topic(0).id }),
    () => deleteCourse(app, student, { id: course.id }),
    () => moveCourse(app, student, { id: course.id, beforeId: null }),
    () => createSubject(app, student, { id: randomUUID(), title: 'x', about: 'x', maxPrimary: 1 }),
  ]) {
    expect(await codeOf(refused())).toBe('AUTH_FORBIDDEN');
  }
});
