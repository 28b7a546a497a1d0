/**
 * An exam from the first look to the review: saved as it is typed, whatever becomes of the connection, the tabs, the devices, the session and the
 * server. Long because it is one story: every chapter goes on with the attempt of the one before.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { studyCatalogue } from '#shared/i18n/ru/study/all.ts';
import { expectAccessible, launchBrowser, type Screen, screens } from './browser.ts';
import { aNewStudent } from './people.ts';
import { type Site, startSite } from './site.ts';
import { text } from './words.ts';

let site: Site;
let browser: Browser;
const words = studyCatalogue.exams;
const desk = words.desk;
/** A number (17), options (a, b, d, e), a table of 5 by 2, a number (29), a row of two. */
const slugs = ['unlucky-move', 'divisor-facts', 'two-largest', 'vanya-wins', 'petya-wins'];
const tablePasted = '700036\t525027\n700042\t450027\n701522\t392027\n704036\t528027\n708610\t496027';

const exam = (slug: string, title: string, review: string, minutes: number) => ({ id: randomUUID(), slug, title, review, minutes });
const exams = {
  phone: exam('probnyi-1', 'Пробный экзамен 1', 'closing', 60),
  desktop: exam('probnyi-2', 'Пробный экзамен 2', 'closing', 60),
  short: exam('korotkii', 'Короткий экзамен', 'finish', 1),
  slow: exam('medlennyi', 'Экзамен на медленной сети', 'finish', 60),
};

beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), launchBrowser()]);
  for (const { id, slug, title, review, minutes } of Object.values(exams)) {
    await site.sql(
      `WITH made AS (
        INSERT INTO exam (id, course_id, slug, title, limit_minutes, closes_at, attempts, review, position, published_at)
        SELECT $1, id, $2, $3, $4, now() + interval '2 hours', NULL, $5::exam_review, 0, now() FROM course WHERE slug = 'informatics-80' RETURNING id, course_id
      ) INSERT INTO exam_task (exam_id, task_id, position)
        SELECT made.id, k.id, array_position($6::text[], k.slug) FROM made JOIN topic t ON t.course_id = made.course_id
        JOIN task k ON k.topic_id = t.id AND k.slug = ANY($6)`,
      [id, slug, title, minutes, review, slugs],
    );
  }
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

const aStudent = (screen: Screen) => aNewStudent(browser, site, screen, { at: null });

/** The same person at another device. */
async function anotherDevice(context: BrowserContext, screen: Screen): Promise<Page> {
  const other = await browser.newContext({
    viewport: screens[screen],
    locale: 'ru-RU',
    timezoneId: 'Europe/Moscow',
    baseURL: site.url,
    storageState: { cookies: (await context.storageState()).cookies, origins: [] },
  });
  return other.newPage();
}

