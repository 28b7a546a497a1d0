import type { SignalsDto } from '#shared/chat.ts';
import { AppError } from '#shared/errors.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { nameOf } from '../access.ts';

/** What passes by in a thread, before it is anybody's: read once for all who follow it. */
export interface ThreadState {
  studentId: string | null;
  closed: boolean;
  heldById: string | null;
  heldUntil: Date | null;
  holderName: string | null;
  /** Up to where each of them has read. */
  readers: Map<string, number>;
  /** The two who read furthest: one of them is not oneself. */
  furthest: [string, number][];
}

interface StateRow {
  student_id: string | null;
  closed: boolean;
  held_by_id: string | null;
  held_until: Date | null;
  holder_name: string | null;
  readers: [string, number][];
}

/** One statement; null: the thread is gone. For whoever has passed its gate. */
export async function readState(app: App, threadId: string): Promise<ThreadState | null> {
  const { rows } = await app.pool.query<StateRow>({
    name: 'chat-state',
    text: `SELECT t.student_id, t.closed_at IS NOT NULL AS closed, t.held_by_id, t.held_until, ${nameOf('h')} AS holder_name,
        (SELECT coalesce(json_agg(json_build_array(r.person_id, r.read_seq) ORDER BY r.read_seq DESC), '[]') FROM chat_reader r WHERE r.thread_id = t.id) AS readers
      FROM chat_thread t LEFT JOIN person h ON h.id = t.held_by_id WHERE t.id = $1`,
    values: [threadId],
  });
  const row = rows[0];
  if (!row) return null;
  const { student_id: studentId, closed, held_by_id: heldById, held_until: heldUntil, holder_name: holderName } = row;
  const furthest = row.readers.slice(0, 2);
  return { studentId, closed, heldById, heldUntil, holderName, readers: new Map(row.readers), furthest };
}

/** Who types by now. */
export type Typing = Map<string, { name: string; teacher: boolean }>;

/**
 * What one reader sees of it.
 * @throws AppError CHAT_NOT_FOUND when the thread is gone
 */
export function toSignalsDto(app: App, reader: Pick<PersonActor, 'id'>, state: ThreadState | null, typing: Typing): SignalsDto {
  if (!state) throw new AppError('CHAT_NOT_FOUND');
  const { heldById, heldUntil, holderName, readers } = state;
  const held = heldById !== null && heldUntil !== null && heldUntil > app.clock.now();
  return {
    typing: [...typing].filter(([id]) => id !== reader.id).map(([id, who]) => ({ id, ...who })),
    readSeq: readByOthers(reader.id, state),
    mySeq: readers.get(reader.id) ?? 0,
    holder: held ? { id: heldById, name: holderName ?? '', mine: heldById === reader.id, until: heldUntil.toISOString() } : null,
    closed: state.closed,
  };
}

/** Up to where the other side has read: for teachers their student, for a student any teacher, in a room whoever but oneself read furthest. */
function readByOthers(readerId: string, { studentId, readers, furthest }: ThreadState): number {
  if (studentId !== null && readerId !== studentId) return readers.get(studentId) ?? 0;
  return furthest.find(([id]) => id !== readerId)?.[1] ?? 0;
}
