import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { officeCatalogue as office } from '#shared/i18n/ru/office/all.ts';
import { expectAccessibleAtBothWidths, launchBrowser, type Screen } from './browser.ts';
import { aNewStudent, aSignedInTeacher, teachers } from './people.ts';
import { type Site, startSite } from './site.ts';
import { text } from './words.ts';

let site: Site;
let browser: Browser;
let folder: string;
const words = text.tasks.long;
const desk = office.reviews;
const lines = 'а) Пусть $t=\\sin x$, тогда $2t^2-3t+1=0$.\nОтсюда t = 1 или t = 1/2.\n\nб) Корни: 13π/6 и 5π/2.';

beforeAll(async () => {
  [site, browser, folder] = await Promise.all([startSite(), launchBrowser(), mkdtemp(join(tmpdir(), 'otlichno-e2e-reviews-'))]);
  const page = { create: { width: 1200, height: 1600, channels: 3 as const, background: '#f4f1e8' } };
  await sharp(page).jpeg().toFile(join(folder, 'тетрадь.jpg'));
  await writeFile(join(folder, 'IMG_0001.heic'), 'heic');
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await site?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const aStudent = (screen: Screen, lastName: string) => aNewStudent(browser, site, screen, { lastName, at: null });

const aTeacher = (screen: Screen, { email } = teachers.maria) => aSignedInTeacher(browser, site, screen, { email });

async function openTask(page: Page): Promise<Locator> {
  await page.goto('/courses/math-80/trigonometry');
  const task = page.locator('#equation-and-roots');
  await task.locator('textarea').waitFor();
  return task;
}

async function openWork(page: Page, lastName: string): Promise<void> {
  await page.goto('/admin/review');
  await page.getByRole('link', { name: `${lastName} Илья` }).click();
  await page.getByRole('heading', { name: desk.text }).waitFor();
}

/** Selects with the mouse’s result: a piece of the text as it reads. */
async function select(page: Page, piece: string): Promise<void> {
  await page.evaluate((wanted) => {
    const walker = document.createTreeWalker(document.querySelector('main') ?? document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const plain = (node.textContent ?? '').replaceAll('\u00a0', ' ');
      const at = plain.indexOf(wanted);
      if (at < 0 || !node.parentElement?.closest('[data-at]')) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + wanted.length);
      getSelection()?.removeAllRanges();
      getSelection()?.addRange(range);
      return;
    }
  }, piece);
}

describe('a student on a phone, a teacher at a desk', () => {
  test('a student hands in text and a photo, a teacher remarks and grades, the student reads it', async () => {
    const lastName = 'Белов';
    const student = await aStudent('phone', lastName);
    let task = await openTask(student.page);
    await task.locator('textarea').fill(lines);
    await student.page.reload();
    task = student.page.locator('#equation-and-roots');
    await expect.poll(() => task.locator('textarea').inputValue()).toBe(lines);
    await task
      .getByLabel(words.add, { exact: true })
      .last()
      .setInputFiles([join(folder, 'тетрадь.jpg'), join(folder, 'IMG_0001.heic')]);
    await task.getByText(text.errors.upload.heic).waitFor();
    await task.getByRole('button', { name: words.remove('тетрадь.jpg') }).waitFor();
    await expectAccessibleAtBothWidths(student.page);
    await task.getByRole('button', { name: words.preview }).click();
    await task.locator('.katex').last().waitFor();
    await task.getByRole('button', { name: words.handIn }).dblclick();
    await task.getByText(words.waiting).waitFor();
    await task.getByRole('link', { name: 'тетрадь.jpg' }).waitFor();
    await expectAccessibleAtBothWidths(student.page);

    const teacher = await aTeacher('desktop');
    const { page } = teacher;
    await openWork(page, lastName);
    await expectAccessibleAtBothWidths(page);
    await page.getByRole('button', { name: desk.take }).click();
    await page.getByRole('button', { name: desk.release }).waitFor();
    await select(page, '13π/6 и 5π/2');
    await page.keyboard.press('Control+Alt+KeyM');
    await page.getByRole('textbox', { name: desk.commentOf(1) }).fill('Потерян корень $17\\pi/6$');
    // The other way, by the keyboard alone: the first paragraph.
    await page.getByRole('group', { name: desk.pieces }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Замена верная');
    await page.locator('mark').nth(1).waitFor();
    await page.getByRole('heading', { name: desk.grading }).click();
    await page.keyboard.press('1');
    await page.keyboard.press('0');
    await page.getByLabel(desk.remark).fill('Отбор покажите на окружности.');
    await page.getByText(office.shell.saved, { exact: true }).waitFor();
    await expectAccessibleAtBothWidths(page);
    await page.getByRole('button', { name: desk.enlarge('тетрадь.jpg') }).click();
    await page.getByRole('dialog').getByRole('button', { name: desk.rotate }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: desk.acceptWith(1, 2) }).click();
    await page.getByText(desk.accepted(`Илья ${lastName}`, desk.points(1, 2))).waitFor();

    await student.page.reload();
    await task.getByText(words.graded(1, 2)).waitFor();
    await task.getByText('Отбор покажите').waitFor();
    expect(await task.locator('mark').allInnerTexts()).toEqual(expect.arrayContaining([expect.stringMatching(/13π\/6/)]));
    expect((await task.locator('ol > li').allInnerTexts()).map((item) => item.split('\n')[0]?.trim())).toEqual(['1', '2']);
    await task.getByText(words.got(0, 1)).waitFor();
    await expectAccessibleAtBothWidths(student.page);
    await student.page.goto('/profile');
    await student.page
      .getByText(/1\s*\/\s*27/)
      .first()
      .waitFor();
    expect([...student.faults, ...teacher.faults]).toEqual([]);
    await Promise.all([student.context.close(), teacher.context.close()]);
  });
});

test('of two teachers the second sees who grades; a returned work comes back, handed in offline and once', async ({ task: { result } }) => {
  // Gone through once more, it meets the work of its first time.
  const lastName = result?.retryCount ? 'Громов' : 'Серов';
  const student = await aStudent('phone', lastName);
  const task = await openTask(student.page);
  await task.locator('textarea').fill('Ответ: π/6');
  await task.getByRole('button', { name: words.handIn }).click();
  await task.getByText(words.waiting).waitFor();

  const [maria, olga] = [await aTeacher('desktop', teachers.maria), await aTeacher('desktop', teachers.olga)];
  await openWork(olga.page, lastName);
  await openWork(maria.page, lastName);
  await maria.page.getByRole('button', { name: desk.take }).click();
  await maria.page.getByRole('button', { name: desk.release }).waitFor();
  await olga.page.getByRole('button', { name: desk.take }).click();
  await olga.page.getByText(/Проверяет Мария Ковалёва, ещё 10/).waitFor();
  expect(await olga.page.getByRole('button', { name: desk.return }).count()).toBe(0);
  await student.page.reload();
  await task.getByText(words.held).waitFor();
  expect(await task.getByRole('button', { name: words.withdraw }).count()).toBe(0);

  await maria.page.getByRole('button', { name: desk.return }).click();
  await maria.page.getByText(desk.needWords).waitFor();
  await maria.page.getByLabel(desk.remark).fill('Допишите пункт б');
  await maria.page.getByRole('button', { name: desk.return }).click();
  await maria.page.getByText(desk.sentBack(`Илья ${lastName}`)).waitFor();

  await student.page.reload();
  await task.getByText('Допишите пункт б').waitFor();
  await expect.poll(() => task.locator('textarea').inputValue()).toBe('Ответ: π/6');
  await task.locator('textarea').fill('Ответ: π/6 и 5π/6');
  await student.context.setOffline(true);
  await task.getByRole('button', { name: words.handIn }).click();
  await task.getByText(words.pending).waitFor();
  await student.context.setOffline(false);
  await task.getByText(words.waiting).waitFor();
  await task.getByText(words.earlier(1)).waitFor();

  await openWork(olga.page, lastName);
  await olga.page.getByText(desk.roundOf(2)).first().waitFor();
  await olga.page.getByText(desk.earlier(1)).waitFor();
  await Promise.all([student, maria, olga].map(({ context }) => context.close()));
});
