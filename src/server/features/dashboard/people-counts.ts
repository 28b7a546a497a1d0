import { chartDays, type DashboardDto } from '#shared/dashboard.ts';
import type { App } from '../../platform/app.ts';
import { dayIn } from '../../platform/clock.ts';

export type PeopleCounts = Pick<DashboardDto, 'registrations' | 'active'>;

/** Registrations by day of the school's calendar, and who was active. Two statements, each over its own index. */
export async function countPeople(app: App, now: Date): Promise<PeopleCounts> {
  const zone = app.config.schoolTimeZone;
  const today = dayIn(zone, now);
  const { pool } = app;
  const [days, active] = await Promise.all([
    pool.query<{ on: string; count: number }>(
      `SELECT to_char(day, 'YYYY-MM-DD') AS on, coalesce(n, 0)::int AS count
      FROM generate_series($1::date - ${chartDays - 1}, $1::date, interval '1 day') day LEFT JOIN (
        SELECT (p.registered_at AT TIME ZONE $2)::date AS at, count(*) AS n FROM person p
        WHERE p.role = 'student' AND p.registered_at >= (($1::date - ${chartDays - 1})::timestamp AT TIME ZONE $2) GROUP BY 1
      ) registered ON registered.at = day::date ORDER BY day`,
      [today, zone],
    ),
    pool.query<{ day: number; week: number; month: number; total: number }>(
      `SELECT (count(*) FILTER (WHERE p.last_active_at > $1::timestamptz - interval '1 day'))::int AS day,
        (count(*) FILTER (WHERE p.last_active_at > $1::timestamptz - interval '7 days'))::int AS week,
        count(*)::int AS month, (SELECT count(*)::int FROM person s WHERE s.role = 'student') AS total
      FROM person p WHERE p.role = 'student' AND p.last_active_at > $1::timestamptz - interval '30 days'`,
      [now],
    ),
  ]);
  const sum = (last: number) => days.rows.slice(-last).reduce((total, { count }) => total + count, 0);
  const { total = 0, ...counts } = active.rows[0] ?? { day: 0, week: 0, month: 0 };
  return {
    registrations: { days: days.rows, today: sum(1), week: sum(7), month: sum(chartDays), total },
    active: counts,
  };
}
