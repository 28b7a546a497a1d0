import type { VerdictState } from '#client/ui/verdict.tsx';
import type { AnswerValue } from '#shared/answers/format.ts';
import type { Catalogue } from '#shared/i18n/catalogue.ts';
import type { AnswerFormatDto, SubmitResult } from '#shared/tasks.ts';
import { showUnderstood } from './answers.ts';

/** What the verdict's place says: one of six states, a title, a sentence. */
export interface VerdictView {
  state: VerdictState;
  title: string;
  text: string;
}

/** Why an answer was not counted, found here or by the server. */
export interface Problem {
  code: string;
  needed?: number;
  given?: number;
  row?: number;
  col?: number;
}

type Text = Catalogue['tasks'];

/** A table of answers is not repeated in full: it stands right above. */
const longestEcho = 80;

export function understoodText(format: AnswerFormatDto, understood: string, text: Text): string {
  const shown = showUnderstood(format, understood);
  if (shown.length > longestEcho) return '';
  return format.kind === 'choice' || format.kind === 'choices' ? text.verdict.chosen(shown) : text.verdict.understood(shown);
}

/** A counted answer. Without `points` (the public task) only the word is said. */
export function gradedVerdict(
  graded: { verdict: 'right' | 'partly' | 'wrong'; understood: string; points?: number },
  task: { format: AnswerFormatDto; points?: number },
  text: Text,
): VerdictView {
  const { verdict, points } = graded;
  const understood = understoodText(task.format, graded.understood, text);
  switch (verdict) {
    case 'right':
      return { state: 'right', title: points === undefined ? text.verdict.rightPlain : text.verdict.right(points), text: understood };
    case 'partly': {
      const counted = points !== undefined && task.points !== undefined;
      const title = counted ? text.verdict.partly(points, task.points ?? points) : text.verdict.partlyPlain;
      return { state: 'partly', title, text: `${understood} ${text.verdict.canMend}`.trim() };
    }
    case 'wrong':
      return { state: 'wrong', title: text.verdict.wrong, text: understood };
  }
}

export function problemVerdict(problem: Problem, format: AnswerFormatDto, value: AnswerValue, text: Text): VerdictView {
  const { title, text: words } = problemWords(problem, format, value, text);
  return { state: 'format', title, text: words };
}

function problemWords(
  problem: Problem,
  format: AnswerFormatDto,
  value: AnswerValue,
  { problem: text }: Text,
): { title: string; text: string } {
  switch (problem.code) {
    case 'empty':
      return { title: format.kind === 'choice' || format.kind === 'choices' ? text.emptyChoice : text.empty, text: text.notSpent };
    case 'not-a-number':
      return { title: text.number, text: text.notSpent };
    case 'length': {
      const digitsOnly = typeof value === 'string' && /^[\d\s,.;]*$/.test(value);
      return { title: (digitsOnly ? text.digits : text.symbols)(problem.needed ?? 0), text: text.given(problem.given ?? 0) };
    }
    case 'repeated-symbols':
      return { title: text.repeated, text: text.repeatedText };
    case 'cell-not-a-number':
      return { title: text.cell((problem.row ?? 0) + 1, (problem.col ?? 0) + 1), text: text.notSpent };
    case 'too-long':
      return { title: text.tooLong, text: text.notSpent };
    default:
      return { title: text.unreadable, text: text.unreadableText };
  }
}

/** `when` says how long ago the same answer was checked: «в 18:50», «вчера». */
export function resultVerdict(
  result: SubmitResult,
  value: AnswerValue,
  task: { format: AnswerFormatDto; points: number },
  text: Text,
  when: (at: string) => string,
): VerdictView {
  switch (result.outcome) {
    case 'graded':
      return gradedVerdict(result, task, text);
    case 'malformed':
      return problemVerdict(result.problem, task.format, value, text);
    case 'repeat': {
      const shown = showUnderstood(task.format, result.understood);
      const words = { right: text.verdict.repeatRight, partly: text.verdict.repeatPartly, wrong: text.verdict.repeatWrong }[result.verdict];
      const echo = shown.length <= longestEcho ? words(shown, when(result.at)) : text.problem.notSpent;
      return { state: 'repeat', title: text.verdict.repeat, text: echo };
    }
  }
}

/** An answer that waits on this device; `understood` is our own reading of it, where it could be read. */
export function pendingVerdict(understood: string | null, format: AnswerFormatDto, forSession: boolean, text: Text): VerdictView {
  if (forSession) return { state: 'pending', title: text.verdict.session, text: text.verdict.sessionText };
  const short = understood !== null && format.kind !== 'choice' && format.kind !== 'choices' && understood.length <= longestEcho;
  return {
    state: 'pending',
    title: text.verdict.pending,
    text: short ? text.verdict.pendingText(understood) : text.verdict.pendingTextLong,
  };
}
