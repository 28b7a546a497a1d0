import type * as z from 'zod';
import { AppError } from '#shared/errors.ts';
import type { NewsPostDto, sendNewsInput } from '#shared/news.ts';
import { isNearInstant } from '#shared/storable.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import { recordAudit } from '../../../../platform/audit.ts';
import type { Tx } from '../../../../platform/db.ts';
import { newsSweep } from '../../job-kinds.ts';
import { type LockedPost, lockPost } from '../access.ts';
import { countAudience, reached } from '../audience/queries.ts';
import { getPost } from '../queries.ts';
import { audienceOf, channelsOf, differsTooMuch, hasBegun, missingToSend } from '../rules.ts';
import { sendingTimeoutMs, startPost } from './start/actions.ts';

/**
 * Sends it now, or sets its time. Said twice, or by two at once, it is sent once.
 * @throws AppError AUTH_FORBIDDEN, NEWS_NOT_FOUND; NEWS_STATE once it has begun; NEWS_CONFLICT when it is no longer what one saw; INPUT_INVALID when
 * there is nothing to say, nowhere, or at an instant that has gone by; NEWS_NOBODY; NEWS_AUDIENCE_CHANGED
 */
export async function sendPost(app: App, actor: PersonActor, input: z.output<typeof sendNewsInput>): Promise<NewsPostDto> {
  await app.db.$transaction(
    async (tx) => {
      const post = await lockPost(app, tx, actor, input.id);
      if (hasBegun(post.state)) throw new AppError('NEWS_STATE', { state: post.state });
      if (post.rev !== input.rev) throw new AppError('NEWS_CONFLICT');
      const missing = missingToSend(post);
      if (missing.length > 0) throw AppError.invalid(...missing);
      await agree(app, tx, post, input.expected);
      // Who sends it answers for it: they must still be here when its time comes.
      const mine = { ...post, authorId: actor.id };
      if (input.at === null) await sendNow(app, tx, actor, mine);
      else await schedule(app, tx, actor, mine, new Date(input.at));
    },
    { timeout: sendingTimeoutMs },
  );
  return getPost(app, actor, input.id);
}

/** Nobody is written to whom the author did not mean. */
async function agree(app: App, tx: Tx, post: LockedPost, expected: number): Promise<void> {
  const recipients = reached(await countAudience(app, tx, { id: post.id, to: audienceOf(post), channels: channelsOf(post) }));
  if (recipients === 0) throw new AppError('NEWS_NOBODY');
  if (differsTooMuch(expected, recipients)) throw new AppError('NEWS_AUDIENCE_CHANGED', { recipients });
}

async function sendNow(app: App, tx: Tx, actor: PersonActor, post: LockedPost): Promise<void> {
  const recipients = await startPost(app, tx, post);
  await tx.newsPost.update({ where: { id: post.id }, data: { authorId: actor.id, scheduledAt: null }, select: { id: true } });
  await recordAudit(app, tx, actor, { action: 'news.send', subject: post.id, label: post.title, after: { recipients } });
}

async function schedule(app: App, tx: Tx, actor: PersonActor, post: LockedPost, at: Date): Promise<void> {
  if (at <= app.clock.now() || !isNearInstant(at.toISOString())) throw AppError.invalid({ field: 'at', code: 'invalid' });
  await tx.newsPost.update({
    where: { id: post.id },
    data: { state: 'scheduled', scheduledAt: at, authorId: actor.id, updatedAt: app.clock.now(), rev: post.rev + 1 },
    select: { id: true },
  });
  await app.jobs.enqueue(tx, newsSweep, {}, { startAfter: at });
  await recordAudit(app, tx, actor, { action: 'news.schedule', subject: post.id, label: post.title, after: { at: at.toISOString() } });
}

/** Its time is no more: a draft again. @throws AppError AUTH_FORBIDDEN, NEWS_NOT_FOUND, NEWS_STATE */
export async function unschedulePost(app: App, actor: PersonActor, id: string): Promise<NewsPostDto> {
  await app.db.$transaction(async (tx) => {
    const post = await lockPost(app, tx, actor, id);
    if (post.state !== 'scheduled') throw new AppError('NEWS_STATE', { state: post.state });
    await tx.newsPost.update({
      where: { id: post.id },
      data: { state: 'draft', scheduledAt: null, updatedAt: app.clock.now(), rev: post.rev + 1 },
      select: { id: true },
    });
    const before = { at: post.scheduledAt?.toISOString() ?? '' };
    await recordAudit(app, tx, actor, { action: 'news.unschedule', subject: post.id, label: post.title, before });
  });
  return getPost(app, actor, id);
}
