/** Threads of messages in plain SQL: of the students of the bench, and teachers who follow the room. */

/** The thread of support of student number `n`, known to the load without asking. */
export function threadId(n: number): string {
  return `00000000-0000-4000-8001-${n.toString(16).padStart(12, '0')}`;
}

/** The value of the session's cookie of teacher number `n`, from 0. */
export function teacherToken(n: number): string {
  return `bench-teacher-${n}`;
}

/** Of students numbered as their addresses are, with so many messages each. @param $1 first, $2 last, $3 messages of each */
export const insertThreads = `WITH made AS (
    INSERT INTO chat_thread (id, kind, student_id, about, created_at, last_seq, rev, last_at)
    SELECT ('00000000-0000-4000-8001-' || lpad(to_hex(n), 12, '0'))::uuid, 'support', p.id, 'support', now() - interval '1 day', $3::int, $3::int, now()
    FROM generate_series($1::int, $2::int) n JOIN person p ON p.email = 'student' || n || '@example.ru' RETURNING id, student_id
  )
  INSERT INTO chat_message (thread_id, seq, rev, author_id, by_teacher, client_id, body, created_at)
  SELECT made.id, seq, seq, made.student_id, false, gen_random_uuid(),
    'Сообщение ' || seq || ': не понимаю, откуда во второй строке решения взялся этот корень и почему он не подходит', now() - interval '1 day'
  FROM made CROSS JOIN generate_series(1, $3::int) seq`;

export const insertTeachers = `WITH made AS (
    INSERT INTO person (role, email, first_name, last_name, registered_at, email_verified_at)
    SELECT 'moderator', 'teacher' || n || '@example.ru', 'Мария', 'Ковалёва', now(), now() FROM generate_series(0, $1::int - 1) n RETURNING id, email
  )
  INSERT INTO session (id, person_id, expires_at, created_at, last_seen_at, user_agent, ip)
  SELECT encode(sha256(convert_to('bench-teacher-' || substring(email FROM '^teacher(\\d+)@'), 'UTF8')), 'hex'), id, now() + interval '29 days', now(),
    now() + interval '1 hour', 'bench', '127.0.0.1'
  FROM made`;

export const selectRoom = `SELECT id FROM chat_thread WHERE kind = 'room' AND about = 'common'`;
