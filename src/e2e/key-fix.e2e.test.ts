/** A wrong key is mended in the browser: the teacher sees who gains, the student sees the points. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { officeCatalogue as office } from '#shared/i18n/ru/office/all.ts';
import { expectAccessibleAtBothWidths, launchBrowser, type Screen } from './browser.ts';
import { aNewStudent, aSignedInTeacher } from './people.ts';
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

const aStudent = () => aNewStudent(browser, site, 'phone', { at: null });

const aTeacher = (screen: Screen) => aSignedInTeacher(browser, site, screen);

/** Writes another key into the source that is open in the editor, the way a person pastes a text. */
async function writeKey(page: Page, key: string) {
  await page.locator('.cm-content').waitFor();
  const id = new URL(page.url()).pathname.split('/').at(-1);
  const source = await page.evaluate(async (subjectId) => {
    const input = encodeURIComponent(JSON.stringify({ kind: 'task', subjectId }));
    const answer = await fetch(`/trpc/texts.open?input=${input}`);
    return String((await answer.json()).result.data.published);
  }, id);
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+A');
  // Pasted: what the browser itself puts in the place of highlighted text it gives a style attribute, which the policy refuses.
  await page.locator('.cm-content').evaluate(
    (editor, text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      editor.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    },
    source.replace(/^key:.*$/m, `key: ${key}`),
  );
}

async function answer(page: Page, task: string, value: string) {
  await page.goto(`/courses/math-60/equations#${task}`);
  await page.locator(`#${task}`).getByLabel(text.tasks.answer.label).fill(value);
  await page.locator(`#${task}`).getByRole('button', { name: text.tasks.check }).click();
}

describe('a teacher on a phone', () => {
  const slug = 'root-smaller';

  test('mends a key, and the student has the points', async () => {
    const [student, teacher] = await Promise.all([aStudent(), aTeacher('phone')]);
    await answer(student.page, slug, '777');
    const task = student.page.locator(`#${slug}`);
    await task.getByText(text.tasks.verdict.wrong).waitFor();

    const { page } = teacher;
    await page.goto('/courses/math-60/equations');
    await page.locator(`#${slug}`).getByRole('link', { name: office.edit.task }).click();
    await writeKey(page, '777');
    await page.keyboard.press('Control+Enter');
    const dialog = page.getByRole('dialog', { name: office.keyFix.title });
    await dialog.getByText(office.keyFix.gain(1, 1)).waitFor();
    await dialog.getByText(office.keyFix.loseNobody).waitFor();
    await dialog.getByRole('row', { name: /777/ }).waitFor();
    await expectAccessibleAtBothWidths(page);
    await dialog.getByRole('button', { name: office.keyFix.publishAndRegrade(1) }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: office.edit.back }).click();
    await page.waitForURL(`**/courses/math-60/equations#${slug}`);

    await student.page.reload();
    const line = task.getByText(text.tasks.keyFix(1));
    await line.waitFor();
    await task.getByRole('button', { name: text.tasks.next }).waitFor();
    await expectAccessibleAtBothWidths(student.page);
    await task.getByRole('button', { name: text.tasks.keyFixRead }).click();
    await line.waitFor({ state: 'detached' });
    await student.page.reload();
    await task.getByRole('button', { name: text.tasks.next }).waitFor();
    expect(await line.count()).toBe(0);
    // Read on the site: no letter is needed, and the bell keeps it.
    const told = `SELECT FROM delivery d JOIN person p ON p.id = d.person_id JOIN notice n ON n.id = d.notice_id
      WHERE p.email = $1 AND n.kind = 'grade' AND d.channel = 'site'`;
    expect(await site.sql(told, [student.email])).toHaveLength(1);
    expect([...student.faults, ...teacher.faults]).toEqual([]);
    await Promise.all([student.context.close(), teacher.context.close()]);
  }, 60_000);
});

test('points are taken only where that was ticked, and nothing at all where the dialog is closed', async () => {
  const student = await aStudent();
  await answer(student.page, 'logarithm', '1');
  const task = student.page.locator('#logarithm');
  await task.getByText(text.tasks.verdict.wrong).waitFor();
  const { page, context, faults } = await aTeacher('desktop');
  await page.goto('/courses/math-60/equations');
  await page.locator('#logarithm').getByRole('link', { name: office.edit.task }).click();
  const dialog = page.getByRole('dialog', { name: office.keyFix.title });
  const publish = async (key: string) => {
    await writeKey(page, key);
    await page.keyboard.press('Control+Enter');
    await dialog.waitFor();
  };
  const solved = async () => {
    await student.page.reload();
    await task.getByRole('button', { name: new RegExp(`^(${text.tasks.next}|${text.tasks.check})$`) }).waitFor();
    return (await task.getByRole('button', { name: text.tasks.next }).count()) > 0;
  };
  await publish('1');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(await solved()).toBe(false);

  await publish('1');
  await dialog.getByRole('button', { name: office.keyFix.publishAndRegrade(1) }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(await solved()).toBe(true);

  await publish('2');
  const take = dialog.getByRole('checkbox', { name: office.keyFix.take(1) });
  expect(await take.isChecked()).toBe(false);
  await dialog.getByText(office.keyFix.stays).waitFor();
  await dialog.getByRole('button', { name: office.keyFix.publishAndRegrade(1) }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(await solved()).toBe(true);

  await publish('3');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(await solved()).toBe(true);
  expect([...student.faults, ...faults]).toEqual([]);
  await Promise.all([student.context.close(), context.close()]);
}, 60_000);
