import { useEffect, useState } from 'react';
import { sameAnswer, toAnswerFormat } from '#client/features/tasks/answers.ts';
import type { Submission } from '#client/features/tasks/submissions.ts';
import { dropDraft, useDraft } from '#client/features/tasks/use-draft.ts';
import { gradedVerdict, type Problem, pendingVerdict, problemVerdict, type VerdictView } from '#client/features/tasks/verdict.ts';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { usePersonId } from '#client/lib/person.ts';
import { useStudyText } from '#client/lib/study-text.ts';
import type { AnswerValue } from '#shared/answers/format.ts';
import { readAnswer } from '#shared/answers/read.ts';
import type { AnswerMistakeResult, MistakeDto } from '#shared/mistakes.ts';
import { useMistakeAnswers } from './use-mistake-answers.ts';
import { isTomorrow } from './view.ts';

type Sent = Submission<AnswerMistakeResult>;
type Graded = Extract<AnswerMistakeResult, { outcome: 'graded' }>;
interface Refused {
  problem: Problem;
  value: AnswerValue;
}

/** One mistake's answer: what stands in the field, what became of it, and how to give it. */
export function useMistake(mistake: MistakeDto, today: string) {
  const personId = usePersonId();
  const answers = useMistakeAnswers();
  const submission = answers.byTask.use()[mistake.taskId];
  // Of this return of the task: what was typed at another one is not put back.
  const draftKey = `mistake.${personId}.${mistake.taskId}.${mistake.dueOn}`;
  const draft = useDraft(draftKey, mistake.format, submission?.value);
  const settled = useSettled(submission);
  const [refused, setRefused] = useState<Refused | null>(null);
  const verdict = useVerdict(mistake, today, settled, refused);
  const result = settled?.phase === 'answered' ? settled.result : null;
  const graded = result?.outcome === 'graded' ? result : null;
  const right = graded?.verdict === 'right';
  useEffect(() => {
    if (right) dropDraft(draftKey);
  }, [right, draftKey]);
  const judged = refused?.value ?? settled?.value;
  const complaint = verdict?.state === 'wrong' || verdict?.state === 'format';
  return {
    value: draft.value,
    change: draft.change,
    sending: submission?.phase === 'sending',
    verdict,
    graded,
    right,
    /** The verdict is about what stands in the field now. */
    invalid: complaint && judged !== undefined && sameAnswer(judged, draft.value),
    problem: refused?.problem ?? (result?.outcome === 'malformed' ? result.problem : undefined),
    submit(): void {
      const reading = readAnswer(toAnswerFormat(mistake.format), draft.value);
      setRefused(reading.ok ? null : { problem: reading.problem, value: draft.value });
      if (reading.ok) answers.submit(mistake.taskId, draft.value);
    },
  };
}

/** The last one that has come to something: while the next is on its way, its verdict stays where it is. */
function useSettled(submission: Sent | undefined): Sent | undefined {
  const [settled, setSettled] = useState(submission);
  const next = submission?.phase === 'sending' ? settled : submission;
  if (next !== settled) setSettled(next);
  return next?.phase === 'sending' ? undefined : next;
}

function useVerdict(mistake: MistakeDto, today: string, settled: Sent | undefined, refused: Refused | null): VerdictView | null {
  const text = useText();
  const { mistakes } = useStudyText();
  const format = useFormat();
  const words = text.tasks;
  const comesBack = ({ nextOn }: Graded) => {
    if (nextOn === null) return mistakes.learnt;
    return isTomorrow(nextOn, today) ? mistakes.backTomorrow : mistakes.back(format.day(nextOn));
  };
  if (refused) return problemVerdict(refused.problem, mistake.format, refused.value, words);
  switch (settled?.phase) {
    case 'answered': {
      const { result, value } = settled;
      if (result.outcome === 'malformed') return problemVerdict(result.problem, mistake.format, value, words);
      const view = gradedVerdict(result, mistake, words);
      const after = result.verdict === 'wrong' ? `${comesBack(result)} ${mistakes.tryAgain}` : comesBack(result);
      return { ...view, text: `${view.text} ${after}`.trim() };
    }
    case 'waiting': {
      const reading = readAnswer(toAnswerFormat(mistake.format), settled.value);
      return pendingVerdict(reading.ok ? reading.understood : null, mistake.format, settled.for === 'session', words);
    }
    case 'refused':
      return { state: 'repeat', title: words.verdict.failed, text: errorText(settled.error, text, format) };
    default:
      return null;
  }
}
