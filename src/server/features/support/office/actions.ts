import type * as z from 'zod';
import { isBlank } from '#shared/chat-rules.ts';
import { AppError } from '#shared/errors.ts';
import type { createFaqInput, FaqOfficeArticleDto, moveFaqInput, updateFaqInput } from '#shared/support.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/db.ts';
import { freeSlug, movedBefore, slugOf } from '../../courses/office/rules.ts';
import { accessArticle, accessCategory, lockFaq } from './access.ts';
import { getFaqForEditing } from './queries.ts';

type Fields = z.output<typeof createFaqInput>;

/**
 * An article at the end of its category. Under an id that the browser made it is one, however often it is sent: with what was typed on meanwhile.
 * @throws AppError FAQ_NOT_FOUND without the category; FAQ_CONFLICT for an id whose article was changed since; INPUT_INVALID for a published one
 * that says nothing
 */
export async function createFaq(app: App, actor: PersonActor, input: Fields): Promise<FaqOfficeArticleDto> {
  needWords(input);
  const { published, ...fields } = input;
  const now = app.clock.now();
  const { id, known } = await app.db.$transaction(async (tx) => {
    await lockFaq(tx, actor);
    const sent = fields.id === undefined ? null : await tx.faqArticle.findUnique({ where: { id: fields.id }, select: { id: true } });
    if (sent) return { id: sent.id, known: true };
    await accessCategory(tx, fields.categoryId);
    const article = await tx.faqArticle.create({
      data: {
        ...fields,
        slug: await newSlug(tx, fields.title),
        position: await endOf(tx, fields.categoryId),
        publishedAt: published ? now : null,
        updatedAt: now,
        updatedBy: actor.id,
      },
      select: { id: true },
    });
    const after = { published, keywords: fields.keywords, body: fields.body };
    await recordAudit(app, tx, actor, { action: 'faq.create', subject: article.id, label: fields.title, after });
    return { id: article.id, known: false };
  });
  return known ? updateFaq(app, actor, { ...input, id, rev: 1 }) : getFaqForEditing(app, { id });
}

/**
 * The article as it is now meant. Its address stays, whatever it is called; in another category it stands at the end.
 * @throws AppError FAQ_NOT_FOUND; FAQ_CONFLICT when somebody else has changed it since; INPUT_INVALID as above
 */
export async function updateFaq(app: App, actor: PersonActor, input: z.output<typeof updateFaqInput>): Promise<FaqOfficeArticleDto> {
  needWords(input);
  const { id, rev, published, ...fields } = input;
  await app.db.$transaction(async (tx) => {
    await lockFaq(tx, actor);
    const was = await accessArticle(tx, id);
    if (was.rev !== rev) throw new AppError('FAQ_CONFLICT');
    const category = fields.categoryId === was.categoryId ? was.category : await accessCategory(tx, fields.categoryId);
    const before = {
      title: was.title,
      category: was.category.title,
      keywords: was.keywords,
      body: was.body,
      published: was.publishedAt !== null,
    };
    const after = { title: fields.title, category: category.title, keywords: fields.keywords, body: fields.body, published };
    const moved = fields.categoryId !== was.categoryId;
    const changed = (Object.keys(after) as (keyof typeof after)[]).filter((field) => before[field] !== after[field]);
    if (changed.length === 0 && !moved) return;
    const now = app.clock.now();
    await tx.faqArticle.update({
      where: { id },
      data: {
        ...fields,
        ...(moved ? { position: await endOf(tx, fields.categoryId) } : {}),
        publishedAt: published ? (was.publishedAt ?? now) : null,
        rev: rev + 1,
        updatedAt: now,
        updatedBy: actor.id,
      },
      select: { id: true },
    });
    const only = (all: typeof after) => Object.fromEntries(changed.map((field) => [field, all[field]]));
    await recordAudit(app, tx, actor, { action: 'faq.update', subject: id, label: fields.title, before: only(before), after: only(after) });
  });
  return getFaqForEditing(app, { id });
}

