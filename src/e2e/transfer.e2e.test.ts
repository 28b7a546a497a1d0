import { buffer } from 'node:stream/consumers';
import ExcelJS from 'exceljs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { ZipFile } from 'yazl';
import { officeCatalogue } from '#shared/i18n/ru/office/all.ts';
import { expectAccessibleAtBothWidths, launchBrowser } from './browser.ts';
import { aSignedInTeacher } from './people.ts';
import { type Site, startSite } from './site.ts';

const { transfer } = officeCatalogue;

let site: Site;
let browser: Browser;
beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), launchBrowser()]);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

async function choose(page: Page, section: string, name: string, bytes: Buffer): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: `${section}: ` }).click();
  await (await chooser).setFiles({ name, mimeType: 'application/octet-stream', buffer: bytes });
}

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

async function table(...rows: ExcelJS.CellValue[][]): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  book.addWorksheet('Задания').addRows([['Название', 'Тип', 'Ответ', 'Условие'], ...rows]);
  return Buffer.from(await book.xlsx.writeBuffer());
}

describe('a moderator on a phone', () => {
  const [slug, topic] = ['math-60', '01-powers'];

  test('brings tasks in from a table, first with two wrong rows', async () => {
    const { page, context, faults } = await aSignedInTeacher(browser, site, 'phone', { at: `/admin/courses/${slug}/transfer` });
    const good: ExcelJS.CellValue[] = ['Из таблицы', 'число', 12.5, 'Сколько?'];
    const wrong = await table(good, ['Дата', 'число', new Date(Date.UTC(2026, 0, 2)), 'x'], ['Два ключа', 'один вариант', '1, 2', 'x']);
    await choose(page, transfer.questions.title, 'tasks.xlsx', wrong);
    await page.getByRole('heading', { name: transfer.questions.bad(2) }).waitFor();
    await page.getByText(transfer.rowProblem({ code: 'cell-date' })).waitFor();
    await expectAccessibleAtBothWidths(page);

    await choose(page, transfer.questions.title, 'tasks.xlsx', await table(good, ['Вторая', 'слово', 'да; ага', 'Верно?']));
    await page.getByRole('heading', { name: transfer.questions.ready(2) }).waitFor();
    await page.getByRole('checkbox', { name: transfer.questions.publish }).check();
    await page.getByRole('button', { name: transfer.questions.add(2) }).click();
    await page.waitForURL(`**/admin/courses/${slug}`);
    await page.goto(`/courses/${slug}/${topic.slice(3)}`);
    await page.getByText('Сколько?').waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });
});

test('a moderator takes a course out, changes its files and brings it back', async () => {
  const [slug, topic] = ['math-80', '01-equations'];
  const { page, context, faults } = await aSignedInTeacher(browser, site, 'desktop', { at: `/admin/courses/${slug}/transfer` });
  await page.getByRole('heading', { name: transfer.download.title }).waitFor();
  await expectAccessibleAtBothWidths(page);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: transfer.download.button }).click();
  const archive = await buffer(await (await download).createReadStream());

  await choose(page, transfer.replace.title, 'course.zip', archive);
  await page.getByRole('heading', { name: transfer.report.same }).waitFor();

  const broken = await changed(archive, /course\.md$/, (old) => old.replace(/^target: .*$/m, 'target: сто'));
  await choose(page, transfer.replace.title, 'course.zip', broken);
  await page.getByRole('cell', { name: /100/ }).waitFor();
  await page.getByRole('rowheader', { name: `${slug}/course.md` }).waitFor();

  const mended = await changed(archive, new RegExp(`${topic}/topic\\.md$`), (old) => old.replace(/^title: .*$/m, 'title: Новое название'));
  await choose(page, transfer.replace.title, 'course.zip', mended);
  await page.getByRole('rowheader', { name: /Новое название/ }).waitFor();
  expect(await page.getByRole('rowheader').count()).toBe(1);
  await expectAccessibleAtBothWidths(page);
  await page.getByRole('button', { name: transfer.report.update }).click();
  await page.waitForURL(`**/admin/courses/${slug}`);
  await page.getByText('Новое название').first().waitFor();
  expect(faults).toEqual([]);
  await context.close();
});
