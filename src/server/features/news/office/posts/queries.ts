import type * as z from 'zod';
import { AppError } from '#shared/errors.ts';
import { type NewsAudience, type NewsState, newsAudiences, type newsOfficeListDto, newsPageSize } from '#shared/news.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import { forModerators } from '../access.ts';
import { listProgress } from '../progress/queries.ts';
import { fromListCursor, toListCursor } from './rules.ts';

interface PostListRow {
  id: string;
  title: string;
  state: NewsState;
  audience: string;
  course_title: string | null;
  inactive_days: number | null;
  author_name: string | null;
  updated_at: Date;
  scheduled_at: Date | null;
  started_at: Date | null;
  finished_at: Date | null;
  rank: number;
  at: Date;
}

/**
 * What is going out first, then drafts, what has its time, and what has gone out; in each the newest first. What was removed is not among them. Two
 * statements.
 * @throws AppError AUTH_FORBIDDEN; INPUT_INVALID for a cursor that is none
 */
export async function listPosts(
  app: App,
  actor: PersonActor,
  input: { cursor?: string | undefined },
): Promise<z.infer<typeof newsOfficeListDto>> {
  forModerators(actor);
  const after = input.cursor === undefined ? null : fromListCursor(input.cursor);
  if (input.cursor !== undefined && !after) throw AppError.invalid({ field: 'cursor', code: 'invalid' });
  // An order of states that no index has: a school has some thousands of announcements at most.
  const { rows } = await app.pool.query<PostListRow>({
    name: after ? 'news-list-next' : 'news-list',
    text: `SELECT * FROM (
        SELECT n.id, n.title, n.state, n.audience, c.title AS course_title, n.inactive_days, p.first_name || ' ' || p.last_name AS author_name,
          n.updated_at, n.scheduled_at, n.started_at, n.finished_at,
          CASE n.state WHEN 'sending' THEN 0 WHEN 'paused' THEN 0 WHEN 'draft' THEN 1 WHEN 'scheduled' THEN 2 ELSE 3 END AS rank,
          coalesce(n.started_at, n.updated_at) AS at
        FROM news_post n LEFT JOIN course c ON c.id = n.course_id LEFT JOIN person p ON p.id = n.author_id WHERE n.deleted_at IS NULL
      ) post ${after ? 'WHERE rank > $2 OR (rank = $2 AND (at, id) < ($3, $4))' : ''}
      ORDER BY rank, at DESC, id DESC LIMIT $1`,
    values: [newsPageSize + 1, ...(after ? [after.rank, after.at, after.id] : [])],
  });
  const shown = rows.slice(0, newsPageSize);
  const last = shown.at(-1);
  const progress = await listProgress(app, shown);
  return {
    items: shown.map((row) => {
      const counted = progress.get(row.id) ?? null;
      return {
        id: row.id,
        title: row.title,
        state: counted?.state ?? row.state,
        audience: audienceIn(row.audience),
        courseTitle: row.course_title,
        inactiveDays: row.inactive_days,
        authorName: row.author_name,
        updatedAt: row.updated_at.toISOString(),
        scheduledAt: row.scheduled_at?.toISOString() ?? null,
        startedAt: row.started_at?.toISOString() ?? null,
        finishedAt: row.finished_at?.toISOString() ?? null,
        progress: counted,
        deleted: false,
      };
    }),
    nextCursor: last && rows.length > newsPageSize ? toListCursor({ rank: last.rank, at: last.at.toISOString(), id: last.id }) : null,
  };
}

function audienceIn(column: string): NewsAudience {
  return newsAudiences.find((audience) => audience === column) ?? 'list';
}
