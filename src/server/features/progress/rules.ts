import type { StreakDto } from '#shared/progress.ts';

const dayMs = 86_400_000;

/** Calendar days are plain dates here: no zone can touch them. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

export function mondayOf(day: string): string {
  return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
}

/**
 * The streak: days in a row with at least one solved task. It lives while yesterday counts, so that an evening person does not lose it in the
 * morning.
 * @param days calendar days of the student's own zone on which something was solved, in any order
 * @param today in the same zone
 */
export function streakOf(days: readonly string[], today: string): StreakDto {
  const counted = new Set(days);
  let best = 0;
  for (const day of counted) {
    if (counted.has(addDays(day, -1))) continue;
    let length = 1;
    while (counted.has(addDays(day, length))) length++;
    best = Math.max(best, length);
  }
  const todayCounted = counted.has(today);
  let now = 0;
  for (let day = todayCounted ? today : addDays(today, -1); counted.has(day); day = addDays(day, -1)) now++;
  const monday = mondayOf(today);
  const week = Array.from({ length: 7 }, (_, index) => {
    const on = addDays(monday, index);
    return { on, counted: counted.has(on), today: on === today, future: on > today };
  });
  return { now, best, todayCounted, week };
}
