import { refusalOf } from '#client/lib/errors.ts';
import { deviceMemory } from '#client/lib/memory.ts';
import { usePersonId } from '#client/lib/person.ts';
import { accountBlocked, sessionEnded } from '#client/lib/session.ts';
import { trpc } from '#client/lib/trpc.ts';
import type { RunningAttemptDto } from '#shared/exams.ts';
import { type AnswerBox, createAnswerBox } from './answer-box.ts';
import { createExamClock, type ExamClock } from './exam-clock.ts';
import { labelsOf } from './exam-labels.ts';
import { createExamSaver, type ExamSaver } from './exam-saver.ts';

type Client = ReturnType<typeof trpc.useUtils>['client'];

export interface ExamSession {
  saver: ExamSaver;
  clock: ExamClock;
}

/** How long one tab waits for another one's request before it goes by itself. */
const turnWithin = 4000;

/** One for each attempt of this tab, for as long as the tab lives: what was typed goes on its way whatever page is open by then. */
const sessions = new Map<string, ExamSession>();

/** The desk of a running attempt. `answeredAt`: when it came, by `performance.now()`. */
export function useExamSession(attempt: RunningAttemptDto, answeredAt: number): ExamSession {
  const personId = usePersonId();
  const { client } = trpc.useUtils();
  const key = `${personId} ${attempt.id}`;
  const known = sessions.get(key);
  if (known) return known;
  const opened = open(attempt, answeredAt, personId, client);
  sessions.set(key, opened);
  return opened;
}

/** What this device still holds of an attempt, running or over. */
export function useAnswerBox(attemptId: string): AnswerBox {
  return createAnswerBox(deviceMemory, usePersonId(), attemptId);
}

/** Something of the attempt was changed past its desk: where it is open in this tab, it asks the server at once. */
export function syncSession(personId: string, attemptId: string): void {
  void sessions.get(`${personId} ${attemptId}`)?.saver.flush();
}

function open(attempt: RunningAttemptDto, answeredAt: number, personId: string, client: Client): ExamSession {
  const clock = createExamClock();
  clock.set(attempt.now, answeredAt, answeredAt);
  const box = createAnswerBox(deviceMemory, personId, attempt.id);
  const labels = labelsOf(attempt.tasks);
  const saver = createExamSaver(attempt, {
    tasks: attempt.tasks.map(({ id, format }, at) => ({ id, format, label: labels[at] ?? '' })),
    box,
    clock,
    send: (input) => client.exams.sync.mutate(input),
    refusal: refusalOf,
    inTurn: (work) => inTurn(`exam ${attempt.id}`, work),
    onSessionEnded(blocked) {
      accountBlocked.set(blocked);
      sessionEnded.set(true);
    },
  });
  window.addEventListener('storage', (event) => {
    const taskId = event.key === null ? null : box.taskOf(event.key);
    if (event.key === null || taskId !== null) saver.heard(taskId);
  });
  return { saver, clock };
}

/** Tabs send one after another, so that what one has typed meanwhile goes out once and upon the right answer. Without HTTPS there are no locks. */
async function inTurn(name: string, work: () => Promise<void>): Promise<void> {
  if (!('locks' in navigator)) return work();
  let mine = false;
  try {
    await navigator.locks.request(name, { signal: AbortSignal.timeout(turnWithin) }, () => {
      mine = true;
      return work();
    });
  } catch (error) {
    if (mine) throw error;
    await work();
  }
}
