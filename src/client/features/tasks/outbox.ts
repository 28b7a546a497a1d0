import type { AnswerValue } from '#shared/answers/format.ts';

/** An answer on its way. It is written down before it is sent, so that neither a lost connection nor a reload loses it. */
export interface PendingAnswer {
  taskId: string;
  /** Made here, once; the same answer sent again carries the same id and is counted once. */
  clientId: string;
  value: AnswerValue;
}

export interface Memory {
  read(key: string): string | null;
  write(key: string, value: string | null): void;
}

/** Answers of one person on this device, at most one per task. Every call reads anew: other tabs write to the same place. */
export function createOutbox(memory: Memory, personId: string) {
  const key = `outbox.${personId}`;
  // What could not be stored (a full or forbidden storage) is at least kept until the tab is closed.
  let kept: PendingAnswer[] = [];

  function list(): PendingAnswer[] {
    const stored = read(memory.read(key));
    return [...stored, ...kept.filter((answer) => !stored.some((other) => other.taskId === answer.taskId))];
  }

  function save(answers: PendingAnswer[]): void {
    memory.write(key, answers.length === 0 ? null : JSON.stringify(answers));
    const stored = read(memory.read(key));
    kept = answers.filter((answer) => !stored.some((other) => other.clientId === answer.clientId));
  }

  return {
    key,
    list,
    find: (taskId: string) => list().find((answer) => answer.taskId === taskId),
    put: (answer: PendingAnswer) => save([...list().filter((other) => other.taskId !== answer.taskId), answer]),
    remove: (clientId: string) => save(list().filter((answer) => answer.clientId !== clientId)),
  };
}

export type Outbox = ReturnType<typeof createOutbox>;

function read(stored: string | null): PendingAnswer[] {
  if (stored === null) return [];
  try {
    const parsed: unknown = JSON.parse(stored);
    return Array.isArray(parsed) ? parsed.filter(isPendingAnswer) : [];
  } catch {
    return [];
  }
}

function isPendingAnswer(item: unknown): item is PendingAnswer {
  if (typeof item !== 'object' || item === null) return false;
  const { taskId, clientId, value } = item as Partial<Record<keyof PendingAnswer, unknown>>;
  return typeof taskId === 'string' && typeof clientId === 'string' && (typeof value === 'string' || Array.isArray(value));
}