async function begin(page: Page, { slug }: { slug: string }): Promise<string> {
  await page.goto(`/courses/informatics-80/exams/${slug}`);
  await page.getByRole('button', { name: words.page.start }).click();
  await page.getByRole('dialog').getByRole('button', { name: words.page.ask.start }).click();
  await page.waitForURL(/\/attempts\//);
  await at(page, 1);
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

const at = (page: Page, n: number) => page.getByRole('heading', { level: 1, name: desk.task(String(n)), exact: true }).waitFor();
const field = (page: Page) => page.locator('form input').first();
const saved = (page: Page): Promise<void> => page.locator('header [data-state=saved]').waitFor();
/** The square of a task, among those that are seen on this screen. */
const square = (page: Page, n: number): Locator => page.locator(`nav:visible a[href="#${n}"]`).last();

async function open(page: Page, n: number): Promise<void> {
  await square(page, n).click();
  await at(page, n);
}

/** Whether what lies on top in the middle of a part of the head is of this part. */
const isUncovered = (part: HTMLElement | SVGElement): boolean => {
  const { left, top, width, height } = part.getBoundingClientRect();
  return part.parentElement?.contains(document.elementFromPoint(left + width / 2, top + height / 2)) ?? false;
};

async function paste(target: Locator, content: string): Promise<void> {
  await target.focus();
  await target.evaluate((element, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, content);
}

/** What the server has of an attempt, by the task's name. */
async function stored(attemptId: string): Promise<Record<string, unknown>> {
  const rows = await site.sql('SELECT k.slug, x.given FROM exam_answer x JOIN task k ON k.id = x.task_id WHERE x.attempt_id = $1', [
    attemptId,
  ]);
  return Object.fromEntries(rows.map(({ slug, given }) => [slug, given]));
}

/** A connection that is gone, a server that is starting and a session that ended are heard of in the console; anything else there is a fault. */
const serious = (faults: string[]) =>
  faults.filter(
    (fault) => !/ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|status of (503|401)/.test(fault),
  );

describe.each(['phone', 'desktop'] as const)('a student on a %s', (screen) => {
  test('writes an exam, loses the connection, finishes, and reads the review once it is open', async () => {
    const { page, context, faults, email } = await aStudent(screen);
    await page.goto('/courses/informatics-80');
    await page.getByRole('link', { name: exams[screen].title }).click();
    await page.getByRole('heading', { level: 1, name: exams[screen].title }).waitFor();
    await expectAccessible(page);
    const attemptId = await begin(page, exams[screen]);
    await expectAccessible(page);

    // Enter in a number's field goes on, to the next field; options and a pasted table.
    await field(page).fill('17');
    await page.keyboard.press('Enter');
    await at(page, 2);
    for (const place of [1, 2]) await page.getByText(`${place})`, { exact: true }).click();
    await page.keyboard.press('Alt+ArrowRight');
    await at(page, 3);
    await paste(page.locator('table input').first(), tablePasted);
    await page.getByRole('button', { name: desk.flag, exact: true }).click();
    await expect
      .poll(() => square(page, 3).getAttribute('aria-label'))
      .toBe([desk.task('3'), desk.cell.current, desk.cell.answered, desk.cell.flagged].join(', '));
    await saved(page);
    expect(await stored(attemptId)).toMatchObject({ 'unlucky-move': '17', 'divisor-facts': ['a', 'b'] });
    await expectAccessible(page);

    // The clock can be put away, and stays away; a reload keeps place and answers.
    const toggle = page.getByRole('button', { name: desk.time.hide });
    await page.getByRole('timer').waitFor();
    await toggle.click();
    await page.getByRole('timer').waitFor({ state: 'detached' });
    await page.reload();
    await at(page, 3);
    expect(await page.getByRole('timer').count()).toBe(0);
    await page.getByRole('button', { name: desk.time.show }).click();
    expect(await page.locator('table input').nth(9).inputValue()).toBe('496027');

    // Without a connection three answers are typed; all of them arrive by themselves.
    await context.setOffline(true);
    await page.locator('table input').nth(9).fill('496028');
    await open(page, 4);
    await field(page).fill('29');
    await open(page, 5);
    await page.locator('table input').nth(0).fill('30');
    await page.locator('header [data-state=offline]').waitFor();
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    expect(await page.getByRole('timer').evaluate(isUncovered), 'the line of the lost connection leaves the clock to be seen').toBe(true);
    await page.evaluate(() => window.scrollTo(0, 0));
    await expectAccessible(page);
    await context.setOffline(false);
    await saved(page);
    expect(await stored(attemptId)).toMatchObject({ 'vanya-wins': '29', 'petya-wins': [['30', '']] });
    // Back and forward lead through the tasks.
    await page.goBack();
    await at(page, 4);

    if (screen === 'desktop') await twoTabs(page, context);
    if (screen === 'desktop') await twoDevices(page, context, attemptId);
    if (screen === 'desktop') await powerCut(page, attemptId);
    if (screen === 'phone') await signedOut(page, context, email, attemptId);

    await page.getByRole('button', { name: screen === 'phone' ? desk.finishExam : desk.finish, exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('heading', { name: desk.ask.title(5, 5) }).waitFor();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: desk.ask.finish, exact: true }).click();
    await page.getByRole('heading', { level: 1, name: words.result.title }).waitFor();
    // 17 is right; of the table one cell is wrong.
    await page.getByText(words.result.points(5), { exact: true }).waitFor();
    expect(await page.getByRole('link', { name: words.review.practise }).count()).toBe(0);
    await expectAccessible(page);

    await site.sql("UPDATE exam SET closes_at = now() - interval '1 minute' WHERE id = $1", [exams[screen].id]);
    await page.reload();
    await page.getByRole('heading', { name: words.review.title }).waitFor();
    await page.getByRole('button', { name: words.review.wrong }).click();
    const mistakes = page.locator('section[aria-labelledby=attempt-review] ol > li');
    await expect.poll(() => mistakes.locator('h3').allInnerTexts()).not.toContain(desk.task('1'));
    const table = mistakes.filter({ hasText: desk.task('3') });
    await table.getByRole('table', { name: words.review.right }).waitFor();
    await table.getByRole('button', { name: words.review.showSolution }).click();
    await expectAccessible(page);
    expect(serious(faults)).toEqual([]);
    await context.close();
  }, 120_000);
});

/** What is typed in one tab stands in the other at once. */
async function twoTabs(page: Page, context: BrowserContext): Promise<void> {
  const other = await context.newPage();
  await other.goto(page.url());
  await at(other, 4);
  await field(other).fill('290');
  await expect.poll(() => field(page).inputValue()).toBe('290');
  await field(page).fill('29');
  await expect.poll(() => field(other).inputValue()).toBe('29');
  await saved(page);
  await other.close();
}

/** Two devices answer differently: both are seen, and the choice is what counts. */
async function twoDevices(page: Page, context: BrowserContext, attemptId: string): Promise<void> {
  const other = await anotherDevice(context, 'phone');
  await other.goto(page.url());
  await at(other, 4);
  await context.setOffline(true);
  await field(page).fill('31');
  await field(other).fill('42');
  await saved(other);
  await context.setOffline(false);
  await page.getByText(desk.conflict.text('42')).waitFor();
  expect(await field(page).inputValue()).toBe('31');
  await expectAccessible(page);
  await page.getByRole('button', { name: desk.conflict.mine }).click();
  await saved(page);
  expect(await stored(attemptId)).toMatchObject({ 'vanya-wins': '31' });
  await other.context().close();
}

async function powerCut(page: Page, attemptId: string): Promise<void> {
  await site.kill();
  await field(page).fill('29');
  await page.locator('header [data-state=offline]').waitFor();
  await site.restart();
  await saved(page);
  expect(await stored(attemptId)).toMatchObject({ 'vanya-wins': '29' });
}

/** The session ends in the middle: the code is asked for over the page, what was typed stays and goes on its way. */
async function signedOut(page: Page, context: BrowserContext, email: string, attemptId: string): Promise<void> {
  const former = (await site.letterTo(email)).subject;
  // A code a minute: the one of the registration was sent just before.
  await site.sql('UPDATE rate_limit SET expire = expire - 60000');
  await context.clearCookies();
  await field(page).fill('290');
  const dialog = page.getByRole('dialog', { name: text.common.session.title });
  await dialog.getByRole('button', { name: text.auth.getCode }).click();
  await dialog.getByLabel(text.auth.code.digit(1)).waitFor();
  await expect.poll(async () => (await site.letterTo(email)).subject).not.toBe(former);
  const { subject } = await site.letterTo(email);
  await dialog.getByLabel(text.auth.code.digit(1)).click();
  await page.keyboard.type(subject.slice(0, 6));
  await dialog.waitFor({ state: 'detached' });
  expect(await field(page).inputValue()).toBe('290');
  await saved(page);
  expect(await stored(attemptId)).toMatchObject({ 'vanya-wins': '290' });
  await field(page).fill('29');
  await saved(page);
}

test('the time runs out while the page is open, and while nobody is there', async () => {
  const { page, context, faults } = await aStudent('phone');
  const attemptId = await begin(page, exams.short);
  await field(page).fill('17');
  await saved(page);
  // The home leads back to it.
  await page.goto('/');
  await page.getByRole('link', { name: words.home.go }).first().waitFor();
  await expectAccessible(page);
  await site.sql("UPDATE exam_attempt SET deadline_at = now() + interval '4 seconds' WHERE id = $1", [attemptId]);
  await page.goto(`/attempts/${attemptId}`);
  await page.getByText(desk.time.over).waitFor();
  expect(await field(page).getAttribute('readonly')).not.toBeNull();
  await page.getByText(words.result.timeUp).waitFor({ timeout: 30_000 });
  await page.getByRole('heading', { name: words.review.title }).waitFor();
  await expectAccessible(page);

  const second = await begin(page, exams.short);
  await field(page).fill('17');
  await saved(page);
  await context.setOffline(true);
  await open(page, 4);
  await field(page).fill('29');
  await page.locator('header [data-state=offline]').waitFor();
  await site.sql("UPDATE exam_attempt SET deadline_at = now() - interval '1 minute' WHERE id = $1", [second]);
  await context.setOffline(false);
  // What came too late is told honestly, until it has been read.
  await page.getByText(words.result.timeUp).waitFor();
  await page.getByText(words.result.lostItem('4', '29')).waitFor();
  await expectAccessible(page);
  await page.reload();
  await page.getByRole('button', { name: words.result.lostRead }).click();
  await page.reload();
  await page.getByText(words.result.timeUp).waitFor();
  expect(await page.getByText(words.result.lost).count()).toBe(0);
  expect(serious(faults)).toEqual([]);
  await context.close();
}, 120_000);

test('where the scripts come seconds after the page, the exam is there by what the page brought, and its clock is right', async () => {
  const { page, context } = await aStudent('phone');
  const attemptId = await begin(page, exams.slow);
  const [row] = await site.sql('SELECT deadline_at FROM exam_attempt WHERE id = $1', [attemptId]);
  await page.goto('about:blank');
  await context.route('**/trpc/**', (route) => route.abort());
  await context.route(/\.js$/, async (route) => {
    await pause(2500);
    await route.continue();
  });
  await page.goto(`/attempts/${attemptId}`);
  await at(page, 1);
  const shown = await page.getByRole('timer').textContent();
  const left = (new Date(String(row?.deadline_at)).getTime() - Date.now()) / 1000;
  const seconds = (shown ?? '').split(':').reduce((all, part) => all * 60 + Number(part), 0);
  expect(Math.abs(seconds - left), `${shown}, and ${left} s are left`).toBeLessThan(2);
  await context.close();
});
