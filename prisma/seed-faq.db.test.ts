/** How the demo school’s questions and answers come into a school. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getFaqForEditing, listFaq } from '#server/features/support/office/queries.ts';
import { getFaqArticle } from '#server/features/support/queries.ts';
import { aCourse } from '#server/testing/course.ts';
import { aSchool, type School } from '#server/testing/world.ts';
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
  expect(await app.db.faqCategory.count()).toBe(4);

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
