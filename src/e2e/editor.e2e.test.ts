import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { officeCatalogue as office } from '#shared/i18n/ru/office/all.ts';
import { expectAccessible, expectAccessibleAtBothWidths, launchBrowser, type Screen } from './browser.ts';
import { aSignedInTeacher, teachers } from './people.ts';
import { type Site, startSite } from './site.ts';
import { text } from './words.ts';

let site: Site;
let browser: Browser;
const { editor } = office;

beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), launchBrowser()]);
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

const aTeacher = (screen: Screen, { email } = teachers.maria) => aSignedInTeacher(browser, site, screen, { email });

const topicPath = '/courses/math-80/equations';

/** Opens the source of a task of the demo school. */
async function openTask(page: Page, slug: string): Promise<void> {
  const id = await page.evaluate(async (wanted) => {
    const input = encodeURIComponent(JSON.stringify({ course: 'math-80', topic: 'equations' }));
    const answer = (await (await fetch(`/trpc/courses.topic?input=${input}`)).json()) as {
      result: { data: { tasks: { id: string; slug: string }[] } };
    };
    return answer.result.data.tasks.find((task) => task.slug === wanted)?.id;
  }, slug);
  await page.goto(`/admin/tasks/${id}`);
  await source(page).waitFor();
  await saved(page);
}

const source = (page: Page) => page.getByRole('textbox', { name: editor.sourceLabel.task });
const saved = (page: Page) => page.locator('[data-status=saved]').waitFor();
const preview = (page: Page) => page.getByRole('region', { name: editor.preview.title });

/** Puts the cursor at the end of a line, by the keyboard. */
async function toLine(page: Page, line: number): Promise<void> {
  await source(page).focus();
  await page.keyboard.press('Control+Home');
  for (let at = 1; at < line; at++) await page.keyboard.press('ArrowDown');
  await toEnd(page);
}

/** A line that is wrapped has several ends. */
async function toEnd(page: Page): Promise<void> {
  for (let wraps = 0; wraps < 4; wraps++) await page.keyboard.press('End');
}

describe.each(['desktop', 'phone'] as const)('a teacher on a %s', (screen) => {
  const slug = screen === 'desktop' ? 'larger-root' : 'radical';

  test('mends a task by the keyboard alone: an error at its line, the preview, the checker, the students’ page', async () => {
    const { page, context, faults } = await aTeacher(screen);
    await openTask(page, slug);
    await preview(page).getByText(editor.likely.title).waitFor();
    await expectAccessible(page);

    // What stands above the text says more while one writes, and the text keeps its place.
    const top = () => page.locator('.cm-editor').evaluate((element) => element.getBoundingClientRect().top + window.scrollY);
    const placed = await top();

    // A key that no task has: offered keys do not include it, and the line is named.
    await toLine(page, 2);
    await page.keyboard.press('Enter');
    await page.keyboard.type('point');
    await page.locator('.cm-tooltip-autocomplete').getByText('points').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.type(': 2');
    const remark = page.getByRole('button', { name: new RegExp(editor.problems.line(3)) });
    await remark.waitFor();
    await saved(page);
    await page.getByText(editor.discard).waitFor();
    expect(await top()).toBe(placed);
    await page.keyboard.press('Control+Enter');
    await page.getByText(editor.notPublished(1)).waitFor();
    await expectAccessible(page);

    // The remark leads to its line, where the letter is added.
    await page.keyboard.press('Control+End');
    await remark.focus();
    await page.keyboard.press('Enter');
    expect(await source(page).evaluate((element) => element === document.activeElement)).toBe(true);
    await toEnd(page);
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowLeft');
    await page.keyboard.type('s');
    await page.keyboard.press('Escape');
    await page.getByText(editor.problems.none).waitFor();
    await preview(page).getByText(text.tasks.points(2)).waitFor();

    // Tab leaves the editor, and the answer is judged by the key that stands there.
    await source(page).focus();
    await page.keyboard.press('Tab');
    expect(await source(page).evaluate((element) => element === document.activeElement)).toBe(false);
    await preview(page).getByRole('textbox', { name: text.tasks.answer.label }).focus();
    await page.keyboard.type(screen === 'desktop' ? '12.50' : '-1');
    await page.keyboard.press('Enter');
    await preview(page).getByText(text.tasks.verdict.right(2)).waitFor();

    await saved(page);
    await source(page).focus();
    await page.keyboard.press('Control+Enter');
    await page.getByText(editor.published, { exact: true }).waitFor();
    await page.getByText(editor.nothingToPublish).waitFor();
    await page.goto(`${topicPath}#${slug}`);
    await page.locator(`#${slug}`).getByText(text.tasks.points(2)).waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });
});

