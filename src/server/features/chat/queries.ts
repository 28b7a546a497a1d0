import type { MyThreadDto, ThreadDto, UnreadDto } from '#shared/chat.ts';
import { AppError } from '#shared/errors.ts';
import type { App, PersonActor } from '../../platform/app.ts';
import { taskNumber } from '../courses/visible.ts';
import { threadIsVisible } from './access.ts';
import { excerptOf, excerptSource } from './excerpts/rules.ts';
import { medianReplyMinutes } from './reply-time/queries.ts';
import { unreadOfRoom, unreadOfThread } from './unread.ts';

interface ThreadDtoRow {
  id: string;
  kind: ThreadDto['kind'];
  title: string | null;
  closed: boolean;
  task: ThreadDto['task'];
}

/** For a statement with `t` (thread). */
const threadDtoColumns = `t.id, t.kind, t.title, t.closed_at IS NOT NULL AS closed,
  (SELECT json_build_object('id', k.id, 'slug', k.slug, 'title', k.title, 'topicSlug', tp.slug, 'topicTitle', tp.title,
      'courseSlug', c.slug, 'courseTitle', c.title, 'number', ${taskNumber})
    FROM task k JOIN topic tp ON tp.id = k.topic_id JOIN course c ON c.id = tp.course_id WHERE k.id = t.task_id) AS task`;

/** @param replyMinutes within which students are answered; teachers among themselves promise nothing */
function toThreadDto({ id, kind, title, closed, task }: ThreadDtoRow, replyMinutes: number | null): ThreadDto {
  return { id, kind, title, closed, task, replyMinutes: kind === 'room' ? null : replyMinutes };
}

/**
 * What stands around the messages of a thread. One statement, and at most once a minute another.
 * @throws AppError CHAT_NOT_FOUND
 */
export async function getThread(app: App, actor: PersonActor, threadId: string): Promise<ThreadDto> {
  const { rows } = await app.pool.query<ThreadDtoRow>({
    name: 'chat-thread',
    text: `SELECT ${threadDtoColumns} FROM chat_thread t WHERE t.id = $2 AND ${threadIsVisible('$3')}`,
    values: [actor.id, threadId, actor.role === 'moderator'],
  });
  if (!rows[0]) throw new AppError('CHAT_NOT_FOUND');
  return toThreadDto(rows[0], await medianReplyMinutes(app));
}

interface MyThreadRow extends ThreadDtoRow {
  last_at: Date;
  body: string | null;
  by_teacher: boolean | null;
  unread: number;
}

const mostThreads = 50;

/** The threads of a student, the last written first. */
export async function listMyThreads(app: App, actor: PersonActor): Promise<MyThreadDto[]> {
  const { rows } = await app.pool.query<MyThreadRow>({
    name: 'chat-mine',
    text: `SELECT ${threadDtoColumns}, coalesce(t.last_at, t.created_at) AS last_at, newest.body, newest.by_teacher, ${unreadOfThread('t', '$1')} AS unread
      FROM chat_thread t LEFT JOIN LATERAL (SELECT left(m.body, ${excerptSource}) AS body, m.by_teacher FROM chat_message m
        WHERE m.thread_id = t.id AND m.deleted_at IS NULL AND m.kind = 'text' ORDER BY m.seq DESC LIMIT 1) newest ON true
      WHERE t.student_id = $1 ORDER BY coalesce(t.last_at, t.created_at) DESC, t.id LIMIT ${mostThreads}`,
    values: [actor.id],
  });
  const replyMinutes = await medianReplyMinutes(app);
  return rows.map((row) => ({
    ...toThreadDto(row, replyMinutes),
    lastAt: row.last_at.toISOString(),
    excerpt: excerptOf(row.body ?? ''),
    lastByTeacher: row.by_teacher ?? false,
    unread: row.unread,
  }));
}

/** The counts of the head and of the office's navigation. One statement. */
export async function getUnread(app: App, actor: PersonActor): Promise<UnreadDto> {
  const moderator = actor.role === 'moderator';
  const { rows } = await app.pool.query<UnreadDto>(
    moderator ? { ...unreadInOffice, values: [actor.id] } : { ...unreadOfMine, values: [actor.id] },
  );
  return rows[0] ?? { messages: 0, threads: 0, waiting: moderator ? 0 : null };
}

const counted = `coalesce(sum(x.unread), 0)::int AS messages, count(*) FILTER (WHERE x.unread > 0)::int AS threads`;

const unreadOfMine = {
  name: 'chat-unread',
  text: `SELECT ${counted}, NULL::int AS waiting FROM (SELECT ${unreadOfThread('t', '$1')} AS unread FROM chat_thread t WHERE t.student_id = $1) x`,
};

const unreadInOffice = {
  name: 'chat-unread-office',
  // Rooms are the threads of no student: found by the index of students.
  text: `SELECT ${counted}, (SELECT count(*)::int FROM chat_thread w WHERE w.waiting_since IS NOT NULL) AS waiting
    FROM (SELECT ${unreadOfRoom('t', '$1')} AS unread FROM chat_thread t WHERE t.student_id IS NULL) x`,
};
