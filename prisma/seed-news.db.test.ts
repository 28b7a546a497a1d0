/** The demo school’s announcements: their files, and how they come into a school. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listNews } from '#server/features/news/queries.ts';
import { aCourse } from '#server/testing/course.ts';
import { aSchool, aStudent, type School } from '#server/testing/world.ts';
import { readNewsFolder } from './news-files.ts';
import { seedDemo } from './seed.ts';

let school: School;
beforeAll(async () => {
  school = await aSchool();
});
afterAll(() => school.close());

test('the files say something, by the rules of Russian print, and lead to pages that there are', async () => {
  const read = await readNewsFolder(fileURLToPath(new URL('demo/news', import.meta.url)));
  expect(read).toMatchObject({ ok: true });
  if (!read.ok) return;
  expect(read.news).toHaveLength(3);
  for (const { title, body, button, days } of read.news) {
    expect(body.length, title).toBeGreaterThan(150);
    expect(days, title).toBeGreaterThan(0);
    expect(`${title}\n${body}`, title).not.toMatch(/"|—| - |!|\bвы(?:брал|дал)\(|пожалуйста/i);
    expect(['/courses', '/mistakes', '/courses/math-80'], title).toContain(button?.url);
  }
});

test.each([
  ['1.md', '---\ntitle: Новость\n---\nТекст', { file: '1.md', code: 'entry-unknown' }],
  ['01-a.md', 'Текст', { file: '01-a.md', code: 'front-matter-missing' }],
  ['01-a.md', '---\ntitle: Новость\n---\n', { file: '01-a.md', code: 'section-empty' }],
  ['01-a.md', '---\ntitle: Новость\ndays: завтра\n---\nТекст', { file: '01-a.md', code: 'value-integer', key: 'days' }],
  ['01-a.md', '---\ntitle: Новость\nbutton: Смотреть\n---\nТекст', { file: '01-a.md', code: 'key-missing', key: 'url' }],
  [
    '01-a.md',
    '---\ntitle: Новость\nbutton: Смотреть\nurl: javascript:alert(1)\n---\nТекст',
    { file: '01-a.md', code: 'value-shape', key: 'url' },
  ],
])('what is wrong with %s is told: %j', async (name, source, problem) => {
  const dir = await mkdtemp(join(tmpdir(), 'otlichno-news-'));
  try {
    await writeFile(join(dir, name), source);
    expect(await readNewsFolder(dir)).toMatchObject({ ok: false, problems: [problem] });
  } finally {
    await rm(dir, { recursive: true });
  }
});

test('a school of somebody’s own gets none; a demo school gets them once, told to nobody; and then they are the teachers’', async () => {
  const { app } = school;
  const course = await aCourse(app);
  await seedDemo(app);
  expect(await app.db.newsPost.count()).toBe(0);

  await app.db.course.update({ where: { id: course.id }, data: { slug: 'math-60' } });
  await Promise.all([seedDemo(app), seedDemo(app)]);
  expect(await app.db.newsPost.count()).toBe(3);
  expect([await app.db.notice.count(), await app.db.delivery.count()]).toEqual([0, 0]);
  const { items } = await listNews(app, (await aStudent(app)).actor, { limit: 20 });
  expect(items.map(({ unread }) => unread)).toEqual([false, false, false]);
  expect(items.map(({ publishedAt }) => publishedAt)).toEqual(
    items
      .map(({ publishedAt }) => publishedAt)
      .toSorted()
      .reverse(),
  );

  await app.db.newsPost.updateMany({ data: { title: 'Своё название', deletedAt: app.clock.now() } });
  await seedDemo(app);
  expect(await app.db.newsPost.count({ where: { title: 'Своё название' } })).toBe(3);
});
