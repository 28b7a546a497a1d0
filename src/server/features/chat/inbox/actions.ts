import { AppError } from '#shared/errors.ts';
import { type ChatLockResult, chatLockMinutes, type HolderDto } from '#shared/inbox.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/db.ts';
import { nameOf } from '../../people/students/access.ts';
import { toHolderDto } from './rules.ts';

const until = (now: Date) => new Date(now.getTime() + chatLockMinutes * 60_000);

/**
 * Takes a student's thread to answer it, or keeps it: one UPDATE, so that of two who begin to type at once one has it.
 * @throws AppError CHAT_NOT_FOUND
 */
export function takeThread(app: App, actor: PersonActor, { threadId }: { threadId: string }): Promise<ChatLockResult> {
  const now = app.clock.now();
  return changeLock(
    app,
    actor,
    threadId,
    (tx) => tx.$executeRaw`
    UPDATE chat_thread SET held_by_id = ${actor.id}::uuid, held_until = ${until(now)}, assignee_id = ${actor.id}::uuid
    WHERE id = ${threadId}::uuid AND student_id IS NOT NULL
      AND (held_by_id IS NULL OR held_by_id = ${actor.id}::uuid OR held_until IS NULL OR held_until <= ${now})`,
  );
}

/**
 * Keeps what one holds. A lock that ran out is renewed as long as nobody else has taken the thread.
 * @throws AppError CHAT_NOT_FOUND
 */
export function renewThread(app: App, actor: PersonActor, { threadId }: { threadId: string }): Promise<ChatLockResult> {
  return changeLock(
    app,
    actor,
    threadId,
    (tx) => tx.$executeRaw`
    UPDATE chat_thread SET held_until = ${until(app.clock.now())}
    WHERE id = ${threadId}::uuid AND student_id IS NOT NULL AND held_by_id = ${actor.id}::uuid`,
  );
}

/**
 * Lets others answer. Of nothing that one holds it changes nothing; «lost» says so where another teacher has it.
 * @throws AppError CHAT_NOT_FOUND
 */
export async function releaseThread(app: App, actor: PersonActor, { threadId }: { threadId: string }): Promise<ChatLockResult> {
  const result = await changeLock(
    app,
    actor,
    threadId,
    (tx) => tx.$executeRaw`
    UPDATE chat_thread SET held_by_id = NULL, held_until = NULL WHERE id = ${threadId}::uuid AND held_by_id = ${actor.id}::uuid`,
  );
  return { ...result, outcome: result.holder ? 'lost' : 'held' };
}

/** @param change the one statement that may change the lock; says how many rows it changed */
async function changeLock(app: App, actor: PersonActor, threadId: string, change: (tx: Tx) => Promise<number>): Promise<ChatLockResult> {
  return app.db.$transaction(async (tx) => {
    const changed = (await change(tx)) === 1;
    if (changed) await announceThread(app, tx, threadId);
    return { outcome: changed ? 'held' : 'lost', holder: await getHolder(app, tx, actor, threadId) };
  });
}

/** @throws AppError CHAT_NOT_FOUND; a room is no thread of a student's */
async function getHolder(app: App, tx: Tx, actor: PersonActor, threadId: string): Promise<HolderDto | null> {
  const row = await tx.chatThread.findUnique({
    where: { id: threadId, studentId: { not: null } },
    select: { heldById: true, heldUntil: true, heldBy: { select: { firstName: true, lastName: true } } },
  });
  if (!row) throw new AppError('CHAT_NOT_FOUND');
  const { heldBy, ...lock } = row;
  return toHolderDto(actor, { ...lock, holderName: heldBy && `${heldBy.firstName} ${heldBy.lastName}` }, app.clock.now());
}

/** Whoever has the thread or the inbox before them hears of it, if and only if the transaction commits. */
async function announceThread(app: App, tx: Tx, threadId: string): Promise<void> {
  await app.bus.publish(tx, `thread:${threadId}`, { kind: 'state' });
  await app.bus.publish(tx, 'moderators', { kind: 'inbox', threadId });
}

/**
 * No answer is needed (any more), or it is after all: undone, the student has been waiting since their first message without an answer.
 * A message of the student that came after `seenSeq` keeps the thread open. Said twice it is done once.
 * @throws AppError CHAT_NOT_FOUND, CHAT_HELD while another teacher is answering
 */
export function closeThread(
  app: App,
  actor: PersonActor,
  { threadId, closed, seenSeq }: { threadId: string; closed: boolean; seenSeq?: number | undefined },
): Promise<{ closed: boolean }> {
  return app.db.$transaction(async (tx) => {
    const thread = await holdThread(tx, threadId);
    const isClosed = thread.closedAt !== null;
    if (closed === isClosed) return { closed };
    const now = app.clock.now();
    const holder = await getHolder(app, tx, actor, threadId);
    if (holder && !holder.mine) throw new AppError('CHAT_HELD', { name: holder.name, until: holder.until });
    if (closed && seenSeq !== undefined && (await hasWrittenSince(tx, threadId, seenSeq))) return { closed: false };
    const waitingSince = closed ? null : await findWaitingSince(tx, threadId);
    await tx.chatThread.update({
      where: { id: threadId },
      data: { closedAt: closed ? now : null, waitingSince, heldById: null, heldUntil: null },
      select: { id: true },
    });
    await announceThread(app, tx, threadId);
    await recordAudit(app, tx, actor, {
      action: closed ? 'chat.close' : 'chat.reopen',
      subject: threadId,
      label: thread.label,
    });
    return { closed };
  });
}

/** Locked for the transaction, as whoever sends locks it: what was written before is seen, what comes after opens the thread again. */
async function holdThread(tx: Tx, threadId: string): Promise<{ closedAt: Date | null; label: string }> {
  await tx.$queryRaw`SELECT id FROM chat_thread WHERE id = ${threadId}::uuid FOR UPDATE`;
  const row = await tx.chatThread.findUnique({
    where: { id: threadId },
    select: { closedAt: true, student: { select: { firstName: true, lastName: true } }, task: { select: { title: true } } },
  });
  if (!row?.student) throw new AppError('CHAT_NOT_FOUND');
  return { closedAt: row.closedAt, label: [row.task?.title, nameOf(row.student)].filter(Boolean).join(': ') };
}

async function hasWrittenSince(tx: Tx, threadId: string, seq: number): Promise<boolean> {
  const newer = { threadId, seq: { gt: seq }, byTeacher: false, kind: 'text' as const, deletedAt: null };
  return (await tx.chatMessage.findFirst({ where: newer, select: { seq: true } })) !== null;
}

/** When the first message came that no teacher has answered; null: there is none. */
async function findWaitingSince(tx: Tx, threadId: string): Promise<Date | null> {
  const answer = await tx.chatMessage.findFirst({
    where: { threadId, byTeacher: true },
    orderBy: { seq: 'desc' },
    select: { seq: true },
  });
  const question = await tx.chatMessage.findFirst({
    where: { threadId, byTeacher: false, kind: 'text', deletedAt: null, seq: { gt: answer?.seq ?? 0 } },
    orderBy: { seq: 'asc' },
    select: { createdAt: true },
  });
  return question?.createdAt ?? null;
}
