/** Students of the school that is measured, in plain SQL: thousands of them are there in a second. */
import type pg from 'pg';

/** So many that none of them submits more answers than a person may in a minute. */
export const studentCount = 16_000;

/** Answers that are there before anything is measured. */
export const answersAtWork = 1000;

/** The value of the session's cookie of student number `n`, from 0. */
export function sessionToken(n: number): string {
  return `bench-student-${n}`;
}

export const insertStudents = `INSERT INTO person (role, email, first_name, last_name, registered_at, email_verified_at)
  SELECT 'student', 'student' || n || '@example.ru', 'Илья', 'Соколов', now() - n * interval '1 second', now() FROM generate_series(0, $1::int - 1) n`;

// Seen last in the future: no session is touched while it is measured.
export const signStudentsIn = `INSERT INTO session (id, person_id, expires_at, created_at, last_seen_at, user_agent, ip)
  SELECT encode(sha256(convert_to('bench-student-' || substring(email FROM '^student(\\d+)@'), 'UTF8')), 'hex'), id, now() + interval '29 days', now(),
    now() + interval '1 hour', 'bench', '127.0.0.1'
  FROM person WHERE email LIKE 'student%@example.ru'`;

/** To the edition of now ($1): who has not agreed is led to the page that asks. */
export const agreeAll = `INSERT INTO consent (person_id, document, version, agreed_at, ip)
  SELECT id, 'personal-data', $1, registered_at, '127.0.0.1' FROM person WHERE role = 'student'`;

export const enrolStudents = `INSERT INTO enrolment (person_id, course_id, enrolled_at)
  SELECT p.id, c.id, now() FROM person p CROSS JOIN course c WHERE p.role = 'student'`;

export const openTopics = `INSERT INTO topic_visit (person_id, topic_id, first_opened_at)
  SELECT p.id, t.id, now() FROM person p CROSS JOIN topic t WHERE p.role = 'student' AND t.opens_at <= now()`;

const insertAnswers = `WITH others AS (
    INSERT INTO person (role, email, first_name, last_name) SELECT 'student', 'other' || n || '@example.ru', 'Анна', 'Волкова'
    FROM generate_series(($1::int + 49) / 50, $2::int / 50) n RETURNING id
  ), numbered AS (SELECT id, row_number() OVER () - 1 AS n FROM others), tasks AS (SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM task)
  INSERT INTO submission (person_id, task_id, client_id, given, canonical, canonical_hash, understood, verdict, points, created_at, local_on)
  SELECT p.id, k.id, gen_random_uuid(), to_jsonb(i::text), i::text, md5(i::text), i::text, 'wrong', 0, now() - i * interval '1 second', current_date
  FROM generate_series($1::int, $2::int) i JOIN numbered p ON p.n = i % (SELECT count(*) FROM others)
    JOIN tasks k ON k.n = (i / (SELECT count(*) FROM others)) % (SELECT count(*) FROM tasks)`;

const countAnswers = `INSERT INTO task_progress (person_id, task_id, wrong_count, last_at)
  SELECT person_id, task_id, count(*), max(created_at) FROM submission GROUP BY person_id, task_id ON CONFLICT DO NOTHING`;

/** Wrong answers of students who are not measured, fifty of each. */
export async function addAnswers(client: pg.Client, first: number, last: number): Promise<void> {
  await client.query(insertAnswers, [first, last]);
  await client.query(countAnswers);
  await client.query('VACUUM ANALYZE');
}
