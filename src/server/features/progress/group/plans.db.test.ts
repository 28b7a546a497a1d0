/** In a large school the table reads the rows of those it shows, by indexes: the plans of the very statements. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type GroupInput, groupInput } from '#shared/statistics.ts';
import { aCourse, aNumber, type MadeCourse } from '../../../testing/course.ts';
import { explained } from '../../../testing/plans.ts';
import { aSchool, type School } from '../../../testing/world.ts';
import { getGroup } from './queries.ts';

let school: School;
const courses: Record<'large' | 'small', MadeCourse | null> = { large: null, small: null };
const admin = { kind: 'system' } as const;

beforeAll(async () => {
  school = await aSchool();
  const { app } = school;
  const topics = Array.from({ length: 3 }, () => ({ tasks: [aNumber('1'), aNumber('2'), aNumber('3'), aNumber('4')] }));
  courses.large = await aCourse(app, { topics });
  courses.small = await aCourse(app, { topics });
  await app.pool.query(`INSERT INTO person (role, email, first_name, last_name, registered_at, last_active_at)
    SELECT 'student', 'student' || n || '@example.ru', (ARRAY['Анна', 'Илья', 'Пётр', 'Ольга', 'Егор'])[1 + n % 5],
      (ARRAY['Соколов', 'Иванов', 'Щукин', 'Кузнецов', 'Попов', 'Ёжиков', 'Белов'])[1 + n % 7] || n % 100,
      now() - n * interval '5 minutes', CASE WHEN n % 4 > 0 THEN now() - n % 97 * interval '11 hours' END
    FROM generate_series(1, 20000) n`);
  await app.pool.query('INSERT INTO enrolment (person_id, course_id, enrolled_at) SELECT id, $1, now() FROM person', [courses.large.id]);
  await app.pool.query('INSERT INTO enrolment (person_id, course_id, enrolled_at) SELECT id, $1, now() FROM person LIMIT 40', [
    courses.small.id,
  ]);
  await app.pool.query(`INSERT INTO task_progress (person_id, task_id, wrong_count, solved_at, last_at)
    SELECT p.id, k.id, 1, CASE WHEN abs(hashtext(p.id::text || k.id::text)) % 2 = 0 THEN now() END, now() FROM person p CROSS JOIN task k
    WHERE abs(hashtext(k.id::text || p.id::text)) % 5 = 0`);
  await app.pool.query('VACUUM ANALYZE');
});
afterAll(() => school.close());

type Asked = Partial<Omit<GroupInput, 'course'>>;
const common: [string, Asked, { nextPage?: boolean }?][] = [
  ['by name', {}],
  ['by activity', { sort: 'active' }],
  ['the next page by name', {}, { nextPage: true }],
  ['the next page by activity', { sort: 'active' }, { nextPage: true }],
  ['active within a week', { active: 'week', sort: 'active' }],
  ['not active for a week', { active: 'idle' }],
  ['a name', { q: 'соколов42 анна' }],
];

describe.each(['large', 'small'] as const)('a %s course: no statement reads all persons, answers or progress', (size) => {
  test.each(common)('%s', async (_name, over, { nextPage } = {}) => {
    const asked = groupInput.parse({ course: courses[size]?.slug, ...over });
    const first = nextPage ? await getGroup(school.app, admin, asked) : null;
    const { app, plans } = explained(school.app);
    const page = await getGroup(app, admin, { ...asked, cursor: first?.nextCursor });
    expect(page.students.length).toBeGreaterThan(0);
    expect(plans.length).toBeGreaterThan(3);
    expect(plans.filter((plan) => /Seq Scan on (person|task_progress|submission)\b/.test(plan))).toEqual([]);
    expect(plans.some((plan) => plan.includes('task_progress_pkey'))).toBe(true);
  });
});
