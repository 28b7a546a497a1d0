import * as z from 'zod';
import type { App } from '../../../platform/app.ts';
import { closed } from '../../../platform/formats/closed.ts';
import { excerptOf, excerptSource } from '../../chat/excerpts/rules.ts';
import { taskNumber } from '../../courses/visible.ts';
import type { NoticeData, NoticeRow } from '../message.ts';

const dataSchema = z.object({ threadId: z.uuid(), seq: z.int() });

/** Of both kinds that tell of a thread. */
export function parseThread(data: unknown): NoticeData['answer'] | null {
  return dataSchema.safeParse(data).data ?? null;
}

/** Messages one notice carries; of a longer talk the newest. */
const mostMessages = 10;
/** Counting stops here. */
const mostCounted = 100;
/** Characters of one message. */
const bodySource = 4000;

export interface TalkTask {
  number: number;
  slug: string;
  topicTitle: string;
  topicSlug: string;
  courseSlug: string;
}

export interface Talk {
  task: TalkTask | null;
  /** First name of the student. */
  student: string;
  waiting: boolean;
  /** Somebody else than the recipient answers it at the moment. */
  heldByOther: boolean;
  messages: { body: string; files: number }[];
  /** Older ones that are not read either. */
  more: number;
}

/** For a statement with `t` (thread). */
const taskColumn = `(SELECT json_build_object('number', ${taskNumber}, 'slug', k.slug, 'topicTitle', o.title, 'topicSlug', o.slug, 'courseSlug', c.slug)
    FROM task k JOIN topic o ON o.id = k.topic_id JOIN course c ON c.id = o.course_id WHERE k.id = t.task_id) AS task`;

/** What one side has not read of the other's messages: a student's of the teachers, or what a student wrote since they wait. One statement. */
export async function findTalk(
  app: App,
  { threadId, seq }: NoticeData['answer'],
  side: { student: string } | { teacher: string },
): Promise<Talk | null> {
  const ofTeachers = 'student' in side;
  const { rows } = await app.pool.query<{
    task: TalkTask | null;
    student: string;
    waiting: boolean;
    held_by_other: boolean;
    messages: { body: string; files: number }[] | null;
    unread: number;
  }>({
    name: 'notice-talk',
    text: `WITH unread AS (
        SELECT m.seq, m.body FROM chat_message m
        WHERE m.thread_id = $1::uuid AND m.by_teacher = $3::boolean AND m.kind = 'text' AND m.deleted_at IS NULL
          AND m.seq > CASE WHEN $3::boolean THEN coalesce((SELECT r.read_seq FROM chat_reader r WHERE r.thread_id = $1::uuid AND r.person_id = $2::uuid), 0)
            ELSE $4::int - 1 END
        ORDER BY m.seq DESC LIMIT ${mostCounted}
      )
      SELECT ${taskColumn}, s.first_name AS student, t.waiting_since IS NOT NULL AS waiting,
        (t.held_until > $5::timestamptz AND t.held_by_id <> $2::uuid) IS TRUE AS held_by_other,
        (SELECT count(*)::int FROM unread) AS unread,
        (SELECT json_agg(json_build_object('body', left(m.body, ${bodySource}), 'files',
            (SELECT count(*) FROM chat_file f WHERE f.thread_id = t.id AND f.seq = m.seq)) ORDER BY m.seq)
          FROM (SELECT * FROM unread ORDER BY seq DESC LIMIT ${mostMessages}) m) AS messages
      FROM chat_thread t JOIN person s ON s.id = t.student_id
      WHERE t.id = $1::uuid AND (NOT $3::boolean OR t.student_id = $2::uuid)`,
    values: [threadId, 'student' in side ? side.student : side.teacher, ofTeachers, seq, app.clock.now()],
  });
  const row = rows[0];
  if (!row) return null;
  const messages = row.messages ?? [];
  return {
    task: row.task,
    student: row.student,
    waiting: row.waiting,
    heldByOther: row.held_by_other,
    messages,
    more: row.unread - messages.length,
  };
}

/** Messages as one Markdown text, oldest first; files are counted, for Telegram and letters do not carry them. */
export function talkBody(talk: Talk, words: { files(n: number): string; earlier(n: number): string }): string {
  const bodies = talk.messages.map(({ body, files }) =>
    [closed(body.trim()), files > 0 ? `_${words.files(files)}_` : ''].filter(Boolean).join('\n\n'),
  );
  return [...(talk.more > 0 ? [`_${words.earlier(talk.more)}_`] : []), ...bodies].join('\n\n');
}

export interface TalkLine {
  task: TalkTask | null;
  student: string;
  /** Of the newest message of that side, as one line. */
  excerpt: string;
}

/** For the list behind the bell: by thread. One statement. */
export async function findTalkLines(
  app: App,
  notices: NoticeRow<'answer' | 'question'>[],
  ofTeachers: boolean,
): Promise<Map<string, TalkLine>> {
  const { rows } = await app.pool.query<{ id: string; task: TalkTask | null; student: string; body: string | null }>({
    name: 'notice-talk-lines',
    text: `SELECT t.id, ${taskColumn}, s.first_name AS student,
        (SELECT left(m.body, ${excerptSource}) FROM chat_message m WHERE m.thread_id = t.id AND m.by_teacher = $2::boolean AND m.kind = 'text'
          AND m.deleted_at IS NULL ORDER BY m.seq DESC LIMIT 1) AS body
      FROM chat_thread t JOIN person s ON s.id = t.student_id WHERE t.id = ANY($1::uuid[])`,
    values: [notices.map(({ data }) => data.threadId), ofTeachers],
  });
  return new Map(rows.map(({ id, task, student, body }) => [id, { task, student, excerpt: excerptOf(body ?? '') }]));
}
