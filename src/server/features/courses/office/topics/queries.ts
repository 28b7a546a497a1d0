import { type EarlyDto, type StudentHitDto, studentHits } from '#shared/curriculum.ts';
import { AppError } from '#shared/errors.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import { searchKey } from '../../../people/students/list/rules.ts';
import { forModerators } from '../access.ts';

/** Students by parts of their names, e-mail or phone: every word typed is found somewhere. The first ten. */
export async function findStudents(app: App, actor: PersonActor, { query }: { query: string }): Promise<StudentHitDto[]> {
  forModerators(actor);
  const words = query.toLowerCase().replaceAll('ё', 'е').split(/\s+/).filter(Boolean).slice(0, 5);
  if (words.length === 0) return [];
  const part = (word: string) => `%${word.replace(/[\\%_]/g, '\\$&')}%`;
  // Raw: both columns are written by the database. The index is on the key; what it finds is looked at once more in the text.
  return app.db.$queryRaw<StudentHitDto[]>`
    SELECT id, first_name AS "firstName", last_name AS "lastName", email FROM person
    WHERE role = 'student' AND search_key LIKE ALL (${words.map((word) => part(searchKey(word)))}::text[])
      AND search_text LIKE ALL (${words.map(part)}::text[]) ORDER BY last_name, first_name, id LIMIT ${studentHits}`;
}

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
