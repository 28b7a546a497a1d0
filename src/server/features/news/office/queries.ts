import type { NewsPostDto } from '#shared/news.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { listPictures } from '../queries.ts';
import { accessAnyPost } from './access.ts';
import { findEnd } from './progress/queries.ts';
import { audienceOf, buttonOf, channelsOf } from './rules.ts';

/** An announcement as its author has it before them. @throws AppError AUTH_FORBIDDEN, NEWS_NOT_FOUND */
export async function getPost(app: App, actor: PersonActor, id: string): Promise<NewsPostDto> {
  const post = await accessAnyPost(app, actor, id);
  const isOnItsWay = post.state === 'sending' || post.state === 'paused';
  const [pictures, listed, end] = await Promise.all([
    listPictures(app, actor, post.id),
    app.db.newsRecipient.count({ where: { postId: post.id } }),
    // The row says so with the next sweep: until then the page would call it under way beside numbers that are complete.
    isOnItsWay ? findEnd(app.db, post.id) : null,
  ]);
  return {
    id: post.id,
    rev: post.rev,
    state: end ? 'done' : post.state,
    title: post.title,
    body: post.body,
    button: buttonOf(post),
    to: audienceOf(post),
    channels: channelsOf(post),
    pictures,
    listed,
    scheduledAt: post.scheduledAt?.toISOString() ?? null,
    startedAt: post.startedAt?.toISOString() ?? null,
    finishedAt: (end ?? post.finishedAt)?.toISOString() ?? null,
    deleted: post.deletedAt !== null,
  };
}
