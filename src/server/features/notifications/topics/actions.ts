import { Prisma } from '#prisma/generated/client.ts';
import type { App } from '../../../platform/app.ts';
import type { Tx } from '../../../platform/db.ts';
import { topicIsShown } from '../../courses/visible.ts';
import { addNotice } from '../enqueue.ts';

/** A school that was down for longer tells of nothing old. */
const toldWithinMs = 24 * 3_600_000;
/** A course may have tens of thousands of students: what is cut off in the middle would be begun anew every minute and told to nobody. */
const patienceMs = 60_000;

/**
 * Tells the students of a course that a topic has opened: once for each topic, however often its date moves afterwards. Whoever has been in it, or had
 * it early, knows already. A topic that is published behind its date opens by that.
 * @returns how many topics
 */
export async function tellOpenedTopics(app: App): Promise<number> {
  const now = app.clock.now();
  const { rows } = await app.pool.query<{ id: string; course_id: string }>({
    name: 'notices-opened-topics',
    text: `SELECT t.id, t.course_id FROM topic t JOIN course c ON c.id = t.course_id
      WHERE ${topicIsShown} AND t.opens_at <= $1 AND greatest(t.opens_at, t.published_at) > $2
        AND NOT EXISTS (SELECT FROM notice n WHERE n.kind = 'topic' AND n.about = t.id::text)
      ORDER BY t.opens_at, t.id`,
    values: [now, new Date(now.getTime() - toldWithinMs)],
  });
  for (const { id, course_id } of rows) {
    const people = Prisma.sql`SELECT e.person_id FROM enrolment e JOIN person s ON s.id = e.person_id AND s.role = 'student'
      WHERE e.course_id = ${course_id}::uuid
        AND NOT EXISTS (SELECT FROM topic_visit v WHERE v.person_id = e.person_id AND v.topic_id = ${id}::uuid)
        AND NOT EXISTS (SELECT FROM topic_opening o WHERE o.person_id = e.person_id AND o.topic_id = ${id}::uuid)`;
    await app.db.$transaction((tx) => addNotice(app, tx, { kind: 'topic', about: id, data: { topicId: id }, bulk: true }, people), {
      timeout: patienceMs,
    });
  }
  return rows.length;
}

/** A step of opening a topic early for one student. */
export async function tellOpenedEarly(app: App, tx: Tx, { personId, topicId }: { personId: string; topicId: string }): Promise<void> {
  const people = Prisma.sql`SELECT ${personId}::uuid AS person_id`;
  await addNotice(app, tx, { kind: 'topic', about: `${topicId}:${personId}`, data: { topicId } }, people);
}
