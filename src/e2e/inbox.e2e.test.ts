import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { consentVersion } from '#server/features/people/consent.ts';
import { officeCatalogue as office } from '#shared/i18n/ru/office/all.ts';
import { chat } from '#shared/i18n/ru/talk/chat.ts';
import { aWebBrowser, type WebBrowser } from '../server/testing/live-server.ts';
import { expectAccessible, launchBrowser, type Screen } from './browser.ts';
import { anEmail, aSignedInTeacher, teachers } from './people.ts';
import { type Site, startSite } from './site.ts';

let site: Site;
let browser: Browser;
const { inbox, rooms } = office;
const { maria: first, olga: second } = teachers;

beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), launchBrowser()]);
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

const aTeacher = (screen: Screen, { email }: { email: string }, at: string) => aSignedInTeacher(browser, site, screen, { email, at });

/** Somebody who has registered and needs no page. */
async function aRegisteredStudent(lastName: string): Promise<WebBrowser> {
  const door = aWebBrowser(site.url);
  const email = anEmail();
  await door.rpc.auth.register.mutate({
    email,
    firstName: 'Илья',
    lastName,
    phone: '',
    consentVersion,
    timeZone: 'Europe/Moscow',
    locale: 'ru',
  });
  const { subject } = await site.letterTo(email);
  await door.rpc.auth.verifyCode.mutate({ code: subject.slice(0, 6) });
  return door;
}

/** A student who asks the support something. */
async function aQuestion(lastName: string, body: string): Promise<string> {
  const { rpc } = await aRegisteredStudent(lastName);
  const { threadId } = await rpc.chat.openSupport.mutate({});
  await rpc.chat.send.mutate({ threadId, clientId: randomUUID(), body });
  return threadId;
}

const rowOf = (page: Page, lastName: string) => page.getByRole('link', { name: new RegExp(lastName) });
const fieldOf = (page: Page) => page.getByRole('textbox', { name: chat.composer.label });
const said = (page: Page, words: string) => page.getByRole('log').getByText(words);
const openThread = (page: Page, lastName: string) => page.getByRole('heading', { level: 2, name: `Илья ${lastName}` }).waitFor();

test('two teachers at one question: the lock, a template, an answer by the keyboard, closing and undo', async () => {
  const asked = await aQuestion('Белов', 'Не приходит код');
  await aQuestion('Соколов', 'Как перейти на 80+');
  const [maria, olga] = await Promise.all([
    aTeacher('desktop', first, '/admin/templates'),
    aTeacher('desktop', second, `/admin/inbox/${asked}`),
  ]);
  const { page } = maria;
  await page.getByRole('button', { name: inbox.templates.add }).click();
  await page.getByLabel(inbox.templates.name).fill('Код не приходит');
  await page.getByLabel(inbox.templates.body, { exact: true }).fill('Проверьте папку «Спам».');
  await page.getByRole('button', { name: inbox.templates.save }).click();
  await page.getByRole('heading', { name: 'Код не приходит' }).waitFor();
  await expectAccessible(page);

  await page.goto('/admin/inbox');
  await rowOf(page, 'Соколов').waitFor();
  expect(await page.locator('main li').allInnerTexts()).toEqual([expect.stringContaining('Белов'), expect.stringContaining('Соколов')]);
  await expect.poll(() => page.title()).toContain(inbox.titleWaiting(2));
  await expectAccessible(page);

  // The longest wait by the keyboard alone.
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await openThread(page, 'Белов');
  await said(page, 'Не приходит код').waitFor();
  await page.keyboard.press('r');
  await page.keyboard.type('Здравствуйте. ');
  await page
    .getByText(/Отвечаете вы/)
    .first()
    .waitFor();

  // The second teacher sees who answers, and cannot write until it is let go.
  await olga.page.getByText(inbox.heldByOther(first.name)).waitFor();
  expect(await fieldOf(olga.page).isEditable()).toBe(false);
  await rowOf(olga.page, 'Белов').getByText(inbox.heldBy(first.name)).waitFor();
  await expectAccessible(olga.page);
  await page.getByRole('button', { name: inbox.release }).click();
  await fieldOf(olga.page).fill('Я отвечу');
  await page.getByText(inbox.heldByOther(second.name)).waitFor();
  // What was typed is still to be seen, cannot be sent, and goes on afterwards.
  expect(await fieldOf(page).isEditable()).toBe(false);
  expect(await fieldOf(page).inputValue()).toBe('Здравствуйте. ');
  await fieldOf(page).press('Control+Enter');
  await page.keyboard.press('Escape');
  expect(await page.getByRole('button', { name: inbox.templates.open, exact: true }).count()).toBe(0);
  await olga.page.getByRole('button', { name: inbox.release }).click();
  await expect.poll(() => fieldOf(page).isEditable()).toBe(true);
  expect(await fieldOf(page).inputValue()).toBe('Здравствуйте. ');

  await page.keyboard.press('r');
  await page.keyboard.press('Control+/');
  await page.getByRole('option', { name: /Код не приходит/ }).waitFor();
  await page.keyboard.type('код');
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect.poll(() => fieldOf(page).inputValue()).toBe('Здравствуйте. Проверьте папку «Спам».');
  await page.keyboard.press('Control+Enter');
  await said(page, 'Проверьте папку «Спам».').waitFor();
  await said(olga.page, 'Проверьте папку «Спам».').waitFor();
  // An answer of hers is one that an article could be made of.
  await page.getByRole('button', { name: inbox.toArticle, exact: true }).waitFor();
  await expect.poll(() => page.title()).toContain(office.inbox.titleOf('Илья Белов'));
  // Answered, it stays beside the open thread.
  await page.getByRole('button', { name: new RegExp(`^${inbox.filter.waiting} 1$`) }).waitFor();
  expect(await rowOf(page, 'Белов').getAttribute('aria-current')).toBe('true');

  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await openThread(page, 'Соколов');
  await page.keyboard.press('e');
  await page.getByText(inbox.closed('Илья Соколов')).waitFor();
  await page.getByText(inbox.isClosed).waitFor();
  await page.getByRole('button', { name: office.shell.undo }).click();
  await page.getByText(office.shell.undone).waitFor();
  await page.getByRole('button', { name: new RegExp(`^${inbox.filter.waiting} 1$`) }).waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog').getByText(inbox.keys.next).waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  expect([...maria.faults, ...olga.faults]).toEqual([]);
  await Promise.all([maria, olga].map(({ context }) => context.close()));
});

