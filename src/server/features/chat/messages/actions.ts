import type { MessageDto } from '#shared/chat.ts';
import { isBlank } from '#shared/chat-rules.ts';
import { AppError } from '#shared/errors.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/db.ts';
import { nameOf } from '../../people/students/access.ts';
import { accessThread, accessThreadToWrite, type OpenThread } from '../access.ts';
import { mayRestore, mayStillEdit } from '../rules.ts';
import { findMessage, toMessageDto } from './queries.ts';

interface Place {
  threadId: string;
  seq: number;
}

/**
 * Changes one's own text; what it said before is kept. Sent twice it is one change.
 * @throws AppError CHAT_NOT_FOUND, CHAT_TOO_LATE, CHAT_CONFLICT, INPUT_INVALID where nothing would be left, and those of `accessThreadToWrite`
 */
export async function editMessage(app: App, actor: PersonActor, input: Place & { body: string; rev: number }): Promise<MessageDto> {
  const thread = await accessThreadToWrite(app, actor, input.threadId);
  await app.limits.takeMessage(actor);
  return change(app, actor, thread, input.seq, async (tx, message, rev) => {
    if (message.authorId !== actor.id || message.kind !== 'text' || message.deletedAt !== null) throw new AppError('CHAT_NOT_FOUND');
    if (message.body === input.body) return false;
    if (message.rev !== input.rev) throw new AppError('CHAT_CONFLICT');
    const now = app.clock.now();
    if (!mayStillEdit(message.createdAt, now)) throw new AppError('CHAT_TOO_LATE');
    if (isBlank(input.body) && message._count.files === 0) throw AppError.invalid({ field: 'body', code: 'required' });
    await tx.chatMessageVersion.create({
      data: { ...message.key, number: message._count.versions + 1, body: message.body, at: now },
      select: { number: true },
    });
    await tx.chatMessage.updateMany({ where: message.key, data: { body: input.body, editedAt: now, rev } });
    return true;
  });
}

/**
 * Takes a message away: one's own, or of a student's thread any as a moderator. Its place stays, and its text is told to nobody. Twice is once.
 * Everybody in the thread is told, so it counts as a message; putting back does as well.
 * @throws AppError CHAT_NOT_FOUND, AUTH_RATE_LIMITED
 */
export async function deleteMessage(app: App, actor: PersonActor, input: Place): Promise<MessageDto> {
  const thread = await accessThread(app, actor, input.threadId);
  await app.limits.takeMessage(actor);
  const ofStudent = thread.row.kind !== 'room';
  return change(app, actor, thread, input.seq, async (tx, message, rev) => {
    const own = message.authorId === actor.id;
    if (!own && !(ofStudent && actor.role === 'moderator')) throw new AppError('CHAT_NOT_FOUND');
    if (message.deletedAt !== null) return false;
    await tx.chatMessage.updateMany({ where: message.key, data: { deletedAt: app.clock.now(), deletedBy: own ? null : actor.id, rev } });
    if (ofStudent && !message.byTeacher) await waitWithout(tx, input.threadId);
    if (!own)
      await recordAudit(app, tx, actor, {
        action: 'chat.delete-message',
        ...(await subjectOf(tx, thread)),
        after: { seq: message.key.seq },
      });
    return true;
  });
}

/**
 * Puts back what this very person has taken away.
 * @throws AppError CHAT_NOT_FOUND, AUTH_RATE_LIMITED
 */
export async function restoreMessage(app: App, actor: PersonActor, input: Place): Promise<MessageDto> {
  const thread = await accessThread(app, actor, input.threadId);
  await app.limits.takeMessage(actor);
  return change(app, actor, thread, input.seq, async (tx, message, rev) => {
    if (message.deletedAt === null && message.authorId === actor.id) return false;
    // Put back by them a moment ago, or never gone: whoever may take it away hears what it is.
    if (message.deletedAt === null) {
      if (thread.row.kind === 'room' || actor.role !== 'moderator') throw new AppError('CHAT_NOT_FOUND');
      return false;
    }
    if (!mayRestore(message, actor.id)) throw new AppError('CHAT_NOT_FOUND');
    const own = message.deletedBy === null;
    await tx.chatMessage.updateMany({ where: message.key, data: { deletedAt: null, deletedBy: null, rev } });
    if (thread.row.kind !== 'room' && !message.byTeacher) await waitAgain(tx, message, own);
    if (!own)
      await recordAudit(app, tx, actor, {
        action: 'chat.restore-message',
        ...(await subjectOf(tx, thread)),
        after: { seq: message.key.seq },
      });
    return true;
  });
}

