import { randomUUID } from 'node:crypto';
import type { NewsPostDto } from '#shared/news.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import { accessPost } from '../access.ts';
import { getPost } from '../queries.ts';

/** A new draft with all of another one: words, pictures, whom it is for. @throws AppError AUTH_FORBIDDEN, NEWS_NOT_FOUND */
export async function copyPost(app: App, actor: PersonActor, id: string): Promise<NewsPostDto> {
  const post = await accessPost(app, actor, id);
  const copy = randomUUID();
  const now = app.clock.now();
  const { title, body, buttonLabel, buttonUrl, audience, courseId, inactiveDays, toSite, toTelegram, toEmail } = post;
  await app.db.$transaction(async (tx) => {
    await tx.newsPost.create({
      data: {
        ...{ id: copy, title, body, buttonLabel, buttonUrl, audience, courseId, inactiveDays, toSite, toTelegram, toEmail },
        ...{ authorId: actor.id, createdAt: now, updatedAt: now },
      },
      select: { id: true },
    });
    // The bytes are the same: they go when the last row that names them does. Raw: thousands of recipients in one statement.
    await tx.$executeRaw`INSERT INTO news_file (post_id, position, name, alt, storage_key, mime, size, width, height, telegram_file_id, telegram_bot_id)
      SELECT ${copy}::uuid, position, name, alt, storage_key, mime, size, width, height, telegram_file_id, telegram_bot_id
      FROM news_file WHERE post_id = ${post.id}::uuid`;
    await tx.$executeRaw`INSERT INTO news_recipient (post_id, person_id)
      SELECT ${copy}::uuid, person_id FROM news_recipient WHERE post_id = ${post.id}::uuid`;
  });
  return getPost(app, actor, copy);
}
