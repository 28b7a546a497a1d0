import type { EarlyDto } from '#shared/curriculum.ts';
import { AppError } from '#shared/errors.ts';
import type { StudentHitDto } from '#shared/students.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import { forModerators } from '../access.ts';

/**
 * Whom a topic was opened to early.
 * @throws AppError TOPICS_NOT_FOUND
 */
export async function listEarly(app: App, actor: PersonActor, { id }: { id: string }): Promise<EarlyDto[]> {
  forModerators(actor);
  const topic = await app.db.topic.findUnique({ where: { id, deletedAt: null }, select: { id: true } });
  if (!topic) throw new AppError('TOPICS_NOT_FOUND');
  const rows = await app.db.$queryRaw<(StudentHitDto & { openedAt: Date; visited: boolean })[]>`
    SELECT p.id, p.first_name AS "firstName", p.last_name AS "lastName", p.email, o.opened_at AS "openedAt",
      EXISTS (SELECT 1 FROM topic_visit v WHERE v.person_id = p.id AND v.topic_id = o.topic_id) AS visited
    FROM topic_opening o JOIN person p ON p.id = o.person_id WHERE o.topic_id = ${id}::uuid ORDER BY o.opened_at DESC, p.id LIMIT 200`;
  return rows.map(({ openedAt, ...row }) => ({ ...row, openedAt: openedAt.toISOString() }));
}
