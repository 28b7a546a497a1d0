import type { App } from '../../../../../platform/app.ts';
import type { Tx } from '../../../../../platform/db.ts';
import { cancelWaiting } from '../../../../notifications/hold.ts';
import { type LockedPost, lockForSystem } from '../../access.ts';
import { findEnd } from '../../progress/queries.ts';

/** How long after its end something that was on its way then may come back to those that wait. */
const lateMs = 86_400_000;

/** Done, when it is going out, or was told to wait, and nothing of it is left. @returns whether it is done by this */
export async function settlePost(tx: Tx, post: LockedPost): Promise<boolean> {
  if (post.state !== 'sending' && post.state !== 'paused') return false;
  const end = await findEnd(tx, post.id);
  if (!end) return false;
  await tx.newsPost.update({ where: { id: post.id }, data: { state: 'done', finishedAt: end }, select: { id: true } });
  return true;
}

/** Closes what has gone out to the last, and takes back what came back to those that wait of an announcement that was stopped. */
export async function settlePosts(app: App): Promise<void> {
  const since = new Date(app.clock.now().getTime() - lateMs);
  const posts = await app.db.newsPost.findMany({
    where: { OR: [{ state: { in: ['sending', 'paused'] } }, { state: 'cancelled', finishedAt: { gt: since } }] },
    select: { id: true, state: true },
  });
  for (const { id, state } of posts) {
    await app.db.$transaction(async (tx) => {
      if (state === 'cancelled') await cancelWaiting(tx, { kind: 'news', about: id });
      else {
        const post = await lockForSystem(app, tx, id);
        if (post) await settlePost(tx, post);
      }
    });
  }
}
