import { createStore } from '#client/lib/store.ts';
import type { AnswerValue } from '#shared/answers/format.ts';
import type { WireError } from '#shared/errors.ts';
import type { SubmitResult, TaskStateDto } from '#shared/tasks.ts';
import { sameAnswer } from './answers.ts';
import type { Outbox, PendingAnswer } from './outbox.ts';
import { newerState } from './task-mark.ts';

/** What became of the last answer to a task, as far as this tab knows. */
export type Submission<R = SubmitResult> =
  | { phase: 'sending'; value: AnswerValue }
  /** Kept in the outbox: the server was not reached, or the session has ended. */
  | { phase: 'waiting'; value: AnswerValue; for: 'connection' | 'session' }
  | { phase: 'answered'; value: AnswerValue; result: R }
  | { phase: 'refused'; value: AnswerValue; error: unknown };

export interface SubmissionsOptions<R> {
  outbox: Outbox;
  send: (answer: PendingAnswer) => Promise<R>;
  /** The refusal the server named, or null when it was not reached. */
  refusal: (error: unknown) => WireError | null;
  /** Is the connection known to be gone? Then nothing is sent before `flush`. */
  isOffline: () => boolean;
  makeId: () => string;
  onAnswered: (taskId: string, result: R) => void;
  onSessionEnded: (blocked: boolean) => void;
}

export type Submissions<R extends Answered = SubmitResult> = ReturnType<typeof createSubmissions<R>>;

/** What an answer may bring along: the state of its task after it. */
interface Answered {
  outcome: string;
  state?: TaskStateDto;
}

/**
 * Answers of one person on their way to the server. An answer enters the outbox before the first attempt to send it and leaves it when the
 * server has answered; until then it is sent again under the same id, whoever asks: a click, the returned connection, the next visit.
 */
export function createSubmissions<R extends Answered = SubmitResult>(options: SubmissionsOptions<R>) {
  const { outbox } = options;
  const byTask = createStore<Readonly<Record<string, Submission<R>>>>(
    Object.fromEntries(outbox.list().map((answer): [string, Submission<R>] => [answer.taskId, waiting(answer)])),
  );
  const states = new Map<string, TaskStateDto>();
  let flushing: Promise<void> | null = null;

  function show(taskId: string, submission: Submission<R>): void {
    byTask.set({ ...byTask.get(), [taskId]: submission });
  }

  async function deliver(answer: PendingAnswer): Promise<'done' | 'unreachable'> {
    const { taskId, value } = answer;
    show(taskId, { phase: 'sending', value });
    try {
      const result = await options.send(answer);
      outbox.remove(answer.clientId);
      if (result.state) states.set(taskId, newerState(result.state, states.get(taskId)));
      show(taskId, { phase: 'answered', value, result });
      options.onAnswered(taskId, result);
      return 'done';
    } catch (error) {
      const refusal = options.refusal(error);
      if (refusal === null) {
        show(taskId, waiting(answer));
        return 'unreachable';
      }
      if (refusal.code === 'AUTH_SESSION_REQUIRED' || refusal.code === 'AUTH_BLOCKED') {
        show(taskId, { phase: 'waiting', value, for: 'session' });
        options.onSessionEnded(refusal.code === 'AUTH_BLOCKED');
        return 'unreachable';
      }
      // After a fault of the server nobody knows whether the answer was counted, so it stays with its id for the next attempt.
      if (refusal.code !== 'UNEXPECTED') outbox.remove(answer.clientId);
      show(taskId, { phase: 'refused', value, error });
      return 'done';
    }
  }

  async function deliverAll(): Promise<void> {
    for (const answer of outbox.list()) {
      if (byTask.get()[answer.taskId]?.phase === 'sending') continue;
      if ((await deliver(answer)) === 'unreachable') return;
    }
  }

  return {
    byTask,
    /** The state that came with the last answer of this task, where it is newer than the one read. */
    stateOf: (taskId: string, read: TaskStateDto) => newerState(read, states.get(taskId)),

    /** Does nothing while an answer to the same task is on its way: a double click is one answer. */
    submit(taskId: string, value: AnswerValue): void {
      if (byTask.get()[taskId]?.phase === 'sending') return;
      const kept = outbox.find(taskId);
      const answer = kept && sameAnswer(kept.value, value) ? kept : { taskId, clientId: options.makeId(), value };
      outbox.put(answer);
      if (options.isOffline()) show(taskId, waiting(answer));
      else void deliver(answer);
    },

    /** Sends what waits, one after another; a second call joins the first. */
    flush(): Promise<void> {
      flushing ??= deliverAll().finally(() => {
        flushing = null;
      });
      return flushing;
    },

    /** What has come to an end is not shown again: for pages where the same task is asked anew. */
    forgetAnswered(): void {
      byTask.set(Object.fromEntries(Object.entries(byTask.get()).filter(([, { phase }]) => phase === 'sending' || phase === 'waiting')));
    },

    /** Another tab has written to the outbox: what it took, or sent, is shown here too. */
    sync(): void {
      const next = { ...byTask.get() };
      const pending = outbox.list();
      for (const answer of pending) {
        if (next[answer.taskId]?.phase !== 'sending') next[answer.taskId] = waiting(answer);
      }
      for (const [taskId, submission] of Object.entries(next)) {
        if (submission.phase === 'waiting' && !pending.some((answer) => answer.taskId === taskId)) delete next[taskId];
      }
      byTask.set(next);
    },
  };
}

function waiting({ value }: PendingAnswer): { phase: 'waiting'; value: AnswerValue; for: 'connection' } {
  return { phase: 'waiting', value, for: 'connection' };
}
