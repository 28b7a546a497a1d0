/** The moderators' way from the list to a student and back, and what the student sees of it. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { officeCatalogue } from '#shared/i18n/ru/office/all.ts';
import { expectAccessible, expectAccessibleAtBothWidths, launchBrowser, type Screen } from './browser.ts';
import { aNewStudent, aSignedInTeacher } from './people.ts';
import { type Site, startSite } from './site.ts';
import { text } from './words.ts';

let site: Site;
let browser: Browser;
const { students: office, curriculum, shell } = officeCatalogue;
const course = { title: 'Математика, профиль 80+', path: '/courses/math-80', locked: '/courses/math-80/credits' };

beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), launchBrowser()]);
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

const aStudent = (screen: Screen, lastName: string) => aNewStudent(browser, site, screen, { lastName, at: null });

const aTeacher = (screen: Screen) => aSignedInTeacher(browser, site, screen, { at: '/admin/students' });

const undo = (page: Page) => page.getByRole('button', { name: shell.undo }).last();
/** Notices stay over what is below them for a while. */
const tab = (page: Page, name: string) =>
  page.getByRole('navigation', { name: office.page.tabs.label }).getByRole('link', { name }).click();

describe('a teacher on a phone', () => {
  test('finds a student, gives and takes courses and topics, mends data, closes and opens the account', async () => {
    const lastName = 'Журавлёв';
    const slip = 'жюравлёв';
    // Whoever was here before a retry has another name by now.
    await site.sql("UPDATE person SET last_name = 'Прежний' WHERE last_name LIKE $1", [`${lastName}%`]);
    const student = await aStudent('phone', lastName);
    const { page, context, faults } = await aTeacher('phone');

    const search = page.getByLabel(office.list.search);
    await search.fill(slip);
    await page.getByText(office.list.similar).waitFor();
    await expect.poll(() => page.url()).toContain(`?q=${encodeURIComponent(slip)}`);
    await search.fill(`илья ${lastName.toLowerCase()}`);
    await page.getByText(office.list.count(1)).waitFor();
    await expectAccessibleAtBothWidths(page);
    await page.getByRole('link', { name: `${lastName} Илья` }).click();
    await page.getByRole('heading', { name: `${lastName} Илья`, level: 1 }).waitFor();
    await page.getByText(office.statistics.empty).waitFor();
    await expectAccessibleAtBothWidths(page);

    await tab(page, office.page.tabs.courses);
    // Twice is once: one course given, one way back.
    await page.getByRole('button', { name: office.courses.grantOf(course.title) }).dblclick();
    await page.getByText(office.courses.grantedNow(course.title)).waitFor();
    await page.getByRole('button', { name: office.courses.revokeOf(course.title) }).waitFor();
    expect(await page.getByText(office.courses.grantedNow(course.title)).count()).toBe(1);
    await undo(page).click();
    await page.getByText(office.courses.none).waitFor();
    await page.getByRole('button', { name: office.courses.grantOf(course.title) }).click();
    const revoke = page.getByRole('button', { name: office.courses.revokeOf(course.title) });
    await revoke.waitFor();
    await expectAccessibleAtBothWidths(page);

    // The last topic of the demo course is weeks away.
    await student.page.goto(course.locked);
    await student.page
      .getByText(/Откроется/)
      .first()
      .waitFor();
    const title = await student.page.getByRole('heading', { level: 1 }).innerText();
    const open = page.getByRole('button', { name: office.courses.openEarlyOf(title) });
    await open.click();
    const close = page.getByRole('button', { name: office.courses.closeAgainOf(title) });
    await close.waitFor();
    await student.page.reload();
    await student.page.getByLabel(text.tasks.answer.label).first().waitFor();
    await page.reload();
    await page.getByText(office.courses.visited).waitFor();

    await tab(page, office.page.tabs.data);
    await expectAccessibleAtBothWidths(page);
    await page.getByLabel(text.auth.field.lastName).fill(`${lastName}ский`);
    await page.getByLabel(office.data.phone).fill('12');
    await page.getByRole('button', { name: text.common.save }).click();
    await page.getByText(text.errors.field['phone-invalid']).waitFor();
    await page.getByLabel(office.data.phone).fill('8 916 123-45-67');
    await page.getByRole('button', { name: text.common.save }).click();
    await page.getByRole('heading', { name: `${lastName}ский Илья`, level: 1 }).waitFor();
    await page.getByText('+7\u00a0916\u00a0123-45-67').first().waitFor();

    await student.page.goto(`${course.path}/equations#larger-root`);
    const field = student.page.locator('#larger-root').getByLabel(text.tasks.answer.label);
    await field.fill('5');
    await page.getByRole('button', { name: office.data.block, exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(office.data.reason).fill('Аккаунтом пользуются двое');
    await expectAccessibleAtBothWidths(page);
    await dialog.getByRole('button', { name: office.data.block }).click();
    await page.getByText(office.page.blockedReason('Аккаунтом пользуются двое')).waitFor();
    await expectAccessibleAtBothWidths(page);
    // The student is told at once, without doing anything, and what was typed stays.
    await student.page.getByRole('dialog').getByText(text.errors.byCode.AUTH_BLOCKED).waitFor();
    await expectAccessible(student.page);
    await student.page.keyboard.press('Escape');
    expect(await field.inputValue()).toBe('5');
    await page.getByRole('button', { name: office.data.unblock }).click();
    await page.getByRole('button', { name: office.data.block, exact: true }).waitFor();

    expect(faults.filter((fault) => !/status of 400/.test(fault))).toEqual([]);
    expect(student.faults.filter((fault) => !/status of 40[13]/.test(fault))).toEqual([]);
    await Promise.all([context.close(), student.context.close()]);
  });
});

test('a teacher comes back to the list as it was left, resets it, and downloads what it shows', async () => {
  const { page, context, faults } = await aTeacher('desktop');
  await page.getByLabel(office.list.activity).selectOption(office.list.activities.never);
  await page.getByLabel(office.list.search).fill('@example.ru');
  await expect.poll(() => new URL(page.url()).search).toBe('?q=%40example.ru&activity=never');
  const [first] = await page.getByRole('main').getByRole('link', { name: /Илья/ }).all();
  await first?.click();
  await page.getByRole('navigation', { name: office.page.tabs.label }).waitFor();
  await page.goBack();
  await expect.poll(() => page.getByLabel(office.list.search).inputValue()).toBe('@example.ru');
  expect(await page.getByLabel(office.list.activity).inputValue()).toBe('never');
  const href = await page.getByRole('link', { name: office.list.download }).getAttribute('href');
  const answer = await page.request.get(href ?? '');
  expect(answer.status()).toBe(200);
  expect((await answer.body()).subarray(0, 2).toString()).toBe('PK');

  await page.getByLabel(office.list.search).fill('нет такого ученика');
  await page.getByText(office.list.nobody).waitFor();
  await expectAccessibleAtBothWidths(page);
  await page.getByRole('button', { name: office.list.reset }).last().click();
  await page.getByRole('main').getByRole('link', { name: /Илья/ }).first().waitFor();
  expect(new URL(page.url()).search).toBe('');
  expect(faults).toEqual([]);
  await context.close();
});

test('the programme opens a topic early to a student whom the same search finds, and takes it back', async () => {
  const student = await aStudent('desktop', 'Ранева');
  await student.page.goto(course.locked);
  const title = (await student.page.getByRole('heading', { level: 1 }).innerText()).replaceAll('\u00a0', ' ');
  const isClosed = student.page.getByText(/Откроется/).first();
  await isClosed.waitFor();
  const { page, context, faults } = await aTeacher('desktop');
  await page.goto('/admin/courses/math-80');
  await page.getByRole('button', { name: title, exact: true }).click();
  await page.getByRole('button', { name: curriculum.topic.openOne }).click();
  // With a slip of the finger: the search is that of the list of students.
  await page.getByLabel(curriculum.early.search).fill('ранива илья');
  await page.getByRole('button', { name: curriculum.early.open('Ранева Илья') }).click();
  const close = page.getByRole('button', { name: curriculum.early.closeFor('Ранева Илья') });
  await close.waitFor();
  await expectAccessible(page);
  await student.page.reload();
  await student.page.getByRole('heading', { level: 1 }).waitFor();
  expect(await isClosed.isVisible()).toBe(false);
  await close.click();
  await close.waitFor({ state: 'detached' });
  expect(faults).toEqual([]);
  await Promise.all([context.close(), student.context.close()]);
});

test('the heads of the table sort it, by the keyboard as well', async () => {
  const { page, context } = await aTeacher('desktop');
  const head = page.getByRole('columnheader', { name: office.list.column.name });
  await head.getByRole('button').focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => head.getAttribute('aria-sort')).toBe('ascending');
  await page.keyboard.press('Enter');
  await expect.poll(() => head.getAttribute('aria-sort')).toBe('descending');
  expect(new URL(page.url()).search).toBe('?sort=name&order=desc');
  await page.goBack();
  await expect.poll(() => head.getAttribute('aria-sort')).toBe('ascending');
  await context.close();
});

test('a student who does not exist is said to be so, with the way back', async () => {
  const { page, context } = await aTeacher('phone');
  for (const id of ['nobody', '6f1c2f0e-8f5a-4a53-9c0a-0a4a3e2f1b77']) {
    await page.goto(`/admin/students/${id}`);
    await page.getByRole('heading', { name: office.page.missing }).waitFor();
  }
  await expectAccessible(page);
  await page.getByRole('main').getByRole('link', { name: office.page.toList }).click();
  await page.getByRole('heading', { name: office.list.title, level: 1 }).waitFor();
  await context.close();
});
