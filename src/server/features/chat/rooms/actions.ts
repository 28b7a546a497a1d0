import { randomUUID } from 'node:crypto';
import { AppError } from '#shared/errors.ts';
import type { RoomDto } from '#shared/inbox.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/db.ts';
import { getRoom } from './queries.ts';

/** A room for all teachers of the school. */
export async function createRoom(app: App, actor: PersonActor, { title }: { title: string }): Promise<RoomDto> {
  const id = randomUUID();
  await app.db.$transaction(async (tx) => {
    await tx.chatThread.create({
      data: { id, kind: 'room', about: id, title, createdAt: app.clock.now(), openedById: actor.id },
      select: { id: true },
    });
    await app.bus.publish(tx, 'moderators', { kind: 'rooms', threadId: id });
    await recordAudit(app, tx, actor, { action: 'room.create', subject: id, label: title, after: { title } });
  });
  return getRoom(app, actor, id);
}

/** @throws AppError CHAT_NOT_FOUND */
export async function renameRoom(app: App, actor: PersonActor, { threadId, title }: { threadId: string; title: string }): Promise<void> {
  await changeRoom(app, threadId, async (tx, room) => {
    if (room.title === title) return false;
    await tx.chatThread.update({ where: { id: threadId }, data: { title }, select: { id: true } });
    await recordAudit(app, tx, actor, {
      action: 'room.rename',
      subject: threadId,
      label: title,
      before: { title: room.title },
      after: { title },
    });
    return true;
  });
}

/**
 * A closed room is kept and can be read.
 * @throws AppError CHAT_NOT_FOUND, CHAT_COMMON_ROOM
 */
export async function closeRoom(app: App, actor: PersonActor, { threadId, closed }: { threadId: string; closed: boolean }): Promise<void> {
  await changeRoom(app, threadId, async (tx, room) => {
    if (room.common) throw new AppError('CHAT_COMMON_ROOM');
    if (room.closed === closed) return false;
    await tx.chatThread.update({ where: { id: threadId }, data: { closedAt: closed ? app.clock.now() : null }, select: { id: true } });
    await recordAudit(app, tx, actor, { action: closed ? 'room.close' : 'room.reopen', subject: threadId, label: room.title });
    return true;
  });
}

interface Room {
  title: string;
  common: boolean;
  closed: boolean;
}

/** @param change on the locked room; false: it was so already, and nobody has to hear of it */
async function changeRoom(app: App, threadId: string, change: (tx: Tx, room: Room) => Promise<boolean>): Promise<void> {
  await app.db.$transaction(async (tx) => {
    const [room] = await tx.$queryRaw<
      Room[]
    >`SELECT coalesce(title, '') AS title, about = 'common' AS common, closed_at IS NOT NULL AS closed
      FROM chat_thread WHERE id = ${threadId}::uuid AND kind = 'room' FOR UPDATE`;
    if (!room) throw new AppError('CHAT_NOT_FOUND');
    if (!(await change(tx, room))) return;
    await app.bus.publish(tx, `thread:${threadId}`, { kind: 'state' });
    await app.bus.publish(tx, 'moderators', { kind: 'rooms', threadId });
  });
}
