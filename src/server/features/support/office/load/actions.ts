import type { Actor, App } from '../../../../platform/app.ts';
import { recordAudit } from '../../../../platform/audit.ts';
import type { Tx } from '../../../../platform/db.ts';
import { lockFaq } from '../access.ts';

export interface LoadedCategory {
  slug: string;
  title: string;
  articles: readonly { slug: string; title: string; keywords: string; body: string }[];
}

/**
 * Puts questions and answers into a school that never had any. Once: what teachers change or delete afterwards is theirs, and stays deleted.
 * @returns whether they were put in
 */
export async function loadFaq(app: App, actor: Actor, loaded: readonly LoadedCategory[]): Promise<boolean> {
  if (await hasHadFaq(app.db)) return false;
  return app.db.$transaction(async (tx) => {
    await lockFaq(tx, actor);
    // Of two processes that start at once, the second one finds what the first has put in.
    if (await hasHadFaq(tx)) return false;
    const now = app.clock.now();
    for (const [position, { slug, title, articles }] of loaded.entries()) {
      const { id } = await tx.faqCategory.create({ data: { slug, title, position }, select: { id: true } });
      const rows = articles.map((article, place) => ({ ...article, categoryId: id, position: place, updatedAt: now, publishedAt: now }));
      await tx.faqArticle.createMany({ data: rows });
      await recordAudit(app, tx, actor, { action: 'faq-category.create', subject: id, label: title, after: { articles: articles.length } });
    }
    return true;
  });
}

/** The journal remembers them where not even a category is left. */
async function hasHadFaq(tx: Tx): Promise<boolean> {
  if ((await tx.faqCategory.count()) > 0) return true;
  return (await tx.auditEntry.count({ where: { action: { startsWith: 'faq' } } })) > 0;
}
