import { addDays } from '../../progress/rules.ts';

/** Monday, ten o’clock, by the student’s own clock. */
const hour = 10;
/** A school that was down tells of the week until Tuesday is over: later it would be no news. */
const lastDay = 1;

/**
 * The Monday whose statistics are due where a clock shows this; null: none.
 * @param day calendar day there
 * @param minute of that day
 */
export function mondayDue(day: string, minute: number): string | null {
  const since = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  if (since > lastDay || (since === 0 && minute < hour * 60)) return null;
  return addDays(day, -since);
}

/** A student who does nothing for so many days hears of it once more, and then of no week until they are back. */
export const idleDays = 28;
