import { mistakeDays } from '#shared/mistake-rules.ts';
import { addDays } from '../rules.ts';

/** An answer with its instant and the calendar day it was in the student's zone. */
export interface AnsweredAt {
  at: number;
  on: string;
}

/** Where a task stands: which return is next and on which day. */
export interface Rung {
  step: number;
  dueOn: string;
}

/**
 * The ladder of one task. The last answer that was not right sets it to the first rung; from there every right answer on the page of mistakes, given
 * when the task was due, leads one rung up. Null: all of it was climbed.
 * @param wrong counted answers that were not right; none: the task is on no ladder
 * @param answers those of the page of mistakes
 */
export function rungOf(wrong: readonly AnsweredAt[], answers: readonly (AnsweredAt & { right: boolean })[]): Rung | null {
  const falls = [...wrong, ...answers.filter(({ right }) => !right)].sort((a, b) => b.at - a.at || (a.on < b.on ? 1 : -1));
  const fall = falls[0];
  if (!fall || wrong.length === 0) return null;
  let rung: Rung | null = { step: 1, dueOn: addDays(fall.on, mistakeDays[0]) };
  // By day and not by instant: on a journey westward the days run back.
  const rights = answers.filter(({ right, at }) => right && at > fall.at).sort((a, b) => (a.on < b.on ? -1 : 1));
  for (const { on } of rights) rung = rung && afterAnswer(rung, 'right', on);
  return rung;
}

/** Where a task stands after an answer on the page of mistakes; null: it has been learnt. A right answer before its day changes nothing. */
export function afterAnswer(rung: Rung, verdict: 'right' | 'partly' | 'wrong', today: string): Rung | null {
  if (verdict !== 'right') return { step: 1, dueOn: addDays(today, mistakeDays[0]) };
  if (today < rung.dueOn) return rung;
  const days = mistakeDays[rung.step];
  return days === undefined ? null : { step: rung.step + 1, dueOn: addDays(today, days) };
}

/** How much of what is due belongs to today: a day has its portion. */
export function portionOf(dueTotal: number, doneToday: number, aDay: number): number {
  return Math.min(dueTotal, Math.max(0, aDay - doneToday));
}

/** The next day on which something is to be done; null while there is something now, or nothing at all. */
export function nextDay(
  { portion, dueTotal, laterOn }: { portion: number; dueTotal: number; laterOn: string | null },
  today: string,
): string | null {
  if (portion > 0) return null;
  return dueTotal > 0 ? addDays(today, 1) : laterOn;
}
