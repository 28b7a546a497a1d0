import type { Browser, CDPSession, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { officeCatalogue as office } from '#shared/i18n/ru/office/all.ts';
import { aVisitor, expectAccessible, expectAccessibleAtBothWidths, launchBrowser, type Screen } from './browser.ts';
import { aSignedInTeacher } from './people.ts';
import { type Site, startSite } from './site.ts';
import { text } from './words.ts';

let site: Site;
let browser: Browser;
const { curriculum, reorder, shell } = office;

beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), launchBrowser()]);
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

const aTeacher = (screen: Screen) => aSignedInTeacher(browser, site, screen);

async function openProgramme(page: Page, course: string): Promise<void> {
  await page.goto(`/admin/courses/${course}`);
  await topicRow(page, 0).waitFor();
}

const topicRow = (page: Page, index: number) =>
  page.getByRole('list', { name: curriculum.programme.topics }).locator(':scope > li').nth(index);
const topicNames = (page: Page) =>
  page
    .getByRole('list', { name: curriculum.programme.topics })
    .locator(':scope > li > div > button[aria-expanded]:not([aria-label])')
    .allInnerTexts();
const dates = async (page: Page) => page.getByText(/^\d+\s[а-я]{3}(\s\d{4})?, \d\d:\d\d$/).allInnerTexts();
const handleOf = (page: Page, name: string) => page.getByRole('button', { name: reorder.handle(name), exact: true });
const menu = async (page: Page, name: string, action: string) => {
  await page.getByRole('button', { name: shell.moreOf(name), exact: true }).click();
  await page.getByRole('menuitem', { name: action, exact: true }).click();
};

async function dragMouse(page: Page, from: Locator, to: Locator): Promise<void> {
  const [start, end] = [await from.boundingBox(), await to.boundingBox()];
  if (!start || !end) throw new Error('nothing to drag');
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
  await page.mouse.down();
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2 - 10, { steps: 3 });
  await page.mouse.move(start.x + start.width / 2, end.y + 4, { steps: 8 });
  await page.mouse.up();
}

async function dragFinger(page: Page, from: Locator, to: Locator): Promise<void> {
  const [start, end] = [await from.boundingBox(), await to.boundingBox()];
  if (!start || !end) throw new Error('nothing to drag');
  const finger: CDPSession = await page.context().newCDPSession(page);
  const x = start.x + start.width / 2;
  const at = (y: number) => ({ touchPoints: [{ x, y }] });
  const y0 = start.y + start.height / 2;
  await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', ...at(y0) });
  for (let part = 1; part <= 8; part += 1)
    await finger.send('Input.dispatchTouchEvent', { type: 'touchMove', ...at(y0 + ((end.y + 4 - y0) * part) / 8) });
  await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await finger.detach();
}

