/** What there is to ask for in the school that is measured. */
import { withClient } from '#server/platform/database-admin.ts';

export interface SchoolMap {
  topics: { course: string; topic: string }[];
  /** Tasks with a number for an answer, in topics that are open. */
  tasks: string[];
}

export function mapSchool(databaseUrl: string): Promise<SchoolMap> {
  return withClient(databaseUrl, async (client) => {
    const topics = await client.query<{ course: string; topic: string }>(
      'SELECT c.slug AS course, t.slug AS topic FROM topic t JOIN course c ON c.id = t.course_id WHERE t.opens_at <= now() ORDER BY c.slug, t.position',
    );
    const tasks = await client.query<{ id: string }>(
      `SELECT k.id FROM task k JOIN topic t ON t.id = k.topic_id WHERE k.spec->>'kind' = 'number' AND t.opens_at <= now() ORDER BY k.id`,
    );
    if (topics.rows.length === 0 || tasks.rows.length === 0) throw new Error('the demo school has no open topic with a number to answer');
    return { topics: topics.rows, tasks: tasks.rows.map(({ id }) => id) };
  });
}
