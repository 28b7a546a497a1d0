import type { ActivityDto, WeekDto } from '#shared/statistics.ts';
import { addDays, mondayOf } from '../rules.ts';

/** So many tasks were first solved on that day. */
export interface SolvedDay {
  on: string;
  solved: number;
}

const yearDays = 52 * 7;
const shownWeeks = 12;

/** The first day of the year shown: the Monday 52 weeks before this week's. */
export const yearFrom = (today: string) => addDays(mondayOf(today), -yearDays);

/** A day ahead, after a flight to the west, is shown when it comes. */
export function activityOf(days: readonly SolvedDay[], today: string): ActivityDto {
  const from = yearFrom(today);
  const shown = days.filter(({ on, solved }) => solved > 0 && on >= from && on <= today);
  return { today, from, days: shown.toSorted((a, b) => (a.on < b.on ? -1 : 1)), solved: sum(shown) };
}

/** The last twelve weeks with this one, oldest first. */
export function weeksOf(days: readonly SolvedDay[], today: string): WeekDto[] {
  const current = mondayOf(today);
  return Array.from({ length: shownWeeks }, (_, index) => {
    const from = addDays(current, (index - shownWeeks + 1) * 7);
    const next = addDays(from, 7);
    return { from, solved: sum(days.filter(({ on }) => on >= from && on < next && on <= today)), current: from === current };
  });
}

/** Tasks solved within so many days, today being the last of them. */
export function solvedWithin(days: readonly SolvedDay[], today: string, span: number): number {
  return sum(within(days, today, span));
}

/** Days on which something was solved. */
export function activeWithin(days: readonly SolvedDay[], today: string, span: number): number {
  return within(days, today, span).length;
}

function within(days: readonly SolvedDay[], today: string, span: number): SolvedDay[] {
  const from = addDays(today, 1 - span);
  return days.filter(({ on, solved }) => solved > 0 && on >= from && on <= today);
}

function sum(days: readonly SolvedDay[]): number {
  return days.reduce((total, { solved }) => total + solved, 0);
}
