import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { officeCatalogue as office } from '#shared/i18n/ru/office/all.ts';
import { talkCatalogue } from '#shared/i18n/ru/talk/all.ts';
import { aVisitor, expectAccessible, launchBrowser } from './browser.ts';
import { aNewStudent, anEmail, aSignedInTeacher, teachers } from './people.ts';
import { type Site, startSite } from './site.ts';
import { text } from './words.ts';

const { support: words, chat } = talkCatalogue;

let site: Site;
let browser: Browser;

beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), launchBrowser()]);
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

const marked = (page: Page) => page.locator('main mark', { hasText: /^аттестат/i });
const question = (page: Page) => page.locator('main h2 button[aria-controls]');
const searched = (url: URL) => url.searchParams.get('q');

describe.each(['phone', 'desktop'] as const)('a guest on a %s', (screen) => {
  test('searches with a typo, reads, votes, finds no solution, signs up and stands before the chat with what was looked for', async () => {
    const { page, context, faults } = await aVisitor(browser, site.url, screen);
    await page.goto('/');
    await page.getByRole('link', { name: text.common.nav.support }).first().click();
    await page.getByRole('heading', { level: 1, name: words.title }).waitFor();
    const field = page.getByRole('searchbox', { name: words.search });
    await field.fill('атестат');
    await page.waitForURL((url) => searched(url) === 'атестат');
    await marked(page).first().waitFor();
    await expectAccessible(page);

    const [first] = await question(page).all();
    if (!first) throw new Error('nothing was found');
    await first.click();
    const answer = page.locator(`#${await first.getAttribute('aria-controls')}`);
    const helped = answer.getByRole('button', { name: words.vote.yes, exact: true });
    await helped.click();
    await answer.getByText(words.vote.notedYes).waitFor();
    await expectAccessible(page);
    // The address leads to this very answer, and this browser remembers its vote.
    expect(new URL(page.url()).hash).toBe(`#${await first.getAttribute('id')}`);
    const voted = page.waitForResponse((response) => response.url().includes('support.votes'));
    await page.reload();
    await voted;
    await answer.locator('[aria-pressed="true"]', { hasText: words.vote.yes }).waitFor();
    await helped.click();
    await answer.getByText(words.vote.takenBack).waitFor();

    // The last of several quick words is what is found.
    await field.fill('');
    await field.pressSequentially('щщъъ ъъщщ', { delay: 5 });
    await page.getByText(words.nothing).waitFor();
    expect(await question(page).count()).toBe(0);
    await field.fill('код не приходит');
    await page.waitForURL((url) => searched(url) === 'код не приходит');
    await page.getByText(words.noAnswer.carried('код не приходит')).waitFor();
    await page.getByRole('link', { name: words.noAnswer.button }).click();
    await page.getByRole('link', { name: text.auth.login.register }).click();
    await page.getByRole('heading', { name: text.auth.register.title }).waitFor();

    const email = anEmail();
    await page.getByLabel(text.auth.field.email).fill(email);
    await page.getByLabel(text.auth.field.firstName).fill('Илья');
    await page.getByLabel(text.auth.field.lastName).fill('Соколов');
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: text.auth.getCode }).click();
    const { subject } = await site.letterTo(email);
    await page.getByLabel(text.auth.code.digit(1)).click();
    await page.keyboard.type(subject.slice(0, 6));

    await page.getByRole('heading', { name: words.chat.title }).waitFor();
    await page.getByText(chat.searched('код не приходит')).waitFor();
    await page.locator('main textarea').fill('Письма нет и в спаме');
    await page.getByRole('button', { name: chat.composer.send }).click();
    await page.waitForURL((url) => !url.searchParams.has('about'));
    await page.getByRole('log').getByText(chat.searched('код не приходит')).waitFor();
    await page.getByRole('log').getByText('Письма нет и в спаме').waitFor();
    await expectAccessible(page);
    expect(faults).toEqual([]);
    await context.close();
  });
});

