import { AppError } from '#shared/errors.ts';
import type { Actor } from '../../../platform/app.ts';
import type { Tx } from '../../../platform/db.ts';

/**
 * For moderators, and one at a time until the transaction ends: places and slugs are given to one change after the other. A team writes few articles,
 * so one lock for all is no queue.
 * @throws AppError AUTH_FORBIDDEN
 */
export async function lockFaq(tx: Tx, actor: Actor): Promise<void> {
  if (actor.kind === 'person' && actor.role !== 'moderator') throw new AppError('AUTH_FORBIDDEN');
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('faq', 0))`;
}

const article = {
  id: true,
  slug: true,
  categoryId: true,
  title: true,
  body: true,
  keywords: true,
  publishedAt: true,
  rev: true,
  category: { select: { title: true } },
} as const;

/** An article as it is, behind the lock. @throws AppError FAQ_NOT_FOUND, also where it is in the other of its two lives */
export async function accessArticle(tx: Tx, id: string, life: 'there' | 'deleted' = 'there') {
  const found = await tx.faqArticle.findUnique({ where: { id }, select: { ...article, deletedAt: true } });
  if (!found || (found.deletedAt !== null) !== (life === 'deleted')) throw new AppError('FAQ_NOT_FOUND');
  return found;
}

/** @throws AppError FAQ_NOT_FOUND */
export async function accessCategory(tx: Tx, id: string) {
  const found = await tx.faqCategory.findUnique({ where: { id }, select: { id: true, title: true } });
  if (!found) throw new AppError('FAQ_NOT_FOUND');
  return found;
}
