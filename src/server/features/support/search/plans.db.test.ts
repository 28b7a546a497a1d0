/** Of two thousand articles those that fit are read from an index, in a few statements. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { faqLimits } from '#shared/support-limits.ts';
import { aCategory, anArticle } from '../../../testing/faq.ts';
import { explained } from '../../../testing/plans.ts';
import { statementsOf } from '../../../testing/statements.ts';
import { aSchool, type School } from '../../../testing/world.ts';
import { searchFaq } from './queries.ts';

let school: School;
beforeAll(async () => {
  school = await aSchool();
  const categoryId = await aCategory(school.app);
  await school.app.pool.query(
    `INSERT INTO faq_article (category_id, slug, title, body, keywords, position, updated_at, published_at)
      SELECT $1, 'a-' || n, 'Вопрос ' || md5(n::text) || ' о поступлении', repeat('Ответ о приёме и баллах ' || md5((n * 7)::text) || '. ', 30), md5((n * 13)::text), n, now(), now()
      FROM generate_series(1, 2000) n`,
    [categoryId],
  );
  await anArticle(school.app, { categoryId, title: 'Когда цветёт мимоза' });
  await school.app.pool.query('VACUUM ANALYZE faq_article');
});
afterAll(() => school.close());

/** The list of categories looks at all articles; a search may not. */
const readsAll = /Seq Scan on faq_article a .*\n\s*Filter: .*search_/;

test('a word of few is read from its index, a mistyped one from that of its letters', async () => {
  const plansOf = async (query: string) => {
    const { app, plans } = explained(school.app);
    expect((await searchFaq(app, { query })).items.map(({ title }) => title)).toEqual(['Когда цветёт мимоза']);
    return plans.join('\n');
  };
  for (const query of ['мимоза', 'мимо', 'цветет мимоза', 'vbvjpf']) {
    const plans = await plansOf(query);
    expect(plans, query).toContain('faq_article_search_words_idx');
    expect(plans, query).not.toMatch(readsAll);
  }
  const plans = await plansOf('мимаза');
  expect(plans).toContain('faq_article_search_key_idx');
  expect(plans).not.toMatch(readsAll);
});

test('as many statements as with one article', async () => {
  const count = async (query: string) => (await statementsOf(school.app, () => searchFaq(school.app, { query }))).length;
  expect(await count('мимоза')).toBe(2);
  expect(await count('о поступлении')).toBe(2);
  // What was typed is not found, so it is guessed: BEGIN, the words like it, ROLLBACK, and the search once more.
  expect(await count('мимаза')).toBe(6);
  expect(await count('')).toBe(2);
});

test('a word of all gives the first of them', async () => {
  expect((await searchFaq(school.app, { query: 'поступление' })).items).toHaveLength(faqLimits.results);
  expect((await searchFaq(school.app, { query: 'п' })).items).toHaveLength(faqLimits.results);
});
