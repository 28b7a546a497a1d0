import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { aBrowser, type Browser } from '../../../testing/browser.ts';
import { aCategory, anArticle } from '../../../testing/faq.ts';
import { aModerator, aSchool, type School } from '../../../testing/world.ts';

let school: School;
let first: Browser;
let second: Browser;
beforeAll(async () => {
  school = await aSchool();
  [first, second] = [aBrowser(school.app, await aModerator(school.app)), aBrowser(school.app, await aModerator(school.app))];
});
afterAll(() => school.close());
beforeEach(async () => {
  const { db } = school.app;
  await db.faqArticle.deleteMany();
  await db.faqCategory.deleteMany();
  await db.auditEntry.deleteMany();
});

const office = () => first.call.support.office;
const inOrder = async () => (await office().list()).map(({ title, articles }) => [title, ...articles.map((article) => article.title)]);
const journal = async () =>
  (await first.call.audit.list({ kind: 'faq' })).entries.map(({ action, label, href, changes }) => ({
    action,
    label,
    href,
    changes: changes.toSorted((a, b) => (a.field < b.field ? -1 : 1)),
  }));
const gone = { message: 'FAQ_NOT_FOUND' };

/** Two categories, «А» with 1, 2, 3 and «Б» with 4. */
async function arranged() {
  const [a, b] = [await aCategory(school.app, 'А'), await aCategory(school.app, 'Б')];
  const ids: string[] = [];
  for (const [title, categoryId] of [
    ['1', a],
    ['2', a],
    ['3', a],
    ['4', b],
  ] as const)
    ids.push((await anArticle(school.app, { title, categoryId })).id);
  const [one = '', two = '', three = '', four = ''] = ids;
  return { a, b, one, two, three, four };
}

