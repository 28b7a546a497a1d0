import { AppError } from '#shared/errors.ts';
import type { FaqOfficeArticleDto, FaqOfficeListDto } from '#shared/support.ts';
import type { App } from '../../../platform/app.ts';
import { renderFaq } from '../queries.ts';

interface ListRow {
  category_id: string;
  category_slug: string;
  category_title: string;
  /** Null: a category without articles. */
  id: string | null;
  slug: string;
  title: string;
  published: boolean;
  helped: number;
  not_helped: number;
  updated_at: Date;
}

/** Everything in its order, drafts as well, with the votes. One statement. */
export async function listFaq(app: App): Promise<FaqOfficeListDto> {
  const { rows } = await app.pool.query<ListRow>(
    `SELECT c.id AS category_id, c.slug AS category_slug, c.title AS category_title, a.id, a.slug, a.title,
      a.published_at IS NOT NULL AS published, a.updated_at, coalesce(v.helped, 0) AS helped, coalesce(v.not_helped, 0) AS not_helped
    FROM faq_category c LEFT JOIN faq_article a ON a.category_id = c.id AND a.deleted_at IS NULL
      LEFT JOIN (
        SELECT article_id, (count(*) FILTER (WHERE helped))::int AS helped, (count(*) FILTER (WHERE NOT helped))::int AS not_helped
        FROM faq_vote GROUP BY article_id
      ) v ON v.article_id = a.id
    ORDER BY c.position, c.id, a.position, a.id`,
  );
  const categories = new Map<string, FaqOfficeListDto[number]>();
  for (const row of rows) {
    const { category_id: id, category_slug: slug, category_title: title } = row;
    const category = categories.get(id) ?? { id, slug, title, articles: [] };
    categories.set(id, category);
    if (row.id !== null) category.articles.push(toRowDto({ ...row, id: row.id }));
  }
  return [...categories.values()];
}

function toRowDto({ id, slug, title, published, helped, not_helped, updated_at }: ListRow & { id: string }) {
  return { id, slug, title, published, helped, notHelped: not_helped, updatedAt: updated_at.toISOString() };
}

/** @throws AppError FAQ_NOT_FOUND */
export async function getFaqForEditing(app: App, { id }: { id: string }): Promise<FaqOfficeArticleDto> {
  const select = {
    id: true,
    slug: true,
    categoryId: true,
    title: true,
    body: true,
    keywords: true,
    rev: true,
    publishedAt: true,
    updatedAt: true,
    updatedBy: true,
  } as const;
  const found = await app.db.faqArticle.findUnique({ where: { id, deletedAt: null }, select });
  if (!found) throw new AppError('FAQ_NOT_FOUND');
  const { publishedAt, updatedAt, updatedBy, ...article } = found;
  const person =
    updatedBy === null ? null : await app.db.person.findUnique({ where: { id: updatedBy }, select: { firstName: true, lastName: true } });
  return {
    ...article,
    published: publishedAt !== null,
    updatedAt: updatedAt.toISOString(),
    updatedByName: person && `${person.firstName} ${person.lastName}`,
  };
}

/** What students would see of a text that is being written. */
export function previewFaq(app: App, { body }: { body: string }): { html: string } {
  return { html: renderFaq(app, body) };
}
