import type { ChatKind } from '#shared/chat-rules.ts';
import { AppError } from '#shared/errors.ts';
import type { App, PersonActor } from '../../platform/app.ts';
import type { OpenFile } from '../courses/access.ts';
import { inAttemptColumn } from '../tasks/access.ts';

declare const proof: unique symbol;

export interface ThreadRow {
  id: string;
  kind: ChatKind;
  /** Null: a room. */
  student_id: string | null;
  task_id: string | null;
  about: string;
  title: string | null;
  last_seq: number;
  rev: number;
  waiting_since: Date | null;
  closed_at: Date | null;
  held_by_id: string | null;
  held_until: Date | null;
  assignee_id: string | null;
  /** First and last name of the actor, as others read it. */
  actor_name: string;
}

/** A thread that this actor may read: a student their own, a moderator those of all students and all rooms. Only the gates below make one. */
export interface OpenThread {
  readonly [proof]: 'open thread';
  row: ThreadRow;
}

/** One to which the actor may write as well. Only `accessThreadToWrite` makes one. */
export interface WritableThread extends OpenThread {
  readonly [proof]: 'open thread';
  readonly writable: true;
}

/** For a statement with `t` (thread), the person as $1 and whether they are a moderator as `moderator`. */
export const threadIsVisible = (moderator: string) => `(t.student_id = $1 OR ${moderator}::boolean)`;

/** Columns of `ThreadRow` but `actor_name`. */
export const threadColumns = `t.id, t.kind, t.student_id, t.task_id, t.about, t.title, t.last_seq, t.rev, t.waiting_since, t.closed_at,
  t.held_by_id, t.held_until, t.assignee_id`;

/** How a person is called in a chat. @param alias of the row of person */
export const nameOf = (alias: string) => `btrim(${alias}.first_name || ' ' || ${alias}.last_name)`;

const actorName = `(SELECT ${nameOf('me')} FROM person me WHERE me.id = $1) AS actor_name`;

/**
 * One statement.
 * @throws AppError CHAT_NOT_FOUND, for whatever is none of the actor's as well
 */
export async function accessThread(app: App, actor: PersonActor, threadId: string): Promise<OpenThread> {
  const { rows } = await app.pool.query<ThreadRow>({
    name: 'chat-thread-access',
    text: `SELECT ${threadColumns}, ${actorName} FROM chat_thread t WHERE t.id = $2 AND ${threadIsVisible('$3')}`,
    values: [actor.id, threadId, actor.role === 'moderator'],
  });
  const row = rows[0];
  if (!row) throw new AppError('CHAT_NOT_FOUND');
  return { row } as OpenThread;
}

/** A message that stands under a client-made id of this author already. */
export interface SentBefore {
  threadId: string;
  seq: number;
  /** As it was sent, whatever it says by now. */
  body: string;
  fileIds: string[];
}

/**
 * The message that this author sent under a client-made id, before anything else is asked: it was accepted once. With the thread it is meant for. One
 * statement.
 * @throws AppError CHAT_NOT_FOUND
 */
export async function accessThreadToSend(
  app: App,
  actor: PersonActor,
  threadId: string,
  clientId: string,
): Promise<{ thread: OpenThread; sent: SentBefore | null; mayWrite(): WritableThread }> {
  const { rows } = await app.pool.query<ThreadRow & { in_attempt: string | null; sent: SentBefore | null }>({
    name: 'chat-thread-to-send',
    text: `SELECT ${threadColumns}, ${actorName}, ${inAttemptColumn},
        (SELECT json_build_object('threadId', m.thread_id, 'seq', m.seq,
            'body', coalesce((SELECT v.body FROM chat_message_version v WHERE v.thread_id = m.thread_id AND v.seq = m.seq AND v.number = 1), m.body),
            'fileIds', (SELECT coalesce(json_agg(f.id ORDER BY f.position), '[]') FROM chat_file f WHERE f.thread_id = m.thread_id AND f.seq = m.seq))
          FROM chat_message m WHERE m.author_id = $1 AND m.client_id = $4) AS sent
      FROM chat_thread t LEFT JOIN task k ON k.id = t.task_id WHERE t.id = $2 AND ${threadIsVisible('$3')}`,
    values: [actor.id, threadId, actor.role === 'moderator', clientId],
  });
  const found = rows[0];
  if (!found) throw new AppError('CHAT_NOT_FOUND');
  const { in_attempt, sent, ...row } = found;
  return { thread: { row } as OpenThread, sent, mayWrite: () => writable(row, in_attempt) };
}

/**
 * For whatever adds words to a thread. One statement.
 * @throws AppError CHAT_NOT_FOUND, TASKS_IN_EXAM while a running attempt of the actor's asks the task, CHAT_ROOM_CLOSED
 */
export async function accessThreadToWrite(app: App, actor: PersonActor, threadId: string): Promise<WritableThread> {
  const { rows } = await app.pool.query<ThreadRow & { in_attempt: string | null }>({
    name: 'chat-thread-to-write',
    text: `SELECT ${threadColumns}, ${actorName}, ${inAttemptColumn}
      FROM chat_thread t LEFT JOIN task k ON k.id = t.task_id WHERE t.id = $2 AND ${threadIsVisible('$3')}`,
    values: [actor.id, threadId, actor.role === 'moderator'],
  });
  const found = rows[0];
  if (!found) throw new AppError('CHAT_NOT_FOUND');
  const { in_attempt, ...row } = found;
  return writable(row, in_attempt);
}

function writable(row: ThreadRow, inAttempt: string | null): WritableThread {
  if (inAttempt !== null) throw new AppError('TASKS_IN_EXAM', { attemptId: inAttempt });
  if (row.kind === 'room' && row.closed_at !== null) throw new AppError('CHAT_ROOM_CLOSED');
  return { row } as WritableThread;
}

/**
 * A file of a message that stands, for whoever may read its thread.
 * @throws AppError FILES_NOT_FOUND
 */
export async function accessChatFile(app: App, actor: PersonActor, fileId: string): Promise<OpenFile> {
  const mine = actor.role === 'moderator' ? {} : { thread: { studentId: actor.id } };
  const file = await app.db.chatFile.findFirst({
    where: { id: fileId, message: { deletedAt: null, ...mine } },
    select: { name: true, mime: true, size: true, storageKey: true },
  });
  if (!file) throw new AppError('FILES_NOT_FOUND');
  return file;
}
