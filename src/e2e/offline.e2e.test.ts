import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { offlineCatalogue as words } from '#shared/i18n/ru/offline/all.ts';
import { expectAccessible, launchBrowser, screens } from './browser.ts';
import { aNewStudent } from './people.ts';
import { type Site, startSite } from './site.ts';
import { text } from './words.ts';

let site: Site;
let browser: Browser;
let isDown = false;
beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), launchBrowser()]);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

// A journey that has failed half-way may have left it so.
beforeEach(async () => {
  if (isDown) await site.restart();
  isDown = false;
});

const titled = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });
const isKept = (page: Page, path: string) =>
  page.evaluate(async (address) => (await caches.match(address)) !== undefined, `/offline/topics/${path}`);

test('theory that was opened is read without a network, and only by whom it is open to', async () => {
  const { context: known } = await aNewStudent(browser, site, 'phone', { at: null });
  // Journeys block workers otherwise: what they are told of a network would pass by one.
  const context = await browser.newContext({ viewport: screens.phone, locale: 'ru-RU', baseURL: site.url, serviceWorkers: 'allow' });
  await context.addCookies(await known.cookies());
  const page = await context.newPage();
  const rows = await site.sql(
    `SELECT t.slug, t.title FROM topic t JOIN course c ON c.id = t.course_id WHERE c.slug = 'math-60' ORDER BY t.position LIMIT 3`,
  );
  const slugs = rows.map(({ slug }) => `math-60/${slug}`);
  const [, second = '', third = ''] = slugs;
  const title = String(rows[2]?.title);
  // As it was before, when this is gone through once more.
  await site.sql(`UPDATE topic SET opens_at = now() - interval '9 days' WHERE slug = $1`, [third.split('/')[1]]);

  await page.goto(`/courses/${third}`);
  await titled(page, title).waitFor();
  await expect.poll(() => isKept(page, third)).toBe(true);
  await expect
    .poll(() => page.evaluate(async () => navigator.serviceWorker.controller !== null && (await caches.match('/offline')) !== undefined))
    .toBe(true);

  await site.kill();
  isDown = true;
  await page.reload();
  await titled(page, title).waitFor();
  await page.getByText(words.topic).waitFor();
  const picture = page.locator('article img').first();
  await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
  // Tasks are not there, nor is anything of somebody's answers.
  expect(await page.getByLabel(text.tasks.answer.label).count()).toBe(0);
  await expectAccessible(page);
  const exam = await context.newPage();
  await expect(exam.goto('/attempts/00000000-0000-4000-8000-000000000000')).rejects.toThrow();
  await exam.close();
  await page.goto('/mistakes');
  await titled(page, words.title).waitFor();
  expect(page.url()).toMatch(/\/offline\?next=%2Fmistakes$/);
  await page.getByRole('link', { name: title }).waitFor();
  await expectAccessible(page);

  await site.restart();
  isDown = false;
  await page.waitForURL('**/mistakes');
  // A date has moved and the visit is gone: the topic is closed to them again, and so is what was kept of it.
  await site.sql(`UPDATE topic SET opens_at = now() + interval '9 days' WHERE slug = $1`, [third.split('/')[1]]);
  await site.sql('DELETE FROM topic_visit');
  await page.goto(`/courses/${second}`);
  await expect.poll(() => isKept(page, second)).toBe(true);
  await expect.poll(() => isKept(page, third)).toBe(false);

  await page.goto('/profile/devices');
  await page.getByRole('button', { name: text.people.signOut }).click();
  await page.waitForURL((url) => url.pathname === '/');
  await expect.poll(() => page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('theory-')))).toEqual([]);
  expect(await isKept(page, second)).toBe(false);
  await Promise.all([context.close(), known.close()]);
});