/** A question that was taken away waits for no answer: the student waits since the next one, or not at all. */
async function waitWithout(tx: Tx, threadId: string): Promise<void> {
  await tx.$executeRaw`UPDATE chat_thread t SET waiting_since = (
      SELECT min(m.created_at) FROM chat_message m
      WHERE m.thread_id = t.id AND NOT m.by_teacher AND m.kind = 'text' AND m.deleted_at IS NULL AND m.created_at >= t.waiting_since
        AND m.seq > coalesce((SELECT a.seq FROM chat_message a WHERE a.thread_id = t.id AND a.by_teacher ORDER BY a.seq DESC LIMIT 1), 0))
    WHERE t.id = ${threadId}::uuid AND t.waiting_since IS NOT NULL`;
}

/**
 * A question that is put back waits as before, unless a teacher has written after it or closed the thread.
 * @param own by the student: what was not there when the thread was closed opens it again, as a new message would
 */
async function waitAgain(tx: Tx, { key: { threadId, seq }, kind, createdAt, deletedAt }: HeldMessage, own: boolean): Promise<void> {
  if (kind !== 'text') return;
  await tx.$executeRaw`UPDATE chat_thread t SET waiting_since = least(t.waiting_since, ${createdAt}), closed_at = NULL
    WHERE t.id = ${threadId}::uuid AND (t.closed_at IS NULL OR (${own} AND t.closed_at >= ${deletedAt}))
      AND NOT EXISTS (SELECT FROM chat_message a WHERE a.thread_id = t.id AND a.by_teacher AND a.seq > ${seq})`;
}

/** What the journal calls the thread of a student: by their name. */
async function subjectOf(tx: Tx, { row }: OpenThread): Promise<{ subject: string; label: string }> {
  const student = await tx.person.findUniqueOrThrow({ where: { id: row.student_id ?? '' }, select: { firstName: true, lastName: true } });
  return { subject: row.id, label: nameOf(student) };
}

type HeldMessage = Awaited<ReturnType<typeof readMessage>>;

/** Changes a message under the lock of its thread, whose counter goes on by one. @param work whether it changed anything */
async function change(
  app: App,
  actor: PersonActor,
  thread: OpenThread,
  seq: number,
  work: (tx: Tx, message: HeldMessage, rev: number) => Promise<boolean>,
): Promise<MessageDto> {
  const { id, student_id } = thread.row;
  await app.db.$transaction(async (tx) => {
    const [held] = await tx.$queryRaw<{ rev: number }[]>`SELECT rev FROM chat_thread WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
    if (!held) throw new AppError('CHAT_NOT_FOUND');
    const rev = held.rev + 1;
    if (!(await work(tx, await readMessage(tx, id, seq), rev))) return;
    await tx.chatThread.updateMany({ where: { id }, data: { rev } });
    await app.bus.publish(tx, `thread:${id}`, { kind: 'changed', rev });
    await app.bus.publish(tx, 'moderators', { kind: student_id === null ? 'rooms' : 'inbox', threadId: id });
    if (student_id === null) await app.bus.publish(tx, 'moderators', { kind: 'unread', threadId: id });
    else await app.bus.publish(tx, `person:${student_id}`, { kind: 'unread', threadId: id });
  });
  const row = await findMessage(app, id, seq);
  if (!row) throw new AppError('CHAT_NOT_FOUND');
  return toMessageDto(app, actor, row);
}

async function readMessage(tx: Tx, threadId: string, seq: number) {
  const key = { threadId, seq };
  const row = await tx.chatMessage.findUnique({
    where: { threadId_seq: key },
    select: {
      rev: true,
      kind: true,
      authorId: true,
      byTeacher: true,
      body: true,
      createdAt: true,
      deletedAt: true,
      deletedBy: true,
      _count: { select: { files: true, versions: true } },
    },
  });
  if (!row) throw new AppError('CHAT_NOT_FOUND');
  return { ...row, key };
}
