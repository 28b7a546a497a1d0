import type * as z from 'zod';
import { AppError } from '#shared/errors.ts';
import type { createFaqCategoryInput, FaqCategoryDto, moveFaqCategoryInput, renameFaqCategoryInput } from '#shared/support.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import { recordAudit } from '../../../../platform/audit.ts';
import type { Tx } from '../../../../platform/db.ts';
import { freeSlug, movedBefore, slugOf } from '../../../courses/office/rules.ts';
import { accessCategory, lockFaq } from '../access.ts';

/** An empty category at the end. */
export async function createFaqCategory(
  app: App,
  actor: PersonActor,
  { title }: z.output<typeof createFaqCategoryInput>,
): Promise<FaqCategoryDto> {
  return app.db.$transaction(async (tx) => {
    await lockFaq(tx, actor);
    const present = await categories(tx);
    const slug = freeSlug(
      slugOf(title, 'razdel'),
      present.map((category) => category.slug),
    );
    const position = Math.max(-1, ...present.map((category) => category.position)) + 1;
    const category = await tx.faqCategory.create({ data: { slug, title, position }, select: { id: true, slug: true, title: true } });
    await recordAudit(app, tx, actor, { action: 'faq-category.create', subject: category.id, label: title });
    return category;
  });
}

/** Its slug stays. @throws AppError FAQ_NOT_FOUND */
export async function renameFaqCategory(
  app: App,
  actor: PersonActor,
  { id, title }: z.output<typeof renameFaqCategoryInput>,
): Promise<void> {
  await app.db.$transaction(async (tx) => {
    await lockFaq(tx, actor);
    const before = await accessCategory(tx, id);
    if (before.title === title) return;
    await tx.faqCategory.update({ where: { id }, data: { title }, select: { id: true } });
    const change = { before: { title: before.title }, after: { title } };
    await recordAudit(app, tx, actor, { action: 'faq-category.rename', subject: id, label: title, ...change });
  });
}

/** @throws AppError FAQ_NOT_FOUND, also when the category it was to stand before is there no more */
export async function moveFaqCategory(
  app: App,
  actor: PersonActor,
  { id, beforeId }: z.output<typeof moveFaqCategoryInput>,
): Promise<void> {
  await app.db.$transaction(async (tx) => {
    await lockFaq(tx, actor);
    const { title } = await accessCategory(tx, id);
    const before = (await categories(tx)).map((category) => category.id);
    const order = movedBefore(before, id, beforeId);
    if (!order) throw new AppError('FAQ_NOT_FOUND');
    if (order.join() === before.join()) return;
    await tx.$executeRaw`UPDATE faq_category c SET position = v.place - 1 FROM unnest(${order}::uuid[]) WITH ORDINALITY AS v (id, place)
      WHERE c.id = v.id AND c.position IS DISTINCT FROM v.place - 1`;
    const places = { before: { place: before.indexOf(id) + 1 }, after: { place: order.indexOf(id) + 1 } };
    await recordAudit(app, tx, actor, { action: 'faq-category.move', subject: id, label: title, ...places });
  });
}

/**
 * Takes an empty category away. Articles that were put away in it go to the first other one, so that they can still be put back.
 * @throws AppError FAQ_NOT_FOUND; FAQ_IN_USE while it has articles; FAQ_LAST_CATEGORY when those that were put away have nowhere to go
 */
export async function removeFaqCategory(app: App, actor: PersonActor, { id }: { id: string }): Promise<void> {
  await app.db.$transaction(async (tx) => {
    await lockFaq(tx, actor);
    const { title } = await accessCategory(tx, id);
    const articles = await tx.faqArticle.count({ where: { categoryId: id, deletedAt: null } });
    if (articles > 0) throw new AppError('FAQ_IN_USE', { articles });
    const other = (await categories(tx)).find((category) => category.id !== id);
    if (other) {
      const last = await tx.faqArticle.aggregate({ where: { categoryId: other.id }, _max: { position: true } });
      const position = (last._max.position ?? -1) + 1;
      await tx.faqArticle.updateMany({ where: { categoryId: id }, data: { categoryId: other.id, position } });
    } else if ((await tx.faqArticle.count({ where: { categoryId: id } })) > 0) throw new AppError('FAQ_LAST_CATEGORY');
    await tx.faqCategory.delete({ where: { id }, select: { id: true } });
    await recordAudit(app, tx, actor, { action: 'faq-category.remove', subject: id, label: title });
  });
}

function categories(tx: Tx) {
  return tx.faqCategory.findMany({ select: { id: true, slug: true, position: true }, orderBy: [{ position: 'asc' }, { id: 'asc' }] });
}