describe('an article', () => {
  test('is written, changed, and found in the journal', async () => {
    const { id: categoryId } = await office().createCategory({ title: 'Поступление' });
    const made = await office().create({ categoryId, title: 'Когда аттестат?', body: 'Летом', keywords: 'оригинал', published: false });
    expect(made).toMatchObject({ slug: 'kogda-attestat', rev: 1, published: false, updatedByName: 'Ольга Громова' });
    school.clock.forward(60_000);
    const text = { categoryId, title: 'Когда нести аттестат?', body: 'До августа', keywords: 'оригинал', published: true };
    const changed = await second.call.support.office.update({ id: made.id, rev: 1, ...text });
    expect(changed).toMatchObject({ ...text, slug: 'kogda-attestat', rev: 2, updatedAt: school.clock.now().toISOString() });
    expect(await office().article({ id: made.id })).toEqual(changed);
    const href = `/admin/faq/${made.id}`;
    expect(await journal()).toMatchObject([
      {
        action: 'faq.update',
        label: 'Когда нести аттестат?',
        href,
        changes: [
          { field: 'body', before: 'Летом', after: 'До августа' },
          { field: 'published', before: false, after: true },
          { field: 'title', before: 'Когда аттестат?', after: 'Когда нести аттестат?' },
        ],
      },
      { action: 'faq.create', label: 'Когда аттестат?', href },
      { action: 'faq-category.create', label: 'Поступление', href: '/admin/faq' },
    ]);
  });

  test('saved without a change it stays as it is', async () => {
    const { id } = await anArticle(school.app);
    const { rev, slug, updatedAt, updatedByName, ...fields } = await office().article({ id });
    expect(await office().update({ ...fields, rev })).toMatchObject({ rev: 1 });
    expect((await journal()).map(({ action }) => action)).toEqual(['faq.create', 'faq-category.create']);
  });

  test('of two who change it at once one hears of the other, and loses nothing in silence', async () => {
    const { id, categoryId } = await anArticle(school.app, { title: 'Вопрос' });
    const save = (browser: Browser, body: string) =>
      browser.call.support.office.update({ id, rev: 1, categoryId, title: 'Вопрос', body, keywords: '', published: true });
    const outcomes = await Promise.allSettled([save(first, 'одно'), save(second, 'другое')]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const refused = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(refused?.reason).toMatchObject({ message: 'FAQ_CONFLICT' });
    expect((await office().article({ id })).rev).toBe(2);
  });

  test('titles that are the same, or no letters, have addresses of their own', async () => {
    const slugs: string[] = [];
    for (const title of ['Вопрос', 'Вопрос', '???', '???']) slugs.push((await anArticle(school.app, { title })).slug);
    expect(slugs).toEqual(['vopros', 'vopros-2', 'vopros-3', 'vopros-4']);
  });

  test('many written at once with one title', async () => {
    const categoryId = await aCategory(school.app);
    const made = await Promise.all(Array.from({ length: 6 }, () => anArticle(school.app, { categoryId, title: 'Один' })));
    expect(new Set(made.map(({ slug }) => slug)).size).toBe(6);
    const places = await school.app.db.faqArticle.findMany({ select: { position: true } });
    expect(places.map(({ position }) => position).toSorted()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('sent twice under one id it is one, with what was typed on meanwhile', async () => {
    const { id: categoryId } = await office().createCategory({ title: 'Поступление' });
    const sent = { id: crypto.randomUUID(), categoryId, title: 'Когда?', body: 'Летом', published: true };
    const [one, same] = await Promise.all([office().create(sent), second.call.support.office.create(sent)]);
    expect([one.id, one.rev, same]).toEqual([sent.id, 1, one]);
    expect(await office().create({ ...sent, body: 'В июне' })).toMatchObject({ id: sent.id, rev: 2, body: 'В июне' });
    // From here on it is somebody's change that would be lost.
    await expect(office().create(sent)).rejects.toMatchObject({ message: 'FAQ_CONFLICT' });
    expect((await office().list()).flatMap(({ articles }) => articles)).toHaveLength(1);
  });

  test('put away and put back it stands where it stood; twice is refused', async () => {
    const { two } = await arranged();
    await office().remove({ id: two });
    expect(await inOrder()).toEqual([
      ['А', '1', '3'],
      ['Б', '4'],
    ]);
    await expect(office().remove({ id: two })).rejects.toMatchObject(gone);
    await expect(office().article({ id: two })).rejects.toMatchObject(gone);
    await office().restore({ id: two });
    await expect(office().restore({ id: two })).rejects.toMatchObject(gone);
    expect(await inOrder()).toEqual([
      ['А', '1', '2', '3'],
      ['Б', '4'],
    ]);
    expect((await journal()).slice(0, 2).map(({ action }) => action)).toEqual(['faq.restore', 'faq.remove']);
  });
});

describe('places', () => {
  test.each<[string, (x: Awaited<ReturnType<typeof arranged>>) => { id: string; categoryId: string; beforeId: string | null }, string[][]]>(
    [
      [
        'up',
        ({ a, one, three }) => ({ id: three, categoryId: a, beforeId: one }),
        [
          ['А', '3', '1', '2'],
          ['Б', '4'],
        ],
      ],
      [
        'down',
        ({ a, one, three }) => ({ id: one, categoryId: a, beforeId: three }),
        [
          ['А', '2', '1', '3'],
          ['Б', '4'],
        ],
      ],
      [
        'to the end',
        ({ a, one }) => ({ id: one, categoryId: a, beforeId: null }),
        [
          ['А', '2', '3', '1'],
          ['Б', '4'],
        ],
      ],
      [
        'before itself',
        ({ a, two }) => ({ id: two, categoryId: a, beforeId: two }),
        [
          ['А', '1', '2', '3'],
          ['Б', '4'],
        ],
      ],
      [
        'to another category',
        ({ b, two, four }) => ({ id: two, categoryId: b, beforeId: four }),
        [
          ['А', '1', '3'],
          ['Б', '2', '4'],
        ],
      ],
      [
        'to the end of another',
        ({ b, two }) => ({ id: two, categoryId: b, beforeId: null }),
        [
          ['А', '1', '3'],
          ['Б', '4', '2'],
        ],
      ],
    ],
  )('%s', async (_name, move, order) => {
    const world = await arranged();
    await office().move(move(world));
    expect(await inOrder()).toEqual(order);
  });

  test('moving changes no revision: who edits meanwhile has no conflict', async () => {
    const { one, b } = await arranged();
    await office().move({ id: one, categoryId: b, beforeId: null });
    expect((await office().article({ id: one })).rev).toBe(1);
    expect((await journal())[0]).toMatchObject({
      action: 'faq.move',
      changes: [
        { field: 'category', before: 'А', after: 'Б' },
        { field: 'place', before: 1, after: 2 },
      ],
    });
  });

  test('before what is not in that category, in none, or away: refused and nothing moved', async () => {
    const { a, b, one, two, four } = await arranged();
    await expect(office().move({ id: one, categoryId: a, beforeId: four })).rejects.toMatchObject(gone);
    await expect(office().move({ id: one, categoryId: one, beforeId: null })).rejects.toMatchObject(gone);
    await office().remove({ id: two });
    await expect(office().move({ id: two, categoryId: b, beforeId: null })).rejects.toMatchObject(gone);
    expect(await inOrder()).toEqual([
      ['А', '1', '3'],
      ['Б', '4'],
    ]);
  });

  test('moves by two at once leave every article once, with a place of its own', async () => {
    const { a, b, one, two, three, four } = await arranged();
    const moves = [one, two, three, four].flatMap((id) => [
      first.call.support.office.move({ id, categoryId: a, beforeId: null }),
      second.call.support.office.move({ id, categoryId: b, beforeId: null }),
    ]);
    await Promise.all(moves);
    const rows = await school.app.db.faqArticle.findMany({ select: { title: true, categoryId: true, position: true } });
    expect(rows.map(({ title }) => title).toSorted()).toEqual(['1', '2', '3', '4']);
    expect(new Set(rows.map(({ categoryId, position }) => `${categoryId} ${position}`)).size).toBe(4);
  });
});

describe('a category', () => {
  test('is made, renamed, moved; its slug stays', async () => {
    const made = [];
    for (const title of ['Учёба', 'Учёба', '!!!']) made.push(await office().createCategory({ title }));
    expect(made.map(({ slug }) => slug)).toEqual(['ucheba', 'ucheba-2', 'razdel']);
    const [one, two, three] = made.map(({ id }) => id);
    await office().renameCategory({ id: one ?? '', title: 'Платформа' });
    await office().moveCategory({ id: three ?? '', beforeId: one ?? '' });
    expect((await office().list()).map(({ slug, title }) => `${slug} ${title}`)).toEqual([
      'razdel !!!',
      'ucheba Платформа',
      'ucheba-2 Учёба',
    ]);
    await expect(office().moveCategory({ id: two ?? '', beforeId: crypto.randomUUID() })).rejects.toMatchObject(gone);
    const [moved, renamed] = await journal();
    expect(moved).toMatchObject({ action: 'faq-category.move', changes: [{ field: 'place', before: 3, after: 1 }] });
    expect(renamed).toMatchObject({ action: 'faq-category.rename', changes: [{ field: 'title', before: 'Учёба', after: 'Платформа' }] });
  });

  test('goes only when it is empty; what was put away in it can still be put back', async () => {
    const { b, four, a, one, two, three } = await arranged();
    await expect(office().removeCategory({ id: b })).rejects.toMatchObject({ message: 'FAQ_IN_USE' });
    await office().remove({ id: four });
    await office().removeCategory({ id: b });
    await expect(office().removeCategory({ id: b })).rejects.toMatchObject(gone);
    await office().restore({ id: four });
    expect(await inOrder()).toEqual([['А', '1', '2', '3', '4']]);
    for (const id of [one, two, three, four]) await office().remove({ id });
    // Nowhere to go for what may still be put back.
    await expect(office().removeCategory({ id: a })).rejects.toMatchObject({ message: 'FAQ_LAST_CATEGORY' });
    await office().restore({ id: four });
    expect(await inOrder()).toEqual([['А', '4']]);
    await office().remove({ id: four });
    const { id: other } = await office().createCategory({ title: 'В' });
    await office().removeCategory({ id: a });
    await office().restore({ id: four });
    await expect(office().removeCategory({ id: other })).rejects.toMatchObject({ message: 'FAQ_IN_USE' });
    expect(await inOrder()).toEqual([['В', '4']]);
    expect(await journal()).toContainEqual(expect.objectContaining({ action: 'faq-category.remove', label: 'А', href: null }));
  });

  test('removed while an article is being put into it: one of the two is refused', async () => {
    const { a, b, four } = await arranged();
    await office().remove({ id: four });
    const [removed, written] = await Promise.allSettled([
      first.call.support.office.removeCategory({ id: b }),
      second.call.support.office.create({ categoryId: b, title: 'Новая', body: 'Да', published: true }),
    ]);
    expect([removed.status, written.status].toSorted()).toEqual(['fulfilled', 'rejected']);
    await expect(office().createCategory({ title: 'я'.repeat(61) })).rejects.toThrow();
    expect((await office().list()).map(({ id }) => id)).toContain(a);
  });
});
