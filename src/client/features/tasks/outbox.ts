import { createKeptList, type Memory } from '#client/lib/kept-list.ts';
import type { AnswerValue } from '#shared/answers/format.ts';

/** An answer on its way. It is written down before it is sent, so that neither a lost connection nor a reload loses it. */
export interface PendingAnswer {
  taskId: string;
  /** Made here, once; the same answer sent again carries the same id and is counted once. */
  clientId: string;
  value: AnswerValue;
}

/** Answers of one person on this device, at most one per task. */
export function createOutbox(memory: Memory, personId: string) {
  const { key, list, save } = createKeptList({ memory, key: `outbox.${personId}`, isItem: isPendingAnswer, idOf: ({ taskId }) => taskId });
  return {
    key,
    list,
    find: (taskId: string) => list().find((answer) => answer.taskId === taskId),
    put: (answer: PendingAnswer) => save([...list().filter((other) => other.taskId !== answer.taskId), answer]),
    remove: (clientId: string) => save(list().filter((answer) => answer.clientId !== clientId)),
  };
}

export type Outbox = ReturnType<typeof createOutbox>;

function isPendingAnswer(item: unknown): item is PendingAnswer {
  if (typeof item !== 'object' || item === null) return false;
  const { taskId, clientId, value } = item as Partial<Record<keyof PendingAnswer, unknown>>;
  return typeof taskId === 'string' && typeof clientId === 'string' && (typeof value === 'string' || Array.isArray(value));
}