test('two teachers at one text: neither is written over, and they merge', async () => {
  const maria = await aTeacher('desktop');
  const olga = await aTeacher('desktop', teachers.olga);
  const task = 'variable-base';
  await openTask(maria.page, task);
  await openTask(olga.page, task);
  await toLine(olga.page, 2);
  await olga.page.keyboard.type(' (Ольга)');
  await saved(olga.page);
  await toLine(maria.page, 2);
  await maria.page.keyboard.type(' (Мария)');
  await maria.page.getByText(/Другой преподаватель изменил это задание в/).waitFor();
  await expectAccessibleAtBothWidths(maria.page);
  // What was typed stays on the device: a reload does not lose it, and asks again.
  maria.page.on('dialog', (dialog) => dialog.accept());
  await maria.page.reload();
  await maria.page.getByRole('button', { name: editor.conflict.compare }).click();
  const dialog = maria.page.getByRole('dialog', { name: editor.conflict.title });
  await dialog.getByText('(Ольга)').first().waitFor();
  await expectAccessibleAtBothWidths(maria.page);
  await dialog.getByRole('textbox', { name: editor.conflict.mine }).focus();
  await maria.page.keyboard.press('Control+Home');
  await maria.page.keyboard.press('ArrowDown');
  await toEnd(maria.page);
  await maria.page.keyboard.type(' и Ольга');
  await dialog.getByRole('button', { name: editor.conflict.keepMerged }).click();
  await saved(maria.page);
  await expect.poll(() => source(maria.page).innerText()).toContain('(Мария) и Ольга');

  // Olga’s text is in the history, and can be put back.
  await maria.page.getByRole('button', { name: editor.history.open }).click();
  const history = maria.page.getByRole('dialog', { name: editor.history.title });
  await history.getByText(teachers.olga.name).first().waitFor();
  await expectAccessibleAtBothWidths(maria.page);
  await history.getByRole('button', { name: editor.history.restore }).click();
  await expect.poll(() => source(maria.page).innerText()).toContain('(Ольга)');
  await saved(maria.page);
  await maria.page.getByRole('button', { name: editor.discard }).click();
  await maria.page.getByText(editor.nothingToPublish).waitFor();
  expect([...maria.faults, ...olga.faults]).toEqual([]);
  await Promise.all([maria.context.close(), olga.context.close()]);
});

test('a picture that is pasted or dragged goes to the topic and stands in the text', async () => {
  const { page, context, faults } = await aTeacher('desktop');
  await openTask(page, 'same-roots');
  await page.keyboard.press('Tab');
  await source(page).focus();
  await page.keyboard.press('Control+End');
  const bring = (name: string) =>
    source(page).evaluate(async (element, fileName) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 40, height: 30 });
      canvas.getContext('2d')?.fillRect(5, 5, 10, 10);
      const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
      const data = new DataTransfer();
      if (blob) data.items.add(new File([blob], fileName, { type: 'image/png' }));
      const { left, bottom } = element.getBoundingClientRect();
      element.dispatchEvent(
        fileName === 'image.png'
          ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
          : new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true, clientX: left + 5, clientY: bottom - 5 }),
      );
    }, name);
  await bring('image.png');
  await expect.poll(() => source(page).innerText()).toMatch(/!\[.+\]\(files\/picture\.png\)/);
  const picture = preview(page).locator('img[src*="picture.png"]');
  await picture.scrollIntoViewIfNeeded();
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(40);
  // From a folder on the desk, to where it is let go.
  await bring('grafik.png');
  await expect.poll(() => source(page).innerText()).toMatch(/!\[.+\]\(files\/grafik\.png\)/);
  expect(faults).toEqual([]);
  await context.close();
});

test('typed offline, kept over a reload, saved when the connection is back', async () => {
  const { page, context } = await aTeacher('phone');
  await openTask(page, 'same-roots');
  await context.setOffline(true);
  await toLine(page, 2);
  await page.keyboard.type(' без связи');
  await page.locator('[data-status=failed]').waitFor();
  await context.setOffline(false);
  await saved(page);
  await page.reload();
  await expect.poll(() => source(page).innerText()).toContain('без связи');
  await context.close();
});

test('a theory is written and read by students', async () => {
  const { page, context, faults } = await aTeacher('desktop');
  await openTask(page, 'same-roots');
  const topicId = await page.evaluate(async () => {
    const input = encodeURIComponent(JSON.stringify({ kind: 'task', subjectId: location.pathname.split('/').at(-1) }));
    const answer = (await (await fetch(`/trpc/texts.open?input=${input}`)).json()) as { result: { data: { topic: { id: string } } } };
    return answer.result.data.topic.id;
  });
  await page.goto(`/admin/theory/${topicId}`);
  const theory = page.getByRole('textbox', { name: editor.sourceLabel.theory });
  await theory.focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('Новое начало теории.\n\n');
  await preview(page).getByText('Новое начало теории.').waitFor();
  await page.getByRole('button', { name: editor.publish }).click();
  await page.getByText(editor.published, { exact: true }).waitFor();
  await page.goto(topicPath);
  await page.getByText('Новое начало теории.').waitFor();
  expect(faults).toEqual([]);
  await context.close();
});
