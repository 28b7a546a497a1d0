import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App, PersonActor } from '../../platform/app.ts';
import { aCourse, aNumber } from '../../testing/course.ts';
import { aModerator, aSchool, aStudent, type School } from '../../testing/world.ts';
import { openTopic } from './open-topic.ts';

let school: School;
let app: App;
beforeAll(async () => {
  school = await aSchool();
  app = school.app;
});
afterAll(() => school.close());

const hour = 3_600_000;
type Course = Awaited<ReturnType<typeof aCourse>>;
const open = (actor: PersonActor, course: Course, index = 0) =>
  openTopic(app, actor, { course: course.slug, topic: course.topic(index).slug });
/** Moves the date of a topic so many hours from now. */
const move = (course: Course, hours: number) =>
  app.db.topic.update({ where: { id: course.topic(0).id }, data: { opensAt: new Date(school.clock.now().getTime() + hours * hour) } });
const notOpen = (course: Course) => ({
  code: 'TOPICS_NOT_OPEN',
  data: {
    opensAt: course.topic(0).opensAt.toISOString(),
    topicTitle: 'Тема 1',
    courseTitle: `Курс ${course.slug}`,
    courseSlug: course.slug,
  },
});

describe('a topic opens by its instant', () => {
  test('to the millisecond, and says until then when', async () => {
    const course = await aCourse(app, { topics: [{ opensIn: 1 }] });
    const { actor } = await aStudent(app);
    await expect(open(actor, course)).rejects.toMatchObject(notOpen(course));
    school.clock.forward(hour - 1);
    await expect(open(actor, course)).rejects.toMatchObject(notOpen(course));
    school.clock.forward(1);
    expect(await open(actor, course)).toMatchObject({ title: 'Тема 1', opensAt: course.topic(0).opensAt.toISOString() });
  });

  test('what a student has opened stays open when the date moves; for the others it is locked', async () => {
    const course = await aCourse(app);
    const [visitor, other] = await Promise.all([aStudent(app), aStudent(app)]);
    await open(visitor.actor, course);
    await move(course, 48);
    await expect(open(visitor.actor, course)).resolves.toBeDefined();
    await expect(open(other.actor, course)).rejects.toMatchObject({ code: 'TOPICS_NOT_OPEN' });
  });

  test('early for one student, who has it from then on', async () => {
    const course = await aCourse(app, { topics: [{ opensIn: 24 }] });
    const [lucky, other] = await Promise.all([aStudent(app), aStudent(app)]);
    await app.db.topicOpening.create({ data: { personId: lucky.actor.id, topicId: course.topic(0).id, openedAt: school.clock.now() } });
    await open(lucky.actor, course);
    await expect(open(other.actor, course)).rejects.toMatchObject({ code: 'TOPICS_NOT_OPEN' });
    await app.db.topicOpening.deleteMany({ where: { personId: lucky.actor.id } });
    await expect(open(lucky.actor, course)).resolves.toBeDefined();
  });

  test('at any time for a moderator, who leaves no trace', async () => {
    const course = await aCourse(app, { topics: [{ opensIn: 24 }], priceMinor: 99_000 });
    const { actor } = await aModerator(app);
    await expect(open(actor, course)).resolves.toBeDefined();
    expect(await app.db.topicVisit.count({ where: { personId: actor.id } })).toBe(0);
    expect(await app.db.enrolment.count({ where: { personId: actor.id } })).toBe(0);
  });
});

describe('there is no such topic', () => {
  const cases: [string, () => Promise<{ course: string; topic: string }>][] = [
    ['of an unknown course', async () => ({ course: 'no-such-course', topic: 'topic-1' })],
    ['under an unknown name', async () => ({ course: (await aCourse(app)).slug, topic: 'topic-9' })],
    [
      'of another course',
      async () => ({ course: (await aCourse(app)).slug, topic: (await aCourse(app, { topics: [{}, {}] })).topic(1).slug }),
    ],
    ['while it is a draft', async () => ({ course: (await aCourse(app, { topics: [{ published: false }] })).slug, topic: 'topic-1' })],
    ['while its course is a draft', async () => ({ course: (await aCourse(app, { published: false })).slug, topic: 'topic-1' })],
  ];
  test.each(cases)('%s', async (_, make) => {
    const input = await make();
    for (const { actor } of [await aStudent(app), await aModerator(app)]) {
      await expect(openTopic(app, actor, input)).rejects.toMatchObject({ code: 'TOPICS_NOT_FOUND', data: {} });
    }
  });
});

