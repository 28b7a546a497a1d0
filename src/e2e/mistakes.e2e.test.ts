/** Mistakes come back the next day: from the home, over the page, to the end of the day. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { studyCatalogue } from '#shared/i18n/ru/study/all.ts';
import { expectAccessible, launchBrowser } from './browser.ts';
import { aNewStudent } from './people.ts';
import { type Site, startSite } from './site.ts';
import { text } from './words.ts';

let site: Site;
let browser: Browser;
const { mistakes: words } = studyCatalogue;
const topicPath = '/courses/math-80/equations';

beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), launchBrowser()]);
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

async function answerWrongly(page: Page, slugs: string[]): Promise<void> {
  await page.goto(topicPath);
  for (const slug of slugs) {
    const task = page.locator(`#${slug}`);
    await task.getByLabel(text.tasks.answer.label).fill('777');
    await task.getByRole('button', { name: text.tasks.check }).click();
    await task.getByText(text.tasks.verdict.wrong).waitFor();
  }
}

/** As if the student had gone to bed and come back so many days later. */
async function aDayGoesBy(email: string): Promise<void> {
  for (const table of ['submission', 'mistake_answer']) {
    await site.sql(
      `UPDATE ${table} a SET created_at = a.created_at - interval '1 day', local_on = a.local_on - 1 FROM person p WHERE p.id = a.person_id AND p.email = $1`,
      [email],
    );
  }
}

describe.each(['phone', 'desktop'] as const)('a student on a %s', (screen) => {
  test('finds yesterday’s mistakes, answers them without a connection too, and is done for the day', async () => {
    const { page, context, faults, email } = await aNewStudent(browser, site, screen, { at: null });
    await page.goto('/mistakes');
    await page.getByText(words.emptyNever).waitFor();
    await expectAccessible(page);
    await answerWrongly(page, ['larger-root', 'radical', 'variable-base']);
    await page.goto('/mistakes');
    await page.getByText(words.emptyNextTomorrow).waitFor();
    await aDayGoesBy(email);

    await page.goto('/');
    const nav = page.getByRole('navigation', { name: text.common.nav.label }).filter({ visible: true });
    await nav.getByRole('link', { name: text.common.nav.mistakesDue(3) }).waitFor();
    const block = page.getByRole('region', { name: words.title });
    await expect.poll(() => block.getByRole('listitem').count()).toBe(3);
    await expectAccessible(page);
    await block.getByRole('link', { name: words.home.all(3) }).click();
    const cards = page.locator('section[id^="mistake-"]');
    await expect.poll(() => cards.count()).toBe(3);
    await page.getByText(words.done(0, 3)).waitFor();
    await expectAccessible(page);

    // Of the wrong form: nothing is spent. Then wrong: it comes back tomorrow.
    const first = cards.nth(0);
    const field = first.getByLabel(text.tasks.answer.label);
    await field.fill('два');
    await page.keyboard.press('Enter');
    await first.getByText(text.tasks.problem.number).waitFor();
    await field.fill('-2');
    await page.reload();
    expect(await field.inputValue()).toBe('-2');
    await first.getByRole('button', { name: text.tasks.check }).dblclick();
    await first.getByText(words.backTomorrow, { exact: false }).waitFor();
    await page.getByText(words.done(1, 3)).waitFor();
    expect(await field.inputValue()).toBe('-2');
    await expectAccessible(page);

    // Without a connection the answer waits, over a reload of nothing, and goes by itself.
    const second = cards.nth(1);
    await context.setOffline(true);
    await second.getByLabel(text.tasks.answer.label).fill('-1');
    await second.getByRole('button', { name: text.tasks.check }).click();
    await second.getByText(text.tasks.verdict.pending).waitFor();
    await context.setOffline(false);
    await second.getByText(text.tasks.verdict.right(1)).waitFor();

    // The rest by the keyboard alone.
    await second.getByRole('button', { name: text.tasks.next }).focus();
    await page.keyboard.press('Enter');
    const third = cards.nth(2);
    await third.getByLabel(text.tasks.answer.label).focus();
    await page.keyboard.type('7');
    await page.keyboard.press('Enter');
    await third.getByText(text.tasks.verdict.right(1)).waitFor();
    await page.getByRole('heading', { name: words.allDone }).waitFor();
    await page.getByText(words.emptyNextTomorrow).waitFor();
    expect(await cards.count()).toBe(3);
    await expectAccessible(page);
    await expect.poll(() => nav.getByRole('link', { name: text.common.nav.mistakes, exact: true }).count()).toBe(1);

    await page.reload();
    await page.getByRole('heading', { name: words.allDone }).waitFor();
    expect(await cards.count()).toBe(0);
    // Right answers here solve nothing there.
    await page.goto(topicPath);
    await page.locator('#radical').waitFor();
    expect(await page.locator('#radical').getByRole('button', { name: text.tasks.check }).count()).toBe(1);
    // The next day: the one that was wrong again.
    await aDayGoesBy(email);
    await page.goto('/mistakes');
    await expect.poll(() => cards.count()).toBe(1);
    await cards.getByRole('link', { name: /Уравнения и выбор корня/ }).click();
    await page.waitForURL((url) => url.pathname === topicPath && url.hash === '#larger-root');
    expect(faults.filter((fault) => !fault.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([]);
    await context.close();
  });
});
