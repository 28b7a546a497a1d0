/** Scales of test scores, and exams in course files: what a teacher does with them in the office. */
import { buffer } from 'node:stream/consumers';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { ZipFile } from 'yazl';
import { officeCatalogue } from '#shared/i18n/ru/office/all.ts';
import { expectAccessible, launchBrowser, type Screen } from './browser.ts';
import { aSignedInTeacher } from './people.ts';
import { type Site, startSite } from './site.ts';
import { text } from './words.ts';

const { curriculum, scales: words, shell, transfer } = officeCatalogue;

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

const save = (page: Page) => page.getByRole('button', { name: text.common.save, exact: true });
const cell = (page: Page, at: number) => page.getByLabel(words.cell(at), { exact: true });
const section = (page: Page, subject: string) => page.getByRole('region', { name: subject, exact: true });
const open = (page: Page, subject: string, year: number) =>
  section(page, subject)
    .getByRole('link', { name: words.year(year), exact: true })
    .click();

// One subject for each screen, so that neither finds what the other has done.
const subjects: Record<Screen, { title: string; points: number }> = {
  phone: { title: 'История', points: 42 },
  desktop: { title: 'Физика', points: 45 },
};

describe.each(['phone', 'desktop'] as const)('scales, %s', (screen) => {
  const { title, points } = subjects[screen];

  test('a table is refused at its place, mended by a pasted column, and means what it says', async () => {
    const { page, context, faults } = await aTeacher(screen);
    await page.goto('/admin/settings');
    await page.getByRole('link', { name: curriculum.subjects.toScales }).click();
    await section(page, title).waitFor();
    await expectAccessible(page);
    await open(page, title, 2025);
    await cell(page, 5).fill('1');
    // Keys lead from cell to cell.
    await page.keyboard.press('Enter');
    expect(await cell(page, 6).evaluate((input) => input === document.activeElement)).toBe(true);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    expect(await cell(page, 4).evaluate((input) => input === document.activeElement)).toBe(true);
    await save(page).click();
    await page
      .getByRole('alert')
      .filter({ hasText: words.problem.order(5, Number(await cell(page, 4).inputValue())) })
      .waitFor();
    expect(await cell(page, 5).evaluate((input) => input === document.activeElement)).toBe(true);
    await expectAccessible(page);
    // What is typed is there after a reload.
    await page.reload();
    await page.getByText(words.kept).waitFor();
    expect(await cell(page, 5).inputValue()).toBe('1');
    // Two columns, with words above them.
    const column = Array.from({ length: points }, (_, i) => `${i + 1} – ${i + 1 === points ? 100 : i + 1}`);
    await page.getByLabel(words.fields.paste).fill(`Первичный – тестовый\n${column.join('\n')}`);
    await page.getByRole('button', { name: words.fields.fill }).click();
    await page.getByText(words.filled(points)).waitFor();
    expect(await cell(page, 5).inputValue()).toBe('5');
    await page.getByText(words.previewOf(40, points)).waitFor();
    await save(page).click();
    await page.getByText(words.saved(title, 2025)).waitFor();
    await section(page, title).getByText(words.reach(60, points)).waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });
});

test('a new year is copied from the last one; forecasts go by it; it is deleted and put back', async () => {
  const { title } = subjects.desktop;
  const { page, context, faults } = await aTeacher('desktop');
  await page.goto('/admin/settings/scales');
  await page.getByRole('link', { name: words.addTo(title) }).click();
  await page.getByLabel(words.fields.year, { exact: true }).fill('2025');
  await page.getByRole('button', { name: words.fields.copy(2025) }).click();
  await save(page).click();
  await page.getByText(words.yearTaken).waitFor();
  await page.getByLabel(words.fields.year, { exact: true }).fill('2026');
  await save(page).click();
  const row = section(page, title)
    .getByRole('listitem')
    .filter({ hasText: words.year(2026) });
  await row.getByText(words.newest).waitFor();
  await page.getByRole('button', { name: shell.moreOf(words.scaleOf(title, 2026)) }).click();
  await page.getByRole('menuitem', { name: words.remove, exact: true }).click();
  await row.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: shell.undo, exact: true }).last().click();
  await row.waitFor();
  expect(faults).toEqual([]);
  await context.close();
});

test('two teachers at one table: the second sees what stands there, and loses nothing', async () => {
  const [one, other] = [await aTeacher('desktop'), await aTeacher('desktop')];
  for (const { page } of [one, other]) {
    await page.goto('/admin/settings/scales');
    await open(page, 'Химия', 2025);
    await cell(page, 1).waitFor();
  }
  await one.page.bringToFront();
  await cell(one.page, 1).fill('1');
  await save(one.page).click();
  await one.page.getByText(words.saved('Химия', 2025)).waitFor();
  await other.page.bringToFront();
  await cell(other.page, 1).fill('2');
  await save(other.page).click();
  await other.page.getByText(words.conflict).waitFor();
  expect(await cell(other.page, 1).inputValue()).toBe('2');
  await expectAccessible(other.page);
  await other.page.getByRole('button', { name: words.keepMine }).click();
  await other.page.getByText(words.saved('Химия', 2025)).waitFor();
  await open(one.page, 'Химия', 2025);
  await expect.poll(() => cell(one.page, 1).inputValue()).toBe('2');
  expect([...one.faults, ...other.faults]).toEqual([]);
  await Promise.all([one.context.close(), other.context.close()]);
});

/** The archive with one text of it changed. */
async function changed(archive: Buffer, path: RegExp, change: (old: string) => string): Promise<Buffer> {
  const zip = new ZipFile();
  const old = await fromBufferPromise(archive);
  for await (const entry of old.eachEntry()) {
    const bytes = await buffer(await old.openReadStreamPromise(entry));
    zip.addBuffer(path.test(entry.fileName) ? Buffer.from(change(bytes.toString())) : bytes, entry.fileName);
  }
  zip.end();
  return buffer(zip.outputStream);
}

test('an exam of a downloaded course is changed in its file: the report says what differs', async () => {
  const { page, context, faults } = await aTeacher('phone');
  const archive = await (await page.request.get('/api/courses/informatics-60.zip')).body();
  const other = await changed(archive, /exams\/01-/, (exam) =>
    exam.replace('minutes: 90', 'minutes: 75').replace('  - words/first-word\n', ''),
  );
  await page.goto('/admin/courses/informatics-60/transfer');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: `${transfer.replace.title}: ` }).click();
  await (await chooser).setFiles({ name: 'course.zip', mimeType: 'application/zip', buffer: other });
  const { report } = transfer;
  await page
    .getByRole('definition')
    .filter({ hasText: report.counts({ created: 0, updated: 1, removed: 0, unchanged: 0 }) })
    .waitFor();
  await page.getByText(`${report.change.changed}: ${report.parts.tasks}, ${report.parts.settings}`).waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: report.update }).click();
  await page.waitForURL('**/admin/courses/informatics-60');
  expect(faults).toEqual([]);
  await context.close();
});
