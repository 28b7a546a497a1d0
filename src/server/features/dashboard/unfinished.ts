import type { DashboardDto, UnfinishedDto } from '#shared/dashboard.ts';
import type { App } from '../../platform/app.ts';

/** The list is a reminder, not an archive: what was written at last comes first. */
const shown = 20;

/**
 * Drafts, and texts with edits that are not published yet. One statement. A topic of a draft course and a task of a draft topic are told by
 * themselves: each has to be published.
 */
export async function listUnfinished(app: App): Promise<DashboardDto['unfinished']> {
  const { rows } = await app.pool.query<Omit<UnfinishedDto, 'editedAt'> & { editedAt: Date | null; total: number }>(
    `SELECT u.kind, u.id, u.title, c.slug AS "courseSlug", c.title AS "courseTitle", u.state, u."editedAt",
      p.first_name || ' ' || p.last_name AS "editedBy", (count(*) OVER ())::int AS total
    FROM (
      SELECT 'task' AS kind, k.id, k.title, t.course_id, CASE WHEN k.published_at IS NULL THEN 'draft' ELSE 'edited' END AS state,
        s.edited_at AS "editedAt", s.edited_by AS editor
      FROM task k JOIN topic t ON t.id = k.topic_id LEFT JOIN text_state s ON s.kind = 'task' AND s.subject_id = k.id
      WHERE k.deleted_at IS NULL AND t.deleted_at IS NULL AND (k.published_at IS NULL OR s.draft IS NOT NULL)
      UNION ALL SELECT 'topic', t.id, t.title, t.course_id, 'draft', s.edited_at, s.edited_by
      FROM topic t LEFT JOIN text_state s ON s.kind = 'theory' AND s.subject_id = t.id WHERE t.deleted_at IS NULL AND t.published_at IS NULL
      UNION ALL SELECT 'theory', t.id, t.title, t.course_id, 'edited', s.edited_at, s.edited_by
      FROM topic t JOIN text_state s ON s.kind = 'theory' AND s.subject_id = t.id
      WHERE t.deleted_at IS NULL AND t.published_at IS NOT NULL AND s.draft IS NOT NULL
      UNION ALL SELECT 'course', c.id, c.title, c.id, 'draft', s.edited_at, s.edited_by
      FROM course c LEFT JOIN text_state s ON s.kind = 'course' AND s.subject_id = c.id WHERE c.published_at IS NULL
      UNION ALL SELECT 'description', c.id, c.title, c.id, 'edited', s.edited_at, s.edited_by
      FROM course c JOIN text_state s ON s.kind = 'course' AND s.subject_id = c.id WHERE c.published_at IS NOT NULL AND s.draft IS NOT NULL
    ) u JOIN course c ON c.id = u.course_id LEFT JOIN person p ON p.id::text = u.editor
    WHERE c.deleted_at IS NULL ORDER BY u."editedAt" DESC NULLS LAST, u.title, u.id LIMIT ${shown}`,
  );
  return {
    total: rows[0]?.total ?? 0,
    items: rows.map(({ total: _, editedAt, ...row }) => ({ ...row, editedAt: editedAt?.toISOString() ?? null })),
  };
}
