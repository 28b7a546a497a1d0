import { createFaqInput } from '#shared/support.ts';
import { createFaq } from '../features/support/office/actions.ts';
import { createFaqCategory } from '../features/support/office/categories/actions.ts';
import type { App, PersonActor } from '../platform/app.ts';

/** Who writes what tests read: nobody asks for the name. */
const writer: PersonActor = { kind: 'person', id: '00000000-0000-4000-8000-000000000000', role: 'moderator', timeZone: 'Europe/Moscow' };

export interface MadeArticle {
  id: string;
  slug: string;
  categoryId: string;
}

export interface ArticlePlan {
  /** Left out: a category of its own. */
  categoryId: string;
  title: string;
  body: string;
  keywords: string;
  published: boolean;
}

export async function aCategory(app: App, title = 'Раздел'): Promise<string> {
  return (await createFaqCategory(app, writer, { title })).id;
}

/** A question with its answer, published unless it is said otherwise. */
export async function anArticle(app: App, plan: Partial<ArticlePlan> = {}): Promise<MadeArticle> {
  const categoryId = plan.categoryId ?? (await aCategory(app));
  const input = createFaqInput.parse({ title: 'Вопрос', body: 'Ответ', published: true, ...plan, categoryId });
  const { id, slug } = await createFaq(app, writer, input);
  return { id, slug, categoryId };
}
