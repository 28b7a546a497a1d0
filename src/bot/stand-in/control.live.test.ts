/** What a page or another process does with the stand-in over HTTP. */
import { mkdtemp, rm } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Api, InputFile } from 'grammy';
import sharp from 'sharp';
import { afterEach, expect, test } from 'vitest';
import { startTelegramStandIn } from './server.ts';
import type { StandInOptions, TelegramStandIn } from './types.ts';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function aStandIn(options: StandInOptions = {}) {
  const telegram = await startTelegramStandIn(options);
  stops.push(telegram.stop);
  return { telegram, api: new Api(telegram.token, { apiRoot: telegram.url }) };
}

async function post({ url }: TelegramStandIn, path: string, body: object = {}, headers: Record<string, string> = {}) {
  const answer = await fetch(`${url}/stand-in/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
}

const pageAt = ({ url }: TelegramStandIn, path: string) => fetch(url + path, { redirect: 'manual' });

test('people are made, write, press and block over HTTP', async () => {
  const { telegram, api } = await aStandIn();
  const { body: made } = await post(telegram, 'people', { firstName: 'Анна', languageCode: 'en' });
  expect(made).toMatchObject({ first_name: 'Анна', language_code: 'en', state: 'new' });
  await post(telegram, `people/${made.id}/start`, { payload: 'token' });
  const sent = await api.sendMessage(made.id, 'Да?', { reply_markup: { inline_keyboard: [[{ text: 'Да', callback_data: 'yes' }]] } });
  const pressed = post(telegram, `people/${made.id}/press`, { messageId: sent.message_id, button: 'yes' });
  await post(telegram, `people/${made.id}/say`, { text: 'привет', replyTo: sent.message_id });
  const [start, callback, said] = await api.getUpdates({ timeout: 5 });
  expect(start?.message).toMatchObject({ text: '/start token', entities: [{ type: 'bot_command' }] });
  expect(said?.message?.reply_to_message?.message_id).toBe(sent.message_id);
  await api.answerCallbackQuery(callback?.callback_query?.id ?? '', { text: 'принято' });
  expect((await pressed).body).toEqual({ text: 'принято', alert: false });
  expect((await post(telegram, `people/${made.id}/block`)).body).toMatchObject({ state: 'blocked' });
  expect((await post(telegram, `people/${made.id}/say`, { text: 'x' })).status).toBe(400);
  const { refused, accepted } = await fetch(`${telegram.url}/stand-in/statistics`).then((answer) => answer.json());
  expect({ refused, accepted }).toEqual({ refused: {}, accepted: 1 });
});

test('faults are set over HTTP; what is no fault is refused', async () => {
  const { telegram, api } = await aStandIn();
  expect((await post(telegram, 'faults', { odds: { tooMany: 2 } })).status).toBe(400);
  await post(telegram, 'fail-next', { kind: 'tooMany', method: 'getMe' });
  await expect(api.getMe()).rejects.toMatchObject({ error_code: 429 });
  await post(telegram, 'faults', { outage: 'cut' });
  await expect(api.getMe()).rejects.toThrow();
  await post(telegram, 'faults', { outage: null });
  await expect(api.getMe()).resolves.toMatchObject({ username: telegram.username, id: 7_000_000_000 });
});

test('pages of other sites may not write, and other names for this machine not even read', async () => {
  const { telegram } = await aStandIn();
  expect((await post(telegram, 'people', {}, { origin: 'https://evil.example' })).status).toBe(403);
  expect((await post(telegram, 'people', {}, { origin: telegram.url })).status).toBe(200);
  expect(telegram.people.all()).toHaveLength(1);
  const statusOf = (path: string, headers: Record<string, string>) =>
    new Promise((resolve, reject) => {
      get(telegram.url + path, { headers }, (answer) => resolve(answer.resume().statusCode)).on('error', reject);
    });
  // The token is no secret, and the API does all by GET as well.
  const api = (method: string) => `/bot${telegram.token}/${method}`;
  for (const path of ['/', '/stand-in/people', api('getUpdates')]) expect(await statusOf(path, { host: 'rebound.example' })).toBe(403);
  expect(await statusOf(api('setWebhook?url=http://127.0.0.1:1/'), { 'sec-fetch-site': 'cross-site' })).toBe(403);
  expect(await statusOf(api('getUpdates'), { origin: 'https://evil.example' })).toBe(403);
  expect(await statusOf(api('getMe'), { 'sec-fetch-site': 'none' })).toBe(200);
});

test('what is written into a chat is text on its page, never markup; addresses of scripts are no links', async () => {
  const { telegram, api } = await aStandIn();
  const evil = '<img src=x onerror=alert(1)>"\'&';
  const anna = telegram.people.make({ firstName: evil });
  anna.say(evil);
  await api.sendMessage(anna.id, 'нажмите', { entities: [{ type: 'text_link', offset: 0, length: 7, url: 'javascript:alert(1)' }] });
  for (const path of ['/', `/chats/${anna.id}`, `/${telegram.username}?start=${encodeURIComponent('"><script>')}`]) {
    const answer = await pageAt(telegram, path);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    const page = await answer.text();
    expect(page).toContain('&lt;img src=x');
    expect(page).not.toMatch(/<img src=x|javascript:|"><script>/);
  }
});

test('a link to any t.me opens the page that plays it', async () => {
  const { telegram } = await aStandIn();
  const link = encodeURIComponent('https://t.me/another_bot?start=abc-DEF_1');
  expect((await pageAt(telegram, `/start-link?link=${link}`)).headers.get('location')).toBe(`/${telegram.username}?start=abc-DEF_1`);
});

test('people, messages, pictures and unconfirmed updates outlive a restart', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stand-in-'));
  stops.push(() => rm(folder, { recursive: true }));
  const stateFile = join(folder, 'deeper', 'telegram.json');
  const { telegram, api } = await aStandIn({ stateFile });
  const anna = telegram.people.make({ firstName: 'Анна' });
  anna.start('token');
  const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  await api.sendPhoto(anna.id, new InputFile(picture));
  await telegram.stop();

  const again = await aStandIn({ stateFile });
  const messages = again.telegram.people.find(anna.id)?.messages() ?? [];
  expect(messages.map(({ text }) => text)).toEqual(['/start token', undefined]);
  const photo = await pageAt(again.telegram, `/photos/${messages[1]?.photo?.[0]?.file_id}`);
  expect(Buffer.from(await photo.bytes()).equals(picture)).toBe(true);
  expect((await again.api.getUpdates()).map(({ message }) => message?.text)).toEqual(['/start token']);
  const next = await again.api.sendMessage(anna.id, 'x');
  expect(next.message_id).toBeGreaterThan(messages[1]?.message_id ?? Infinity);
});
