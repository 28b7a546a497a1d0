/** In a large school: statements that do not grow with the number of people, and plans that read a page and not everybody. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NewsPostDto } from '#shared/news.ts';
import { aDraft, send } from '../../../testing/news.ts';
import { explained } from '../../../testing/plans.ts';
import { statementsOf } from '../../../testing/statements.ts';
import { aModerator, aSchool, aStudent, type School, type Student } from '../../../testing/world.ts';
import { listNews } from '../queries.ts';
import { countAudience } from './audience/queries.ts';
import { setList } from './list/actions.ts';
import { getProgress } from './progress/queries.ts';
import { listReport } from './report/queries.ts';

const students = 20_000;
let school: School;
let teacher: Student;
let student: Student;
let post: NewsPostDto;
let sending: string[];
beforeAll(async () => {
  school = await aSchool();
  const { app } = school;
  [teacher, student] = [await aModerator(app), await aStudent(app)];
  await app.pool.query(
    `INSERT INTO person (role, email, first_name, last_name, registered_at)
      SELECT 'student', 'student' || n || '@example.ru', 'Имя' || n % 50, 'Фамилия' || n % 997, now() - interval '90 days' FROM generate_series(2, $1) n`,
    [students],
  );
  await app.pool.query('VACUUM ANALYZE person');
  const draft = await aDraft(app, teacher);
  sending = await statementsOf(app, async () => {
    post = await send(app, teacher, draft);
  });
  await app.pool.query('VACUUM ANALYZE delivery');
}, 60_000);
afterAll(() => school.close());

test('whoever it goes to is written down by one statement', async () => {
  expect(sending.filter((text) => text.includes('INSERT INTO delivery'))).toHaveLength(1);
  expect(sending.length).toBeLessThan(25);
  expect(await getProgress(school.app, teacher.actor, post.id)).toMatchObject({ total: students, waiting: students });
});

test('so many are counted by one statement, and by one more for the post', async () => {
  const count = () =>
    countAudience(school.app, school.app.db, { id: null, to: { audience: 'all' }, channels: { site: true, telegram: true, email: true } });
  expect(await statementsOf(school.app, count)).toHaveLength(1);
  expect(await count()).toMatchObject({ total: students, email: students });
  const progress = await statementsOf(school.app, () => getProgress(school.app, teacher.actor, post.id));
  expect(progress).toHaveLength(2);
});

describe('the report reads a page', () => {
  test.each<[string, Partial<Parameters<typeof listReport>[2]>]>([
    ['of all', {}],
    ['of those who wait', { outcome: 'waiting' }],
    ['of those whom it did not reach', { outcome: 'failed' }],
    ['of those who were searched for', { search: 'student4711@example.ru' }],
  ])('%s', async (_, over) => {
    const { app, plans } = explained(school.app);
    const input = { id: post.id, outcome: null, search: '', ...over };
    const { nextCursor } = await listReport(app, teacher.actor, input);
    if (nextCursor) await listReport(app, teacher.actor, { ...input, cursor: nextCursor });
    expect(plans).toHaveLength(nextCursor ? 2 : 1);
    for (const plan of plans) expect(plan).not.toMatch(/Seq Scan on (person|delivery)/);
  });
});

test('a student’s page of news does not look at the deliveries of others', async () => {
  const { app, plans } = explained(school.app);
  await listNews(app, student.actor, { limit: 20 });
  expect(plans.length).toBeGreaterThan(0);
  for (const plan of plans) expect(plan).not.toMatch(/Seq Scan on delivery/);
});

test('a list of all of them is found by as many statements as one of two', async () => {
  const draft = await aDraft(school.app, teacher, { to: { audience: 'list' } });
  const of = (many: number) =>
    statementsOf(school.app, async () => {
      const text = Array.from({ length: many }, (_, n) => `student${n + 2}@example.ru`).join(' ');
      expect(await setList(school.app, teacher.actor, { id: draft.id, text })).toEqual({ found: many, unknown: [], unknownMore: 0 });
    });
  expect((await of(5_000)).length).toBe((await of(2)).length);
});
