/** The profile of a student and the table of a group in a school with a thousand answers, and in one with a million: theirs are as many in both. */
import { seedDemo } from '#prisma/seed.ts';
import { progressOfAnswers } from '#server/features/progress/counting.ts';
import { getGroup, listHardest } from '#server/features/progress/group/queries.ts';
import { getMistakes, getMistakesBrief } from '#server/features/progress/mistakes/queries.ts';
import { getHome, getProgress } from '#server/features/progress/queries.ts';
import { getStatistics } from '#server/features/progress/statistics/queries.ts';
import type { App, PersonActor } from '#server/platform/app.ts';
import { withClient } from '#server/platform/database-admin.ts';
import { groupInput, groupPageSize } from '#shared/statistics.ts';
import { alternately } from '../alternately.ts';
import type { Row } from '../row.ts';
import type { World } from '../world.ts';

const course = 'math-80';
/** Answers of each of those who are measured, and of each of the others. */
const answersEach = { measured: 20, other: 50 };
const sizes = { small: 1000, large: 1_000_000 };
const goal = { atMost: 1.5 };
const system = { kind: 'system' } as const;

/** Those who are measured stand first in the order of names, so that the first page of either school holds the same ones. */
const insertStudents = `INSERT INTO person (role, email, first_name, last_name, registered_at, last_active_at)
  SELECT 'student', $1::text || n || '@example.ru', 'Анна', $2::text || lpad(n::text, 6, '0'), now() - n * interval '3 minutes',
    now() - n % 97 * interval '11 hours' FROM generate_series(1, $3::int) n`;

const enrol = `INSERT INTO enrolment (person_id, course_id, enrolled_at) SELECT p.id, c.id, now() - interval '70 days' FROM person p CROSS JOIN course c
  WHERE c.slug = '${course}'`;

/** One task after the other; every third answer is right. They are spread over the last sixty days, the newest last. */
const insertAnswers = `WITH students AS (SELECT id FROM person WHERE email LIKE $1::text || '%'),
  tasks AS (
    SELECT k.id, row_number() OVER (ORDER BY t.position, k.position) - 1 AS n, count(*) OVER () AS of
    FROM task k JOIN topic t ON t.id = k.topic_id JOIN course c ON c.id = t.course_id WHERE c.slug = '${course}' AND k.spec->>'kind' <> 'long'
  )
  INSERT INTO submission (person_id, task_id, client_id, given, canonical, canonical_hash, understood, verdict, points, created_at, local_on)
  SELECT s.id, k.id, gen_random_uuid(), to_jsonb(i::text), i::text, md5(i::text), i::text,
    CASE WHEN i % 3 = 0 THEN 'right' ELSE 'wrong' END::verdict, CASE WHEN i % 3 = 0 THEN 1 ELSE 0 END, at, at::date
  FROM generate_series(1, $2::int) i CROSS JOIN LATERAL (SELECT now() - interval '60 days' * ($2::int - i) / $2::int AS at) moment
    CROSS JOIN students s JOIN tasks k ON k.n = i % k.of`;

type Asked = { sort?: 'name' | 'active'; q?: string; cursor?: string | null };
const page = (app: App, asked: Asked = {}) => getGroup(app, system, groupInput.parse({ course, ...asked }));

const questions: Record<string, (app: App, actor: PersonActor) => Promise<unknown>> = {
  profile: (app, actor) => getProgress(app, actor),
  'statistics of a student': (app, actor) => getStatistics(app, actor, { course: null }),
  'home of a student': (app, actor) => getHome(app, actor),
  'mistakes, for the home': (app, actor) => getMistakesBrief(app, actor),
  'mistakes of today': (app, actor) => getMistakes(app, actor),
  'group by name': (app) => page(app),
  'group, the search for one': (app) => page(app, { q: 'аввакумов000007' }),
};

export async function statistics(world: World): Promise<Row[]> {
  const large = await aSchool(world, sizes.large);
  const small = await aSchool(world, sizes.small);
  const rows: Row[] = [];
  for (const [name, question] of Object.entries(questions)) {
    const ask =
      ({ app, actor }: School) =>
      () =>
        question(app, actor);
    const { a, b, ratio, n } = await alternately({ a: ask(large), b: ask(small) });
    rows.push({ name: `statistics: ${name}, 10⁶ answers : 10³`, unit: 'ms p50', value: a, floor: b, ratio, n, goal });
  }
  return [...rows, ...(await onlyLarge(large.app))];
}

/** What a small school has nothing to compare with: pages further on, other students on the first, the tasks of everybody. */
async function onlyLarge(app: App): Promise<Row[]> {
  const { nextCursor } = await page(app);
  const rows: Row[] = [];
  const { a, b, n } = await alternately({ a: () => page(app, { sort: 'active' }), b: () => page(app, { cursor: nextCursor }) });
  rows.push({ name: 'statistics: group by activity, 10⁶ answers', unit: 'ms p50', value: a, floor: null, ratio: null, n });
  rows.push({ name: 'statistics: group, the next page, 10⁶ answers', unit: 'ms p50', value: b, floor: null, ratio: null, n });
  const startedAt = performance.now();
  await listHardest(app, system, course);
  rows.push({
    name: 'statistics: hardest tasks, 10⁶ answers, once a minute',
    unit: 'ms',
    value: performance.now() - startedAt,
    floor: null,
    ratio: null,
    n: 1,
  });
  return rows;
}

interface School {
  app: App;
  /** One of those who are measured. */
  actor: PersonActor;
}

async function aSchool(world: World, answers: number): Promise<School> {
  const { url } = await world.anEmptySchool();
  const { app, close } = await world.openApp(url);
  world.afterwards(close);
  await seedDemo(app);
  const others = Math.max(groupPageSize, Math.round((answers - groupPageSize * answersEach.measured) / answersEach.other));
  await withClient(url, async (client) => {
    await client.query(insertStudents, ['measured', 'Аввакумов', groupPageSize]);
    await client.query(insertStudents, ['other', 'Соколов', others]);
    await client.query(enrol);
    await client.query(insertAnswers, ['measured', answersEach.measured]);
    if (answers > groupPageSize * answersEach.measured) await client.query(insertAnswers, ['other', answersEach.other]);
    await client.query('ANALYZE');
    await client.query(
      `INSERT INTO task_progress (person_id, task_id, wrong_count, best_points, solved_at, last_at) ${progressOfAnswers()}`,
    );
    await client.query('VACUUM ANALYZE');
  });
  const person = await app.db.person.findFirstOrThrow({ where: { email: 'measured7@example.ru' }, select: { id: true, timeZone: true } });
  return { app, actor: { kind: 'person', id: person.id, role: 'student', timeZone: person.timeZone } };
}
