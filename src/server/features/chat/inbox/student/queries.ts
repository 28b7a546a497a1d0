import type { StudentThreadDto } from '#shared/inbox.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import { taskNumber } from '../../../courses/visible.ts';
import { accessStudent } from '../../../people/students/access.ts';

const threadsShown = 100;

interface ThreadRow extends Pick<StudentThreadDto, 'kind' | 'task' | 'messages' | 'closed'> {
  id: string;
  last_at: Date | null;
  waiting_since: Date | null;
}

/**
 * The threads of one student, the last written first; those without a message at the end. Two statements.
 * @throws AppError STUDENTS_NOT_FOUND
 */
export async function listThreadsOf(app: App, actor: PersonActor, { studentId }: { studentId: string }): Promise<StudentThreadDto[]> {
  await accessStudent(app, actor, studentId);
  const { rows } = await app.pool.query<ThreadRow>({
    name: 'student-threads',
    text: `SELECT t.id, t.kind, t.last_seq AS messages, t.last_at, t.waiting_since, t.closed_at IS NOT NULL AS closed,
        CASE WHEN k.id IS NOT NULL THEN json_build_object('id', k.id, 'number', ${taskNumber}, 'topicTitle', o.title, 'courseTitle', c.title) END AS task
      FROM chat_thread t LEFT JOIN task k ON k.id = t.task_id LEFT JOIN topic o ON o.id = k.topic_id LEFT JOIN course c ON c.id = o.course_id
      WHERE t.student_id = $1 ORDER BY t.last_at DESC NULLS LAST, t.created_at DESC, t.id LIMIT ${threadsShown}`,
    values: [studentId],
  });
  return rows.map(({ id, last_at, waiting_since, ...row }) => ({
    threadId: id,
    ...row,
    lastAt: last_at?.toISOString() ?? null,
    waitingSince: waiting_since?.toISOString() ?? null,
  }));
}
