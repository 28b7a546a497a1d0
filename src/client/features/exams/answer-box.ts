import { fits } from '#client/features/tasks/answers.ts';
import type { AnswerFormatDto } from '#shared/tasks.ts';
import { isBlank, type KeptAnswer, shownAnswer } from './kept-answer.ts';

interface Memory {
  read(key: string): string | null;
  write(key: string, value: string | null): void;
}

export interface BoxTask {
  id: string;
  /** What the task is called in the exam: a number. */
  label: string;
  format: AnswerFormatDto;
}

/** An answer that did not reach the server in time. */
export interface LostAnswer {
  label: string;
  value: NonNullable<KeptAnswer['answer']['value']>;
}

/**
 * Answers of one attempt on this device. Every change is written down here before anything is sent. An entry for each task: tabs write side by
 * side, and one list would lose what another tab has just written.
 */
export function createAnswerBox(memory: Memory, personId: string, attemptId: string) {
  const index = `exam.${personId}.${attemptId}`;
  const keyOf = (taskId: string) => `${index}.${taskId}`;
  // What could not be stored (a full or forbidden storage) lives at least as long as the tab.
  const unstored = new Map<string, KeptAnswer>();

  function read(task: Pick<BoxTask, 'id' | 'format'>): KeptAnswer | null {
    return unstored.get(task.id) ?? parse(memory.read(keyOf(task.id)), task);
  }

  return {
    read,

    /** Has anything of this task been written down? */
    has: (taskId: string) => unstored.has(taskId) || memory.read(keyOf(taskId)) !== null,

    write(kept: KeptAnswer): void {
      const { taskId } = kept.answer;
      const text = JSON.stringify(kept);
      memory.write(keyOf(taskId), text);
      if (memory.read(keyOf(taskId)) === text) unstored.delete(taskId);
      else unstored.set(taskId, kept);
    },

    /** Would it all still be here after a reload? */
    durable: () => unstored.size === 0,

    /** Notes what the attempt consists of, so that what is left over can be named when the server no longer says. */
    open(tasks: BoxTask[]): void {
      memory.write(index, JSON.stringify(tasks.map(({ id, label, format }) => ({ id, label, format: namedFormat(format) }))));
    },

    /** Which task another tab has written, by the key of its entry. */
    taskOf: (key: string): string | null => key.match(`${index}\\.(.+)$`)?.[1] ?? null,

    /** What never reached the server, of an attempt that is over. */
    lost(): LostAnswer[] {
      return readIndex(memory.read(index)).flatMap((task) => {
        const kept = read(task);
        if (!kept) return [];
        const { value, theirs } = shownAnswer(kept);
        const changed = kept.change?.value !== undefined || theirs !== null;
        return changed && value !== null && !isBlank(value) ? [{ label: task.label, value }] : [];
      });
    },

    clear(): void {
      for (const { id } of readIndex(memory.read(index))) memory.write(keyOf(id), null);
      memory.write(index, null);
      unstored.clear();
    },
  };
}

export type AnswerBox = ReturnType<typeof createAnswerBox>;

/** Options' texts are the task's and may be long; here their ids are enough. */
function namedFormat(format: AnswerFormatDto): AnswerFormatDto {
  if (format.kind === 'long') return { kind: 'long', criteria: [] };
  if (format.kind !== 'choice' && format.kind !== 'choices') return format;
  return { kind: format.kind, options: format.options.map(({ id }) => ({ id, html: '' })) };
}

function readIndex(stored: string | null): BoxTask[] {
  const list: unknown = json(stored);
  return Array.isArray(list) ? list.filter(isBoxTask) : [];
}

function isBoxTask(item: unknown): item is BoxTask {
  if (typeof item !== 'object' || item === null) return false;
  const { id, label, format } = item as Partial<Record<keyof BoxTask, unknown>>;
  return typeof id === 'string' && typeof label === 'string' && typeof format === 'object' && format !== null && 'kind' in format;
}

function parse(stored: string | null, { id, format }: Pick<BoxTask, 'id' | 'format'>): KeptAnswer | null {
  const kept = json(stored);
  if (!isKept(kept) || kept.answer.taskId !== id) return null;
  const values = [kept.answer.value, kept.change?.value, kept.mine?.value];
  return values.every((value) => value === null || value === undefined || fits(format, value)) ? kept : null;
}

function isKept(item: unknown): item is KeptAnswer {
  if (typeof item !== 'object' || item === null) return false;
  const { answer, change, mine } = item as Partial<Record<keyof KeptAnswer, unknown>>;
  return (
    has(answer, { taskId: 'string', rev: 'number', flagged: 'boolean', seen: 'boolean' }) &&
    (change === null || (has(change, { baseRev: 'number' }) && 'sent' in change && Array.isArray(change.sent))) &&
    (mine === null || has(mine, {}))
  );
}

function has(item: unknown, shape: Record<string, string>): item is object {
  return typeof item === 'object' && item !== null && Object.entries(shape).every(([key, type]) => typeof Reflect.get(item, key) === type);
}

function json(stored: string | null): unknown {
  try {
    return stored === null ? null : JSON.parse(stored);
  } catch {
    return null;
  }
}
