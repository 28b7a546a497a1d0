/** How the demo school’s questions and answers come into a school. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getFaqForEditing, listFaq } from '#server/features/support/office/queries.ts';
import { getFaqArticle } from '#server/features/support/queries.ts';
import { aCourse } from '#server/testing/course.ts';
import { aSchool, type School } from '#server/testing/world.ts';
import { loadHelpArticles } from './help-articles.ts';
import { seedDemo } from './seed.ts';

let school: School;
beforeAll(async () => {
  school = await aSchool();
});
afterAll(() => school.close());
const count = () => school.app.db.faqArticle.count({ where: { deletedAt: null } });

test('of somebody’s own there are none; in a demo school from before they appear; and then they are the teachers’', async () => {
  const { app } = school;
  const course = await aCourse(app);
  expect(await seedDemo(app)).toBe('school-not-empty');
  expect(await count()).toBe(0);

  await app.db.course.update({ where: { id: course.id }, data: { slug: 'math-60' } });
  await Promise.all([seedDemo(app), seedDemo(app)]);
  const all = await count();
  expect(all).toBeGreaterThanOrEqual(24);
  expect(await app.db.faqCategory.count()).toBe(5);

  const [row] = (await listFaq(app))[0]?.articles ?? [];
  const article = await getFaqForEditing(app, { id: row?.id ?? '' });
  expect(article).toMatchObject({ published: true, updatedByName: null });
  expect((await getFaqArticle(app, null, { slug: article.slug })).html).toContain('<li>');

  await app.db.faqArticle.update({ where: { id: article.id }, data: { title: 'Своё название' } });
  await seedDemo(app);
  expect((await getFaqForEditing(app, { id: article.id })).title).toBe('Своё название');
  expect(await count()).toBe(all);

  // Not even when nothing is left of them.
  await app.db.faqArticle.deleteMany();
  await app.db.faqCategory.deleteMany();
  await seedDemo(app);
  expect(await count()).toBe(0);
});

describe('a school of somebody’s own is given the answers about the site', () => {
  test.each([
    ['that takes no payments', {}, ['Платформа']],
    ['that takes payments', { PAYMENTS_TBANK_TERMINAL: '1', PAYMENTS_TBANK_PASSWORD: 'password' }, ['Платформа', 'Оплата']],
  ])('%s', async (_, env, titles) => {
    const own = await aSchool({ env });
    const loaded = await loadHelpArticles(own.app, { kind: 'system' });
    const categories = await own.app.db.faqCategory.findMany({ orderBy: { position: 'asc' }, include: { articles: true } });
    expect(categories.map(({ title }) => title)).toEqual(titles);
    const articles = categories.flatMap((category) => category.articles);
    expect(articles).toHaveLength(loaded ?? 0);
    // Nothing in them leads to an answer that this school was not given.
    const links = articles.flatMap(({ body }) => [...body.matchAll(/\(\/support#([^)]+)\)/g)].map(([, slug]) => slug));
    expect(links.length).toBeGreaterThan(3);
    expect(links.filter((slug) => articles.every((article) => article.slug !== slug))).toEqual([]);

    await own.app.db.faqArticle.deleteMany();
    expect(await loadHelpArticles(own.app, { kind: 'system' })).toBeNull();
    expect(await own.app.db.faqArticle.count()).toBe(0);
    await own.close();
  });
});
