import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeAt } from '#server/features/auth/second-step/rules.ts';
import { officeCatalogue as office } from '#shared/i18n/ru/office/all.ts';
import { aVisitor, expectAccessible, launchBrowser, type Screen } from './browser.ts';
import { aSignedInTeacher, password } from './people.ts';
import { type Site, startSite } from './site.ts';
import { text } from './words.ts';

let site: Site;
let browser: Browser;
const { secondStep: words } = office.profile;
const { secondStep: door } = text.auth;

beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), launchBrowser()]);
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

/** A code that was taken is taken once, so each further sign-in shows that of the half minute to come, which a fast clock would show. */
const codeOf = (secret: string, halfMinutes: number) => codeAt(secret, new Date(Date.now() + halfMinutes * 30_000));

async function givePassword(page: Page, email: string): Promise<void> {
  await page.goto('/admin/login');
  await page.getByLabel(text.auth.field.email).fill(email);
  await page.getByLabel(text.auth.field.password, { exact: true }).fill(password);
  await page.keyboard.press('Enter');
}

test.each<Screen>(['phone', 'desktop'])(
  'a teacher (%s) turns the second step on, signs in by app and by a recovery code, and turns it off',
  async (screen) => {
    const email = `second-step-${screen}-${Date.now()}@example.ru`;
    await site.cli('moderator', ['add', email, '--name', 'Вера Орлова', '--password-stdin'], `${password}\n`);
    const { page, context, faults } = await aSignedInTeacher(browser, site, screen, { email, at: '/profile' });
    await page.getByRole('button', { name: words.turnOn }).click();
    await page.getByLabel(words.password, { exact: true }).fill('not this one');
    await page.keyboard.press('Enter');
    await page.getByText(words.wrongPassword).waitFor();
    await page.getByLabel(words.password, { exact: true }).fill(password);
    await page.keyboard.press('Enter');
    await page.getByRole('img', { name: words.setUp.qr }).waitFor();
    const typed = await page.locator('code').innerText();
    const secret = typed.replaceAll(/\s/g, '');
    await expectAccessible(page);
    await page.getByLabel(words.setUp.code).fill('123');
    await page.keyboard.press('Enter');
    await page.getByText(words.setUp.malformed).waitFor();
    await page.getByLabel(words.setUp.code).fill(codeOf(secret, 0));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: words.codes.title }).waitFor();
    const codes = await page.getByRole('listitem').locator('code').allInnerTexts();
    expect(codes).toHaveLength(10);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: words.codes.download }).click()]);
    expect(download.suggestedFilename()).toBe(words.codes.fileName);
    await expectAccessible(page);
    await page.getByRole('button', { name: words.codes.saved }).click();
    await page.getByText(words.codesLeft(10)).waitFor();

    const elsewhere = await aVisitor(browser, site.url, screen);
    await givePassword(elsewhere.page, email);
    const field = elsewhere.page.getByLabel(door.app.label);
    await field.fill('000000');
    await elsewhere.page.keyboard.press('Enter');
    await elsewhere.page.getByText(door.app.wrong).waitFor();
    await expectAccessible(elsewhere.page);
    await field.fill(codeOf(secret, 1));
    await elsewhere.page.keyboard.press('Enter');
    await elsewhere.page.waitForURL('**/admin');

    const withoutPhone = await aVisitor(browser, site.url, screen);
    await givePassword(withoutPhone.page, email);
    await withoutPhone.page.getByRole('button', { name: door.toRecovery }).click();
    await withoutPhone.page.getByLabel(door.recovery.label).fill(codes[0]?.toUpperCase() ?? '');
    await withoutPhone.page.keyboard.press('Enter');
    await withoutPhone.page.waitForURL('**/admin');

    await page.reload();
    await page.getByText(words.codesLeft(9)).waitFor();
    await page.getByRole('button', { name: words.turnOff }).click();
    await page.getByLabel(words.password, { exact: true }).fill(password);
    await page.keyboard.press('Enter');
    await page.getByText(words.turnedOff).waitFor();
    expect([...faults, ...elsewhere.faults, ...withoutPhone.faults]).toEqual([]);
    await Promise.all([context, elsewhere.context, withoutPhone.context].map((one) => one.close()));
  },
);