describe('the first visit', () => {
  test('is kept, with its instant, and takes the free course; later ones change nothing', async () => {
    const course = await aCourse(app, { topics: [{}, {}] });
    const { actor } = await aStudent(app);
    const firstAt = school.clock.now();
    await open(actor, course);
    school.clock.forward(hour);
    await open(actor, course);
    await open(actor, course, 1);
    expect(await app.db.enrolment.findMany({ where: { personId: actor.id } })).toMatchObject([
      { courseId: course.id, enrolledAt: firstAt, how: 'free' },
    ]);
    const visits = await app.db.topicVisit.findMany({ where: { personId: actor.id }, orderBy: { firstOpenedAt: 'asc' } });
    expect(visits.map(({ topicId, firstOpenedAt }) => [topicId, firstOpenedAt])).toEqual([
      [course.topic(0).id, firstAt],
      [course.topic(1).id, school.clock.now()],
    ]);
  });

  test('by twenty requests at once is one', async () => {
    const course = await aCourse(app);
    const { actor } = await aStudent(app);
    await Promise.all(Array.from({ length: 20 }, () => open(actor, course)));
    expect(await app.db.topicVisit.count({ where: { personId: actor.id } })).toBe(1);
  });

  test('that is refused leaves no trace', async () => {
    const course = await aCourse(app, { topics: [{ opensIn: 1 }] });
    const { actor } = await aStudent(app);
    await expect(open(actor, course)).rejects.toThrow();
    expect(await app.db.topicVisit.count({ where: { personId: actor.id } })).toBe(0);
    expect(await app.db.enrolment.count({ where: { personId: actor.id } })).toBe(0);
  });
});

test('a paid course is for those to whom it was granted', async () => {
  const course = await aCourse(app, { priceMinor: 99_000 });
  const [guest, owner] = await Promise.all([aStudent(app), aStudent(app)]);
  await app.db.enrolment.create({
    data: { personId: owner.actor.id, courseId: course.id, enrolledAt: school.clock.now(), how: 'granted' },
  });
  await expect(open(guest.actor, course)).rejects.toMatchObject({
    code: 'COURSES_NO_ACCESS',
    data: { courseSlug: course.slug, courseTitle: `Курс ${course.slug}` },
  });
  expect(await app.db.enrolment.count({ where: { personId: guest.actor.id } })).toBe(0);
  await expect(open(owner.actor, course)).resolves.toBeDefined();
  // Nor do the date and an early opening let anybody in who has not got the course.
  await app.db.topicOpening.create({ data: { personId: guest.actor.id, topicId: course.topic(0).id, openedAt: school.clock.now() } });
  await expect(open(guest.actor, course)).rejects.toMatchObject({ code: 'COURSES_NO_ACCESS' });
});

test('the page: theory with its headings, videos, files and where it stands in the course', async () => {
  const course = await aCourse(app, {
    topics: [
      {},
      { published: false },
      {
        theory: '## Степени\n\nТекст ![график](files/graph.svg)\n\n## Корни\n\n<script>alert(1)</script>',
        videos: ['https://www.youtube.com/watch?v=dQw4w9WgXcQ', 'https://example.ru/video.mp4'],
        files: [
          { name: 'graph.svg', mime: 'image/svg+xml', body: '<svg/>' },
          { name: 'notes.ods', mime: 'application/vnd.oasis.opendocument.spreadsheet', body: 'ods', listed: true },
        ],
        tasks: [aNumber(), aNumber()],
      },
      { opensIn: 24 },
    ],
  });
  const { actor } = await aStudent(app);
  const page = await open(actor, course, 2);
  expect(page).toMatchObject({
    slug: 'topic-3',
    number: 2,
    course: { slug: course.slug, topics: 3 },
    headings: [{ text: 'Степени' }, { text: 'Корни' }],
    readingMinutes: 1,
    videos: [{ title: 'Видео 1', host: 'youtube' }],
    files: [
      { name: 'notes.ods', title: 'notes.ods', size: 3, url: expect.stringContaining(`/files/${course.topic(2).files[1]}/notes.ods?e=`) },
    ],
    tasks: [
      { number: 1, slug: 'task-1' },
      { number: 2, slug: 'task-2' },
    ],
    previous: { slug: 'topic-1', number: 1 },
    next: { slug: 'topic-4', number: 3, open: false },
  });
  expect(page.theoryHtml).toContain(`/files/${course.topic(2).files[0]}/graph.svg`);
  expect(page.theoryHtml).not.toContain('<script');
  expect(await open(actor, course)).toMatchObject({ number: 1, previous: null, next: { slug: 'topic-3', open: true } });
});

test('the next topic is open where it is open for this very student', async () => {
  const course = await aCourse(app, { topics: [{}, { opensIn: 24 }] });
  const [early, other] = await Promise.all([aStudent(app), aStudent(app)]);
  await app.db.topicOpening.create({ data: { personId: early.actor.id, topicId: course.topic(1).id, openedAt: school.clock.now() } });
  expect((await open(early.actor, course)).next?.open).toBe(true);
  expect((await open(other.actor, course)).next?.open).toBe(false);
  expect((await open((await aModerator(app)).actor, course)).next?.open).toBe(true);
});
