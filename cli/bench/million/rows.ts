/** A school whose growing tables hold fifty rows of each of so many others, in plain SQL: twenty others are a thousand rows, twenty thousand a million. */

/** What those have who are measured, the same in every school. @param $1 how many others */
export const people = `INSERT INTO person (role, email, first_name, last_name, registered_at, email_verified_at, last_active_at)
  SELECT 'student', kind || n || '@example.ru', 'Анна', name || lpad(n::text, 6, '0'), now() - n * interval '3 minutes', now(), now() - n % 97 * interval '11 hours'
  FROM (VALUES ('measured', 'Аввакумов', 30), ('other', 'Соколов', $1::int)) AS k (kind, name, many), generate_series(1, many) n`;

const numbered = `numbered AS (SELECT id, email, row_number() OVER (ORDER BY registered_at DESC)::int AS n FROM person WHERE role = 'student')`;

export const enrolments = `INSERT INTO enrolment (person_id, course_id, enrolled_at)
  SELECT p.id, c.id, now() - interval '70 days' FROM person p CROSS JOIN course c WHERE c.slug = $1 AND p.role = 'student'`;

export const sessions = `WITH ${numbered}
  INSERT INTO session (id, person_id, expires_at, created_at, last_seen_at, user_agent, ip)
  SELECT encode(sha256(convert_to('bench-' || p.email || CASE WHEN i > 1 THEN '-' || i ELSE '' END, 'UTF8')), 'hex'), p.id, now() + interval '29 days',
    now() - i * interval '1 hour', now() + interval '1 hour', 'bench', '127.0.0.1' FROM numbered p, generate_series(1, 50) i`;

/** Threads of support: each hundredth waits, each third is closed. A student and a teacher in turns. */
export const threads = `WITH ${numbered}, made AS (
    INSERT INTO chat_thread (kind, student_id, about, created_at, last_seq, rev, last_at, waiting_since, closed_at)
    SELECT 'support', p.id, 'support', now() - interval '60 days', 50, 50, now() - p.n * interval '1 minute',
      CASE WHEN p.n % 100 = 7 THEN now() - p.n * interval '1 minute' END, CASE WHEN p.n % 3 = 0 THEN now() - p.n * interval '1 minute' END
    FROM numbered p RETURNING id, student_id, last_at
  ), teacher AS (SELECT id FROM person WHERE role = 'moderator' LIMIT 1)
  INSERT INTO chat_message (thread_id, seq, rev, author_id, by_teacher, client_id, body, created_at)
  SELECT made.id, i, i, CASE WHEN i % 2 = 0 THEN teacher.id ELSE made.student_id END, i % 2 = 0, gen_random_uuid(),
    'Сообщение ' || i || ': откуда во второй строке решения взялся этот корень', made.last_at - (50 - i) * interval '1 hour'
  FROM made CROSS JOIN teacher CROSS JOIN generate_series(1, 50) i`;

/** Half of them on the site, half by mail; all sent. */
export const notices = `WITH ${numbered}, made AS (
    INSERT INTO notice (kind, about, data, created_at)
    SELECT 'grade', 'bench ' || p.id || ' ' || i, jsonb_build_object('personId', p.id), now() - i * interval '2 days' FROM numbered p, generate_series(1, 25) i
    RETURNING id, data, created_at
  )
  INSERT INTO delivery (notice_id, person_id, channel, state, due_at, sent_at, seen_at)
  SELECT made.id, (made.data->>'personId')::uuid, channel::delivery_channel, 'sent', made.created_at, made.created_at,
    CASE WHEN channel = 'site' THEN made.created_at END
  FROM made, (VALUES ('site'), ('email')) AS c (channel)`;

