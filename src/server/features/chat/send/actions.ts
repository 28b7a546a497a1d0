import type { MessageDto } from '#shared/chat.ts';
import { isBlank } from '#shared/chat-rules.ts';
import { AppError } from '#shared/errors.ts';
import { defaultMode } from '#shared/notification-rules.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { publishSql } from '../../../platform/bus.ts';
import type { Tx } from '../../../platform/db.ts';
import { claimUploads } from '../../files/claims.ts';
import { deliveriesCte, givenSql, toldOfPlaced } from '../../notifications/enqueue.ts';
import { accessThreadToSend, nameOf, type SentBefore } from '../access.ts';
import { findMessage, type MessageFileRow, toMessageDto } from '../messages/queries.ts';
import { isReplay } from '../rules.ts';

export interface SendInput {
  threadId: string;
  clientId: string;
  body: string;
  uploadIds: string[];
  query?: string | undefined;
}

/**
 * Writes a message and tells everybody. The same client id is the same message, however late and however often it comes. Hot: two statements after the
 * session's where nothing but text is sent; files and what was looked for take a transaction of several.
 * @throws AppError CHAT_NOT_FOUND, CHAT_CLIENT_ID_REUSED, TASKS_IN_EXAM, CHAT_ROOM_CLOSED, AUTH_RATE_LIMITED, CHAT_HELD, FILES_NOT_FOUND
 */
export async function sendMessage(app: App, actor: PersonActor, input: SendInput): Promise<MessageDto> {
  const { sent, mayWrite } = await accessThreadToSend(app, actor, input.threadId, input.clientId);
  // What was accepted once is told again, also when nothing more may be written.
  if (sent) return replay(app, actor, input, sent);
  const thread = mayWrite();
  await app.limits.takeMessage(actor);
  try {
    const query = thread.row.kind === 'support' && actor.role === 'student' && !isBlank(input.query ?? '') ? (input.query ?? null) : null;
    const written = await (input.uploadIds.length === 0 && query === null
      ? writeText(app, actor, input)
      : writeAll(app, actor, input, query));
    return toMessageDto(app, actor, {
      thread_id: thread.row.id,
      seq: written.seq,
      rev: written.rev,
      kind: 'text',
      author_id: actor.id,
      by_teacher: actor.role === 'moderator',
      author_name: thread.row.actor_name,
      client_id: input.clientId,
      body: input.body,
      created_at: written.at,
      edited_at: null,
      deleted_at: null,
      deleted_by: null,
      files: written.files,
    });
  } catch (error) {
    // The same message on another connection was first.
    if (!isTwice(error)) throw error;
    const again = await accessThreadToSend(app, actor, input.threadId, input.clientId);
    if (!again.sent) throw error;
    return replay(app, actor, input, again.sent);
  }
}

async function replay(app: App, actor: PersonActor, input: SendInput, sent: SentBefore): Promise<MessageDto> {
  if (!isReplay(sent, { threadId: input.threadId, body: input.body, fileIds: input.uploadIds }))
    throw new AppError('CHAT_CLIENT_ID_REUSED');
  const row = await findMessage(app, sent.threadId, sent.seq);
  if (!row) throw new AppError('CHAT_NOT_FOUND');
  return toMessageDto(app, actor, row);
}

/** Thrown inside a transaction whose message stands by now: nothing of it must stay. */
class SentTwice extends Error {}

function isTwice(error: unknown): boolean {
  // 23505 by the pool, the others by Prisma.
  return (
    error instanceof SentTwice || (error instanceof Error && 'code' in error && ['23505', 'P2002', 'P2010'].includes(String(error.code)))
  );
}

interface Written {
  seq: number;
  rev: number;
  at: Date;
  files: MessageFileRow[];
}

interface Outcome {
  seq: number | null;
  rev: number | null;
  closed_room: boolean;
  holder_name: string | null;
  held_until: Date | null;
}

/**
 * The message, its place in the thread, what it does to the thread, and the hints, in one statement: whoever wrote at the same time waits at the row of
 * the thread, so the places have no gaps. $1 thread, $2 author, $3 is a teacher, $4 client id, $5 text, $6 now, $7 what was looked for, $8 files,
 * $9 milliseconds until it is told outside of the site, $10 whether there is a bot.
 */
