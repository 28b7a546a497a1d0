import type { TaskStateDto } from '#shared/tasks.ts';

export interface TaskTerms {
  hint: string | null;
  hintAfter: number;
  hasSolution: boolean;
  solutionRule: 'always' | 'solved' | 'after';
  solutionAfter: number | null;
  chatAfter: number;
}

export interface TaskFacts {
  solved: boolean;
  wrongCount: number;
  /** A long answer was accepted, whatever it brought: nothing is left that the solution could give away. */
  graded?: boolean;
}

/** A hint is there after so many wrong answers, and for whoever has solved the task. */
export function hintIsOpen(terms: Pick<TaskTerms, 'hint' | 'hintAfter'>, facts: TaskFacts): boolean {
  return terms.hint !== null && (facts.solved || facts.wrongCount >= terms.hintAfter);
}

export function solutionState(
  terms: Pick<TaskTerms, 'hasSolution' | 'solutionRule' | 'solutionAfter'>,
  facts: TaskFacts,
): TaskStateDto['solution'] {
  if (!terms.hasSolution) return { state: 'none' };
  if (terms.solutionRule === 'always' || facts.solved || facts.graded) return { state: 'open' };
  if (terms.solutionRule === 'solved' || terms.solutionAfter === null) return { state: 'closed', wrongLeft: null };
  const wrongLeft = terms.solutionAfter - facts.wrongCount;
  return wrongLeft <= 0 ? { state: 'open' } : { state: 'closed', wrongLeft };
}

/** Wrong answers left until a teacher may be asked; 0 once it is open or no longer needed. */
export function chatLeft(chatAfter: number, facts: TaskFacts): number {
  return facts.solved ? 0 : Math.max(0, chatAfter - facts.wrongCount);
}
