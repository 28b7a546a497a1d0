import type { QuestionProblem } from '#shared/transfer.ts';

/** Ends the making of a task out of one question; caught where it began. */
export class NoCounterpart extends Error {
  readonly problem: QuestionProblem;

  constructor(problem: QuestionProblem) {
    super(problem.code);
    this.problem = problem;
  }
}