test('a teacher on a phone makes a course, a topic and a task, and students see them once they are published', async () => {
  const { page, context, faults } = await aTeacher('phone');
  const title = 'Химия на телефоне';
  await page.goto('/admin/courses');
  await page.getByRole('button', { name: curriculum.courses.add }).click();
  await page.getByLabel(curriculum.fields.title).fill(title);
  await page.getByLabel(curriculum.fields.target).fill('60');
  await page.getByLabel(curriculum.fields.summary).fill('Первая часть');
  // Twice at once: one course.
  await page.getByRole('button', { name: curriculum.act.create }).dblclick();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  await page.getByText(curriculum.programme.empty).waitFor();
  await expectAccessibleAtBothWidths(page);

  await page.getByRole('button', { name: curriculum.programme.addTopic }).first().click();
  await page.getByLabel(curriculum.fields.title).fill('Строение атома');
  await page.keyboard.press('Enter');
  await topicRow(page, 0).waitFor();
  await menu(page, 'Строение атома', curriculum.programme.addTask);
  await page.getByLabel(curriculum.fields.title).fill('Число электронов');
  await page.getByLabel(curriculum.programme.kindLabel).selectOption('number');
  await page.getByRole('button', { name: curriculum.act.create }).click();
  await page.waitForURL(/\/admin\/tasks\//);
  const taskId = page.url().split('/').at(-1) ?? '';

  // Its text as the editor stores it; the editor has journeys of its own.
  const source = '---\ntitle: Число электронов\nkind: number\nkey: 6\n---\nСколько электронов у атома углерода?\n';
  const saved = await page.request.post('/trpc/texts.saveDraft', {
    data: { kind: 'task', subjectId: taskId, baseRev: 1, source },
    headers: { origin: site.url },
  });
  expect(saved.status()).toBe(200);
  // From the editor the way leads back to the very topic.
  await page.getByRole('navigation', { name: shell.trail }).getByRole('link').last().click();
  await page.getByLabel(curriculum.topic.date).waitFor();
  await page.goto('/admin/courses');
  const row = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: title, exact: true }) });
  // A draft stands in one row with its course: the tag does not push the menu out of its place.
  const [tag, more] = [
    await row.getByText(curriculum.state.draft, { exact: true }).boundingBox(),
    await row.getByRole('button', { name: shell.moreOf(title) }).boundingBox(),
  ];
  const sizes = {
    menu: (more?.x ?? 0) + (more?.width ?? 0),
    tag: (tag?.x ?? 0) + (tag?.width ?? 0),
    row: (await row.boundingBox())?.height,
  };
  expect(sizes.menu).toBeGreaterThan(sizes.tag);
  expect(sizes.row).toBeLessThan(90);
  await row.getByRole('button', { name: shell.moreOf(title) }).click();
  await page.getByRole('menuitem', { name: curriculum.act.delete, exact: true }).waitFor();
  await expectAccessibleAtBothWidths(page);
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: title, exact: true }).click();
  await topicRow(page, 0).waitFor();
  await page.getByRole('button', { name: curriculum.programme.unfold('Строение атома') }).click();
  await menu(page, 'Число электронов', curriculum.act.publish);
  await page.getByText(curriculum.done.task.published('Число электронов')).waitFor();
  await menu(page, 'Строение атома', curriculum.act.publish);
  await page.getByText(curriculum.done.topic.published('Строение атома')).waitFor();
  await page.getByRole('button', { name: curriculum.course.publish }).click();
  await page.getByText(curriculum.course.draftNote).waitFor({ state: 'detached' });

  // The date by the school's clock, then open at once.
  await topicRow(page, 0).getByRole('button', { name: 'Строение атома', exact: true }).click();
  await page.getByLabel(curriculum.topic.date).fill('2030-01-31');
  await page.getByText(/Сохранено в\s\d/).waitFor();
  await expectAccessibleAtBothWidths(page);
  await page.getByRole('button', { name: curriculum.topic.openAll }).click();
  await page.getByText(curriculum.topic.openedAll('Строение атома')).waitFor();
  await topicRow(page, 0).getByText(curriculum.programme.open, { exact: true }).waitFor();

  const guest = await aVisitor(browser, site.url, 'phone');
  const slug = 'khimiya-na-telefone';
  await guest.page.goto(`/courses/${slug}`);
  await guest.page.getByRole('heading', { level: 1, name: title }).waitFor();
  await guest.page.getByText('Строение атома').first().waitFor();
  await page.goto(`/courses/${slug}/stroenie-atoma`);
  await page.getByText('Сколько электронов у атома углерода?').waitFor();

  // Deleted while the guest looks at it: their next look says so, and undo brings it back.
  await page.goto(`/admin/courses/${slug}/settings`);
  await page.getByRole('button', { name: curriculum.settings.deleteAct }).click();
  await page.getByText(curriculum.done.course.deleted(title)).waitFor();
  await guest.page.reload();
  await guest.page.getByRole('heading', { name: text.courses.course.missingTitle }).waitFor();
  await page.getByRole('button', { name: shell.undo, exact: true }).last().click();
  await page.getByRole('link', { name: title, exact: true }).waitFor();
  await guest.page.reload();
  await guest.page.getByRole('heading', { level: 1, name: title }).waitFor();
  expect(faults).toEqual([]);
  await Promise.all([context.close(), guest.context.close()]);
});

