import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bot } from '#shared/i18n/ru/bot.ts';
import { noticesCatalogue } from '#shared/i18n/ru/notices/all.ts';
import { talkCatalogue } from '#shared/i18n/ru/talk/all.ts';
import { startTelegramStandIn } from '../bot/stand-in/server.ts';
import type { TelegramStandIn } from '../bot/stand-in/types.ts';
import { aWebBrowser, type WebBrowser } from '../server/testing/live-server.ts';
import { aVisitor, expectAccessible, expectAccessibleAtBothWidths, launchBrowser } from './browser.ts';
import { aNewStudent, aSignedInTeacher, password, teachers } from './people.ts';
import { type Site, startSite } from './site.ts';
import { text } from './words.ts';

const { bell, news, settings, unsubscribe } = noticesCatalogue;
const { chat } = talkCatalogue;
const { nav, saved } = text.common;
const task = 'larger-root';

let site: Site;
let browser: Browser;
let telegram: TelegramStandIn;

beforeAll(async () => {
  telegram = await startTelegramStandIn();
  const env = {
    TELEGRAM_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.url,
    TELEGRAM_LINK_ROOT: telegram.url,
    // Nobody waits here to see whether an answer is read on the site.
    NOTICE_DELAY_SECONDS: '0',
  };
  [site, browser] = await Promise.all([startSite(env), launchBrowser()]);
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await site?.stop();
  await telegram?.stop();
});

async function aTeacher(): Promise<WebBrowser['rpc']> {
  const { rpc } = aWebBrowser(site.url);
  await rpc.auth.signInModerator.mutate({ email: teachers.maria.email, password });
  return rpc;
}

/** The teacher's side of the thread of a task. */
async function aThread(email: string): Promise<{ threadId: string; answer: (body: string) => Promise<unknown> }> {
  const rpc = await aTeacher();
  const [row] = await site.sql('SELECT p.id AS student, t.id AS task FROM person p, task t WHERE p.email = $1 AND t.slug = $2', [
    email,
    task,
  ]);
  const { threadId } = await rpc.chat.openTask.mutate({ taskId: String(row?.task), studentId: String(row?.student) });
  return { threadId, answer: (body) => rpc.chat.send.mutate({ threadId, clientId: randomUUID(), body }) };
}

/** An announcement to everybody. */
async function announce(title: string): Promise<void> {
  const { office } = (await aTeacher()).news;
  const post = {
    id: randomUUID(),
    title,
    body: 'Начните с **задания 13**: в нём $x^2=2$.',
    button: { label: 'К курсам', url: '/courses' },
    to: { audience: 'all' as const },
    channels: { site: true, telegram: false, email: false },
  };
  const { id, rev } = await office.create.mutate(post);
  const { total } = await office.count.query({ id, to: post.to, channels: post.channels });
  await office.send.mutate({ id, rev, at: null, expected: total });
}

const bellOf = (page: Page, unseen: number) => {
  const name = unseen === 0 ? nav.notices : `${nav.notices}, ${nav.noticesUnseen(unseen)}`;
  return page.getByRole('banner').getByRole('link', { name, exact: true });
};

/** Whatever the hour is: what is sent now comes now. */
async function endQuietHours(page: Page): Promise<void> {
  const quiet = page.getByRole('region', { name: settings.quiet.title });
  await quiet.getByRole('switch').uncheck();
  await quiet.getByText(saved, { exact: true }).waitFor();
}

test('on a phone: Telegram is linked, an answer comes there and behind the bell, and the reply stands in the thread', async () => {
  const { page, context, faults, email } = await aNewStudent(browser, site, 'phone', { at: '/profile/notifications' });
  await endQuietHours(page);
  const card = page.getByRole('region', { name: settings.telegram.title });
  await card.getByRole('button', { name: settings.telegram.connect }).click();
  await card.getByRole('img', { name: settings.telegram.code }).waitFor();
  await card.getByText(settings.telegram.waiting).waitFor();
  await expectAccessible(page);

  // What the camera of another device would open.
  const link = await card.getByRole('link', { name: settings.telegram.open }).getAttribute('href');
  const phone = await context.newPage();
  await phone.goto(link ?? '');
  await phone.getByLabel('Имя нового').fill('Илья');
  await phone.getByRole('button', { name: 'START' }).click();
  await phone.getByRole('button', { name: bot.link.yes }).click();
  await phone.getByText(bot.link.done.slice(0, 20)).waitFor();
  await card.getByText(settings.telegram.connected).waitFor();
  await card.getByRole('button', { name: settings.telegram.unlink }).waitFor();
  await phone.close();
  const [person] = telegram.people.all();
  if (!person) throw new Error('nobody is in Telegram');

  const { threadId } = await aThread(email);
  const teacher = await aSignedInTeacher(browser, site, 'desktop', { at: `/admin/inbox/${threadId}` });
  await teacher.page.getByRole('textbox', { name: chat.composer.label }).fill('Сравните **оба** корня');
  await teacher.page.getByRole('textbox', { name: chat.composer.label }).press('Control+Enter');
  const message = await person.waitFor((sent) => sent.text?.includes('Сравните оба корня') ?? false);
  // No last name of anybody's, and no address.
  expect(JSON.stringify(message)).not.toMatch(/Ковалёва|Соколов|@example\.ru/);

  await bellOf(page, 1).click();
  const row = page.getByRole('listitem').filter({ hasText: 'Сравните оба корня' });
  await row.getByText(bell.unseen).waitFor();
  await bellOf(page, 0).waitFor();
  // Seen now; that it was new when one came is still to be seen.
  await row.getByText(bell.unseen).waitFor();
  await expectAccessible(page);
  await row.getByRole('link').click();
  const log = page.getByRole('log');
  await log.getByText('Сравните оба корня').waitFor();
  expect(new URL(page.url()).hash).toBe(`#${task}`);

  person.say('Больший – второй', { replyTo: message });
  await log.getByText('Больший – второй').waitFor();
  await teacher.page.getByRole('log').getByText('Больший – второй').waitFor();

  await page.goto('/profile/notifications');
  await card.getByRole('button', { name: settings.telegram.unlink }).click();
  await card.getByText(settings.telegram.unlinked(true)).waitFor();
  await card.getByRole('button', { name: settings.telegram.connect }).waitFor();
  expect([...faults, ...teacher.faults]).toEqual([]);
  await Promise.all([context.close(), teacher.context.close()]);
});