const write = `WITH held AS MATERIALIZED (
    SELECT t.*, ($3::boolean AND t.kind <> 'room' AND t.held_by_id <> $2::uuid AND t.held_until > $6::timestamptz) IS TRUE AS is_taken,
      t.kind = 'room' AND t.closed_at IS NOT NULL AS is_closed_room
    FROM chat_thread t WHERE t.id = $1::uuid FOR NO KEY UPDATE
  ), thread AS (
    UPDATE chat_thread t SET
      last_seq = held.last_seq + CASE WHEN $7::text IS NULL THEN 1 ELSE 2 END,
      rev = held.rev + CASE WHEN $7::text IS NULL THEN 1 ELSE 2 END,
      last_at = greatest(held.last_at, $6::timestamptz),
      waiting_since = CASE WHEN $3::boolean THEN NULL ELSE coalesce(held.waiting_since, $6::timestamptz) END,
      closed_at = CASE WHEN $3::boolean THEN held.closed_at END,
      held_by_id = CASE WHEN $3::boolean THEN NULL ELSE held.held_by_id END,
      held_until = CASE WHEN $3::boolean THEN NULL ELSE held.held_until END,
      assignee_id = CASE WHEN $3::boolean AND held.kind <> 'room' THEN $2::uuid ELSE held.assignee_id END
    FROM held WHERE t.id = held.id AND NOT held.is_taken AND NOT held.is_closed_room
    RETURNING t.id, t.kind, t.student_id, t.assignee_id, t.last_seq, t.rev, held.waiting_since AS waited_since, held.last_seq AS seq_before
  ), searched AS (
    INSERT INTO chat_message (thread_id, seq, rev, kind, author_id, by_teacher, client_id, body, created_at)
    SELECT id, last_seq - 1, rev - 1, 'search', $2::uuid, $3::boolean, gen_random_uuid(), $7::text, $6::timestamptz FROM thread WHERE $7::text IS NOT NULL
  ), written AS (
    INSERT INTO chat_message (thread_id, seq, rev, kind, author_id, by_teacher, client_id, body, created_at)
    SELECT id, last_seq, rev, 'text', $2::uuid, $3::boolean, $4::uuid, $5::text, $6::timestamptz FROM thread
  ), filed AS (
    INSERT INTO chat_file (id, thread_id, seq, position, name, storage_key, mime, size, width, height)
    SELECT f.id, thread.id, thread.last_seq, f.position, f.name, f."storageKey", f.mime, f.size, f.width, f.height
    FROM thread, jsonb_to_recordset($8::jsonb) AS f (id uuid, position int, name text, "storageKey" text, mime text, size int, width int, height int)
  ), reader AS (
    -- What came just before it, or while its author was offline, is not read by writing. Who answers a student has read.
    INSERT INTO chat_reader AS r (thread_id, person_id, read_seq, read_at) SELECT id, $2::uuid, last_seq, $6::timestamptz FROM thread
    WHERE ($3::boolean AND student_id IS NOT NULL)
      OR seq_before = coalesce((SELECT c.read_seq FROM chat_reader c WHERE c.thread_id = thread.id AND c.person_id = $2::uuid), 0)
    ON CONFLICT (thread_id, person_id) DO UPDATE SET read_seq = greatest(r.read_seq, EXCLUDED.read_seq), read_at = EXCLUDED.read_at
  ), answer AS (
    INSERT INTO chat_answer (thread_id, author_id, answered_at, waited_seconds)
    SELECT id, $2::uuid, $6::timestamptz, greatest(0, extract(epoch FROM $6::timestamptz - waited_since))::int FROM thread
    WHERE $3::boolean AND waited_since IS NOT NULL
  ), ${givenSql({
    now: '$6',
    kind: `CASE WHEN $3::boolean THEN 'answer' ELSE 'question' END`,
    delayMs: '$9',
    hasBot: '$10',
    emailDefault: `CASE WHEN $3::boolean THEN '${defaultMode('answer', 'email')}' ELSE '${defaultMode('question', 'email')}' END`,
  })}, unread AS (
    -- One notice for all that the student has not read: the next one is made once the mark has moved, or where nothing of the former was told.
    SELECT thread.*, thread.id || ':' || coalesce(r.read_seq, 0) AS about FROM thread
    LEFT JOIN chat_reader r ON r.thread_id = thread.id AND r.person_id = thread.student_id WHERE $3::boolean AND thread.student_id IS NOT NULL
  ), cause AS (
    SELECT id, last_seq, CASE WHEN EXISTS (SELECT FROM notice n WHERE n.kind = 'answer' AND n.about = unread.about AND EXISTS (SELECT FROM delivery d WHERE d.notice_id = n.id AND d.channel <> 'site') AND NOT EXISTS (
        SELECT FROM delivery d WHERE d.notice_id = n.id AND d.channel <> 'site' AND d.state <> 'skipped'))
      THEN about || ':' || last_seq ELSE about END AS about FROM unread
    UNION ALL SELECT id, last_seq, id || ':' || last_seq FROM thread WHERE NOT $3::boolean AND student_id IS NOT NULL AND waited_since IS NULL
  ), made AS (
    INSERT INTO notice (kind, about, data, created_at)
    SELECT given.kind, cause.about, jsonb_build_object('threadId', cause.id, 'seq', cause.last_seq), given.now FROM cause, given
    ON CONFLICT (kind, about) DO NOTHING RETURNING id
  ), people AS (
    SELECT student_id AS person_id FROM unread
    UNION ALL SELECT p.id FROM thread JOIN person p ON p.role = 'moderator' AND p.id = coalesce(
        (SELECT a.id FROM person a WHERE a.id = thread.assignee_id AND a.role = 'moderator' AND a.blocked_at IS NULL), p.id)
      WHERE NOT $3::boolean AND student_id IS NOT NULL AND waited_since IS NULL
  ), ${deliveriesCte}
  SELECT thread.last_seq AS seq, thread.rev, held.is_closed_room AS closed_room, held.held_until,
    CASE WHEN held.is_taken THEN (SELECT ${nameOf('h')} FROM person h WHERE h.id = held.held_by_id) END AS holder_name,
    CASE WHEN thread.id IS NOT NULL THEN concat(
      ${publishSql(`'thread:' || thread.id`, `json_build_object('kind', 'changed', 'rev', thread.rev)`)},
      CASE WHEN thread.student_id IS NULL THEN ${tell(`'moderators'`, 'rooms')} ELSE ${tell(`'moderators'`, 'inbox')} END,
      CASE WHEN thread.student_id IS NULL OR NOT $3::boolean THEN ${tell(`'moderators'`, 'unread')}
        ELSE concat(${tell(`'moderators'`, 'unread')}, ${tell(`'person:' || thread.student_id`, 'unread')}) END,
      ${toldOfPlaced}) END AS told
  FROM held LEFT JOIN thread ON true`;

