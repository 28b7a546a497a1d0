import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App, PersonActor } from '../../platform/app.ts';
import { aCourse, type CoursePlan } from '../../testing/course.ts';
import { aModerator, aSchool, aStudent, type School } from '../../testing/world.ts';
import { accessTopicFile } from './access.ts';
import { openTopic } from './open-topic.ts';

let school: School;
let app: App;
let student: PersonActor;
let moderator: PersonActor;
beforeAll(async () => {
  school = await aSchool();
  app = school.app;
  student = (await aStudent(app)).actor;
  moderator = (await aModerator(app)).actor;
});
afterAll(() => school.close());

const files = [{ name: 'graph.svg', mime: 'image/svg+xml', body: '<svg/>' }];
async function aFile(plan: CoursePlan, topic: object) {
  const course = await aCourse(app, { ...plan, topics: [{ files, ...topic }] });
  return { course, id: course.topic(0).files[0] ?? '' };
}
const given = (actor: PersonActor, id: string) =>
  accessTopicFile(app, actor, id).then(
    (file) => file.name,
    (error: { code: string }) => error.code,
  );

test.each<[string, CoursePlan, object, string, string]>([
  ['of an open topic', {}, {}, 'graph.svg', 'graph.svg'],
  ['of a locked topic', {}, { opensIn: 1 }, 'FILES_NOT_FOUND', 'graph.svg'],
  ['of a course that has to be paid', { priceMinor: 99_000 }, {}, 'FILES_NOT_FOUND', 'graph.svg'],
  ['of a draft of a topic', {}, { published: false }, 'FILES_NOT_FOUND', 'graph.svg'],
  ['of a draft of a course', { published: false }, {}, 'FILES_NOT_FOUND', 'graph.svg'],
])('a file %s', async (_, plan, topic, forStudent, forModerator) => {
  const { id } = await aFile(plan, topic);
  expect([await given(student, id), await given(moderator, id)]).toEqual([forStudent, forModerator]);
});

test('that does not exist looks like one that is locked', async () => {
  expect(await given(student, randomUUID())).toBe('FILES_NOT_FOUND');
});

test('a file stays with the topic it belongs to: open for whoever has opened that', async () => {
  const { course, id } = await aFile({}, {});
  const visitor = (await aStudent(app)).actor;
  await openTopic(app, visitor, { course: course.slug, topic: 'topic-1' });
  await app.db.topic.update({ where: { id: course.topic(0).id }, data: { opensAt: new Date(school.clock.now().getTime() + 1000) } });
  expect([await given(visitor, id), await given(student, id)]).toEqual(['graph.svg', 'FILES_NOT_FOUND']);
});

test('a fault of the database is a fault, not a missing file', async () => {
  const broken: App = {
    ...app,
    pool: Object.create(app.pool, { query: { value: () => Promise.reject(new Error('the database is away')) } }),
  };
  await expect(accessTopicFile(broken, student, randomUUID())).rejects.toThrow('the database is away');
});
