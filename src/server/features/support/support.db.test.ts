import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faqLimits } from '#shared/support-limits.ts';
import { limitRules } from '../../platform/limits.ts';
import { aBrowser, type Browser } from '../../testing/browser.ts';
import { anArticle, type MadeArticle } from '../../testing/faq.ts';
import { aMachine, aModerator, aSchool, aStudent, type School, type Student } from '../../testing/world.ts';
import { dangers, payloads } from '../../testing/xss.ts';
import { previewFaq } from './office/queries.ts';

let school: School;
let student: Student;
let reader: Browser;
let office: Browser;
beforeAll(async () => {
  school = await aSchool();
  student = await aStudent(school.app);
  reader = aBrowser(school.app, student);
  office = aBrowser(school.app, await aModerator(school.app));
});
afterAll(() => school.close());

const guest = () => aBrowser(school.app);

describe('an answer', () => {
  test('is read by everybody, in HTML whose headings stand below its title', async () => {
    const body = '# Первая\n\n## Вторая\n\n### Третья\n\n###### Шестая\n\n**Да**, см. [ниже](#вторая) и [ещё](/support#kod).';
    const { slug } = await anArticle(school.app, { title: 'Когда приносить аттестат', body });
    expect(slug).toBe('kogda-prinosit-attestat');
    for (const browser of [guest(), reader, office]) {
      const { html, vote } = await browser.call.support.article({ slug });
      expect([...html.matchAll(/<(h\d)/g)].map(([, name]) => name)).toEqual(['h3', 'h3', 'h4', 'h6']);
      expect(html).toContain('<strong>Да</strong>');
      expect(html).toContain('href="#s-kogda-prinosit-attestat-vtoraya"');
      expect(html).toContain('id="s-kogda-prinosit-attestat-vtoraya"');
      expect(html).toContain('href="/support#kod"');
      expect(vote).toBeNull();
    }
  });

  test('a draft is read by moderators only, what was put away by nobody', async () => {
    const draft = await anArticle(school.app, { published: false });
    for (const browser of [guest(), reader]) {
      await expect(browser.call.support.article({ slug: draft.slug })).rejects.toMatchObject({ message: 'FAQ_NOT_FOUND' });
      await expect(browser.call.support.vote({ articleId: draft.id, helped: true, visitor: randomUUID() })).rejects.toMatchObject({
        message: 'FAQ_NOT_FOUND',
      });
    }
    expect(await office.call.support.article({ slug: draft.slug })).toMatchObject({ id: draft.id });
    await office.call.support.office.remove({ id: draft.id });
    await expect(office.call.support.article({ slug: draft.slug })).rejects.toMatchObject({ message: 'FAQ_NOT_FOUND' });
  });

  test('nothing an author types can act', async () => {
    const { slug } = await anArticle(school.app, { title: 'Проверка', body: payloads.join('\n\n') });
    const { html } = await reader.call.support.article({ slug });
    expect(dangers(html, { id: new RegExp(`^s-${slug}-`) })).toEqual([]);
    for (const body of payloads) expect(dangers(previewFaq(school.app, { body }).html, { id: /^s-draft-/ }), body).toEqual([]);
  });

  test('a title, keywords and a category are kept as they were typed', async () => {
    const [title, keywords] = ['<b>Где</b> & «как»?', '<script>alert(1)</script>, ключ'];
    const category = await office.call.support.office.createCategory({ title: '<i>Раздел</i>' });
    const article = await anArticle(school.app, { categoryId: category.id, title, keywords });
    const list = await guest().call.support.search({ query: '' });
    expect(list.items.find(({ id }) => id === article.id)).toMatchObject({ title });
    expect(list.categories).toContainEqual(category);
    expect(await office.call.support.office.article({ id: article.id })).toMatchObject({ title, keywords });
    expect(article.slug).toBe('b-gde-b-kak');
  });
});

