import { createStore } from '#client/lib/store.ts';
import type { AnswerValue } from '#shared/answers/format.ts';
import type { WireError } from '#shared/errors.ts';
import type { ExamAnswerDto, RunningAttemptDto, SyncInput, SyncResult } from '#shared/exams.ts';
import type { AnswerBox, BoxTask } from './answer-box.ts';
import type { ExamClock } from './exam-clock.ts';
import {
  chosen,
  type KeptAnswer,
  merged,
  noteSent,
  rebased,
  type ShownAnswer,
  saved,
  shownAnswer,
  toSend,
  untouched,
  withMarks,
  withValue,
} from './kept-answer.ts';
import { storable } from './storable.ts';

export type SaveState =
  | 'saved'
  | 'saving'
  /** The server answers, but not with a yes. */
  | 'retrying'
  /** It was not reached: what is typed lies here. */
  | 'offline'
  | 'signed-out'
  /** Two devices changed one answer: a choice is due. */
  | 'choose';

export interface ExamView {
  answers: Readonly<Record<string, ShownAnswer>>;
  state: SaveState;
  deadlineAt: number | null;
  /** The server has said that the attempt is over. */
  over: boolean;
  /** What is typed would survive a reload. */
  durable: boolean;
}

export interface SaverOptions {
  tasks: BoxTask[];
  box: AnswerBox;
  clock: ExamClock;
  send: (input: SyncInput) => Promise<SyncResult>;
  /** The refusal the server named, or null where it was not reached. */
  refusal: (error: unknown) => WireError | null;
  /** One tab of this browser at a time. */
  inTurn: (work: () => Promise<void>) => Promise<void>;
  onSessionEnded: (blocked: boolean) => void;
}

/** After the last key; leaving a field or a task does not wait. */
const pause = 600;
const longestWait = 15_000;

/**
 * Takes what is typed in an exam to the server. A change is written down here first, then sent with everything else that waits, one request at a
 * time, again and again until the server has it. It lives as long as the tab, whatever page is open.
 */
