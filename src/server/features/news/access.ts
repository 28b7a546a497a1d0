import { AppError } from '#shared/errors.ts';
import type { App, PersonActor } from '../../platform/app.ts';
import type { OpenFile } from '../courses/access.ts';
import { isShown } from '../courses/visible.ts';

declare const proof: unique symbol;

export interface ReadablePostRow {
  id: string;
  title: string;
  body: string;
  button_label: string | null;
  button_url: string | null;
  started_at: Date;
}

/** An announcement that this actor may read. Only `accessReadablePost` makes one. */
export interface ReadablePost {
  readonly [proof]: 'readable post';
  row: ReadablePostRow;
}

/** The notice of a post `n`: k. */
export const noticeOfPost = `notice k ON k.kind = 'news' AND k.about = n.id::text`;

/**
 * It has gone out, is there, and is for person $1: for all, for a course that they take, or sent to them. Over a post `n` and its notice `k`. Who was
 * sent it keeps it, whatever became of the course; what is not meant for the site is theirs alone.
 * @param moderator expression: they see all that has gone out
 */
export const postIsFor = (moderator: string) => `n.deleted_at IS NULL AND n.started_at IS NOT NULL AND (${moderator}::boolean
  OR (n.to_site AND (n.audience = 'all' OR (n.audience = 'course' AND EXISTS (SELECT FROM enrolment e JOIN course c ON c.id = e.course_id
    WHERE e.person_id = $1 AND e.course_id = n.course_id AND ${isShown('c')}))))
  OR EXISTS (SELECT FROM delivery d WHERE d.notice_id = k.id AND d.person_id = $1 AND d.state NOT IN ('waiting', 'cancelled')))`;

/**
 * One statement. Drafts, what begins later, what was removed and what is for others are not there.
 * @throws AppError NEWS_NOT_FOUND
 */
export async function accessReadablePost(app: App, actor: PersonActor, id: string): Promise<ReadablePost> {
  const { rows } = await app.pool.query<ReadablePostRow>({
    name: 'news-article',
    text: `SELECT n.id, n.title, n.body, n.button_label, n.button_url, n.started_at FROM news_post n LEFT JOIN ${noticeOfPost}
      WHERE n.id = $2 AND ${postIsFor('$3')}`,
    values: [actor.id, id, actor.role === 'moderator'],
  });
  if (!rows[0]) throw new AppError('NEWS_NOT_FOUND');
  return { row: rows[0] } as ReadablePost;
}

/**
 * A picture of an announcement, for who may read it; a moderator sees those of drafts as well. One statement.
 * @throws AppError FILES_NOT_FOUND
 */
export async function accessNewsFile(app: App, actor: PersonActor, fileId: string): Promise<OpenFile> {
  const { rows } = await app.pool.query<{ name: string; mime: string; size: number; storage_key: string }>({
    name: 'news-file',
    text: `SELECT f.name, f.mime, f.size, f.storage_key FROM news_file f JOIN news_post n ON n.id = f.post_id LEFT JOIN ${noticeOfPost}
      WHERE f.id = $2 AND (($3 AND n.deleted_at IS NULL) OR (${postIsFor('false')}))`,
    values: [actor.id, fileId, actor.role === 'moderator'],
  });
  const row = rows[0];
  if (!row) throw new AppError('FILES_NOT_FOUND');
  return { name: row.name, mime: row.mime, size: row.size, storageKey: row.storage_key };
}
