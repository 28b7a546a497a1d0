import { AppError } from '#shared/errors.ts';
import type { NewsPostDto, NewsState } from '#shared/news.ts';
import type { App, PersonActor } from '../../../../../platform/app.ts';
import { recordAudit } from '../../../../../platform/audit.ts';
import type { Tx } from '../../../../../platform/db.ts';
import { cancelNotice, pauseNotice, resumeNotice } from '../../../../notifications/hold.ts';
import { type LockedPost, lockPost } from '../../access.ts';
import { getPost } from '../../queries.ts';
import { settlePost } from '../settle/actions.ts';
import { sendingTimeoutMs } from '../start/actions.ts';

const keyOf = (post: LockedPost) => ({ kind: 'news' as const, about: post.id });

/** What has not gone out waits. @throws AppError AUTH_FORBIDDEN, NEWS_NOT_FOUND; NEWS_STATE unless it is going out */
export async function pausePost(app: App, actor: PersonActor, id: string): Promise<NewsPostDto> {
  return turn(app, actor, id, ['sending'], async (tx, post) => {
    await pauseNotice(app, tx, keyOf(post));
    await tx.newsPost.update({ where: { id: post.id }, data: { state: 'paused', rev: post.rev + 1 }, select: { id: true } });
    await recordAudit(app, tx, actor, { action: 'news.pause', subject: post.id, label: post.title });
  });
}

/** @throws AppError AUTH_FORBIDDEN, NEWS_NOT_FOUND; NEWS_STATE unless it is paused */
export async function resumePost(app: App, actor: PersonActor, id: string): Promise<NewsPostDto> {
  return turn(app, actor, id, ['paused'], async (tx, post) => {
    await resumeNotice(app, tx, keyOf(post));
    await tx.newsPost.update({ where: { id: post.id }, data: { state: 'sending', rev: post.rev + 1 }, select: { id: true } });
    await recordAudit(app, tx, actor, { action: 'news.resume', subject: post.id, label: post.title });
  });
}

/** Who has it keeps it; nobody else gets it. @throws AppError AUTH_FORBIDDEN, NEWS_NOT_FOUND; NEWS_STATE when there is nothing to stop */
export async function cancelPost(app: App, actor: PersonActor, id: string): Promise<NewsPostDto> {
  return turn(app, actor, id, ['sending', 'paused'], async (tx, post) => {
    const deliveries = await cancelNotice(app, tx, keyOf(post));
    await tx.newsPost.update({
      where: { id: post.id },
      data: { state: 'cancelled', finishedAt: app.clock.now(), rev: post.rev + 1 },
      select: { id: true },
    });
    await recordAudit(app, tx, actor, { action: 'news.cancel', subject: post.id, label: post.title, after: { deliveries } });
  });
}

async function turn(
  app: App,
  actor: PersonActor,
  id: string,
  from: readonly NewsState[],
  change: (tx: Tx, post: LockedPost) => Promise<void>,
): Promise<NewsPostDto> {
  await app.db.$transaction(
    async (tx) => {
      const post = await lockPost(app, tx, actor, id);
      // All has gone out and nobody has written that down yet: there is nothing left to stop.
      const state = (await settlePost(tx, post)) ? 'done' : post.state;
      if (!from.includes(state)) throw new AppError('NEWS_STATE', { state });
      await change(tx, post);
    },
    { timeout: sendingTimeoutMs },
  );
  return getPost(app, actor, id);
}
