import type { Prisma } from '#prisma/generated/client.ts';
import { AppError } from '#shared/errors.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import type { Tx } from '../../../platform/db.ts';

declare const proof: unique symbol;

const columns = {
  id: true,
  title: true,
  body: true,
  buttonLabel: true,
  buttonUrl: true,
  audience: true,
  courseId: true,
  inactiveDays: true,
  toSite: true,
  toTelegram: true,
  toEmail: true,
  state: true,
  rev: true,
  authorId: true,
  scheduledAt: true,
  startedAt: true,
  finishedAt: true,
  deletedAt: true,
} as const satisfies Prisma.NewsPostSelect;
export type PostRow = Prisma.NewsPostGetPayload<{ select: typeof columns }>;

/** An announcement, for a moderator, whatever state it is in. Only the gates below make one. */
export type OfficePost = PostRow & { readonly [proof]: 'office post' };
/** Nobody else changes it until the transaction ends. Only `lockPost` makes one. */
export type LockedPost = OfficePost & { readonly locked: true };

/** @throws AppError AUTH_FORBIDDEN */
export function forModerators(actor: PersonActor): void {
  if (actor.role !== 'moderator') throw new AppError('AUTH_FORBIDDEN');
}

/** @throws AppError AUTH_FORBIDDEN, NEWS_NOT_FOUND, also for one that was removed */
export async function accessPost(app: App, actor: PersonActor, id: string): Promise<OfficePost> {
  const post = await accessAnyPost(app, actor, id);
  if (post.deletedAt) throw new AppError('NEWS_NOT_FOUND');
  return post;
}

/** The same for what was removed as well. */
export async function accessAnyPost(app: App, actor: PersonActor, id: string, tx: Tx = app.db): Promise<OfficePost> {
  forModerators(actor);
  const post = await tx.newsPost.findUnique({ where: { id }, select: columns });
  if (!post) throw new AppError('NEWS_NOT_FOUND');
  return post as OfficePost;
}

/**
 * For whatever changes it: of two moderators the second one finds what the first has made of it.
 * @param life what was removed is there only to be put back
 * @throws AppError AUTH_FORBIDDEN, NEWS_NOT_FOUND
 */
export async function lockPost(app: App, tx: Tx, actor: PersonActor, id: string, life: 'there' | 'deleted' = 'there'): Promise<LockedPost> {
  forModerators(actor);
  const post = await lockForSystem(app, tx, id);
  if (!post || (post.deletedAt !== null) !== (life === 'deleted')) throw new AppError('NEWS_NOT_FOUND');
  return post;
}

/** For what happens by itself at its time. */
export async function lockForSystem(_app: App, tx: Tx, id: string): Promise<LockedPost | null> {
  // Raw: the row is held first and read then, as whoever held it before has left it.
  await tx.$queryRaw`SELECT 1 FROM news_post WHERE id = ${id}::uuid FOR UPDATE`;
  return (await tx.newsPost.findUnique({ where: { id }, select: columns })) as LockedPost | null;
}
