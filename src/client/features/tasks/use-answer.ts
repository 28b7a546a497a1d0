import { useEffect, useState } from 'react';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { serverNow } from '#client/lib/now.ts';
import { usePersonId } from '#client/lib/person.ts';
import type { AnswerValue } from '#shared/answers/format.ts';
import { readAnswer } from '#shared/answers/read.ts';
import type { TaskDto } from '#shared/tasks.ts';
import { fromUnderstood, sameAnswer, toAnswerFormat } from './answers.ts';
import type { Submission } from './submissions.ts';
import { dropDraft, useDraft } from './use-draft.ts';
import { useSubmissions } from './use-submissions.ts';
import { gradedVerdict, type Problem, pendingVerdict, problemVerdict, resultVerdict, type VerdictView } from './verdict.ts';

/** One task's answer: what stands in the field, what became of it, and how to give it. */
export function useAnswer(task: TaskDto) {
  const personId = usePersonId();
  const submissions = useSubmissions();
  const submission = submissions.byTask.use()[task.id];
  const draftKey = `draft.${personId}.${task.id}`;
  const draft = useDraft(draftKey, task.format, submission?.value);
  const settled = useSettled(submission, () => lastAttempt(task, draft.value));
  const [refused, setRefused] = useState<{ problem: Problem; value: AnswerValue } | null>(null);
  const verdict = useVerdict(task, settled, refused);

  const { solved } = task.state;
  const solvedHere = isRight(settled);
  const rightAttempt = task.state.attempts.findLast((attempt) => attempt.verdict === 'right');
  useEffect(() => {
    if (solved) dropDraft(draftKey);
  }, [solved, draftKey]);

  // What was typed stays as it was typed; an answer given on another day or in another tab is put back as it was understood.
  const value = solved && !solvedHere && rightAttempt ? fromUnderstood(task.format, rightAttempt.understood) : draft.value;
  const judged = refused?.value ?? settled?.value;
  const complaint = verdict?.state === 'wrong' || verdict?.state === 'format';

  return {
    value,
    change: draft.change,
    sending: submission?.phase === 'sending',
    solved,
    verdict,
    /** The verdict is about what stands in the field now. */
    invalid: complaint && judged !== undefined && sameAnswer(judged, value),
    problem: refused?.problem ?? problemOf(settled),
    submit(): void {
      const reading = readAnswer(toAnswerFormat(task.format), value);
      setRefused(reading.ok ? null : { problem: reading.problem, value });
      if (reading.ok) submissions.submit(task.id, value);
    },
  };
}

/** The last submission that has come to something: while the next is on its way, its verdict stays where it is. */
function useSettled(submission: Submission | undefined, before: () => Submission | undefined): Submission | undefined {
  const [first] = useState(before);
  const [settled, setSettled] = useState(submission ?? first);
  const next = submission?.phase === 'sending' ? settled : (submission ?? first);
  if (next !== settled) setSettled(next);
  return next?.phase === 'sending' ? undefined : next;
}

function useVerdict(
  task: TaskDto,
  settled: Submission | undefined,
  refused: { problem: Problem; value: AnswerValue } | null,
): VerdictView | null {
  const text = useText();
  const format = useFormat();
  const words = text.tasks;
  if (task.state.solved && !isRight(settled)) return solvedVerdict(task, words);
  if (refused) return problemVerdict(refused.problem, task.format, refused.value, words);
  switch (settled?.phase) {
    case 'answered':
      return resultVerdict(settled.result, settled.value, task, words, (at) => {
        const today = format.daysAgo(at) === format.daysAgo(serverNow());
        return today ? words.verdict.atTime(format.time(at)) : format.daysAgo(at);
      });
    case 'waiting': {
      const reading = readAnswer(toAnswerFormat(task.format), settled.value);
      return pendingVerdict(reading.ok ? reading.understood : null, task.format, settled.for === 'session', words);
    }
    case 'refused':
      return { state: 'repeat', title: words.verdict.failed, text: errorText(settled.error, text, format) };
    default:
      return null;
  }
}

function solvedVerdict({ state, format }: TaskDto, words: Parameters<typeof gradedVerdict>[2]): VerdictView {
  const attempt = state.attempts.findLast(({ verdict }) => verdict === 'right');
  if (!attempt) return { state: 'right', title: words.verdict.right(state.bestPoints), text: '' };
  return gradedVerdict(attempt, { format }, words);
}

/** After a reload the field still holds the answer that was given last: then its verdict stands there again. */
function lastAttempt({ format, state }: TaskDto, typed: AnswerValue): Submission | undefined {
  const attempt = state.attempts.at(-1);
  const reading = readAnswer(toAnswerFormat(format), typed);
  if (!attempt || !reading.ok || reading.understood !== attempt.understood) return undefined;
  const { verdict, points, understood } = attempt;
  return { phase: 'answered', value: typed, result: { outcome: 'graded', verdict, points, understood, state } };
}

function isRight(submission: Submission | undefined): boolean {
  return submission?.phase === 'answered' && submission.result.outcome === 'graded' && submission.result.verdict === 'right';
}

function problemOf(submission: Submission | undefined): Problem | undefined {
  return submission?.phase === 'answered' && submission.result.outcome === 'malformed' ? submission.result.problem : undefined;
}