function tell(topic: string, kind: 'unread' | 'inbox' | 'rooms'): string {
  return publishSql(topic, `json_build_object('kind', '${kind}', 'threadId', thread.id)`);
}

/** The last two of the statement. */
const noticeValues = (app: App) => [app.config.noticeDelayMs, app.config.telegram !== null];

async function writeText(app: App, actor: PersonActor, input: SendInput): Promise<Written> {
  const at = app.clock.now();
  const values = [input.threadId, actor.id, actor.role === 'moderator', input.clientId, input.body, at, null, '[]', ...noticeValues(app)];
  const { rows } = await app.pool.query<Outcome>({ name: 'chat-send', text: write, values });
  return { ...placeOf(rows[0]), at, files: [] };
}

async function writeAll(app: App, actor: PersonActor, input: SendInput, query: string | null): Promise<Written> {
  return app.db.$transaction(async (tx) => {
    // From here on nobody else writes in this thread, and what follows sees what was written before.
    await tx.$executeRaw`SELECT FROM chat_thread WHERE id = ${input.threadId}::uuid FOR NO KEY UPDATE`;
    const same = await tx.chatMessage.findUnique({
      where: { authorId_clientId: { authorId: actor.id, clientId: input.clientId } },
      select: { seq: true },
    });
    if (same) throw new SentTwice();
    const claimed = await claimUploads(app, tx, actor, input.uploadIds, { purpose: 'chat', subjectId: input.threadId });
    // Under the upload's own id: sent again, the message is known by it.
    const files = claimed.map((file, position) => ({ ...file, position }));
    const search = query !== null && !(await isAskedAlready(tx, input.threadId, query)) ? query : null;
    const at = app.clock.now();
    const rows = await tx.$queryRawUnsafe<Outcome[]>(
      write,
      input.threadId,
      actor.id,
      actor.role === 'moderator',
      input.clientId,
      input.body,
      at,
      search,
      JSON.stringify(files),
      ...noticeValues(app),
    );
    return {
      ...placeOf(rows[0]),
      at,
      files: files.map(({ id, name, mime, size, width, height }) => ({ id, name, mime, size, width, height })),
    };
  });
}

/** Does that search stand there, and no teacher has said anything since? Then it is the same question still. */
async function isAskedAlready(tx: Tx, threadId: string, query: string): Promise<boolean> {
  const newest = await tx.chatMessage.findFirst({
    where: { threadId, deletedAt: null, OR: [{ kind: 'search' }, { byTeacher: true }] },
    orderBy: { seq: 'desc' },
    select: { kind: true, body: true },
  });
  return newest?.kind === 'search' && newest.body === query;
}

function placeOf(outcome: Outcome | undefined): { seq: number; rev: number } {
  if (!outcome) throw new AppError('CHAT_NOT_FOUND');
  const { seq, rev, closed_room, holder_name, held_until } = outcome;
  if (closed_room) throw new AppError('CHAT_ROOM_CLOSED');
  if (seq === null || rev === null)
    throw new AppError('CHAT_HELD', { name: holder_name ?? '', until: (held_until ?? new Date()).toISOString() });
  return { seq, rev };
}