export function createExamSaver(attempt: RunningAttemptDto, options: SaverOptions) {
  const { box, clock, tasks } = options;
  const taskIds = new Map(tasks.map((task) => [task.id, task]));
  const kept = new Map<string, KeptAnswer>();
  let { rev } = attempt;
  let deadlineAt = instant(attempt.deadlineAt);
  let over = false;
  let trouble: 'retrying' | 'offline' | 'signed-out' | null = null;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let flushing: Promise<void> | null = null;
  /** The answer under the person's hands: in the field that has the focus, and changed there. */
  let held: string | null = null;
  const view = createStore<ExamView>({ answers: {}, state: 'saved', deadlineAt, over, durable: true });

  function show(): void {
    const answers = Object.fromEntries([...kept].map(([taskId, answer]) => [taskId, shownAnswer(answer)]));
    view.set({ answers, state: stateNow(), deadlineAt, over, durable: box.durable() });
  }

  function stateNow(): SaveState {
    const all = [...kept.values()];
    const waits = all.some(({ change }) => change !== null);
    if (waits) return trouble ?? 'saving';
    return all.some(({ mine }) => mine !== null) ? 'choose' : 'saved';
  }

  function put(taskId: string, next: KeptAnswer): void {
    if (kept.get(taskId) === next) return;
    kept.set(taskId, next);
    // What only came from the server has no need of a place here, unless other tabs read it there.
    if (next.change || next.mine || box.has(taskId)) box.write(next);
  }

  function change(taskId: string, how: (before: KeptAnswer) => KeptAnswer, soon: number): void {
    const before = kept.get(taskId);
    if (!before || over) return;
    put(taskId, how(before));
    show();
    // A connection that is known to be bad has a pace of its own.
    if (trouble === null) plan(soon);
  }

  function plan(delay: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), delay);
  }

  async function exchange(): Promise<void> {
    // Another tab may have sent, or typed, while this one waited for its turn.
    for (const task of tasks) readBox(task);
    const sent = new Map<string, SyncInput['changes'][number]>();
    for (const [taskId, answer] of kept) {
      const going = toSend(answer);
      if (!going) continue;
      sent.set(taskId, going);
      put(taskId, noteSent(answer));
    }
    const askedAt = clock.stopwatch();
    const result = await options.send({ attemptId: attempt.id, since: rev, changes: [...sent.values()] });
    clock.set(result.now, askedAt);
    for (const task of tasks) readBox(task);
    take(result, sent);
  }

  function take(result: SyncResult, sent: Map<string, SyncInput['changes'][number]>): void {
    rev = Math.max(rev, result.rev);
    deadlineAt = instant(result.deadlineAt);
    for (const answer of result.changed) learn(answer);
    for (const { taskId, outcome } of result.outcomes) {
      const [before, going] = [kept.get(taskId), sent.get(taskId)];
      if (!before || !going) continue;
      if (outcome === 'saved') put(taskId, saved(before, going));
      else if (outcome === 'conflict') put(taskId, rebased(before));
      else if (outcome === 'unknown') put(taskId, { ...before, change: null, mine: null });
    }
    if (!result.running) end();
  }

  function learn(answer: ExamAnswerDto): void {
    const before = kept.get(answer.taskId);
    if (before) put(answer.taskId, merged(before, answer, held === answer.taskId));
  }

  /** What another tab has written down counts here too. */
  function readBox(task: BoxTask): void {
    const [before, stored] = [kept.get(task.id), box.read(task)];
    if (!before) kept.set(task.id, stored ?? untouched(task.id));
    if (!before || !stored || stored.answer.rev < before.answer.rev) return;
    if (JSON.stringify(before) !== JSON.stringify(stored)) kept.set(task.id, stored);
  }

  function end(): void {
    over = true;
    clearTimeout(timer);
  }

  function failed(error: unknown): void {
    const refusal = options.refusal(error);
    if (refusal?.code === 'EXAMS_OVER' || refusal?.code === 'EXAMS_NOT_FOUND') {
      end();
      return;
    }
    failures += 1;
    if (refusal?.code === 'AUTH_SESSION_REQUIRED' || refusal?.code === 'AUTH_BLOCKED') {
      trouble = 'signed-out';
      options.onSessionEnded(refusal.code === 'AUTH_BLOCKED');
      return;
    }
    trouble = refusal === null ? 'offline' : 'retrying';
    const asked = refusal?.code === 'AUTH_RATE_LIMITED' ? refusal.data.retryAfterSeconds * 1000 : 0;
    plan(Math.max(asked, Math.min(longestWait, 500 * 2 ** failures) * (0.75 + Math.random() / 2)));
  }

  /** Sends what waits and learns what is new, at once. A second call joins the first and is followed up where something is left. */
  function flush(): Promise<void> {
    if (over) return Promise.resolve();
    clearTimeout(timer);
    flushing ??= options
      .inTurn(exchange)
      .then(() => {
        trouble = null;
        failures = 0;
      }, failed)
      .finally(() => {
        flushing = null;
        show();
        if (trouble === null && !over && [...kept.values()].some((answer) => answer.change !== null)) plan(pause);
      });
    return flushing;
  }

  /** The attempt as the server has just told it whole. */
  function refresh(fresh: RunningAttemptDto): void {
    rev = Math.max(rev, fresh.rev);
    deadlineAt = instant(fresh.deadlineAt);
    for (const task of tasks) readBox(task);
    for (const answer of fresh.answers) learn(answer);
    show();
  }

  box.open(tasks);
  refresh(attempt);
  if ([...kept.values()].some((answer) => answer.change !== null)) plan(0);

  return {
    view,
    refresh,
    flush,
    type(taskId: string, value: AnswerValue): void {
      const format = taskIds.get(taskId)?.format;
      if (!format) return;
      held = taskId;
      change(taskId, (before) => withValue(before, storable(format, value)), pause);
    },
    /** The person has left the field: nothing is under their hands any more. */
    leave(): void {
      held = null;
      if (trouble === null && view.get().state === 'saving') plan(0);
    },
    flag: (taskId: string, flagged: boolean) => change(taskId, (before) => withMarks(before, { flagged }), 0),
    see(taskId: string): void {
      if (view.get().answers[taskId]?.seen === false) change(taskId, (before) => withMarks(before, { seen: true }), pause);
    },
    choose: (taskId: string, side: 'mine' | 'theirs') => change(taskId, (before) => chosen(before, side), 0),
    /** Another tab has written into the box. */
    heard(taskId: string | null): void {
      for (const task of tasks) if (taskId === null || task.id === taskId) readBox(task);
      show();
    },
  };
}

export type ExamSaver = ReturnType<typeof createExamSaver>;

function instant(at: string | null): number | null {
  return at === null ? null : Date.parse(at);
}
