import { fileURLToPath } from 'node:url';
import { loadFaq } from '#server/features/support/office/load/actions.ts';
import type { Actor, App } from '#server/platform/app.ts';
import { readFaqFolder } from './faq-files.ts';

const folder = fileURLToPath(new URL('demo/faq', import.meta.url));

/** The demo school’s answers about the site itself hold in every school; those about money where it takes any. The rest is about one country and year. */
const aboutTheSite = 'platforma';
const aboutMoney = 'oplata';

/**
 * Puts the answers about the site into a school that never had questions and answers: where its teachers begin.
 * @returns how many; null: the school has, or had, some of its own
 */
export async function loadHelpArticles(app: App, actor: Actor): Promise<number | null> {
  const faq = await readFaqFolder(folder);
  if (!faq.ok) throw new Error(`The answers in ${folder} have mistakes: see «npm test».`);
  const fitting = faq.categories.filter(({ slug }) => slug === aboutTheSite || (slug === aboutMoney && app.config.payments !== null));
  const loaded = await loadFaq(app, actor, fitting);
  return loaded ? fitting.reduce((sum, { articles }) => sum + articles.length, 0) : null;
}