/**
 * To another place, in its category or another one. Its text is not touched, so who edits it meanwhile has no conflict.
 * @throws AppError FAQ_NOT_FOUND, also when the article it was to stand before is there no more
 */
export async function moveFaq(app: App, actor: PersonActor, { id, categoryId, beforeId }: z.output<typeof moveFaqInput>): Promise<void> {
  await app.db.$transaction(async (tx) => {
    await lockFaq(tx, actor);
    const article = await accessArticle(tx, id);
    const category = await accessCategory(tx, categoryId);
    const there = await orderOf(tx, categoryId);
    const order = movedBefore(there, id, beforeId);
    if (!order) throw new AppError('FAQ_NOT_FOUND');
    if (article.categoryId === categoryId && order.join() === there.join()) return;
    const from = article.categoryId === categoryId ? there : await orderOf(tx, article.categoryId);
    if (article.categoryId !== categoryId) await tx.faqArticle.update({ where: { id }, data: { categoryId }, select: { id: true } });
    await writePlaces(tx, order);
    await recordAudit(app, tx, actor, {
      action: 'faq.move',
      subject: id,
      label: article.title,
      before: { category: article.category.title, place: from.indexOf(id) + 1 },
      after: { category: category.title, place: order.indexOf(id) + 1 },
    });
  });
}

/** Puts an article away; it keeps its place. @throws AppError FAQ_NOT_FOUND */
export async function removeFaq(app: App, actor: PersonActor, { id }: { id: string }): Promise<void> {
  await app.db.$transaction(async (tx) => {
    await lockFaq(tx, actor);
    const { title } = await accessArticle(tx, id);
    await tx.faqArticle.update({ where: { id }, data: { deletedAt: app.clock.now() }, select: { id: true } });
    await recordAudit(app, tx, actor, { action: 'faq.remove', subject: id, label: title });
  });
}

/** Puts it back where it stood. @throws AppError FAQ_NOT_FOUND */
export async function restoreFaq(app: App, actor: PersonActor, { id }: { id: string }): Promise<void> {
  await app.db.$transaction(async (tx) => {
    await lockFaq(tx, actor);
    const { title } = await accessArticle(tx, id, 'deleted');
    await tx.faqArticle.update({ where: { id }, data: { deletedAt: null }, select: { id: true } });
    await recordAudit(app, tx, actor, { action: 'faq.restore', subject: id, label: title });
  });
}

/** Spaces without width are no text either. */
function needWords({ published, title, body }: Pick<Fields, 'published' | 'title' | 'body'>): void {
  if (isBlank(title)) throw AppError.invalid({ field: 'title', code: 'required' });
  if (published && isBlank(body)) throw AppError.invalid({ field: 'body', code: 'required' });
}

/** Deleted articles keep their slugs: they may come back. */
async function newSlug(tx: Tx, title: string): Promise<string> {
  const taken = await tx.faqArticle.findMany({ select: { slug: true } });
  return freeSlug(
    slugOf(title, 'vopros'),
    taken.map(({ slug }) => slug),
  );
}

async function endOf(tx: Tx, categoryId: string): Promise<number> {
  const last = await tx.faqArticle.aggregate({ where: { categoryId }, _max: { position: true } });
  return (last._max.position ?? -1) + 1;
}

/** Of one category, what was put away among them. */
async function orderOf(tx: Tx, categoryId: string): Promise<string[]> {
  const rows = await tx.faqArticle.findMany({ where: { categoryId }, select: { id: true }, orderBy: [{ position: 'asc' }, { id: 'asc' }] });
  return rows.map(({ id }) => id);
}

async function writePlaces(tx: Tx, order: readonly string[]): Promise<void> {
  await tx.$executeRaw`UPDATE faq_article a SET position = v.place - 1 FROM unnest(${order}::uuid[]) WITH ORDINALITY AS v (id, place)
    WHERE a.id = v.id AND a.position IS DISTINCT FROM v.place - 1`;
}
