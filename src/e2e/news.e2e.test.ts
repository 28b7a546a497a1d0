import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { officeCatalogue as office } from '#shared/i18n/ru/office/all.ts';
import { expectAccessible, launchBrowser } from './browser.ts';
import { aNewStudent, aSignedInTeacher, teachers } from './people.ts';
import { type Site, startSite } from './site.ts';

const { news: words, delivery } = office;

let site: Site;
let browser: Browser;

beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), launchBrowser()]);
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

/** A picture as one has it in the clipboard. */
async function pastePicture(page: Page): Promise<void> {
  await page.locator('#news-body').evaluate(async (field) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 400 });
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([blob ?? ''], 'разбор.png', { type: 'image/png' }));
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
}

test('a teacher writes, sees all channels, sends to themselves and to a student, who reads it in a letter and on the site', async () => {
  const title = `Разбор пробника ${Date.now()}`;
  const [student, { page, context, faults }] = await Promise.all([
    aNewStudent(browser, site, 'phone', { at: null }),
    aSignedInTeacher(browser, site, 'desktop', { at: '/admin/news' }),
  ]);
  // Whatever hour it is.
  await site.sql('INSERT INTO quiet_hours (person_id, from_min, to_min) SELECT id, 0, 0 FROM person ON CONFLICT DO NOTHING');

  await page.getByRole('link', { name: words.list.add }).click();
  await page.getByLabel(words.editor.heading, { exact: true }).fill(title);
  const body = page.getByLabel(words.editor.text, { exact: true });
  await body.fill('Выложили запись.\n\nНачните с задания 13.');
  await body.evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(9, 15));
  await page.getByRole('button', { name: words.editor.bold, exact: true }).click();
  expect(await body.inputValue()).toBe('Выложили **запись**.\n\nНачните с задания 13.');
  await pastePicture(page);
  await page.getByLabel(words.pictures.alt(1)).fill('Ход решения');
  await page.getByLabel(words.editor.buttonLabel, { exact: true }).fill('Смотреть разбор');
  // Half a button stops it, beside the field.
  await page.getByRole('button', { name: words.editor.test }).click();
  await page.getByText(words.editor.buttonUrlWrong).waitFor();
  await page.getByLabel(words.editor.buttonUrl, { exact: true }).fill('/courses');

  const inTelegram = page.getByRole('region', { name: words.preview.telegram });
  await inTelegram.locator('b', { hasText: 'запись' }).waitFor();
  await inTelegram.getByRole('img', { name: 'Ход решения' }).waitFor();
  await inTelegram.getByRole('link', { name: 'Смотреть разбор' }).waitFor();
  await page.getByRole('region', { name: words.preview.site }).getByText('Выложили запись', { exact: false }).waitFor();
  await page.getByRole('button', { name: words.preview.letter }).click();
  const shownLetter = page.frameLocator('iframe');
  await shownLetter.getByRole('paragraph').getByText('Начните с задания 13.').waitFor();
  await expect
    .poll(() => shownLetter.getByRole('img', { name: 'Ход решения' }).evaluate((img: HTMLImageElement) => img.naturalWidth))
    .toBe(640);
  await page.keyboard.press('Escape');

  // Nothing of it is lost with the page.
  await page.getByText(words.editor.saved).waitFor();
  await page.reload();
  await page.getByLabel(words.pictures.alt(1)).waitFor();
  expect(await body.inputValue()).toContain('**запись**');
  expect(await page.getByLabel(words.pictures.alt(1)).inputValue()).toBe('Ход решения');

  await page.getByText(words.editor.whom.list, { exact: true }).click();
  await page.getByLabel(words.editor.listLabel).fill(`${student.email}; nobody@example.ru`);
  await page.getByRole('button', { name: words.editor.listCheck }).click();
  await page.getByText(words.editor.listUnknown(1)).waitFor();
  const send = page.getByRole('button', { name: words.editor.send(1) });
  await send.waitFor();
  await page.getByRole('button', { name: words.editor.test }).click();
  await page.getByText(words.editor.testedEmail).waitFor();
  expect((await site.letterTo(teachers.maria.email)).text).toContain('Начните с задания 13.');
  await expectAccessible(page);

  await send.click();
  const question = page.getByRole('dialog');
  await question.getByText(words.to.list).waitFor();
  await expectAccessible(page);
  await question.getByRole('button', { name: words.editor.send(1) }).dblclick();
  await page.getByText(words.progress.sent('1', '1')).waitFor();
  await page.waitForURL(/\/admin\/news\/[\da-f-]{36}$/);
  expect(await site.sql("SELECT 1 FROM audit_entry WHERE action = 'news.send' AND label = $1", [title])).toHaveLength(1);
  await page.getByRole('link', { name: words.progress.report }).click();
  const row = page.getByRole('row', { name: student.email });
  await row.getByText(words.report.outcomes.email, { exact: true }).waitFor();
  await page.getByLabel(words.report.filter).selectOption('failed');
  await page.getByText(words.report.nobody).waitFor();
  await expectAccessible(page);

  const letter = await site.letterTo(student.email);
  expect(letter.subject).toBe(title);
  expect(letter.text).toContain('Начните с задания 13.');
  await student.page.goto('/news');
  await student.page.getByRole('link', { name: title }).click();
  await student.page.getByText('Начните с задания 13.').waitFor();
  await student.page.getByRole('img', { name: 'Ход решения' }).waitFor();
  await student.page.getByRole('link', { name: 'Смотреть разбор' }).waitFor();
  expect([...faults, ...student.faults]).toEqual([]);
  await Promise.all([context.close(), student.context.close()]);
});

