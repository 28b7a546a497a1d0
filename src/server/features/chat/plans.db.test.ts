/** In a large school what is asked all the time reads by keys, however long the threads are: the plans of the very statements. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../../platform/app.ts';
import { aMessage, anOpenChat, theCommonRoom } from '../../testing/chat.ts';
import { explained } from '../../testing/plans.ts';
import { aModerator, aSchool, aStudent, type School, type Student } from '../../testing/world.ts';
import { markRead } from './actions.ts';
import { readState } from './live/queries.ts';
import { getHistory, readChanges } from './messages/queries.ts';
import { getThread, getUnread, listMyThreads } from './queries.ts';

const long = 20_000;
let school: School;
let student: Student;
let teacher: Student;
let threadId: string;
let room: string;

beforeAll(async () => {
  school = await aSchool();
  const { pool } = school.app;
  [student, teacher] = [await aStudent(school.app), await aModerator(school.app)];
  threadId = await anOpenChat(school.app, student);
  room = await theCommonRoom(school.app);
  await pool.query(`INSERT INTO person (role, email, first_name, last_name, registered_at)
    SELECT 'student', 'student' || n || '@example.ru', 'Анна', 'Белова', now() FROM generate_series(1, 4000) n`);
  await pool.query(`INSERT INTO chat_thread (kind, student_id, about, created_at, last_seq, rev, last_at, waiting_since)
    SELECT 'support', p.id, 'support', now(), 1, 1, now(), CASE WHEN random() < 0.02 THEN now() END FROM person p WHERE p.first_name = 'Анна'`);
  const columns = 'thread_id, seq, rev, author_id, by_teacher, client_id, body, created_at';
  await pool.query(`INSERT INTO chat_message (${columns})
    SELECT t.id, 1, 1, t.student_id, false, gen_random_uuid(), 'Здравствуйте', now() FROM chat_thread t WHERE t.last_seq = 1`);
  for (const id of [threadId, room]) {
    await pool.query(
      `INSERT INTO chat_message (${columns}) SELECT $1::uuid, n, n, $2::uuid, true, gen_random_uuid(), 'Ответ', now() FROM generate_series(1, ${long}) n`,
      [id, teacher.actor.id],
    );
    await pool.query(`UPDATE chat_thread SET last_seq = ${long}, rev = ${long}, last_at = now() WHERE id = $1`, [id]);
  }
  await pool.query(`INSERT INTO chat_file (thread_id, seq, position, name, storage_key, mime, size)
    SELECT thread_id, seq, 0, 'a.txt', 'uploads/' || seq, 'text/plain', 1 FROM chat_message WHERE seq % 10 = 0`);
  await pool.query(`INSERT INTO chat_message_version (thread_id, seq, number, body, at)
    SELECT thread_id, seq, 1, 'Прежде', now() FROM chat_message WHERE seq % 10 = 0`);
  await pool.query(
    `INSERT INTO chat_reader (thread_id, person_id, read_seq, read_at) SELECT id, student_id, 1, now() FROM chat_thread WHERE last_seq = 1`,
  );
  await pool.query(
    `INSERT INTO chat_answer (thread_id, answered_at, waited_seconds)
    SELECT $1::uuid, now() - n * interval '40 minutes', n FROM generate_series(1, 10000) n`,
    [threadId],
  );
  await pool.query('VACUUM ANALYZE');
}, 60_000);
afterAll(() => school.close());

const asked: [string, (app: App) => Promise<unknown>][] = [
  ['the newest page', (app) => getHistory(app, student.actor, { threadId })],
  ['a page in the middle', (app) => getHistory(app, student.actor, { threadId, before: long / 2 })],
  ['the first page', (app) => getHistory(app, student.actor, { threadId, before: 20 })],
  ['what changed since', (app) => readChanges(app, threadId, long - 3)],
  ['a replay from far back', (app) => readChanges(app, threadId, 100)],
  ['a message', (app) => aMessage(app, student.actor, threadId)],
  ['a message of a teacher', (app) => aMessage(app, teacher.actor, room)],
  ['a message read', (app) => markRead(app, student.actor, { threadId, seq: 40 })],
  ['the signals of a thread', (app) => readState(app, threadId)],
  ['what surrounds a thread', (app) => getThread(app, student.actor, threadId)],
  ['a student’s threads', (app) => listMyThreads(app, student.actor)],
  ['a student’s counts', (app) => getUnread(app, student.actor)],
  ['a teacher’s counts', (app) => getUnread(app, teacher.actor)],
];

test.each(asked)('%s', async (_, work) => {
  const { app, plans } = explained(school.app);
  await work(app);
  expect(plans.length).toBeGreaterThan(0);
  expect(plans.join('\n').match(/Seq Scan on chat_\w+/g) ?? []).toEqual([]);
});

test('whoever comes new to a long thread counts to a hundred and no further', async () => {
  expect(await getUnread(school.app, (await aModerator(school.app)).actor)).toMatchObject({ messages: 100, threads: 1 });
});
