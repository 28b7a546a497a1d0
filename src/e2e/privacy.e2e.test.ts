import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { consentVersion } from '#server/features/people/consent.ts';
import { accountCatalogue } from '#shared/i18n/ru/account/all.ts';
import { aVisitor, expectAccessibleAtBothWidths, launchBrowser, type Visitor } from './browser.ts';
import { aNewStudent, anEmail, aSignedInTeacher } from './people.ts';
import { type Site, startSite } from './site.ts';

const { personalData: words } = accountCatalogue;

let site: Site;
let browser: Browser;
let things: Record<string, string>;
beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), launchBrowser()]);
  const [row] =
    await site.sql(`SELECT c.slug AS course, t.slug AS topic, t.id AS topic_id, k.id AS task FROM topic t JOIN course c ON c.id = t.course_id
    JOIN task k ON k.topic_id = t.id WHERE t.opens_at < now() AND t.published_at IS NOT NULL ORDER BY c.slug, t.position LIMIT 1`);
  things = Object.fromEntries(Object.entries(row ?? {}).map(([name, value]) => [name, String(value)]));
  await site.sql(
    `INSERT INTO topic_video (topic_id, title, url, position) VALUES ($1, 'Разбор', 'https://www.youtube.com/watch?v=dQw4w9WgXcQ', 99)`,
    [things.topic_id],
  );
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

/** The addresses of all pages, read where they are declared: a new one is visited without being named here. */
function pathsIn(file: string, pattern: RegExp): string[] {
  const source = readFileSync(new URL(`../client/${file}`, import.meta.url), 'utf8');
  return [...source.matchAll(pattern)].map(([, path = '']) => path);
}

const siteRoutes = pathsIn('routes.tsx', /path: '(\/[^']*)'/g);
const officeRoutes = pathsIn('office-routes.ts', /'(\/admin[^']*)'/g);

/** An address of a route: of the demo school where it has such a thing, of something that is not there otherwise. */
function addressOf(route: string): string {
  return route.replace(/:(\w+)\??/g, (_, name: string) => {
    if (name === 'id' && /tasks/.test(route)) return things.task ?? '';
    return things[name] ?? randomUUID();
  });
}

/** Goes from page to page within the tab, and waits for each until it has its heading. */
async function visit(page: Page, routes: string[]): Promise<void> {
  for (const route of routes) {
    await page.evaluate(async (path) => {
      history.pushState(null, '', path);
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    }, addressOf(route));
    await page.locator('h1').first().waitFor({ state: 'attached' });
  }
}

const foreign = ({ faults }: Visitor) => faults.filter((fault) => fault.startsWith('request to'));

test('no page asks another host for anything: for guests, students and moderators', async () => {
  expect(siteRoutes.length).toBeGreaterThan(25);
  expect(officeRoutes.length).toBeGreaterThan(40);
  const [guest, student, teacher] = await Promise.all([
    aVisitor(browser, site.url, 'phone'),
    aNewStudent(browser, site, 'phone'),
    aSignedInTeacher(browser, site, 'desktop'),
  ]);
  await guest.page.goto('/');
  await Promise.all([
    visit(guest.page, siteRoutes),
    visit(student.page, siteRoutes),
    visit(teacher.page, [...officeRoutes, '/profile', '/privacy']),
  ]);
  expect([guest, student, teacher].map(foreign)).toEqual([[], [], []]);

  // The one exception: a video that a teacher has put there from elsewhere, once somebody presses it. It shows that a request would have been seen.
  const { page } = student;
  await page.route(/youtube/, (route) => route.fulfill({ contentType: 'text/html', body: '' }));
  await page.goto(`/courses/${things.course}/${things.topic}`);
  const video = page.getByRole('button', { name: /YouTube/ }).first();
  await video.waitFor();
  expect(foreign(student)).toEqual([]);
  await video.click();
  await expect.poll(() => foreign(student)).toEqual(['request to https://www.youtube-nocookie.com']);
  await Promise.all([guest, student, teacher].map(({ context }) => context.close()));
});

test('a new edition of the consent is asked for once, not in an exam; whoever does not agree finds the archive and the end of the account', async () => {
  const email = anEmail();
  const { page, context } = await aNewStudent(browser, site, 'phone', { email, at: null });
  await site.sql(`UPDATE consent SET version = '2026-09-01' WHERE person_id = (SELECT id FROM person WHERE email = $1)`, [email]);
  const exam = `/attempts/${randomUUID()}`;
  await page.goto(exam);
  await page.locator('h1').first().waitFor();
  expect(new URL(page.url()).pathname).toBe(exam);
  await page.goto('/courses');
  await page.getByRole('heading', { level: 1, name: words.consent.title }).waitFor();
  await expectAccessibleAtBothWidths(page);
  await page.getByRole('button', { name: words.consent.agree }).click();
  await page.waitForURL('**/courses');
  const journal = await site.sql(
    'SELECT version, ip FROM consent c JOIN person p ON p.id = c.person_id WHERE p.email = $1 ORDER BY agreed_at',
    [email],
  );
  expect(journal).toMatchObject([{ version: '2026-09-01' }, { version: consentVersion, ip: expect.stringContaining('127.0.0.1') }]);

  await page.goto('/profile/data');
  const link = page.getByRole('link', { name: words.archive.download });
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  expect(download.suggestedFilename()).toMatch(/\.zip$/);
  await download.delete();
  await page.getByRole('link', { name: words.leave.open }).click();
  await page.getByRole('heading', { level: 1, name: words.erase.title }).waitFor();
  await expectAccessibleAtBothWidths(page);
  await context.close();
});
