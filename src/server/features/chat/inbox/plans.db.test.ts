/** In a large school the inbox reads indexes, never all threads and messages: the plans of the very statements. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type InboxInput, inboxInput } from '#shared/inbox.ts';
import type { PersonActor } from '../../../platform/app.ts';
import { aCourse, aNumber, type MadeCourse } from '../../../testing/course.ts';
import { explained } from '../../../testing/plans.ts';
import { aModerator, aSchool, type School } from '../../../testing/world.ts';
import { getReplyTime, medianReplyMinutes } from '../reply-time/queries.ts';
import { listRooms } from '../rooms/queries.ts';
import { countInbox, listInbox } from './queries.ts';
import { listThreadsOf } from './student/queries.ts';

let school: School;
let course: MadeCourse;
let teacher: PersonActor;
let student: string;
beforeAll(async () => {
  school = await aSchool();
  const { app } = school;
  teacher = (await aModerator(app)).actor;
  course = await aCourse(app, { topics: [{ tasks: [aNumber('1'), aNumber('2')] }] });
  const elsewhere = await aCourse(app, { topics: [{ tasks: [aNumber('1')] }] });
  const { pool } = app;
  const now = app.clock.now();
  await pool.query(`INSERT INTO person (role, email, first_name, last_name)
    SELECT 'student', 'student' || n || '@example.ru', 'Анна', 'Соколова' || n FROM generate_series(1, 5000) n`);
  // Each with a thread under a task and one of support; one in fifty waits, half are closed, one in ten is this teacher's.
  await pool.query(
    `INSERT INTO chat_thread (kind, student_id, task_id, about, created_at, last_seq, rev, last_at, waiting_since, closed_at, assignee_id)
      SELECT x.kind::chat_kind, p.id, x.task_id, coalesce(x.task_id::text, 'support'), $1, 5, 5, $1::timestamptz - n.i * interval '1 minute',
        CASE WHEN n.i % 50 = 0 THEN $1::timestamptz - n.i * interval '1 minute' END, CASE WHEN n.i % 2 = 1 THEN $1::timestamptz - n.i * interval '1 minute' END,
        CASE WHEN n.i % 10 = 0 THEN $4::uuid END
      FROM (SELECT id, row_number() OVER ()::int AS row FROM person WHERE role = 'student') p
        CROSS JOIN LATERAL (VALUES ('support', NULL::uuid, 0), ('task', CASE WHEN p.row % 4 = 0 THEN $2::uuid ELSE $3::uuid END, 1)) x (kind, task_id, odd)
        CROSS JOIN LATERAL (SELECT p.row * 7 + x.odd AS i) n`,
    [now, course.task(0, 1), elsewhere.task(0, 0), teacher.id],
  );
  await pool.query(
    `INSERT INTO chat_message (thread_id, seq, rev, author_id, by_teacher, client_id, body, created_at)
      SELECT t.id, n, n, t.student_id, n % 2 = 0, gen_random_uuid(), 'Почему так?', $1 FROM chat_thread t CROSS JOIN generate_series(1, 5) n
      WHERE t.student_id IS NOT NULL`,
    [now],
  );
  await pool.query(`INSERT INTO chat_file (thread_id, seq, position, name, storage_key, mime, size)
    SELECT thread_id, seq, 0, 'тетрадь.jpg', 'chat/' || thread_id, 'image/jpeg', 1 FROM chat_message WHERE seq = 1`);
  await pool.query(
    `INSERT INTO chat_reader (thread_id, person_id, read_seq, read_at)
      SELECT t.id, unnest(ARRAY[t.student_id, $2::uuid]), 3, $1 FROM chat_thread t WHERE t.student_id IS NOT NULL`,
    [now, teacher.id],
  );
  await pool.query(
    `INSERT INTO chat_answer (thread_id, answered_at, waited_seconds)
      SELECT id, $1::timestamptz - row_number() OVER () * interval '30 minutes', 600 FROM chat_thread WHERE student_id IS NOT NULL`,
    [now],
  );
  student = (await app.db.person.findFirstOrThrow({ where: { lastName: 'Соколова77' }, select: { id: true } })).id;
  await pool.query('VACUUM ANALYZE');
}, 60_000);
afterAll(() => school.close());

const ofEverybody = (plans: string[]) => plans.filter((plan) => /Seq Scan on (person|chat_\w+)\b/.test(plan));

describe('no statement reads all threads', () => {
  const pages: [string, () => InboxInput, { nextPage?: boolean }?][] = [
    ['those that wait', () => ({})],
    ['the next page of them', () => ({}), { nextPage: true }],
    ['mine', () => ({ filter: 'mine' })],
    ['all', () => ({ filter: 'all' })],
    ['the next page of all', () => ({ filter: 'all' }), { nextPage: true }],
    ['the closed', () => ({ filter: 'closed' })],
    ['the next page of the closed', () => ({ filter: 'closed' }), { nextPage: true }],
    ['of a course', () => ({ filter: 'all', courseId: course.id })],
    ['of a kind', () => ({ filter: 'all', kind: 'support' })],
    ['a name', () => ({ filter: 'all', search: 'соколова4211' })],
    ['a name that nobody has', () => ({ filter: 'all', search: 'достоевский' })],
    ['an e-mail', () => ({ filter: 'closed', search: 'student4211@example.ru' })],
  ];
  test.each(pages)('%s', async (_, input, { nextPage } = {}) => {
    const first = await listInbox(school.app, teacher, inboxInput.parse(input()));
    const cursor = nextPage ? (first.nextCursor ?? expect.fail('there is a next page')) : null;
    const { app, plans } = explained(school.app);
    await listInbox(app, teacher, inboxInput.parse({ ...input(), cursor }));
    expect(plans.length).toBeGreaterThan(0);
    expect(ofEverybody(plans)).toEqual([]);
  });

  test('the counts, the rooms, a student’s threads, the time of replies', async () => {
    const { app, plans } = explained(school.app);
    await countInbox(app, teacher);
    await listRooms(app, teacher);
    expect(await listThreadsOf(app, teacher, { studentId: student })).toHaveLength(2);
    expect(await medianReplyMinutes(app)).toBe(10);
    expect(await getReplyTime(app)).toMatchObject({ medianMinutes: 10, answers: 335 });
    expect(plans.length).toBeGreaterThan(8);
    expect(ofEverybody(plans)).toEqual([]);
  });
});