test('a student: the chat opens and closes by «back» on a phone, an answer is told on the home and leads to it', async () => {
  const { page, context, faults } = await aNewStudent(browser, site, 'phone');
  await page.getByRole('navigation').getByRole('link', { name: text.common.nav.support }).click();
  await page.getByRole('heading', { level: 1, name: words.title }).waitFor();
  await page.getByRole('searchbox').fill('баллы');
  await page.waitForURL((url) => searched(url) === 'баллы');
  await page.getByRole('button', { name: words.noAnswer.button }).click();
  await page.waitForURL((url) => url.pathname === '/support/chat');
  await page.getByRole('heading', { level: 1, name: words.chat.title }).waitFor();
  // All of the screen: neither head nor foot of the site.
  expect(await page.getByRole('link', { name: text.common.footer.openSource }).isVisible()).toBe(false);
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: words.title }).waitFor();
  expect(await page.getByRole('searchbox').inputValue()).toBe('баллы');
  await page.getByRole('button', { name: words.noAnswer.button }).click();
  // No level of headings is left out.
  await page.getByRole('heading', { level: 2, name: chat.empty }).waitFor();
  await page.locator('main textarea').fill('Сколько баллов нужно?');
  await page.getByRole('button', { name: chat.composer.send }).click();
  await page.getByRole('log').getByText('Сколько баллов нужно?').waitFor();
  await page.getByRole('button', { name: words.chat.back }).click();
  await page.waitForURL((url) => url.pathname === '/support');
  await page.getByRole('button', { name: words.mine.support }).waitFor();

  const teacher = await aSignedInTeacher(browser, site, 'desktop', { at: '/admin/faq' });
  const threadId = await page.evaluate(async () => (await (await fetch('/trpc/chat.mine')).json()).result.data[0].id);
  const sent = await teacher.page.evaluate(async (id) => {
    const body = JSON.stringify({ threadId: id, clientId: crypto.randomUUID(), body: 'Зависит от вуза' });
    return (await fetch('/trpc/chat.send', { method: 'POST', headers: { 'content-type': 'application/json' }, body })).status;
  }, threadId);
  expect(sent).toBe(200);
  await page.goto('/');
  const told = page.getByRole('region', { name: words.home.title });
  await told.waitFor();
  await expectAccessible(page);
  await page.getByRole('navigation').getByText(text.common.nav.answersUnread(1), { exact: false }).waitFor();
  await told.getByRole('link').click();
  await page.getByRole('log').getByText('Зависит от вуза').waitFor();
  expect(faults).toEqual([]);
  await Promise.all([context.close(), teacher.context.close()]);
});

test('while the answers load, nothing comes into view below them only to be pushed away', async () => {
  const { page, context } = await aVisitor(browser, site.url, 'phone');
  const answer = Promise.withResolvers<void>();
  await page.route(/support\.search/, async (route) => {
    await answer.promise;
    await route.continue();
  });
  await page.goto('/support');
  const below = page.getByRole('heading', { name: words.noAnswer.title });
  await below.waitFor();
  const { y } = (await below.boundingBox()) ?? { y: 0 };
  expect(y).toBeGreaterThan(page.viewportSize()?.height ?? 0);
  answer.resolve();
  await question(page).first().waitFor();
  await context.close();
});

test('with the keyboard alone: search, category, answer, vote, chat', async () => {
  const { page, context } = await aNewStudent(browser, site, 'desktop');
  await page.goto('/support');
  await page.getByRole('searchbox').focus();
  await page.keyboard.type('баллы');
  await page.waitForURL((url) => searched(url) === 'баллы');
  const focused = () =>
    page.evaluate(() => document.activeElement?.getAttribute('aria-expanded') ?? document.activeElement?.textContent ?? '');
  const tabTo = async (wanted: (told: string) => boolean) => {
    for (let stops = 0; stops < 60; stops++) {
      await page.keyboard.press('Tab');
      if (wanted(await focused())) return;
    }
    throw new Error(`never reached; at «${await focused()}»`);
  };
  await page.locator('main mark').first().waitFor();
  await tabTo((told) => told === 'false');
  await page.keyboard.press('Enter');
  await expect.poll(focused).toBe('true');
  await page.getByRole('button', { name: words.vote.no, exact: true }).waitFor();
  await tabTo((told) => told === words.vote.no);
  await page.keyboard.press('Space');
  await page.getByText(words.vote.notedNo).waitFor();
  await tabTo((told) => told === words.noAnswer.button);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 2, name: words.chat.title }).waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
  await expectAccessible(page);
  await page.getByRole('button', { name: words.chat.close }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: words.mine.title }).waitFor();
  await expect.poll(focused).toBe(words.mine.title);
  await context.close();
});

