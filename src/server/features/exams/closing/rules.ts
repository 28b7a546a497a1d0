import { checkAnswer, type Verdict } from '#shared/answers/check.ts';
import type { AnswerValue } from '#shared/answers/format.ts';
import type { AnswerSpec } from '#shared/answers/spec.ts';

export interface Grade {
  understood: string | null;
  /** Null: no answer, or nothing that can be read as one. */
  verdict: Verdict | null;
  points: number;
  maxPoints: number;
}

/** What an answer of an exam is worth. In an exam nobody is asked to type again: what is no answer earns nothing. */
export function gradeOf(task: { spec: AnswerSpec; points: number }, given: AnswerValue | null): Grade {
  const maxPoints = task.points;
  const checked = given === null ? null : checkAnswer(task.spec, task.points, given);
  if (!checked?.graded) return { understood: null, verdict: null, points: 0, maxPoints };
  const { understood, verdict, points } = checked;
  return { understood, verdict, points, maxPoints };
}
