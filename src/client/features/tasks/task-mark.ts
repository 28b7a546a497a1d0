import type { TaskStateDto } from '#shared/tasks.ts';

/** How a task looks from afar: in the squares of the contents. */
export type TaskMark = 'right' | 'partly' | 'wrong' | 'waiting' | 'review' | 'returned' | 'untouched';

export function taskMark(state: TaskStateDto, waiting = false): TaskMark {
  if (state.solved) return 'right';
  if (waiting) return 'waiting';
  if (state.work === 'waiting') return 'review';
  if (state.work === 'returned') return 'returned';
  if (state.bestPoints > 0) return 'partly';
  return state.attempts.length > 0 ? 'wrong' : 'untouched';
}

/** The next task to solve: after this one, then from the beginning; null when every other is solved or with a teacher. */
export function nextUnsolved<T extends { id: string; state: TaskStateDto }>(tasks: T[], afterId: string): T | null {
  const here = tasks.findIndex((task) => task.id === afterId);
  const order = [...tasks.slice(here + 1), ...tasks.slice(0, Math.max(0, here))];
  return order.find(({ state }) => !state.solved && state.work !== 'waiting') ?? null;
}

/**
 * Of two states of one task the one that knows more. A topic asked for before an answer was counted may arrive after it, and a state that
 * came with an answer is older than a topic read later. Numbers would not tell: the list of attempts is cut at some length, and a mended key makes
 * wrong answers right.
 */
export function newerState(read: TaskStateDto, returned: TaskStateDto | undefined): TaskStateDto {
  return returned !== undefined && lastAttempt(returned) > lastAttempt(read) ? returned : read;
}

/** Ids of attempts only grow. */
function lastAttempt(state: TaskStateDto): bigint {
  return BigInt(state.attempts.at(-1)?.id ?? -1);
}
