/** What a teacher does on the site: another title in its place, the journal of it, a page of one's own. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { officeCatalogue as office } from '#shared/i18n/ru/office/all.ts';
import { expectAccessible, expectAccessibleAtBothWidths, launchBrowser, type Screen } from './browser.ts';
import { aNewStudent, anEmail, aSignedInTeacher, password } from './people.ts';
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

const aTeacher = (screen: Screen) => aSignedInTeacher(browser, site, screen);

test('a month without registrations is a sentence and no empty chart', async () => {
  const { registrations } = office.dashboard;
  const student = await aNewStudent(browser, site, 'phone', { at: null });
  const { page, context, faults } = await aTeacher('phone');
  await page.getByRole('button', { name: registrations.numbers }).click();
  await page.getByRole('region', { name: registrations.chart }).waitFor();
  await expectAccessible(page);
  // The server counts once a minute: an empty month is told in its stead.
  await page.route(/dashboard\.get/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace(/"month":\d+,"total"/, '"month":0,"total"') });
  });
  // What comes with the page itself is not asked for: so by the way within the site.
  await page.goto('/admin/students');
  await page.getByRole('button', { name: office.shell.nav.open }).click();
  await page.getByRole('dialog').getByRole('link', { name: office.shell.nav.dashboard }).click();
  await page.getByText(registrations.nobody).waitFor();
  expect(await page.getByRole('button', { name: registrations.numbers }).count()).toBe(0);
  expect(faults).toEqual([]);
  await Promise.all([context.close(), student.context.close()]);
});

describe('a teacher on a phone', () => {
  const topic = '/courses/math-60/powers';

  test('gives a topic another title in its place, takes it back, and finds both in the journal', async () => {
    const { page, context, faults } = await aTeacher('phone');
    await page.getByRole('heading', { name: office.dashboard.registrations.title }).waitFor();
    await expectAccessibleAtBothWidths(page);

    await page.goto(topic);
    const title = page.getByRole('heading', { level: 1 });
    const former = (await title.textContent()) ?? '';
    // By its name: the controls of tasks may be there before those of the topic.
    const rename = (name: string) =>
      page.getByRole('navigation', { name: office.edit.label(name) }).getByRole('button', { name: office.edit.rename });
    await rename(former).click();
    const field = page.getByLabel(office.edit.name.topic);
    await field.fill('');
    await page.keyboard.press('Enter');
    await page.getByText(text.errors.field.required).waitFor();
    await field.fill('Повторение на телефоне');
    await expectAccessibleAtBothWidths(page);
    await page.keyboard.press('Enter');
    await expect.poll(() => title.textContent()).toBe('Повторение на\u00a0телефоне');
    // The focus is where it was before the field came.
    await expect.poll(() => rename('Повторение на телефоне').evaluate((button) => button === document.activeElement)).toBe(true);
    await expectAccessibleAtBothWidths(page);
    await page.getByRole('button', { name: office.edit.undo }).click();
    await expect.poll(() => title.textContent()).toBe(former);

    await page.goto('/admin/journal');
    const entries = page.getByRole('main').getByRole('listitem').filter({ hasText: office.audit.actions['topic.rename'] });
    await entries.filter({ hasText: 'Повторение на телефоне' }).first().waitFor();
    await expectAccessibleAtBothWidths(page);
    await page.getByLabel(office.audit.kind).selectOption(office.audit.kinds.moderators);
    await page.getByRole('main').getByRole('listitem').filter({ hasText: office.audit.actions['moderator.add'] }).first().waitFor();
    await expect.poll(() => entries.count()).toBe(0);
    await page.getByLabel(office.audit.kind).selectOption(office.audit.kinds.topics);
    await page.getByLabel(office.audit.text, { exact: true }).fill('на телефоне');
    await expect.poll(() => entries.count()).toBe(1);
    expect(page.url()).toMatch(/kind=topics.*text=/);
    await page.reload();
    await expect.poll(() => entries.count()).toBe(1);
    await page.getByLabel(office.audit.text, { exact: true }).fill('нет такого');
    await page.getByText(office.audit.nothing).waitFor();
    await page.getByRole('button', { name: office.audit.reset }).click();
    await expect.poll(() => entries.count()).toBeGreaterThan(1);
    expect(new URL(page.url()).search).toBe('');
    expect(faults).toEqual([]);
    await context.close();
  }, 60_000);
});

test('a teacher has a page of one’s own, with what one did and a new password', async () => {
  const email = anEmail();
  await site.cli('moderator', ['add', email, '--name', 'Анна Белова', '--password-stdin'], `${password}\n`);
  const { page, context, faults } = await aSignedInTeacher(browser, site, 'desktop', { email, at: '/profile' });
  const elsewhere = await aSignedInTeacher(browser, site, 'desktop', { email });
  await page.getByRole('heading', { name: 'Анна Белова' }).waitFor();
  await page.getByText(office.profile.noneGraded).waitFor();
  await page.getByRole('heading', { name: office.profile.recent }).waitFor();
  await expectAccessibleAtBothWidths(page);
  const words = office.profile.password;
  const save = page.getByRole('button', { name: words.save });
  await page.getByLabel(words.former, { exact: true }).fill('not this one');
  await page.getByLabel(words.next, { exact: true }).fill('wet grass under the moon');
  await save.click();
  await page.getByText(words.wrongFormer).waitFor();
  await page.getByLabel(words.former, { exact: true }).fill(password);
  await page.getByLabel(words.next, { exact: true }).fill('short');
  await save.click();
  await page.getByText(words.problem['too-short']).waitFor();
  await expectAccessibleAtBothWidths(page);
  await page.getByLabel(words.next, { exact: true }).fill('wet grass under the moon');
  await save.click();
  await page.getByText(/^Пароль изменён\. Завершён вход/).waitFor();
  await page.getByRole('main').getByRole('listitem').filter({ hasText: office.audit.actions['moderator.password'] }).first().waitFor();
  await page.getByRole('link', { name: office.profile.all }).waitFor();
  await page.reload();
  await page.getByText(office.profile.noneGraded).waitFor();
  await elsewhere.page.goto('/profile');
  await elsewhere.page.waitForURL('**/login**');
  expect(faults).toEqual([]);
  await Promise.all([context.close(), elsewhere.context.close()]);
}, 60_000);