describe('the office', () => {
  const { editor, conflict } = office.faq;
  const answer = (page: Page) => page.getByLabel(editor.answer, { exact: true });
  const ask = (page: Page) => page.getByLabel(editor.question, { exact: true });

  test('an article is found as soon as it is published; of two teachers neither overwrites the other', async () => {
    const question = `Можно ли учиться с кенгуру по имени ${randomUUID().slice(0, 8)}`;
    const maria = await aSignedInTeacher(browser, site, 'desktop', { at: '/admin/faq' });
    const { page } = maria;
    await page.getByRole('link', { name: office.faq.add }).click();
    await ask(page).fill(question);
    await answer(page).fill('Можно, если он **тихий**.');
    // What is typed outlives the page.
    await page.reload();
    await page.getByText(editor.restored).waitFor();
    expect(await answer(page).inputValue()).toBe('Можно, если он **тихий**.');
    await page.locator('section strong', { hasText: 'тихий' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: editor.publish, exact: true }).click();
    await page.waitForURL((url) => /^\/admin\/faq\/[0-9a-f-]{36}$/.test(url.pathname));
    const path = new URL(page.url()).pathname;

    const guest = await aVisitor(browser, site.url, 'phone');
    await guest.page.goto('/support?q=кенгуру');
    await guest.page.getByRole('button', { name: question }).waitFor();

    const oleg = await aSignedInTeacher(browser, site, 'desktop', { email: teachers.olga.email, at: path });
    await answer(oleg.page).fill('Можно, если он **очень** тихий.');
    await answer(page).fill('Можно, если он тихий и не прыгает.');
    // The words are in those of what is not saved, too.
    const saved = page.waitForResponse((response) => response.request().method() === 'POST' && /support\.office/.test(response.url()));
    await page.getByRole('button', { name: editor.save, exact: true }).click();
    expect((await saved).ok()).toBe(true);
    await page.getByText(editor.saved, { exact: false }).waitFor();
    await oleg.page.getByRole('button', { name: editor.save, exact: true }).click();
    await oleg.page.getByRole('alert').getByText('Мария Ковалёва').waitFor();
    await oleg.page.getByRole('button', { name: conflict.compare }).first().click();
    const dialog = oleg.page.getByRole('dialog');
    await dialog.getByText('не прыгает').waitFor();
    await dialog.getByText('очень').first().waitFor();
    await expectAccessible(oleg.page);
    await dialog.getByRole('button', { name: conflict.keep }).click();
    await oleg.page.getByRole('button', { name: editor.save, exact: true }).click();
    await oleg.page.getByText(editor.saved, { exact: false }).waitFor();

    await guest.page.reload();
    await guest.page.getByRole('button', { name: question }).click();
    await guest.page.getByText('очень').waitFor();

    await oleg.page.getByRole('button', { name: office.faq.act.delete }).click();
    await oleg.page.getByText(office.faq.done.deleted(question)).waitFor();
    await oleg.page.getByRole('button', { name: office.shell.undo, exact: true }).click();
    await oleg.page.getByRole('link', { name: question }).waitFor();
    await expectAccessible(oleg.page);
    for (const { context, faults } of [maria, oleg, guest]) {
      // A refused save is answered as such, and the browser notes the answer as an error.
      expect(faults.filter((fault) => !/status of 409/.test(fault))).toEqual([]);
      await context.close();
    }
  });
});
