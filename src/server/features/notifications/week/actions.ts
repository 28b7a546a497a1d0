import { Prisma } from '#prisma/generated/client.ts';
import type { App } from '../../../platform/app.ts';
import { dayIn } from '../../../platform/clock.ts';
import { addNotice } from '../enqueue.ts';
import { idleDays, mondayDue } from './rules.ts';

/**
 * Tells every student of their week where it is Monday, ten o’clock, and they have not been told yet. Whoever has never answered anything has no week;
 * who has been idle for four weeks is told once. Safe at any time and in any number of processes.
 */
export async function tellOfWeek(app: App): Promise<void> {
  const now = app.clock.now();
  const { rows } = await app.pool.query<{ time_zone: string }>({
    name: 'notices-zones',
    text: `SELECT DISTINCT time_zone FROM person WHERE role = 'student'`,
  });
  const due = new Map<string, string[]>();
  for (const { time_zone: zone } of rows) {
    const monday = mondayDue(dayIn(zone, now), minuteIn(zone, now));
    if (monday !== null) due.set(monday, [...(due.get(monday) ?? []), zone]);
  }
  for (const [monday, zones] of due) await tell(app, monday, zones);
}

async function tell(app: App, monday: string, zones: string[]): Promise<void> {
  const people = Prisma.sql`SELECT p.id AS person_id FROM person p
    WHERE p.role = 'student' AND p.time_zone = ANY(${zones}) AND p.blocked_at IS NULL AND p.last_active_at IS NOT NULL
      AND p.registered_at < ${`${monday}T00:00:00Z`}::timestamptz AND EXISTS (SELECT FROM enrolment e WHERE e.person_id = p.id)
      AND NOT EXISTS (SELECT FROM notice n JOIN delivery d ON d.notice_id = n.id WHERE n.kind = 'week' AND n.about = ${monday} AND d.person_id = p.id)
      AND (p.last_active_at >= ${app.clock.now()}::timestamptz - make_interval(days => ${idleDays}::int)
        OR NOT EXISTS (SELECT FROM delivery d JOIN notice n ON n.id = d.notice_id
          WHERE d.person_id = p.id AND n.kind = 'week' AND n.created_at >= p.last_active_at + make_interval(days => ${idleDays}::int)))`;
  await app.db.$transaction((tx) => addNotice(app, tx, { kind: 'week', about: monday, data: { monday }, bulk: true }, people), {
    timeout: 60_000,
  });
}

function minuteIn(zone: string, at: Date): number {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(
    at,
  );
  const value = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  return value('hour') * 60 + value('minute');
}
