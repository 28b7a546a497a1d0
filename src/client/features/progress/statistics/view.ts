import type { ActivityDto } from '#shared/statistics.ts';

const dayMs = 86_400_000;

export const addDays = (day: string, days: number) => new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

export type Level = 0 | 1 | 2 | 3 | 4;

/**
 * Steps of the heat-map: quarters of a busy day of this student. One day of a marathon must not make all others pale, so the busiest tenth of the days
 * is all «more».
 */
export function levelsOf(days: ActivityDto['days']): (solved: number) => Level {
  const counts = days.map(({ solved }) => solved).sort((a, b) => a - b);
  const busy = Math.max(4, counts[Math.floor(counts.length * 0.9)] ?? 0);
  return (solved) => {
    if (solved <= 0) return 0;
    const quarter = Math.ceil((4 * solved) / busy);
    return quarter <= 1 ? 1 : quarter === 2 ? 2 : quarter === 3 ? 3 : 4;
  };
}

export interface ActivitySummary {
  /** The day with the most solved tasks; the last of them, where there are several. */
  most: { on: string; solved: number };
  /** The longest run of days within the year; the last of them, where there are several. */
  run: { from: string; to: string; days: number };
}

/** What a reader would look for in the map. Null for an empty year. */
export function summaryOf(days: ActivityDto['days']): ActivitySummary | null {
  const [first] = days;
  if (!first) return null;
  let most = first;
  let run = { from: first.on, to: first.on, days: 1 };
  let current = run;
  for (const day of days.slice(1)) {
    if (day.solved >= most.solved) most = day;
    current =
      addDays(current.to, 1) === day.on ? { ...current, to: day.on, days: current.days + 1 } : { from: day.on, to: day.on, days: 1 };
    if (current.days >= run.days) run = current;
  }
  return { most, run };
}

const steps: Record<string, number> = { ArrowUp: -1, ArrowDown: 1, ArrowLeft: -7, ArrowRight: 7 };

/** The day to which a key leads from another; null for keys that lead nowhere. */
export function dayByKey(key: string, day: string, { from, today }: Pick<ActivityDto, 'from' | 'today'>): string | null {
  if (key === 'Home') return from;
  if (key === 'End') return today;
  const step = steps[key];
  if (step === undefined) return null;
  const to = addDays(day, step);
  return to < from || to > today ? day : to;
}

/** Column and row of a day, counted from the first one, which is a Monday. */
export function placeOf(day: string, from: string): { week: number; weekday: number } {
  const days = Math.round((Date.parse(day) - Date.parse(from)) / dayMs);
  return { week: Math.floor(days / 7), weekday: days % 7 };
}
