/** Updates as Telegram brings them. */
import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { takeUpdate } from '#server/features/notifications/telegram/updates/actions.ts';
import { aLiveServer, type LiveServer } from '#server/testing/live-server.ts';
import { aTelegramOf, aTelegramSchool, hear, type TelegramSchool } from '#server/testing/telegram-school.ts';
import { aStudent } from '#server/testing/world.ts';
import { hearTelegram } from './hear.ts';
import type { Person } from './stand-in/types.ts';

const secret = 'webhook_secret_of_the_tests';
let school: TelegramSchool;
let server: LiveServer;
let person: Person;
beforeAll(async () => {
  school = await aTelegramSchool({ TELEGRAM_WEBHOOK_SECRET: secret, PUBLIC_URL: 'https://school.example.ru' });
  server = await aLiveServer(school.app);
  person = await aTelegramOf(school, await aStudent(school.app));
});
afterAll(async () => {
  await server.close();
  await school.close();
});

let lastId = 1_000;
function anUpdate(text = '/help') {
  lastId += 1;
  const message = {
    message_id: lastId,
    date: 1,
    chat: { id: person.id, type: 'private', first_name: 'А' },
    from: person.user,
    text,
    entities: [{ type: 'bot_command', offset: 0, length: text.length }],
  };
  return { update_id: lastId, message };
}
async function post(body: string | Buffer, headers: Record<string, string> = { 'x-telegram-bot-api-secret-token': secret }) {
  const answer = await fetch(`${server.url}/telegram/webhook`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  return answer.status;
}
const answers = () => person.received().length;

test('an update is handled once, however often it comes, with whatever fields it has', async () => {
  const update = { ...anUpdate(), field_of_tomorrow: { deep: [null] } };
  expect(await post(JSON.stringify(update))).toBe(200);
  expect(answers()).toBe(1);
  expect(await post(JSON.stringify(update))).toBe(200);
  expect(await post(JSON.stringify({ update_id: 5_000_000, thing_of_tomorrow: {} }))).toBe(200);
  expect(answers()).toBe(1);
});

test('one that somebody works on has to come again; of one who died over it the next takes it', async () => {
  const update = anUpdate();
  const botId = school.app.telegram?.botId ?? 0n;
  expect(await takeUpdate(school.app, botId, update.update_id, false)).toBe('mine');
  const before = answers();
  expect(await post(JSON.stringify(update))).toBe(503);
  school.clock.forward(3 * 60_000);
  expect(await post(JSON.stringify(update))).toBe(200);
  expect(answers()).toBe(before + 1);
});

test('whoever does not know the secret is refused before anything is read', async () => {
  const before = answers();
  const forgeries: Record<string, string>[] = [
    {},
    { 'x-telegram-bot-api-secret-token': '' },
    { 'x-telegram-bot-api-secret-token': `${secret}x` },
  ];
  for (const headers of forgeries) expect(await post(JSON.stringify(anUpdate()), headers)).toBe(403);
  // Ten megabytes are announced, and not waited for.
  const status = await new Promise((resolve, reject) => {
    const forged = request(`${server.url}/telegram/webhook`, { method: 'POST', headers: { 'content-length': 10_000_000 } }, (answer) => {
      resolve(answer.statusCode);
      forged.destroy();
    });
    forged.on('error', reject);
    forged.flushHeaders();
  });
  expect(status).toBe(403);
  expect((await fetch(`${server.url}/telegram/webhook`)).status).toBe(405);
  expect(answers()).toBe(before);
});

test('what is too large, no JSON or no update is refused, and harms nobody', async () => {
  expect(await post(Buffer.alloc(10_000_000, ' '))).toBe(413);
  for (const body of ['{"update_id":', '[]', 'null', '{"update_id":"1"}', '{"update_id":1e99}', '{"message":{}}'])
    expect(await post(body), body).toBe(400);
  expect(await post(JSON.stringify({ update_id: 6_000_000, message: { text: 5, chat: 'x' } }))).toBe(200);
  const before = answers();
  expect(await post(JSON.stringify(anUpdate()))).toBe(200);
  expect(answers()).toBe(before + 1);
});

test('Telegram is told where to call and with which secret, and then calls; back at polling it does not any more', async () => {
  // Telegram itself takes https only; the stand-in calls this machine.
  const config = { ...school.app.config, publicUrl: server.url };
  const stop = hear({ ...school.app, config });
  const said = person.say('/help');
  await person.waitFor(() => true, { after: said });
  await stop();
  expect(await school.app.db.telegramState.findFirst()).toMatchObject({
    mode: 'webhook',
    trouble: null,
    username: school.telegram.username,
  });
  if (!config.telegram) throw new Error('no bot');
  const polling = hear({ ...school.app, config: { ...config, telegram: { ...config.telegram, updates: { kind: 'polling' } } } });
  const again = person.say('/help');
  await person.waitFor(() => true, { after: again });
  await polling();
  expect(await school.app.db.telegramState.findFirst()).toMatchObject({ mode: 'polling', trouble: null });
});

const botApi = async (method: string) =>
  (await (await fetch(`${school.telegram.url}/bot${school.telegram.token}/${method}`)).json()).result;
const info = () => botApi('getWebhookInfo');

test('whoever takes the webhook away is shown in the office, and it is taken back', async () => {
  const { app } = school;
  const { config } = app;
  if (!config.telegram || !app.telegram) throw new Error('no bot');
  const ending = new AbortController();
  const here = { ...app, config: { ...config, publicUrl: server.url } };
  const done = hearTelegram(here, config.telegram, app.telegram, ending.signal, { lookMs: 30, leaveMs: 1000 });
  await expect.poll(info).toMatchObject({ url: `${server.url}/telegram/webhook` });
  await botApi('deleteWebhook');
  const state = () => app.db.telegramState.findFirst({ select: { trouble: true } });
  await expect.poll(state, { interval: 5 }).toEqual({ trouble: 'conflict' });
  await expect.poll(info).toMatchObject({ url: `${server.url}/telegram/webhook` });
  await expect.poll(state).toEqual({ trouble: null });
  ending.abort();
  await done;
});

test('calls that do not get through are shown in the office, in Telegram’s words', async () => {
  const { app } = school;
  const { config } = app;
  if (!config.telegram || !app.telegram) throw new Error('no bot');
  const ending = new AbortController();
  const here = { ...app, config: { ...config, publicUrl: server.url } };
  await botApi('deleteWebhook');
  // This process knows another secret than Telegram is told.
  const other = { ...config.telegram, updates: { kind: 'webhook' as const, secret: 'a_secret_of_somebody_else' } };
  const done = hearTelegram(here, other, app.telegram, ending.signal, { lookMs: 30, leaveMs: 1000 });
  await expect.poll(info).toMatchObject({ url: `${server.url}/telegram/webhook` });
  person.say('/help');
  const state = () => app.db.telegramState.findFirst({ select: { trouble: true, details: true } });
  await expect.poll(state).toEqual({ trouble: 'refused', details: expect.stringContaining('403') });
  ending.abort();
  await done;
  await botApi('deleteWebhook?drop_pending_updates=true');
});
