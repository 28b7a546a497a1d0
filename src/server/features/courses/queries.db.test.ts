import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../platform/app.ts';
import { aCourse, aNumber } from '../../testing/course.ts';
import { solve } from '../../testing/solve.ts';
import { statementsOf } from '../../testing/statements.ts';
import { aModerator, aSchool, aStudent, type School } from '../../testing/world.ts';
import { openTopic } from './open-topic.ts';
import { getCourse, listSubjects } from './queries.ts';

let school: School;
let app: App;
beforeAll(async () => {
  school = await aSchool();
  app = school.app;
});
afterAll(() => school.close());

describe('the list of courses', () => {
  test('holds what is published, with the number of topics, the first date and what the target takes', async () => {
    const course = await aCourse(app, {
      topics: [{ opensIn: 5 }, { opensIn: 3 }, { opensIn: -9, published: false }],
      scale: [6, 11, 17, 60, 66],
      priceMinor: 99_000,
    });
    const draft = await aCourse(app, { published: false });
    const bare = await aCourse(app, { topics: [] });
    const subjects = await listSubjects(app);
    const cards = subjects.flatMap((subject) => subject.courses);
    expect(cards.find((card) => card.slug === course.slug)).toMatchObject({
      target: 60,
      targetPrimary: 4,
      topics: 2,
      firstOpensAt: course.topic(1).opensAt.toISOString(),
      priceMinor: 99_000,
      currency: 'RUB',
    });
    expect(cards.find((card) => card.slug === bare.slug)).toMatchObject({ topics: 0, firstOpensAt: null, targetPrimary: null });
    expect(cards.map((card) => card.slug)).not.toContain(draft.slug);
    expect(subjects.every((subject) => subject.courses.length > 0)).toBe(true);
  });

  test('puts the courses of a subject together, in the order that moderators gave them', async () => {
    const [eighty, sixty] = [await aCourse(app), await aCourse(app)];
    const { subjectId } = await app.db.course.findUniqueOrThrow({ where: { id: sixty.id } });
    const listed = async () => {
      const subjects = await listSubjects(app);
      const mine = subjects.filter((subject) => subject.courses.some((card) => [eighty.slug, sixty.slug].includes(card.slug)));
      return mine.map((subject) => subject.courses.map((card) => card.slug));
    };
    await app.db.course.update({ where: { id: eighty.id }, data: { subjectId, target: 80 } });
    expect(await listed()).toEqual([[sixty.slug, eighty.slug]]);
    await app.db.course.update({ where: { id: sixty.id }, data: { position: 5 } });
    expect(await listed()).toEqual([[eighty.slug, sixty.slug]]);
  });
});

describe('the page of a course', () => {
  test('a guest reads every topic with its date, and nothing of anybody’s work', async () => {
    const course = await aCourse(app, { topics: [{ tasks: [aNumber()] }, { opensIn: -24 * 8 }, { opensIn: 24 }, { published: false }] });
    const page = await getCourse(app, null, course.slug);
    expect(page.now).toBe(school.clock.now().toISOString());
    expect(page.topics.map(({ slug, number, open, fresh, tasks }) => ({ slug, number, open, fresh, tasks }))).toEqual([
      { slug: 'topic-1', number: 1, open: true, fresh: true, tasks: { done: 0, total: 1 } },
      { slug: 'topic-2', number: 2, open: true, fresh: false, tasks: { done: 0, total: 0 } },
      { slug: 'topic-3', number: 3, open: false, fresh: false, tasks: { done: 0, total: 0 } },
    ]);
    expect(page.topics.map((topic) => topic.opensAt)).toEqual(course.topics.slice(0, 3).map((topic) => topic.opensAt.toISOString()));
    expect(page.mine).toBeNull();
  });

  test('a student reads how far they are', async () => {
    const course = await aCourse(app, {
      topics: [{ tasks: [aNumber('1'), aNumber('2')] }, { tasks: [aNumber('3'), aNumber('4')] }, { opensIn: 24, tasks: [aNumber('5')] }],
    });
    const student = await aStudent(app);
    const mine = async () => (await getCourse(app, student.actor, course.slug)).mine;
    expect(await mine()).toEqual({
      enrolled: false,
      allowed: true,
      topics: { done: 0, total: 3 },
      tasks: { done: 0, total: 5 },
      openTopics: 2,
      firstTry: null,
      continueTopic: 'topic-1',
    });
    await openTopic(app, student.actor, { course: course.slug, topic: 'topic-1' });
    await solve(app, student.actor, course.task(0, 0), ['1']);
    await solve(app, student.actor, course.task(0, 1), ['7', '2']);
    school.clock.forward(1000);
    await solve(app, student.actor, course.task(1, 1), ['7']);
    expect(await mine()).toEqual({
      enrolled: true,
      allowed: true,
      topics: { done: 1, total: 3 },
      tasks: { done: 2, total: 5 },
      openTopics: 2,
      firstTry: { done: 1, total: 3 },
      continueTopic: 'topic-2',
    });
  });

  test('a paid one is read by everybody and says who may go on', async () => {
    const course = await aCourse(app, { priceMinor: 99_000 });
    const student = await aStudent(app);
    expect((await getCourse(app, student.actor, course.slug)).mine).toMatchObject({ enrolled: false, allowed: false });
    expect((await getCourse(app, (await aModerator(app)).actor, course.slug)).mine).toMatchObject({ allowed: true });
    expect((await getCourse(app, null, course.slug)).priceMinor).toBe(99_000);
  });

  test('that is unknown or a draft is not there', async () => {
    const draft = await aCourse(app, { published: false });
    for (const slug of ['no-such-course', draft.slug])
      await expect(getCourse(app, null, slug)).rejects.toMatchObject({ code: 'COURSES_NOT_FOUND' });
  });
});

test('both take two statements at most, however many courses, topics and students there are', async () => {
  const student = await aStudent(app);
  const course = await aCourse(app, { topics: Array.from({ length: 12 }, () => ({ tasks: [aNumber(), aNumber()] })) });
  expect(await statementsOf(app, () => listSubjects(app))).toHaveLength(1);
  expect(await statementsOf(app, () => getCourse(app, student.actor, course.slug))).toHaveLength(2);
});
