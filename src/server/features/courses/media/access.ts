import { AppError } from '#shared/errors.ts';
import type { App } from '../../../platform/app.ts';
import type { Tx } from '../../../platform/db.ts';

declare const proof: unique symbol;

/** A topic whose videos may be changed. */
export interface TopicInOffice {
  readonly [proof]: 'topic in the office';
  id: string;
  title: string;
  course: { slug: string; title: string };
}

const select = { id: true, title: true, course: { select: { slug: true, title: true } } } as const;

/** @throws AppError TOPICS_NOT_FOUND also for one that was deleted */
export async function accessTopicInOffice(db: App['db'] | Tx, id: string): Promise<TopicInOffice> {
  const row = await db.topic.findFirst({ where: { id, deletedAt: null, course: { deletedAt: null } }, select });
  if (!row) throw new AppError('TOPICS_NOT_FOUND');
  return row as TopicInOffice;
}
