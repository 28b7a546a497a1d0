import { AppError } from '#shared/errors.ts';
import type { RoomDto } from '#shared/inbox.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { excerptOf, excerptSource } from '../excerpts/rules.ts';
import { unreadOfRoom } from '../unread.ts';

/** More than a team can follow; the closed ones are those that fall out. */
const roomsShown = 200;
interface RoomRow {
  id: string;
  title: string | null;
  common: boolean;
  closed: boolean;
  last_at: Date | null;
  body: string | null;
  unread: number;
}

/**
 * Every room: the common one first, then where something was said last, the closed ones at the end. One statement. Rooms are
 * what has no student: the index of (student, about) knows them.
 */
export async function listRooms(app: App, actor: PersonActor): Promise<RoomDto[]> {
  return readRooms(app, actor, null);
}

/** @throws AppError CHAT_NOT_FOUND */
export async function getRoom(app: App, actor: PersonActor, threadId: string): Promise<RoomDto> {
  const [room] = await readRooms(app, actor, threadId);
  if (!room) throw new AppError('CHAT_NOT_FOUND');
  return room;
}

async function readRooms(app: App, actor: PersonActor, threadId: string | null): Promise<RoomDto[]> {
  const { rows } = await app.pool.query<RoomRow>({
    name: 'chat-rooms',
    text: `SELECT t.id, t.title, t.about = 'common' AS common, t.closed_at IS NOT NULL AS closed, t.last_at, m.body, ${unreadOfRoom('t', '$1')} AS unread
      FROM chat_thread t LEFT JOIN LATERAL (SELECT left(n.body, ${excerptSource}) AS body FROM chat_message n
        WHERE n.thread_id = t.id AND n.deleted_at IS NULL ORDER BY n.seq DESC LIMIT 1) m ON true
      WHERE t.student_id IS NULL AND ($2::uuid IS NULL OR t.id = $2)
      ORDER BY t.about = 'common' DESC, t.closed_at IS NULL DESC, coalesce(t.last_at, t.created_at) DESC, t.id LIMIT ${roomsShown}`,
    values: [actor.id, threadId],
  });
  return rows.map(({ id, title, common, closed, last_at, body, unread }) => ({
    threadId: id,
    title: title ?? '',
    common,
    closed,
    lastAt: last_at?.toISOString() ?? null,
    excerpt: excerptOf(body ?? ''),
    unread,
  }));
}
