/** Attempts at an exam in plain SQL: every student of the bench is at one. */

/** The attempt of student number `n`, known to the load without asking. */
export function attemptId(n: number): string {
  return `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
}

export const examId = '00000000-0000-4000-9000-000000000000';

/** Of the tasks with a short answer of one course, so many as an exam of informatics has. */
export const insertExam = `WITH made AS (
    INSERT INTO exam (id, course_id, slug, title, limit_minutes, attempts, position, published_at)
    SELECT '${examId}', id, 'bench', 'Пробный экзамен', 600, 1, 0, now() FROM course WHERE slug = $1 RETURNING id, course_id
  )
  INSERT INTO exam_task (exam_id, task_id, position)
  SELECT made.id, k.id, row_number() OVER (ORDER BY t.position, k.position) FROM made JOIN topic t ON t.course_id = made.course_id
    JOIN task k ON k.topic_id = t.id AND k.spec->>'kind' <> 'long' ORDER BY t.position, k.position LIMIT 27`;

/** Of students numbered as their addresses are; they have begun a minute ago. */
export const insertAttempts = `INSERT INTO exam_attempt (id, exam_id, person_id, number, started_at, limit_minutes, deadline_at)
  SELECT ('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, '${examId}', p.id, 1, now() - interval '1 minute', 600, $3::timestamptz
  FROM generate_series($1::int, $2::int) n JOIN person p ON p.email = 'student' || n || '@example.ru'`;

/** @param $1 what stands at each task; null: nothing yet */
export const insertAttemptAnswers = `INSERT INTO exam_answer (attempt_id, task_id, position, given)
  SELECT a.id, k.task_id, k.position, $1::jsonb FROM exam_attempt a JOIN exam_task k ON k.exam_id = a.exam_id`;
