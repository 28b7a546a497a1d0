import type { App, PersonActor } from '../../../platform/app.ts';
import { firstSolved } from '../counting.ts';
import { addDays } from '../rules.ts';

export interface WeekDayCount {
  on: string;
  /** Tasks first solved that day, over all courses: as in the profile. */
  solved: number;
  /** Of these, without a wrong answer before. */
  right: number;
}

/** The seven days from a Monday on, each with what was solved. One statement. */
export async function getWeek(app: App, student: Pick<PersonActor, 'id'>, monday: string): Promise<WeekDayCount[]> {
  const { rows } = await app.pool.query<WeekDayCount>({
    name: 'week-days',
    text: `SELECT to_char(f.solved_on, 'YYYY-MM-DD') AS "on", count(*)::int AS solved, (count(*) FILTER (WHERE p.wrong_count = 0))::int AS right
      FROM (${firstSolved('s.person_id = $1')}) f LEFT JOIN task_progress p ON p.person_id = f.person_id AND p.task_id = f.task_id
      WHERE f.solved_on BETWEEN $2::date AND $3::date GROUP BY f.solved_on`,
    values: [student.id, monday, addDays(monday, 6)],
  });
  const byDay = new Map(rows.map((row) => [row.on, row]));
  return Array.from({ length: 7 }, (_, index) => {
    const on = addDays(monday, index);
    return byDay.get(on) ?? { on, solved: 0, right: 0 };
  });
}
