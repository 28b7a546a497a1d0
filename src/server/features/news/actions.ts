import type { NewsArticleDto } from '#shared/news.ts';
import type { App, PersonActor } from '../../platform/app.ts';
import { markNoticeSeen } from '../notifications/seen.ts';
import { accessReadablePost } from './access.ts';
import { listPictures } from './queries.ts';

/** What Telegram calls a picture since it was sent first: the next thousands of times it goes by that name. Valid for one bot. */
export async function keepTelegramFile(app: App, fileId: string, telegram: { fileId: string; botId: bigint }): Promise<void> {
  await app.db.newsFile.updateMany({ where: { id: fileId }, data: { telegramFileId: telegram.fileId, telegramBotId: telegram.botId } });
}

/**
 * An announcement as its page shows it. Who reads it has seen it, behind the bell too.
 * @throws AppError NEWS_NOT_FOUND
 */
export async function readArticle(app: App, actor: PersonActor, id: string): Promise<NewsArticleDto> {
  const { row } = await accessReadablePost(app, actor, id);
  const [pictures] = await Promise.all([listPictures(app, actor, row.id), markNoticeSeen(app, actor.id, 'news', row.id)]);
  return {
    id: row.id,
    title: row.title,
    html: app.markdown.render(row.body).html,
    publishedAt: row.started_at.toISOString(),
    pictures,
    button: row.button_label !== null && row.button_url !== null ? { label: row.button_label, url: row.button_url } : null,
  };
}
