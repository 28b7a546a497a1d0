/** What the server draws before styles and scripts are there stands where the page puts it: nothing moves, and nothing else is said. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, type Visitor } from './browser.ts';
import { aNewStudent, aSignedInTeacher } from './people.ts';
import { type Site, startSite } from './site.ts';

let site: Site;
let browser: Browser;
beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), launchBrowser()]);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

interface Line {
  text: string;
  x: number;
  y: number;
}

/** Titles and paragraphs that are seen before one scrolls; those with formulas are written otherwise in the two. */
const lines = (page: Page, within: string): Promise<Line[]> =>
  page.locator(within).evaluate((root) =>
    [...root.querySelectorAll('h1, h2, p')].flatMap((element) => {
      const { x, y, height } = element.getBoundingClientRect();
      const text = (element.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
      const hidden = height === 0 || y > innerHeight || element.querySelector('math, .katex') !== null;
      return text === '' || hidden ? [] : [{ text, x: Math.round(x), y: Math.round(y) }];
    }),
  );

async function bothOf({ page, context }: Visitor, path: string): Promise<{ early: Line[]; drawn: Line[] }> {
  await context.route(/\.js$/, (route) => route.abort());
  await page.goto(path);
  const early = await lines(page, '.early main');
  await context.unroute(/\.js$/);
  await page.goto(path);
  await page.locator('#main h1').waitFor();
  await expect.poll(async () => (await lines(page, '#main')).length).toBeGreaterThanOrEqual(early.length);
  return { early, drawn: await lines(page, '#main') };
}

/** Texts that stand there now, each no further than a hair from where it stood. */
function expectInPlace({ early, drawn }: { early: Line[]; drawn: Line[] }, least: number): void {
  expect(early.length).toBeGreaterThanOrEqual(least);
  for (const line of early) {
    const now = drawn.find(({ text }) => text === line.text);
    expect(now, line.text).toBeDefined();
    expect(
      [Math.abs((now?.x ?? 0) - line.x), Math.abs((now?.y ?? 0) - line.y)].every((far) => far <= 2),
      `${line.text}: ${JSON.stringify([line, now])}`,
    ).toBe(true);
  }
}

test('a student’s pages on a phone', async () => {
  const student = await aNewStudent(browser, site, 'phone', { at: null });
  const { page, context } = student;
  await page.goto('/courses/math-60/powers');
  await page.locator('form input').first().waitFor();
  for (const [path, least] of [
    ['/', 3],
    ['/courses/math-60', 2],
    ['/courses/math-60/powers', 3],
    ['/courses/math-80/trigonometry', 3],
    ['/profile', 12],
  ] as const)
    expectInPlace(await bothOf(student, path), least);
  await page.goto('/support/chat');
  const field = page.getByRole('textbox');
  await field.fill('Здравствуйте. Можно ли пройти тему ещё раз?');
  await page.keyboard.press('Control+Enter');
  await page.getByText('Отправлено').waitFor();
  expectInPlace(await bothOf(student, '/support/chat'), 1);
  await context.close();
});

test('a teacher’s office on a phone', async () => {
  const teacher = await aSignedInTeacher(browser, site, 'phone', { at: '/admin/students' });
  expectInPlace(await bothOf(teacher, '/admin'), 4);
  await teacher.context.close();
});

test('what lies below the first screen of a topic comes a moment later, and is there whole; an address that names a task leads to it', async () => {
  const { page, context } = await aNewStudent(browser, site, 'phone', { at: null });
  const heldBack = page.locator('[style*="content-visibility"]');
  await page.addInitScript(() => {
    const seen = { most: 0 };
    Object.assign(globalThis, { seen });
    new MutationObserver(() => {
      seen.most = Math.max(seen.most, document.querySelectorAll('[style*="content-visibility"]').length);
    }).observe(document, { subtree: true, childList: true, attributes: true });
  });
  const most = () => page.evaluate(() => (globalThis as unknown as { seen: { most: number } }).seen.most);
  await page.goto('/courses/math-60/equations');
  await page.locator('form input').first().waitFor({ state: 'attached' });
  await expect.poll(() => heldBack.count()).toBe(0);
  expect(await most()).toBeGreaterThan(5);
  const tasks = page.locator('section[id]');
  const third = await tasks.nth(2).getAttribute('id');
  await page.reload();
  await tasks.last().waitFor({ state: 'attached' });
  expect(await most()).toBe(0);

  await page.goto('about:blank');
  await page.goto(`/courses/math-60/equations#${third}`);
  const target = page.locator(`section[id="${third}"]`);
  await target.waitFor();
  await expect.poll(() => heldBack.count()).toBe(0);
  await expect.poll(async () => Math.abs(((await target.boundingBox())?.y ?? 1000) - 32)).toBeLessThan(10);
  await context.close();
});
