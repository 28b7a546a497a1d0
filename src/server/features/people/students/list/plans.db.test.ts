/** In a large school the list reads indexes, never everybody: the plans of the very statements, on tens of thousands of students. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type StudentFilter, studentFilterInput } from '#shared/students.ts';
import { aCourse } from '../../../../testing/course.ts';
import { explained } from '../../../../testing/plans.ts';
import { aSchool, type School } from '../../../../testing/world.ts';
import { listStudents } from './queries.ts';

let school: School;
let slug: string;
beforeAll(async () => {
  school = await aSchool();
  const course = await aCourse(school.app);
  slug = course.slug;
  const { pool } = school.app;
  await pool.query(`INSERT INTO person (role, email, first_name, last_name, phone, registered_at, last_active_at)
    SELECT 'student', 'student' || n || '@example.ru', (ARRAY['Анна', 'Илья', 'Пётр', 'Ольга', 'Егор'])[1 + n % 5],
      (ARRAY['Соколов', 'Иванов', 'Щукин', 'Кузнецов', 'Попов', 'Ёжиков', 'Белов'])[1 + n % 7] || n % 100, '+79' || lpad((n::bigint * 7919 % 1000000000)::text, 9, '0'),
      now() - n * interval '5 minutes', CASE WHEN n % 4 > 0 THEN now() - n % 97 * interval '11 hours' END
    FROM generate_series(1, 20000) n`);
  await pool.query('INSERT INTO enrolment (person_id, course_id, enrolled_at) SELECT id, $1, now() FROM person', [course.id]);
  await pool.query('VACUUM ANALYZE person, enrolment');
});
afterAll(() => school.close());

const common: [string, Partial<StudentFilter>, { nextPage?: boolean }?][] = [
  ['the newest', {}],
  ['by name', { sort: 'name', order: 'asc' }],
  ['by activity', { sort: 'active' }],
  ['the next page', {}, { nextPage: true }],
  ['the next page by name', { sort: 'name', order: 'asc' }, { nextPage: true }],
  ['the next page by activity', { sort: 'active' }, { nextPage: true }],
  ['a name', { q: 'соколов42 анна' }],
  ['a name that nobody has', { q: 'достоевский' }],
  ['an e-mail', { q: 'student4711@example.ru' }],
  ['a phone', { q: '8 900 037-30-54' }],
  ['active within a week', { activity: 'active7', sort: 'active' }],
];

describe('no statement reads all persons', () => {
  test.each(common)('%s', async (_name, over, { nextPage } = {}) => {
    const filter = studentFilterInput.parse(over);
    const cursor = nextPage ? (await listStudents(school.app, { kind: 'system' }, filter)).nextCursor : null;
    const { app, plans } = explained(school.app);
    await listStudents(app, { kind: 'system' }, { ...filter, cursor });
    expect(plans.length).toBeGreaterThan(0);
    expect(plans.filter((plan) => plan.includes('Seq Scan on person'))).toEqual([]);
  });

  test('those of a course', async () => {
    const { app, plans } = explained(school.app);
    await listStudents(app, { kind: 'system' }, studentFilterInput.parse({ course: slug }));
    expect(plans.filter((plan) => plan.includes('Seq Scan on person'))).toEqual([]);
  });
});
