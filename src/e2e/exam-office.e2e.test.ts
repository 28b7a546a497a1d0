import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { officeCatalogue as office } from '#shared/i18n/ru/office/all.ts';
import { dayAndTime } from '#shared/wall-clock.ts';
import { expectAccessibleAtBothWidths, launchBrowser } from './browser.ts';
import { aNewStudent, aSignedInTeacher } from './people.ts';
import { type Site, startSite } from './site.ts';

let site: Site;
let browser: Browser;
const { exams: words, reorder, shell } = office;
const course = '/admin/courses/informatics-60';

beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), launchBrowser()]);
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

const aTeacher = () => aSignedInTeacher(browser, site, 'desktop');

const aStudent = (lastName: string) => aNewStudent(browser, site, 'desktop', { lastName, at: null });

/** What the student's own page sends. */
async function call(page: Page, procedure: string, input: object): Promise<void> {
  const answer = await page.request.post(`/trpc/exams.${procedure}`, { data: input, headers: { origin: site.url } });
  expect(await answer.text()).not.toContain('"error"');
  expect(answer.status()).toBe(200);
}

const taskNames = (page: Page) => page.getByRole('list', { name: words.content.label }).getByRole('link').allInnerTexts();
/** A journey that is gone through once more makes another exam. */
let times = 0;
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

