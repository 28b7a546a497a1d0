import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aVisitor, expectAccessible, launchBrowser } from './browser.ts';
import { aNewStudent, anEmail } from './people.ts';
import { type Site, startSite } from './site.ts';
import { text } from './words.ts';

let site: Site;
let browser: Browser;

beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), launchBrowser()]);
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

async function fillRegistration(page: Page, email: string) {
  await page.getByLabel(text.auth.field.email).fill(email);
  await page.getByLabel(text.auth.field.firstName).fill('Илья');
  await page.getByLabel(text.auth.field.lastName).fill('Соколов');
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: text.auth.getCode }).click();
}

async function enterCode(page: Page, email: string) {
  const { subject } = await site.letterTo(email);
  await page.getByLabel(text.auth.code.digit(1)).click();
  await page.keyboard.type(subject.slice(0, 6));
}

const topicPath = '/courses/math-80/equations';

describe.each(['phone', 'desktop'] as const)('a student on a %s', (screen) => {
  test('comes from the front page to the first solved task and sees it counted', async () => {
    const { page, context, faults } = await aVisitor(browser, site.url, screen);
    const email = anEmail();
    await page.goto('/');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await expectAccessible(page);

    // The phone's head has room for one button: the way to the registration leads over the sign-in.
    if (screen === 'phone') {
      await page.getByRole('link', { name: text.common.nav.signIn, exact: true }).click();
      await page.getByRole('link', { name: text.auth.login.register }).click();
    } else await page.getByRole('link', { name: text.common.nav.register }).click();
    await page.getByRole('heading', { name: text.auth.register.title }).waitFor();
    await expectAccessible(page);
    await fillRegistration(page, email);
    await page.getByRole('heading', { name: text.auth.code.title }).waitFor();
    await expectAccessible(page);
    await enterCode(page, email);
    await page.getByText(text.progress.home.newcomerTitle).waitFor();
    await expectAccessible(page);

    await page.goto('/courses/math-80');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await expectAccessible(page);
    await page.goto(topicPath);
    const task = page.locator('#larger-root');
    await task.waitFor();
    await expectAccessible(page);

    const answer = task.getByLabel(text.tasks.answer.label);
    const check = task.getByRole('button', { name: text.tasks.check });
    const verdict = task.getByRole('status');
    for (const wrong of ['-2', '12']) {
      await answer.fill(wrong);
      // The verdict of the answer before stands there until this one has its own.
      const counted = page.waitForResponse(/tasks\.submit/);
      await check.click();
      await counted;
      await expect.poll(() => check.getAttribute('aria-busy')).toBe('false');
      await verdict.getByText(text.tasks.verdict.wrong).waitFor();
    }
    await answer.fill('12');
    await check.click();
    await verdict.getByText(text.tasks.verdict.repeat).waitFor();
    await answer.fill('12.5 см');
    await check.click();
    await verdict.getByText(text.tasks.problem.number).waitFor();
    await expectAccessible(page);
    await answer.fill(' 12.50 ');
    await check.click();
    await verdict.getByText(text.tasks.verdict.right(1)).waitFor();
    await verdict.getByText('12,5').waitFor();
    await expectAccessible(page);

    await page.goto('/profile');
    await page.getByRole('heading', { name: 'Илья Соколов' }).waitFor();
    await page.getByText(text.progress.profile.last).waitFor();
    const main = page.getByRole('main');
    await main
      .getByText(/1\s*\/\s*27/)
      .first()
      .waitFor();
    await expectAccessible(page);
    expect(faults).toEqual([]);
    await context.close();
  });

  test('solves a task by the keyboard alone', async () => {
    const { page, context, faults } = await aNewStudent(browser, site, screen, { at: null });
    await page.goto(`${topicPath}#larger-root`);
    const field = page.locator('#larger-root').getByLabel(text.tasks.answer.label);
    await field.waitFor();
    await field.focus();
    await page.keyboard.type('12,5');
    await page.keyboard.press('Enter');
    await page.locator('#larger-root').getByText(text.tasks.verdict.right(1)).waitFor();
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(faults).toEqual([]);
    await context.close();
  });
});

test('what is typed survives a reload, and an answer given offline goes out once when the connection returns', async () => {
  const { page, context } = await aNewStudent(browser, site, 'phone', { at: null });
  await page.goto(topicPath);
  const task = page.locator('#larger-root');
  const answer = task.getByLabel(text.tasks.answer.label);
  await answer.fill('7');
  await page.reload();
  await expect.poll(() => answer.inputValue()).toBe('7');
  await context.setOffline(true);
  await task.getByRole('button', { name: text.tasks.check }).click();
  await task.getByText(text.tasks.verdict.pending).waitFor();
  await context.setOffline(false);
  await task.getByText(text.tasks.verdict.wrong).waitFor();
  await page.reload();
  const attempts = task.getByRole('listitem').filter({ hasText: text.tasks.attempts.wrong });
  await attempts.first().waitFor();
  expect(await attempts.allInnerTexts()).toEqual([expect.stringMatching(/^7/)]);
  await context.close();
});

test('a locked topic by its address tells when it opens and sends none of its content', async () => {
  const { page, context } = await aNewStudent(browser, site, 'desktop', { at: null });
  const bodies: string[] = [];
  page.on('response', async (response) => {
    if (response.url().includes('/trpc/')) bodies.push(await response.text().catch(() => ''));
  });
  await page.goto('/courses/math-80/credits');
  await page
    .getByText(/Откроется/)
    .first()
    .waitFor();
  await expectAccessible(page);
  expect(bodies.join('')).toContain('TOPICS_NOT_OPEN');
  expect(bodies.join('')).not.toContain('theoryHtml');
  await context.close();
});

test('a student corrects their own data', async () => {
  const { page, context, faults } = await aNewStudent(browser, site, 'phone', { at: null });
  await page.goto('/profile/data');
  await page.getByLabel(text.auth.field.firstName).fill('Илья-Пётр');
  await page.getByLabel(text.auth.field.lastName).fill('О’Коннор-Соколов');
  await page.getByLabel(text.auth.field.phone).fill('1234');
  await page.getByRole('button', { name: text.common.save }).click();
  await page.getByText(text.errors.field['phone-invalid']).waitFor();
  await expectAccessible(page);
  await page.getByLabel(text.auth.field.phone).fill('');
  await page.getByRole('button', { name: text.common.save }).click();
  await page.getByText(text.common.saved).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Илья-Пётр О’Коннор-Соколов' }).waitFor();
  expect(faults.filter((fault) => !/status of 400/.test(fault))).toEqual([]);
  await context.close();
});

test('a session is ended from another device', async () => {
  const first = await aNewStudent(browser, site, 'desktop', { at: null });
  const second = await aVisitor(browser, site.url, 'phone');
  await second.page.goto('/login');
  // A second code for one address has to wait a minute, so the other device is let in by the first one's letter: by its cookies.
  await second.context.addCookies(await first.context.cookies());
  await first.page.goto('/profile/devices');
  await first.page.getByText(text.people.devices.here).waitFor();
  await expectAccessible(first.page);
  await first.page.getByRole('button', { name: text.people.signOut }).first().click();
  await first.page.getByRole('link', { name: text.common.nav.signIn }).waitFor();
  await second.page.goto('/profile');
  await expect.poll(() => second.page.url()).toContain('/login');
  await Promise.all([first.context.close(), second.context.close()]);
});
