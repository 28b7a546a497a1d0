/** In a large school the statistics of one student read that student's rows, by indexes: the plans of the very statements. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PersonActor } from '../../../platform/app.ts';
import { aCourse, aNumber, type MadeCourse } from '../../../testing/course.ts';
import { explained } from '../../../testing/plans.ts';
import { aSchool, aStudent, type School } from '../../../testing/world.ts';
import { exportStudents } from '../../people/students/export/queries.ts';
import { getMistakes } from '../mistakes/queries.ts';
import { getProgress } from '../queries.ts';
import { getStatistics } from './queries.ts';

let school: School;
let course: MadeCourse;
let student: PersonActor;
beforeAll(async () => {
  school = await aSchool();
  const { app } = school;
  const tasks = Array.from({ length: 20 }, (_, index) => ({ ...aNumber('1'), examNumber: index + 1 }));
  course = await aCourse(app, { topics: [{ tasks }], scale: [20, 40, 60, 80, 100] });
  student = (await aStudent(app)).actor;
  await app.pool.query(`INSERT INTO person (role, email, first_name, last_name)
    SELECT 'student', 'student' || n || '@example.ru', 'Анна', 'Соколова' || n FROM generate_series(1, 3000) n`);
  await app.pool.query('INSERT INTO enrolment (person_id, course_id, enrolled_at) SELECT id, $1, now() FROM person', [course.id]);
  await app.pool.query(
    `INSERT INTO submission (person_id, task_id, client_id, given, canonical, canonical_hash, understood, verdict, points, created_at, local_on)
      SELECT p.id, k.id, gen_random_uuid(), '"1"', '1', '1', '1', CASE WHEN n.right THEN 'right' ELSE 'partly' END::verdict, 1, $1::timestamptz, $1::timestamptz::date
      FROM person p CROSS JOIN task k CROSS JOIN LATERAL (SELECT hashtext(p.id::text || k.id::text) % 3 = 0 AS right) n`,
    [app.clock.now()],
  );
  await app.pool.query(`INSERT INTO task_progress (person_id, task_id, wrong_count, best_points, solved_at, last_at)
    SELECT person_id, task_id, 0, points, created_at, created_at FROM submission`);
  await app.pool.query('VACUUM ANALYZE');
});
afterAll(() => school.close());

const ofEverybody = (plans: string[]) => plans.filter((plan) => /Seq Scan on (person|submission|task_progress)\b/.test(plan));

test.each([
  ['of all courses', null],
  ['of one course', 'one'],
] as const)('the statistics %s', async (_, which) => {
  const { app, plans } = explained(school.app);
  const found = await getStatistics(app, student, { course: which && course.slug });
  expect(found.forecasts[0]?.basis.numbers).toBe(20);
  expect(found.activity.solved).toBeGreaterThan(0);
  expect(ofEverybody(plans)).toEqual([]);
  expect(plans.filter((plan) => /Index.* Scan.* (on|using) submission/.test(plan)).length).toBeGreaterThan(1);
});

test('the numbers of the profile', async () => {
  const { app, plans } = explained(school.app);
  expect((await getProgress(app, student)).streak.now).toBe(1);
  expect(plans.length).toBeGreaterThan(2);
  expect(ofEverybody(plans)).toEqual([]);
});

test('the table of students reads the rows of those it shows', async () => {
  const { app, plans } = explained(school.app);
  const filter = { q: 'Соколова77', course: null, activity: null, state: null, sort: 'name', order: 'asc' } as const;
  for await (const page of exportStudents(app, { kind: 'system' }, filter))
    expect(page.every(({ forecast }) => forecast !== null)).toBe(true);
  expect(plans.filter((plan) => /Seq Scan on (submission|task_progress)\b/.test(plan))).toEqual([]);
});

test('the mistakes of one student, which are read from all their answers', async () => {
  const { app, plans } = explained(school.app);
  await getMistakes(app, student);
  expect(plans.length).toBeGreaterThan(1);
  expect(ofEverybody(plans)).toEqual([]);
});