describe('votes', () => {
  const votes = async (article: MadeArticle) => {
    const row = (await office.call.support.office.list()).flatMap(({ articles }) => articles).find(({ id }) => id === article.id);
    return [row?.helped, row?.notHelped];
  };

  test('of a student and of guests: twice is once, the last word counts, and it can be taken back', async () => {
    const article = await anArticle(school.app);
    const [visitor, other] = [randomUUID(), randomUUID()];
    const say = (browser: Browser, helped: boolean | null, by = visitor) =>
      browser.call.support.vote({ articleId: article.id, helped, visitor: by });
    for (const [browser, helped, by, counted] of [
      [reader, true, visitor, [1, 0]],
      [reader, true, visitor, [1, 0]],
      // Signed in, it does not matter what the browser calls itself.
      [reader, false, other, [0, 1]],
      [guest(), true, visitor, [1, 1]],
      [guest(), true, visitor, [1, 1]],
      [guest(), false, other, [1, 2]],
      [guest(), null, other, [1, 1]],
      [guest(), null, other, [1, 1]],
      [reader, null, visitor, [1, 0]],
    ] as const) {
      await say(browser, helped, by);
      expect(await votes(article)).toEqual(counted);
    }
    expect(await guest().call.support.votes({ visitor })).toEqual([{ articleId: article.id, helped: true }]);
    expect(await guest().call.support.votes({ visitor: other })).toEqual([]);
  });

  test('two taps at once leave one vote', async () => {
    const article = await anArticle(school.app);
    const visitor = randomUUID();
    await Promise.all([true, false, true, true].map((helped) => guest().call.support.vote({ articleId: article.id, helped, visitor })));
    expect((await votes(article)).reduce<number>((sum, count) => sum + (count ?? 0), 0)).toBe(1);
  });

  test('the reader’s own stands beside the answer, and goes with it', async () => {
    const article = await anArticle(school.app);
    await reader.call.support.vote({ articleId: article.id, helped: false, visitor: randomUUID() });
    expect((await reader.call.support.article({ slug: article.slug })).vote).toBe(false);
    expect((await guest().call.support.article({ slug: article.slug })).vote).toBeNull();
    const mine = () => reader.call.support.votes({ visitor: randomUUID() });
    expect(await mine()).toContainEqual({ articleId: article.id, helped: false });
    await office.call.support.office.remove({ id: article.id });
    expect((await mine()).map(({ articleId }) => articleId)).not.toContain(article.id);
  });

  test('a guest cannot take a person’s place, and what the browser made up is not kept', async () => {
    const article = await anArticle(school.app);
    await reader.call.support.vote({ articleId: article.id, helped: true, visitor: randomUUID() });
    await guest().call.support.vote({ articleId: article.id, helped: false, visitor: student.actor.id });
    expect(await votes(article)).toEqual([1, 1]);
    const rows = await school.app.db.faqVote.findMany({ where: { articleId: article.id }, select: { voter: true } });
    expect(rows.filter(({ voter }) => voter.includes(student.actor.id))).toHaveLength(1);
  });

  test('guests of a network have so many votes on one answer, whoever they say they are; others and other answers are as before', async () => {
    const [article, next] = [await anArticle(school.app), await anArticle(school.app)];
    const { ip } = aMachine();
    const say = (at = ip, { id: articleId } = article) =>
      aBrowser(school.app, { ip: at }).call.support.vote({ articleId, helped: false, visitor: randomUUID() });
    for (let vote = 0; vote < limitRules['faq.guest'].points; vote += 1) await say();
    await expect(say()).rejects.toMatchObject({ message: 'AUTH_RATE_LIMITED' });
    await say(ip, next);
    await say(aMachine().ip);
    await aBrowser(school.app, { ip, cookie: student.cookie }).call.support.vote({
      articleId: article.id,
      helped: true,
      visitor: randomUUID(),
    });
    expect(await votes(article)).toEqual([1, limitRules['faq.guest'].points + 1]);
  });

  test('a network may vote only so often', async () => {
    const article = await anArticle(school.app);
    const { ip } = aMachine();
    await school.app.limits.take('faq.vote', ip, 299);
    const say = () => aBrowser(school.app, { ip }).call.support.vote({ articleId: article.id, helped: true, visitor: randomUUID() });
    await say();
    await expect(say()).rejects.toMatchObject({ message: 'AUTH_RATE_LIMITED' });
    expect(await votes(article)).toEqual([1, 0]);
  });
});

test('inputs beyond their limits are refused', async () => {
  const { id: articleId, categoryId } = await anArticle(school.app);
  const text = { categoryId, title: 'а', body: 'б', keywords: '', published: true };
  for (const over of [
    { title: '' },
    { title: '   ' },
    { title: '\u200b\u2060' },
    { title: 'а'.repeat(faqLimits.title + 1) },
    { body: 'а'.repeat(faqLimits.body + 1) },
    { body: '' },
    { body: ' \n ' },
    { body: '\u200b' },
    { keywords: 'а'.repeat(faqLimits.keywords + 1) },
    { categoryId: 'x' },
  ])
    await expect(office.call.support.office.create({ ...text, ...over }), JSON.stringify(over).slice(0, 60)).rejects.toThrow();
  await expect(reader.call.support.vote({ articleId, helped: true, visitor: 'me' })).rejects.toThrow();
  await expect(reader.call.support.article({ slug: '' })).rejects.toThrow();
  for (const slug of ['\0', 'a\uD83D', '%', '..'])
    await expect(reader.call.support.article({ slug })).rejects.toMatchObject({ message: 'FAQ_NOT_FOUND' });
});