/** Most of the journal is of students and the system; each fiftieth entry is a teacher's. */
export const journal = `WITH ${numbered}, teacher AS (SELECT id FROM person WHERE role = 'moderator' LIMIT 1)
  INSERT INTO audit_entry (at, actor, action, subject, label)
  SELECT now() - (p.n * 50 + i) * interval '10 seconds', CASE WHEN i = 1 THEN teacher.id::text WHEN i % 2 = 0 THEN p.id::text ELSE 'system' END,
    CASE WHEN i = 1 THEN 'student.update' WHEN i % 2 = 0 THEN 'payment.open' ELSE 'payment.close' END, p.id::text, 'Анна ' || p.n
  FROM numbered p CROSS JOIN teacher CROSS JOIN generate_series(1, 50) i`;

/** Five orders each, four of them paid, ten messages of each. */
export const payments = `WITH ${numbered}, course_sold AS (SELECT id, title FROM course ORDER BY slug LIMIT 1), orders AS (
    INSERT INTO payment_order (person_id, course_id, client_id, title, plan, list_minor, amount_minor, currency, email, state, created_at, expires_at, paid_at)
    SELECT p.id, c.id, gen_random_uuid(), c.title, 'once', 199000, 199000, 'RUB', p.email,
      CASE WHEN i = 1 THEN 'closed' ELSE 'paid' END::payment_order_state, at, at + interval '1 day', CASE WHEN i > 1 THEN at END
    FROM numbered p CROSS JOIN course_sold c CROSS JOIN generate_series(1, 5) i CROSS JOIN LATERAL (SELECT now() - (p.n * 5 + i) * interval '9 minutes' AS at) moment
    RETURNING id, state, created_at
  ), attempts AS (
    INSERT INTO payment_attempt (order_id, provider, provider_payment_id, kind, state, amount_minor, currency, captured_minor, created_at, expires_at, captured_at)
    SELECT id, 'cloudpayments', (6000000000 + row_number() OVER ())::text, 'page', CASE WHEN state = 'paid' THEN 'captured' ELSE 'failed' END::payment_state,
      199000, 'RUB', CASE WHEN state = 'paid' THEN 199000 ELSE 0 END, created_at, created_at + interval '1 day', CASE WHEN state = 'paid' THEN created_at END
    FROM orders RETURNING id, provider_payment_id, created_at
  )
  INSERT INTO payment_event (provider, dedupe_key, kind, attempt_id, provider_payment_id, body, content_type, ip, received_at, processed_at, outcome)
  SELECT 'cloudpayments', a.id || ' ' || i, 'pay', a.id, a.provider_payment_id, 'Amount=1990.00', 'application/x-www-form-urlencoded', '127.0.0.1',
    a.created_at, a.created_at, CASE WHEN i = 1 THEN 'applied' ELSE 'nothing-new' END
  FROM attempts a, generate_series(1, 10) i`;

/** One task after the other; every third answer is right. Spread over the last sixty days, the newest last. @param $1 slug of the course */
export const answers = `WITH tasks AS (
    SELECT k.id, row_number() OVER (ORDER BY t.position, k.position) - 1 AS n, count(*) OVER () AS of
    FROM task k JOIN topic t ON t.id = k.topic_id JOIN course c ON c.id = t.course_id WHERE c.slug = $1 AND k.spec->>'kind' <> 'long'
  )
  INSERT INTO submission (person_id, task_id, client_id, given, canonical, canonical_hash, understood, verdict, points, created_at, local_on)
  SELECT p.id, k.id, gen_random_uuid(), to_jsonb(i::text), i::text, md5(i::text), i::text,
    CASE WHEN i % 3 = 0 THEN 'right' ELSE 'wrong' END::verdict, CASE WHEN i % 3 = 0 THEN 1 ELSE 0 END, at, at::date
  FROM generate_series(1, 50) i CROSS JOIN LATERAL (SELECT now() - interval '60 days' * (50 - i) / 50 AS at) moment
    CROSS JOIN person p JOIN tasks k ON k.n = i % k.of WHERE p.role = 'student'`;