describe('at a desk', () => {
  test('news are read, settings save themselves and survive a lost connection, new notices wait above', async () => {
    // What a first try has announced is still there for a second one.
    const once = randomUUID().slice(0, 4);
    const [review, holidays] = [`Разбор пробника ${once}`, `Каникулы ${once}`];
    const { page, context, faults } = await aNewStudent(browser, site, 'desktop', { at: null });
    await announce(review);
    await page.goto('/');
    await page.getByRole('link', { name: review }).waitFor();
    await page.getByRole('link', { name: news.allLabel }).click();
    await page.getByRole('heading', { level: 1, name: news.title }).waitFor();
    const post = page.getByRole('listitem').filter({ hasText: review });
    await post.getByText(news.unread).waitFor();
    await expectAccessibleAtBothWidths(page);
    await post.getByRole('link').click();
    await page.getByRole('heading', { level: 1, name: review }).waitFor();
    await expectAccessibleAtBothWidths(page);
    // Read here, it is seen behind the bell.
    await bellOf(page, 0).waitFor();

    await page.goto('/profile/notifications');
    await endQuietHours(page);
    const mailOf = (kind: string) => page.getByRole('combobox', { name: settings.kinds.control(kind, settings.kinds.email) });
    // Exactly: «Не сохранено» has the word in it too.
    const rowOf = (kind: string) => page.getByRole('row').filter({ hasText: kind });
    await mailOf(settings.names.week.name).selectOption('off');
    await rowOf(settings.names.week.name).getByText(saved, { exact: true }).waitFor();
    await context.setOffline(true);
    await mailOf(settings.names.topic.name).selectOption('daily');
    await rowOf(settings.names.topic.name).getByText(settings.notSaved).waitFor();
    await context.setOffline(false);
    await rowOf(settings.names.topic.name).getByText(saved, { exact: true }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: settings.quiet.title }).waitFor();
    expect(await mailOf(settings.names.week.name).inputValue()).toBe('off');
    expect(await mailOf(settings.names.topic.name).inputValue()).toBe('daily');
    await expectAccessibleAtBothWidths(page);

    // No new page: its line to the server is there.
    await bellOf(page, 0).click();
    const notice = (title: string) => page.getByRole('listitem').filter({ hasText: title });
    await notice(review).waitFor();
    await announce(holidays);
    await page.getByRole('button', { name: bell.fresh }).waitFor();
    expect(await notice(holidays).count()).toBe(0);
    await page.getByRole('button', { name: bell.fresh }).click();
    await notice(holidays).getByText(bell.unseen).waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain(holidays);
    await bellOf(page, 0).waitFor();
    await expectAccessibleAtBothWidths(page);
    expect(faults.filter((fault) => !/ERR_INTERNET_DISCONNECTED/.test(fault))).toEqual([]);
    await context.close();
  });

  test('the link of a letter: looking changes nothing, the button ends the letters and brings them back, signed in or not', async () => {
    const { page, context, email } = await aNewStudent(browser, site, 'desktop', { at: '/profile/notifications' });
    await endQuietHours(page);
    const { answer } = await aThread(email);
    await answer('Ответ письмом');
    const letter = await letterWith(email, 'Ответ письмом');
    const path = /\/unsubscribe\/[\w.~-]+/.exec(letter)?.[0] ?? '';
    await context.close();

    const guest = await aVisitor(browser, site.url, 'desktop');
    const letters = unsubscribe.kinds.answer;
    const mode = () => site.sql('SELECT s.mode FROM notice_setting s JOIN person p ON p.id = s.person_id WHERE p.email = $1', [email]);
    await guest.page.goto(path);
    await guest.page.getByRole('heading', { level: 1, name: unsubscribe.ask(letters) }).waitFor();
    await expectAccessibleAtBothWidths(guest.page);
    expect(await guest.page.locator('main').innerText()).not.toMatch(/Илья|Соколов|@/);
    expect(await mode()).toEqual([]);
    await guest.page.getByRole('button', { name: unsubscribe.off }).click();
    await guest.page.getByRole('heading', { level: 1, name: unsubscribe.done(letters) }).waitFor();
    expect(await mode()).toEqual([{ mode: 'off' }]);
    await guest.page.getByRole('button', { name: unsubscribe.on }).click();
    await guest.page.getByRole('heading', { level: 1, name: unsubscribe.back(letters) }).waitFor();
    expect(await mode()).not.toContainEqual({ mode: 'off' });

    await guest.page.goto(`${path.slice(0, -2)}xx`);
    await guest.page.getByRole('heading', { level: 1, name: unsubscribe.unknownTitle }).waitFor();
    await expectAccessibleAtBothWidths(guest.page);
    expect(guest.faults).toEqual([]);
    await guest.context.close();
  });
});

/** The text of the letter to somebody in which these words stand; waits for it. */
async function letterWith(email: string, words: string): Promise<string> {
  let found = '';
  await expect
    .poll(async () => {
      found = (await site.letterTo(email)).text;
      return found;
    })
    .toContain(words);
  return found;
}