describe('a teacher at a desk', () => {
  test('makes an exam, publishes it, and sees how it is written', async () => {
    const { page, context, faults } = await aTeacher();
    times += 1;
    const title = `Пробник ${times}`;
    await page.goto(`${course}/exams`);
    await button(page, words.list.add).first().click();
    await page.getByLabel(words.list.name).fill(title);
    // Twice at once: one exam.
    await button(page, words.act.create).dblclick();
    await page.getByText(words.content.empty).waitFor();
    const examId = page.url().split('/').at(-1) ?? '';
    await expectAccessibleAtBothWidths(page);
    // Nothing in it yet: it says so, and stays a draft.
    await button(page, words.act.publish).click();
    await page.getByText(words.incomplete['no-tasks']).waitFor();

    // By choosing: what is ticked stays ticked while one searches on.
    await button(page, words.content.choose).click();
    const list = page.getByRole('list', { name: words.choose.list });
    await list.getByRole('checkbox').first().check();
    await page.getByLabel(words.choose.search).fill('номера пунктов В и Ж');
    await expect.poll(() => list.getByRole('checkbox').count()).toBe(1);
    await list.getByRole('checkbox').check();
    await page.getByText(words.choose.chosen(2, 2)).waitFor();
    await expectAccessibleAtBothWidths(page);
    await button(page, words.choose.add(2)).click();
    await expect.poll(() => taskNames(page)).toHaveLength(2);

    // By numbers, instead.
    await button(page, words.content.byNumbers).click();
    const drawn = page.getByRole('list', { name: words.numbers.list }).getByRole('listitem');
    await drawn.first().waitFor();
    const count = await drawn.count();
    expect(count).toBeGreaterThan(10);
    const again = button(page, words.numbers.anotherOf(1));
    const first = await drawn.first().locator('p').first().innerText();
    await again.click();
    await expect.poll(() => drawn.first().locator('p').first().innerText()).not.toBe(first);
    await expectAccessibleAtBothWidths(page);
    await button(page, words.numbers.take(count)).click();
    // Shown at once; the dialog stays until the server has agreed, and until then nothing behind it takes keys.
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await expect.poll(() => taskNames(page)).toHaveLength(count);

    // The order, by keyboard; and back again.
    const [one = '', two = '', three = ''] = await taskNames(page);
    await page.getByRole('button', { name: reorder.handle(one), exact: true }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await page.getByText(words.done.movedTask(one)).waitFor();
    expect((await taskNames(page)).slice(0, 3)).toEqual([two, one, three]);
    await page.getByText(words.done.movedTask(one)).locator('..').getByRole('button', { name: shell.undo }).click();
    await expect.poll(async () => (await taskNames(page)).slice(0, 3)).toEqual([one, two, three]);
    await button(page, words.content.remove(three)).click();
    await expect.poll(() => taskNames(page)).toHaveLength(count - 1);

    // Settings save themselves, and are there after a reload.
    await page.getByLabel(words.editor.limit).fill('95');
    await page.getByLabel(words.editor.limit).blur();
    await page.getByText(words.editor.limitWords(1, 35)).waitFor();
    await page.getByLabel(words.editor.closesDate).fill('2199-01-10');
    await page.getByLabel(words.editor.closesTime).blur();
    await page.getByLabel(words.editor.about, { exact: true }).fill('Калькулятор **не нужен**');
    await page.getByText(words.editor.preview).waitFor();
    await page.getByLabel(words.editor.opensDate).fill('2199-01-11');
    await page.getByText(words.editor.badWindow).waitFor();
    await page.getByLabel(words.editor.opensDate).fill('');
    await page.getByText(words.editor.badWindow).waitFor({ state: 'hidden' });
    await page.getByText(/Сохранено в/).waitFor();
    await page.reload();
    await expect.poll(() => page.getByLabel(words.editor.limit).inputValue()).toBe('95');
    expect(await page.getByLabel(words.editor.closesDate).inputValue()).toBe('2199-01-10');
    expect(await page.getByLabel(words.editor.closesTime).inputValue()).toBe('20:00');
    expect(await taskNames(page)).toHaveLength(count - 1);

    await button(page, words.act.publish).click();
    await page.getByText(words.done.published(title)).waitFor();
    await page.getByText(words.state.open, { exact: true }).waitFor();
    await expectAccessibleAtBothWidths(page);

    // A student begins; the teacher sees it and gives more time.
    const student = await aStudent('Орлов');
    const name = 'Орлов Илья';
    const attemptId = randomUUID();
    await call(student.page, 'start', { examId, attemptId });
    await page.goto(`/admin/exams/${examId}`);
    await page.getByText(words.editor.running(1)).waitFor();
    // An end that would cut them is asked for, and left as it was.
    const soon = dayAndTime(new Date(Date.now() + 30 * 60_000), 'Europe/Moscow');
    await page.getByLabel(words.editor.closesTime).fill(soon.time);
    await page.getByLabel(words.editor.closesDate).fill(soon.on);
    await page.getByText(words.editor.cutText(1)).waitFor();
    await expectAccessibleAtBothWidths(page);
    await button(page, words.editor.cutKeep).click();
    await expect.poll(() => page.getByLabel(words.editor.closesDate).inputValue()).toBe('2199-01-10');
    await page.getByText(words.editor.cutAsked).waitFor({ state: 'hidden' });

    await page.getByRole('link', { name: words.act.results, exact: true }).click();
    const row = page.getByRole('row').filter({ hasText: name });
    await row.getByText(words.results.attempt(1)).waitFor();
    await expectAccessibleAtBothWidths(page);
    await row.getByRole('button', { name: shell.moreOf(`${name}, ${words.results.attempt(1)}`) }).click();
    await page.getByRole('menuitem', { name: words.results.actExtra }).click();
    await page.getByLabel(words.extras.minutes).fill('30');
    await expectAccessibleAtBothWidths(page);
    await button(page, words.extras.save).click();
    await page.getByRole('button', { name: words.extras.changeOf(name) }).waitFor();
    await page.keyboard.press('Escape');
    await row.getByText(words.results.extra(30, 0)).waitFor();

    // Found by the name, and not by another.
    await page.getByLabel(words.results.search).fill('никого такого');
    await page.getByText(words.results.nobody).waitFor();
    await button(page, words.results.reset).first().click();
    await row.waitFor();
    const table = await page.request.get(`/api/exams/${examId}/results.xlsx`);
    expect(table.status()).toBe(200);

    // Ended for the student, looked at as the student finds it.
    await row.getByRole('link', { name }).click();
    await page.getByText(words.attempt.running).waitFor();
    await button(page, words.results.actFinish).click();
    await page.getByRole('dialog').getByRole('button', { name: words.results.actFinish, exact: true }).click();
    await page
      .getByText(words.attempt.answered(0, count - 1))
      .first()
      .waitFor();
    await page.getByText(words.results.ended.moderator).first().waitFor();
    await expectAccessibleAtBothWidths(page);
    await page.getByRole('link', { name: words.attempt.profile }).click();
    const { tabs } = office.students.page;
    await page.getByRole('navigation', { name: tabs.label }).getByRole('link', { name: tabs.answers }).click();
    await page.getByRole('link', { name: title, exact: true }).waitFor();

    // Away and back again.
    await page.goto(`${course}/exams`);
    await page.getByRole('button', { name: shell.moreOf(title) }).click();
    await page.getByRole('menuitem', { name: words.act.delete }).click();
    await page.getByText(words.done.deleted(title)).locator('..').getByRole('button', { name: shell.undo }).click();
    await page.getByRole('link', { name: title, exact: true }).waitFor();
    await expectAccessibleAtBothWidths(page);

    expect(student.faults).toEqual([]);
    // What was refused on purpose is told by the browser as well.
    expect(faults.filter((fault) => !fault.includes('409'))).toEqual([]);
    await student.context.close();
    await context.close();
  }, 120_000);
});
