import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { officeCatalogue as office } from '#shared/i18n/ru/office/all.ts';
import { lookAround } from '../../cli/screenshots/look.ts';
import { aVisitor, expectAccessible, launchBrowser, type Visitor } from './browser.ts';
import { password } from './people.ts';
import { type Site, startNewSite } from './site.ts';
import { text } from './words.ts';

let site: Site;
let browser: Browser;

beforeAll(async () => {
  [site, browser] = await Promise.all([startNewSite(), launchBrowser()]);
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

const openPages = [
  '/',
  '/courses',
  '/courses/informatics-60',
  '/courses/math-60',
  '/login',
  '/login/code',
  '/register',
  '/consent',
  '/support',
  '/admin/login',
  '/profile',
  '/admin',
  '/no-such-page',
  '/courses/no-such-course',
];

describe.each(['phone', 'desktop'] as const)('for a guest on a %s', (screen) => {
  let guest: Visitor;
  beforeAll(async () => {
    guest = await aVisitor(browser, site.url, screen);
  });
  afterAll(() => guest.context.close());

  test.each(openPages)('%s is accessible, carries the footer and asks no other host', async (path) => {
    const { page, faults } = guest;
    faults.length = 0;
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    const source = page.getByRole('link', { name: text.common.footer.openSource });
    expect(await source.getAttribute('href')).toMatch(/^https:\/\/github\.com\//);
    await expectAccessible(page);
    // A page that is not there is answered as such; the browser notes the answer as an error.
    expect(faults.filter((fault) => !/status of 404/.test(fault))).toEqual([]);
  });
});

test('the guest’s task is checked by the real checker without an account', async () => {
  const { page, context } = await aVisitor(browser, site.url, 'desktop');
  await page.goto('/');
  const field = page.getByLabel(text.tasks.answer.label);
  await field.fill('12.50');
  await page.keyboard.press('Enter');
  await page.getByText(text.tasks.verdict.rightPlain, { exact: true }).waitFor();
  await page.getByText('12,5').first().waitFor();
  await context.close();
});

test('what `npm run screenshots` looks for it finds where it is, and not elsewhere', async () => {
  const { page, context } = await aVisitor(browser, site.url, 'phone');
  await page.goto('/login');
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await page.evaluate(lookAround, { touch: true, locale: 'ru' as const })).toEqual([]);
  await page.evaluate(() => {
    document.documentElement.lang = 'en';
    const plant = (tag: string, text: string, style: Partial<CSSStyleDeclaration>) => {
      const planted = document.createElement(tag);
      planted.textContent = text;
      Object.assign(planted.style, style);
      document.querySelector('main')?.append(planted);
    };
    plant('h1', 'Второй', {});
    plant('button', 'x', { width: '20px', height: '20px', padding: '0' });
    plant('p', 'wide', { width: '900px' });
  });
  const found = (await page.evaluate(lookAround, { touch: true, locale: 'en' as const })).join('\n');
  for (const what of [/^sideways scroll by/m, /^2 titles/m, /^small target 20×20: button «x»$/m, /^Russian without lang: h1 «Второй»$/m]) {
    expect(found).toMatch(what);
  }
  await context.close();
});

test('English by a switch, remembered', async () => {
  const { page, context } = await aVisitor(browser, site.url, 'desktop');
  await page.goto('/');
  await page
    .getByRole('button', { name: 'English' })
    .or(page.getByRole('link', { name: 'English' }))
    .click();
  await page
    .getByRole('link', { name: 'Sign up' })
    .or(page.getByRole('link', { name: 'Register' }))
    .first()
    .waitFor();
  await page.reload();
  await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe('en');
  await expectAccessible(page);
  await context.close();
});

test('a moderator made on the command line signs in and finds the registration in the Excel table', async () => {
  const student = await aVisitor(browser, site.url, 'phone');
  await student.page.goto('/register');
  await student.page.getByLabel(text.auth.field.email).fill('excel@example.ru');
  await student.page.getByLabel(text.auth.field.firstName).fill('Анна-Мария');
  await student.page.getByLabel(text.auth.field.lastName).fill('Ёлкина');
  await student.page.getByLabel(text.auth.field.phone).fill('8 (900) 123-45-67');
  await student.page.getByRole('checkbox').check();
  await student.page.getByRole('button', { name: text.auth.getCode }).click();
  await student.page.getByRole('heading', { name: text.auth.code.title }).waitFor();

  await site.cli('moderator', ['add', 'teacher@example.ru', '--name', 'Мария Ковалёва', '--password-stdin'], `${password}\n`);
  const { page, context, faults } = await aVisitor(browser, site.url, 'desktop');
  await page.goto('/admin/login');
  await page.getByLabel(text.auth.field.email).fill('teacher@example.ru');
  await page.getByLabel(text.auth.field.password, { exact: true }).fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: office.shell.nav.registrations }).click();
  await page.getByText('excel@example.ru').waitFor();
  await expectAccessible(page);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: office.registry.download }).click()]);
  const { default: ExcelJS } = await import('exceljs');
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(await download.path());
  const cells = book.worksheets[0]?.getSheetValues().flat().map(String) ?? [];
  expect(cells).toEqual(expect.arrayContaining(['Ёлкина', 'Анна-Мария', 'excel@example.ru', '+79001234567']));
  expect(faults).toEqual([]);
  await Promise.all([context.close(), student.context.close()]);
});