test('new questions never move the row under the pointer', async () => {
  await aQuestion('Белкина', 'Первый вопрос');
  const { page, context } = await aTeacher('desktop', first, '/admin/inbox?show=all');
  const top = page.locator('main li').first();
  await top.hover();
  await top.getByText('Белкина').waitFor();
  await aQuestion('Новикова', 'Ещё вопрос');
  await page.getByRole('button', { name: inbox.showNew(1) }).waitFor();
  await top.getByText('Белкина').waitFor();
  await page.getByRole('button', { name: inbox.showNew(1) }).click();
  await top.getByText('Новикова').waitFor();

  // The search takes two rows, and no more of the list than that.
  await page.keyboard.press('/');
  await page.getByRole('searchbox', { name: inbox.search }).fill('новик');
  await expect.poll(() => page.locator('main li').count()).toBe(1);
  expect((await page.locator('main search').boundingBox())?.height).toBeLessThan(120);
  await context.close();
});

test('two teachers talk in a room, live; a room is made, renamed, closed and opened again', async () => {
  const [maria, olga] = await Promise.all([aTeacher('desktop', first, '/admin/rooms'), aTeacher('phone', second, '/admin/rooms')]);
  const { page } = maria;
  await page.getByRole('button', { name: rooms.add }).click();
  await page.getByLabel(rooms.name).fill('Пробный экзамен');
  await page.getByRole('button', { name: rooms.create }).dblclick();
  await page.getByRole('heading', { level: 2, name: 'Пробный экзамен' }).waitFor();
  await expectAccessible(page);

  await olga.page.getByRole('link', { name: /Пробный экзамен/ }).click();
  await fieldOf(olga.page).waitFor();
  await fieldOf(page).fill('Ключ к № 12 проверен?');
  await page.getByRole('button', { name: chat.composer.send, exact: true }).click();
  await said(olga.page, 'Ключ к № 12 проверен?').waitFor();
  await fieldOf(olga.page).fill('Проверен, ответ 4');
  await olga.page.getByRole('button', { name: chat.composer.send, exact: true }).click();
  await said(page, 'Проверен, ответ 4').waitFor();
  await expectAccessible(olga.page);
  await olga.page.getByRole('link', { name: rooms.back }).click();
  await olga.page.getByRole('link', { name: /Пробный экзамен/ }).waitFor();

  await page.getByRole('button', { name: rooms.rename }).click();
  await page.getByLabel(rooms.name).fill('Пробный экзамен, ноябрь');
  await page.getByRole('button', { name: rooms.save }).click();
  await olga.page.getByRole('link', { name: /ноябрь/ }).waitFor();
  await page.getByRole('button', { name: rooms.close }).click();
  await page.getByText(rooms.isClosed).waitFor();
  await page.getByText(rooms.closed('Пробный экзамен, ноябрь')).waitFor();
  await page.getByRole('button', { name: rooms.reopen }).click();
  await fieldOf(page).waitFor();
  expect([...maria.faults, ...olga.faults]).toEqual([]);
  await Promise.all([maria, olga].map(({ context }) => context.close()));
});

test('on a phone: from the list to the question, about the student, an answer, and back', async () => {
  const asked = await aQuestion('Кузнецова', 'Где посмотреть баллы');
  const { page, context, faults } = await aTeacher('phone', first, '/admin/inbox');
  await rowOf(page, 'Кузнецова').click();
  await openThread(page, 'Кузнецова');
  expect(await rowOf(page, 'Кузнецова').isVisible()).toBe(false);
  await said(page, 'Где посмотреть баллы').waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: inbox.about }).click();
  await page.getByRole('dialog').getByText(inbox.streak).waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await fieldOf(page).fill('В профиле');
  await page.getByRole('button', { name: chat.composer.send, exact: true }).click();
  await said(page, 'В профиле').waitFor();
  await page.getByRole('link', { name: inbox.back }).click();
  await rowOf(page, 'Кузнецова').waitFor();

  // The student's page leads to the same talk.
  await page.goto(`/admin/inbox/${asked}`);
  await page.getByRole('button', { name: inbox.about }).click();
  await page.getByRole('dialog').getByRole('link', { name: inbox.profile }).click();
  await page.getByRole('link', { name: office.students.page.tabs.chats }).click();
  await page.getByRole('link', { name: inbox.support }).first().waitFor();
  await page.getByRole('button', { name: inbox.ofStudent.write }).click();
  await openThread(page, 'Кузнецова');
  expect(faults).toEqual([]);
  await context.close();
});
