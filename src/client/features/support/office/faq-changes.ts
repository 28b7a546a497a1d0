import { before } from '#client/features/courses/office/programme-changes.ts';
import type { FaqOfficeListDto } from '#shared/support.ts';

/** What the list looks like after a change, before the server has said so. */

export interface ArticlePlace {
  categoryId: string;
  /** Null: at its end. */
  beforeId: string | null;
}

/** Where an article stands: what a move is taken back to. */
export function placeOfArticle(list: FaqOfficeListDto, id: string): ArticlePlace | null {
  for (const { id: categoryId, articles } of list) {
    const at = articles.findIndex((article) => article.id === id);
    if (at !== -1) return { categoryId, beforeId: articles[at + 1]?.id ?? null };
  }
  return null;
}

export function withArticleMoved(list: FaqOfficeListDto, id: string, { categoryId, beforeId }: ArticlePlace): FaqOfficeListDto {
  const article = list.flatMap(({ articles }) => articles).find((one) => one.id === id);
  if (!article || beforeId === id) return list;
  return withoutArticle(list, id).map((category) =>
    category.id === categoryId ? { ...category, articles: before([...category.articles, article], id, beforeId) } : category,
  );
}

export function withoutArticle(list: FaqOfficeListDto, id: string): FaqOfficeListDto {
  return list.map((category) => ({ ...category, articles: category.articles.filter((article) => article.id !== id) }));
}

export function withCategoryMoved(list: FaqOfficeListDto, id: string, beforeId: string | null): FaqOfficeListDto {
  return before(list, id, beforeId);
}