describe.each(['phone', 'desktop'] as const)('a teacher on a %s', (screen) => {
  test('moves topics by keyboard alone, with the dates staying, and takes it back', async () => {
    const { page, context, faults } = await aTeacher(screen);
    await openProgramme(page, 'math-80');
    const [names, when] = [await topicNames(page), await dates(page)];
    const third = names[2] ?? '';
    const handle = handleOf(page, third);
    await handle.focus();
    await page.keyboard.press('Space');
    await page
      .getByRole('status')
      .getByText(reorder.lifted(third, reorder.place(3, names.length)))
      .waitFor();
    await page.keyboard.press('ArrowUp');
    await page
      .getByRole('status')
      .getByText(reorder.at(reorder.place(2, names.length)))
      .waitFor();
    expect(await dates(page)).toEqual(when);
    await page.keyboard.press('Escape');
    expect(await topicNames(page)).toEqual(names);
    expect(await handle.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('Space');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    const moved = [names[0], names[2], names[1], ...names.slice(3)];
    expect(await topicNames(page)).toEqual(moved);
    await page.getByText(curriculum.done.topic.moved(third)).waitFor();
    expect(await dates(page)).toEqual(when);
    expect(await handle.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.reload();
    await topicRow(page, 0).waitFor();
    expect(await topicNames(page)).toEqual(moved);

    // By pointer: back to its old place, and undo.
    const drag = screen === 'phone' ? dragFinger : dragMouse;
    await drag(page, handleOf(page, names[1] ?? ''), handleOf(page, third));
    await page.getByText(curriculum.done.topic.moved(names[1] ?? '')).waitFor();
    expect(await topicNames(page)).toEqual(names);
    await page.getByRole('button', { name: shell.undo, exact: true }).last().click();
    await expect.poll(() => topicNames(page)).toEqual(moved);
    await menu(page, third, curriculum.move.down);
    await expect.poll(() => topicNames(page)).toEqual(names);
    expect(faults).toEqual([]);
    await context.close();
  });
});

test('a teacher moves a task over the edge of its topic, deletes one and takes it back', async () => {
  const { page, context, faults } = await aTeacher('desktop');
  await openProgramme(page, 'informatics-80');
  const [first = '', second = ''] = await topicNames(page);
  await page.getByRole('button', { name: curriculum.programme.unfold(first), exact: true }).click();
  const tasksOf = (topic: string) => page.getByRole('list', { name: topic, exact: true }).locator('[data-item] a').allInnerTexts();
  const before = await tasksOf(first);
  const last = before.at(-1) ?? '';
  await handleOf(page, last).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await page.getByText(curriculum.done.task.moved(last)).waitFor();
  await expect.poll(() => tasksOf(first)).toEqual(before.slice(0, -1));
  expect((await tasksOf(second))[0]).toBe(last);
  await page.getByRole('button', { name: shell.undo, exact: true }).last().click();
  await expect.poll(() => tasksOf(first)).toEqual(before);
  const [doomed = ''] = before;
  await menu(page, doomed, curriculum.act.delete);
  await page.getByText(curriculum.done.task.deleted(doomed)).waitFor();
  await expect.poll(() => tasksOf(first)).toEqual(before.slice(1));
  await page.getByText(curriculum.bin.title).waitFor();
  await page.getByRole('button', { name: shell.undo, exact: true }).last().click();
  await expect.poll(() => tasksOf(first)).toEqual(before);
  await expectAccessibleAtBothWidths(page);
  expect(faults).toEqual([]);
  await context.close();
});

test('two teachers move topics of one course at the same time: both moves stand', async () => {
  const [one, other] = [await aTeacher('desktop'), await aTeacher('desktop')];
  await openProgramme(one.page, 'informatics-60');
  await openProgramme(other.page, 'informatics-60');
  const names = await topicNames(one.page);
  const [a = '', b = '', ...rest] = names;
  const c = rest.at(-1) ?? '';
  await Promise.all([menu(one.page, a, curriculum.move.down), menu(other.page, c, curriculum.move.up)]);
  await one.page.getByText(curriculum.done.topic.moved(a)).waitFor();
  await other.page.getByText(curriculum.done.topic.moved(c)).waitFor();
  const expected = [b, a, ...rest.slice(0, -2), c, rest.at(-2)];
  for (const { page } of [one, other]) {
    await page.reload();
    await topicRow(page, 0).waitFor();
    expect(await topicNames(page)).toEqual(expected);
  }
  await Promise.all([one.context.close(), other.context.close()]);
});

test('subjects are added and changed, one in use is not deleted', async () => {
  const { page, context, faults } = await aTeacher('desktop');
  await page.goto('/admin/settings');
  await page.getByRole('button', { name: curriculum.subjects.add }).click();
  await page.getByLabel(curriculum.fields.title).fill('Астрономия');
  await page.getByRole('button', { name: curriculum.act.create }).click();
  await page.getByText(text.errors.field.required).first().waitFor();
  await page.getByLabel(curriculum.subjects.about).fill('26 заданий за 3 часа 55 минут');
  await page.getByLabel(curriculum.subjects.max).fill('45');
  await page.getByRole('button', { name: curriculum.act.create }).click();
  await page.getByRole('listitem').filter({ hasText: 'Астрономия' }).waitFor();
  await menu(page, 'Астрономия', curriculum.act.delete);
  await page.getByRole('listitem').filter({ hasText: 'Астрономия' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: shell.undo, exact: true }).last().click();
  await page.getByRole('listitem').filter({ hasText: 'Астрономия' }).waitFor();
  await page.getByRole('button', { name: shell.moreOf('Информатика') }).click();
  expect(await page.getByRole('menuitem', { name: curriculum.subjects.inUse }).isDisabled()).toBe(true);
  await page.keyboard.press('Escape');
  await expectAccessible(page);
  expect(faults).toEqual([]);
  await context.close();
});
