/** The files of the demo school’s questions and answers. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type FaqFileArticle, readFaqFolder } from './faq-files.ts';

const demo = fileURLToPath(new URL('demo', import.meta.url));

describe('the files of the demo school', () => {
  let articles: FaqFileArticle[];
  beforeAll(async () => {
    const read = await readFaqFolder(join(demo, 'faq'));
    expect(read).toMatchObject({ ok: true });
    if (!read.ok) return;
    expect(read.categories.map(({ title }) => title)).toEqual(['Поступление', 'Баллы и специальности', 'Экзамен', 'Платформа', 'Оплата']);
    for (const { title, articles: inIt } of read.categories) expect(inIt.length, title).toBeGreaterThanOrEqual(5);
    articles = read.categories.flatMap((category) => category.articles);
  });

  test('say something, each under a title of its own', () => {
    expect(articles.length).toBeGreaterThanOrEqual(24);
    expect(new Set(articles.map(({ title }) => title.toLowerCase())).size).toBe(articles.length);
    for (const { slug, title, body, keywords } of articles) {
      expect(body.length, slug).toBeGreaterThan(200);
      expect(keywords, slug).not.toBe('');
      // Quotes and dashes of Russian print, nobody is shouted at, and nobody’s gender is guessed.
      expect(`${title}\n${body}`, slug).not.toMatch(/"|—| - |!|\bвы(?:брал|дал)\(|пожалуйста/i);
    }
  });

  test('every link inside leads to an answer or to a page', () => {
    const ofProfile = ['/profile', '/profile/data', '/profile/devices', '/profile/notifications', '/profile/payments'];
    const pages = [...ofProfile, '/courses', '/register', '/mistakes', '/consent', '/offline', '/support', '/support/chat'];
    const answers = articles.map(({ slug }) => `/support#${slug}`);
    const links = articles.flatMap(({ body }) => [...body.matchAll(/\]\(([^)]*)\)/g)].map(([, href = '']) => href));
    expect(links.length).toBeGreaterThan(10);
    expect(links.filter((href) => !pages.includes(href) && !answers.includes(href))).toEqual([]);
  });
});

describe('a folder with mistakes', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'otlichno-faq-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  const good = '---\ntitle: Вопрос\n---\nОтвет\n';
  const list = '- slug: a\n  title: А\n';
  test.each<[string, Record<string, string>, string[]]>([
    ['none', { 'a/01-one.md': good, 'a/02-two.md': good }, []],
    ['no front matter', { 'a/01-one.md': 'Ответ' }, ['a/01-one.md:1 front-matter-missing']],
    ['no title', { 'a/01-one.md': '---\nkeywords: б\n---\nОтвет' }, ['a/01-one.md:2 key-missing']],
    ['no answer', { 'a/01-one.md': '---\ntitle: Вопрос\n---\n\n' }, ['a/01-one.md:4 section-empty']],
    ['an unknown key', { 'a/01-one.md': '---\ntitle: Вопрос\nauthor: я\n---\nОтвет' }, ['a/01-one.md:3 key-unknown']],
    ['HTML', { 'a/01-one.md': '---\ntitle: Вопрос\n---\n<b>Ответ</b>' }, ['a/01-one.md:4 md-html', 'a/01-one.md:4 md-html']],
    ['two of one name', { 'a/01-one.md': good, 'a/02-one.md': good }, ['a/02-one.md slug-twice']],
    ['a name without a number', { 'a/one.md': good }, ['a/one.md entry-unknown']],
    ['a folder nobody listed', { 'b/01-one.md': good }, ['b entry-unknown']],
    ['a category twice', { 'categories.yaml': list + list }, ['categories.yaml slug-twice']],
    ['a category without a title', { 'categories.yaml': '- slug: a\n' }, ['categories.yaml:1 key-missing']],
  ])('%s', async (_name, files, expected) => {
    for (const [path, text] of Object.entries({ 'categories.yaml': list, ...files })) {
      await mkdir(dirname(join(dir, path)), { recursive: true });
      await writeFile(join(dir, path), text);
    }
    const read = await readFaqFolder(dir);
    const problems = read.ok ? [] : read.problems.map(({ file, line, code }) => `${file}${line === undefined ? '' : `:${line}`} ${code}`);
    expect(problems).toEqual(expected);
  });
});
