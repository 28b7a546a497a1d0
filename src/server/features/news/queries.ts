import { AppError } from '#shared/errors.ts';
import type { NewsFeedDto, NewsPictureDto } from '#shared/news.ts';
import type { App, PersonActor } from '../../platform/app.ts';
import { excerptSource } from '../chat/excerpts/rules.ts';
import { newsFileUrl } from '../files/urls.ts';
import { noticeOfPost, postIsFor } from './access.ts';
import { excerptOfNews, fromNewsCursor, toNewsCursor } from './rules.ts';

interface FeedRow {
  id: string;
  title: string;
  beginning: string;
  started_at: Date;
  unread: boolean;
}

/**
 * The announcements on the site that are for this person, the newest first; also those of before they came. One statement.
 * @throws AppError INPUT_INVALID for a cursor that is none
 */
export async function listNews(app: App, actor: PersonActor, input: { cursor?: string | undefined; limit: number }): Promise<NewsFeedDto> {
  const after = input.cursor === undefined ? null : fromNewsCursor(input.cursor);
  if (input.cursor !== undefined && !after) throw AppError.invalid({ field: 'cursor', code: 'invalid' });
  const { rows } = await app.pool.query<FeedRow>({
    name: after ? 'news-feed-next' : 'news-feed',
    text: `SELECT n.id, n.title, left(n.body, ${excerptSource}) AS beginning, n.started_at,
        EXISTS (SELECT FROM delivery s WHERE s.notice_id = k.id AND s.person_id = $1 AND s.channel = 'site' AND s.seen_at IS NULL) AS unread
      FROM news_post n LEFT JOIN ${noticeOfPost}
      WHERE n.to_site AND ${postIsFor('$2')} ${after ? 'AND (n.started_at, n.id) < ($4, $5)' : ''}
      ORDER BY n.started_at DESC, n.id DESC LIMIT $3`,
    values: [actor.id, actor.role === 'moderator', input.limit + 1, ...(after ? [after.at, after.id] : [])],
  });
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ id, title, beginning, started_at, unread }) => ({
      id,
      title,
      excerpt: excerptOfNews(beginning),
      publishedAt: started_at.toISOString(),
      unread,
    })),
    nextCursor: last && rows.length > input.limit ? toNewsCursor({ at: last.started_at.toISOString(), id: last.id }) : null,
  };
}

export interface NewsMessageFile {
  id: string;
  name: string;
  alt: string;
  storageKey: string;
  width: number;
  telegramFileId: string | null;
  telegramBotId: bigint | null;
}

export interface NewsMessageRow {
  id: string;
  title: string;
  body: string;
  buttonLabel: string | null;
  buttonUrl: string | null;
  startedAt: Date | null;
  files: NewsMessageFile[];
}

/** What goes out to people, as it stands now. Null: it was removed. */
export async function findNewsMessage(app: App, postId: string): Promise<NewsMessageRow | null> {
  return app.db.newsPost.findFirst({
    where: { id: postId, deletedAt: null },
    select: {
      ...{ id: true, title: true, body: true, buttonLabel: true, buttonUrl: true, startedAt: true },
      files: {
        orderBy: [{ position: 'asc' }, { id: 'asc' }],
        select: { id: true, name: true, alt: true, storageKey: true, width: true, telegramFileId: true, telegramBotId: true },
      },
    },
  });
}

/** Of these, what is there: titles and beginnings, by id. One statement. */
export async function findNewsLines(app: App, postIds: readonly string[]): Promise<Map<string, { title: string; beginning: string }>> {
  const { rows } = await app.pool.query<{ id: string; title: string; beginning: string }>({
    name: 'news-lines',
    text: `SELECT id, title, left(body, ${excerptSource}) AS beginning FROM news_post WHERE id = ANY($1::uuid[]) AND deleted_at IS NULL`,
    values: [postIds],
  });
  return new Map(rows.map(({ id, ...line }) => [id, line]));
}

export interface NewsFileRow {
  id: string;
  name: string;
  alt: string;
  width: number;
  height: number;
}

/** In their order. */
export async function listPictures(app: App, actor: Pick<PersonActor, 'id'>, postId: string): Promise<NewsPictureDto[]> {
  const files = await app.db.newsFile.findMany({
    where: { postId },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    select: { id: true, name: true, alt: true, width: true, height: true },
  });
  return files.map((file) => toNewsPictureDto(app, actor, file));
}

function toNewsPictureDto(app: App, actor: Pick<PersonActor, 'id'>, { id, name, alt, width, height }: NewsFileRow): NewsPictureDto {
  return { id, url: newsFileUrl(app, actor, { id, name }), name, alt, width, height };
}