test('two teachers write at once on a phone: neither text is lost, and every page of the office is fit for a thumb', async () => {
  const one = await aSignedInTeacher(browser, site, 'phone', { at: '/admin/news/new' });
  const { page } = one;
  const title = page.getByLabel(words.editor.heading, { exact: true });
  await title.fill('Новый курс');
  await page.getByLabel(words.editor.text, { exact: true }).fill('Первый абзац.');
  await page.getByText(words.editor.saved).waitFor();
  await expectAccessible(page);
  const id = new URL(page.url()).searchParams.get('draft');

  const other = await aSignedInTeacher(browser, site, 'phone', { email: teachers.olga.email, at: `/admin/news/${id}` });
  await other.page.getByLabel(words.editor.heading, { exact: true }).fill('Новый курс с декабря');
  await other.page.getByText(words.editor.saved).waitFor();
  await title.fill('Новый курс скоро');
  await page.getByRole('button', { name: words.conflict.compare }).click();
  const versions = page.getByRole('dialog');
  await versions.getByText('Новый курс с декабря').click();
  await expectAccessible(page);
  await versions.getByRole('button', { name: words.conflict.keep }).click();
  await page.getByText(words.editor.saved).waitFor();
  expect(await title.inputValue()).toBe('Новый курс с декабря');

  await page.goto('/admin/news');
  await page.getByRole('link', { name: 'Новый курс с декабря' }).waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: office.shell.moreOf('Новый курс с декабря') }).click();
  await page.getByRole('menuitem', { name: words.list.remove }).click();
  await page.getByRole('button', { name: office.shell.undo }).click();
  await page.getByText(office.shell.undone).waitFor();
  await page.getByRole('link', { name: 'Новый курс с декабря' }).waitFor();
  await page.goto('/admin/delivery');
  await page.getByText(delivery.telegram.states.off, { exact: true }).waitFor();
  await expectAccessible(page);
  // The refused save of the second is told by the browser too.
  expect(one.faults.filter((fault) => !fault.includes('409'))).toEqual([]);
  expect(other.faults).toEqual([]);
  await Promise.all([one.context.close(), other.context.close()]);
});
