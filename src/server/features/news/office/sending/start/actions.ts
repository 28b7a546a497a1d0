import type { App } from '../../../../../platform/app.ts';
import { recordAudit } from '../../../../../platform/audit.ts';
import type { Tx } from '../../../../../platform/db.ts';
import { addNotice } from '../../../../notifications/enqueue.ts';
import { type LockedPost, lockForSystem } from '../../access.ts';
import { audienceSql } from '../../audience/queries.ts';
import { audienceOf, channelsOf, missingToSend } from '../../rules.ts';

/** Thousands of rows come with one statement, and it may have to wait for others. */
export const sendingTimeoutMs = 60_000;

const largeAudience = 5_000;

/**
 * It goes out: the post, its notice and everybody's deliveries change together, or nothing does. Who is for it is looked up at this moment.
 * @returns how many people it was written to
 */
export async function startPost(app: App, tx: Tx, post: LockedPost): Promise<number> {
  const now = app.clock.now();
  const { people, noticeId } = await addNotice(
    app,
    tx,
    { kind: 'news', about: post.id, data: { postId: post.id }, bulk: true, channels: channelsOf(post) },
    audienceSql(audienceOf(post), post.id, now),
  );
  // A table that has doubled is another one for the planner, and the first to look at it comes in a second.
  if (people > largeAudience) await tx.$executeRaw`ANALYZE (SKIP_LOCKED) delivery`;
  const waits = await tx.delivery.findFirst({ where: { noticeId, state: 'waiting' }, select: { id: true } });
  await tx.newsPost.update({
    where: { id: post.id },
    data: { state: waits ? 'sending' : 'done', startedAt: now, finishedAt: waits ? null : now, updatedAt: now, rev: post.rev + 1 },
    select: { id: true },
  });
  return people;
}

/** Begins the announcements whose time has come. One that fails does not keep the others. */
export async function startDuePosts(app: App): Promise<void> {
  const due = await app.db.newsPost.findMany({
    where: { state: 'scheduled', scheduledAt: { lte: app.clock.now() }, deletedAt: null },
    orderBy: [{ scheduledAt: 'asc' }, { id: 'asc' }],
    select: { id: true },
  });
  const failed: unknown[] = [];
  for (const { id } of due) await startDuePost(app, id).catch((error: unknown) => failed.push(error));
  if (failed.length > 0) throw new AggregateError(failed, 'announcements did not begin');
}

async function startDuePost(app: App, id: string): Promise<void> {
  await app.db.$transaction(
    async (tx) => {
      const post = await lockForSystem(app, tx, id);
      // Meanwhile it was taken back, given another time, removed, or begun by another process.
      if (post?.state !== 'scheduled' || post.deletedAt || !post.scheduledAt || post.scheduledAt > app.clock.now()) return;
      const about = { subject: post.id, label: post.title };
      if (!(await mayBegin(tx, post))) {
        await tx.newsPost.update({
          where: { id: post.id },
          data: { state: 'draft', scheduledAt: null, updatedAt: app.clock.now(), rev: post.rev + 1 },
          select: { id: true },
        });
        await recordAudit(app, tx, { kind: 'system' }, { action: 'news.unschedule', ...about });
        return;
      }
      const recipients = await startPost(app, tx, post);
      await recordAudit(app, tx, { kind: 'system' }, { action: 'news.send', ...about, after: { recipients } });
    },
    { timeout: sendingTimeoutMs },
  );
}

/** Who set the time must still be a teacher here, and there must be something to say, to somebody. */
async function mayBegin(tx: Tx, post: LockedPost): Promise<boolean> {
  if (missingToSend(post).length > 0 || post.authorId === null || (post.audience === 'course' && post.courseId === null)) return false;
  return (await tx.person.count({ where: { id: post.authorId, role: 'moderator', blockedAt: null } })) > 0;
}
