import type * as z from 'zod';
import { AppError } from '#shared/errors.ts';
import type { createNewsInput, NewsPostDto, updateNewsInput } from '#shared/news.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import { recordAudit } from '../../../../platform/audit.ts';
import type { Tx } from '../../../../platform/db.ts';
import { cancelNotice, hideUnseen } from '../../../notifications/hold.ts';
import { forModerators, type LockedPost, lockPost } from '../access.ts';
import { getPost } from '../queries.ts';
import { changedFields, hasBegun, missingToSend, toContent, toSending } from '../rules.ts';

/**
 * A new draft. Its id comes from the browser, so that creating it once more after a lost answer is changing it.
 * @throws AppError AUTH_FORBIDDEN, COURSES_NOT_FOUND, and those of `updatePost`
 */
export async function createPost(app: App, actor: PersonActor, input: z.output<typeof createNewsInput>): Promise<NewsPostDto> {
  forModerators(actor);
  const { id, ...fields } = input;
  const sending = toSending(fields);
  const now = app.clock.now();
  const { count } = await app.db.$transaction(async (tx) => {
    await needCourse(tx, sending.courseId);
    return tx.newsPost.createMany({
      data: { id, ...toContent(fields), ...sending, authorId: actor.id, createdAt: now, updatedAt: now },
      skipDuplicates: true,
    });
  });
  return count === 0 ? updatePost(app, actor, { ...input, rev: 1 }) : getPost(app, actor, id);
}

/**
 * As it is now meant. What says the same as before is no change, whoever else has saved that. Once it has begun to go out only its words change: who
 * has it behind the bell or on the site reads the new ones, and so does who is still waiting.
 * @throws AppError AUTH_FORBIDDEN, NEWS_NOT_FOUND; NEWS_CONFLICT when somebody else has changed it since; NEWS_STATE when it was to go elsewhere after it
 * had begun; COURSES_NOT_FOUND; INPUT_INVALID when nothing would be left of what goes out
 */
export async function updatePost(app: App, actor: PersonActor, input: z.output<typeof updateNewsInput>): Promise<NewsPostDto> {
  await app.db.$transaction(async (tx) => {
    const was = await lockPost(app, tx, actor, input.id);
    const [content, sending] = [toContent(input), toSending(input)];
    const reworded = changedFields(pick(was, content), content);
    const aimed = changedFields(pick(was, sending), sending);
    if (reworded.length + aimed.length === 0) return;
    if (was.rev !== input.rev) throw new AppError('NEWS_CONFLICT');
    if (hasBegun(was.state) && aimed.length > 0) throw new AppError('NEWS_STATE', { state: was.state });
    const missing = was.state === 'draft' ? [] : missingToSend({ ...content, ...sending });
    if (missing.length > 0) throw AppError.invalid(...missing);
    if (aimed.includes('courseId')) await needCourse(tx, sending.courseId);
    await tx.newsPost.update({
      where: { id: was.id },
      data: { ...content, ...sending, rev: was.rev + 1, updatedAt: app.clock.now() },
      select: { id: true },
    });
    await recordChange(app, tx, actor, was, [...reworded, ...aimed], { ...content, ...sending });
  });
  return getPost(app, actor, input.id);
}

/** Drafts are saved as one types: the journal tells what was changed of a thing that others have, or are about to have. */
async function recordChange(
  app: App,
  tx: Tx,
  actor: PersonActor,
  was: LockedPost,
  changed: (keyof ReturnType<typeof toContent> | keyof ReturnType<typeof toSending>)[],
  becomes: ReturnType<typeof toContent> & ReturnType<typeof toSending>,
): Promise<void> {
  if (was.state === 'draft') return;
  const only = (all: typeof becomes) => Object.fromEntries(changed.map((field) => [field, all[field]]));
  await recordAudit(app, tx, actor, {
    action: 'news.update',
    subject: was.id,
    label: becomes.title,
    before: only(was),
    after: only(becomes),
  });
}

/**
 * Puts it away: it is gone from the site and from behind the bells, and what has not gone out yet does not. One whose time is set becomes a draft
 * again: put back, it must not go out by itself.
 * @throws AppError AUTH_FORBIDDEN, NEWS_NOT_FOUND
 */
export async function removePost(app: App, actor: PersonActor, id: string): Promise<void> {
  await app.db.$transaction(
    async (tx) => {
      const post = await lockPost(app, tx, actor, id);
      const now = app.clock.now();
      const key = { kind: 'news', about: post.id } as const;
      const going = post.state === 'sending' || post.state === 'paused';
      const state = going ? { state: 'cancelled' as const, finishedAt: now } : {};
      const unset = post.state === 'scheduled' ? { state: 'draft' as const, scheduledAt: null } : {};
      await tx.newsPost.update({
        where: { id: post.id },
        data: { ...state, ...unset, deletedAt: now, updatedAt: now, rev: post.rev + 1 },
        select: { id: true },
      });
      if (going) await cancelNotice(app, tx, key);
      if (hasBegun(post.state)) await hideUnseen(tx, key, true);
      const about = { subject: post.id, label: post.title };
      if (going) await recordAudit(app, tx, actor, { action: 'news.cancel', ...about });
      if (post.state === 'scheduled') await recordAudit(app, tx, actor, { action: 'news.unschedule', ...about });
      await recordAudit(app, tx, actor, { action: 'news.delete', ...about });
    },
    { timeout: 60_000 },
  );
}

/** Puts it back where it was. @throws AppError AUTH_FORBIDDEN, NEWS_NOT_FOUND when it is there */
export async function restorePost(app: App, actor: PersonActor, id: string): Promise<void> {
  await app.db.$transaction(
    async (tx) => {
      const post = await lockPost(app, tx, actor, id, 'deleted');
      await tx.newsPost.update({
        where: { id: post.id },
        data: { deletedAt: null, updatedAt: app.clock.now(), rev: post.rev + 1 },
        select: { id: true },
      });
      if (hasBegun(post.state)) await hideUnseen(tx, { kind: 'news', about: post.id }, false);
      await recordAudit(app, tx, actor, { action: 'news.restore', subject: post.id, label: post.title });
    },
    { timeout: 60_000 },
  );
}

function pick<T extends object>(row: T, wanted: T): T {
  return Object.fromEntries(Object.keys(wanted).map((field) => [field, row[field as keyof T]])) as T;
}

async function needCourse(tx: Tx, courseId: string | null): Promise<void> {
  if (courseId === null) return;
  const course = await tx.course.findFirst({ where: { id: courseId, deletedAt: null }, select: { id: true } });
  if (!course) throw new AppError('COURSES_NOT_FOUND');
}
