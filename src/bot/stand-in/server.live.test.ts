/** The stand-in as the real grammY meets it. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Api, Bot, type GrammyError, HttpError, InlineKeyboard, InputFile, webhookCallback } from 'grammy';
import sharp from 'sharp';
import { afterEach, expect, test, vi } from 'vitest';
import { startTelegramStandIn } from './server.ts';
import type { StandInOptions, TelegramStandIn } from './types.ts';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function aStandIn(options: StandInOptions = {}): Promise<TelegramStandIn & { api: Api }> {
  const telegram = await startTelegramStandIn(options);
  stops.push(telegram.stop);
  return { ...telegram, api: new Api(telegram.token, { apiRoot: telegram.url, timeoutSeconds: 2 }) };
}

function aBot(telegram: TelegramStandIn): Bot {
  const bot = new Bot(telegram.token, { client: { apiRoot: telegram.url } });
  stops.push(() => bot.stop());
  return bot;
}

const refusal = (call: Promise<unknown>) =>
  call.then(
    () => null,
    ({ error_code: code, description, parameters }: GrammyError) => ({ code, description, ...parameters }),
  );

test('a person starts the bot by a deep link, presses a button, answers a message: polling hears all of it', async () => {
  const telegram = await aStandIn();
  const bot = aBot(telegram);
  bot.command('start', (ctx) =>
    ctx.reply(`<b>${ctx.match}</b>`, {
      parse_mode: 'HTML',
      reply_markup: new InlineKeyboard().text('Да', 'yes').url('Сайт', 'https://school.ru'),
    }),
  );
  bot.callbackQuery('yes', async (ctx) => {
    await ctx.editMessageText('Готово');
    await ctx.answerCallbackQuery({ text: 'Принято', show_alert: true });
  });
  bot.on('message:text', (ctx) =>
    ctx.reply(`ответ на ${ctx.msg.reply_to_message?.message_id}`, { reply_parameters: { message_id: ctx.msg.message_id } }),
  );
  void bot.start();
  const anna = telegram.people.make({ firstName: 'Анна' });
  expect(anna.id).toBeGreaterThan(2 ** 32);
  anna.start('token_1');
  const question = await anna.waitFor(({ text }) => text === 'token_1');
  expect(question.entities).toEqual([{ type: 'bold', offset: 0, length: 7 }]);
  expect(() => anna.press(question, 'Сайт')).toThrow('link');
  expect(await anna.press(question, 'Да')).toEqual({ text: 'Принято', alert: true });
  const [edited] = anna.received();
  expect(edited).toMatchObject({ text: 'Готово', message_id: question.message_id });
  expect(edited?.reply_markup).toBeUndefined();
  const said = anna.say('спасибо', { replyTo: question });
  const answer = await anna.waitFor(({ text }) => text === `ответ на ${question.message_id}`);
  expect(answer.reply_to_message).toMatchObject({ message_id: said.message_id, text: 'спасибо' });
});

test('a second poll ends the first one with 409; a webhook ends polling', async () => {
  const telegram = await aStandIn();
  const first = refusal(telegram.api.getUpdates({ timeout: 50 }));
  await vi.waitFor(() => expect(telegram.statistics().requests.getupdates).toBe(1));
  const second = refusal(telegram.api.getUpdates({ timeout: 50 }));
  expect(await first).toMatchObject({ code: 409, description: expect.stringContaining('terminated by other getUpdates request') });
  await telegram.api.setWebhook('http://127.0.0.1:9/hook');
  expect(await second).toMatchObject({ code: 409, description: 'Conflict: terminated by setWebhook request' });
  expect(await refusal(telegram.api.getUpdates())).toMatchObject({
    code: 409,
    description: expect.stringContaining("can't use getUpdates method while webhook is active"),
  });
});

test('an update is handed over until it is confirmed, in kinds that are asked for', async () => {
  const telegram = await aStandIn();
  const anna = telegram.people.make();
  anna.say('раз');
  anna.say('два');
  const [one, two] = await telegram.api.getUpdates();
  expect([one?.message?.text, two?.message?.text]).toEqual(['раз', 'два']);
  expect(await telegram.api.getUpdates({ limit: 1 })).toEqual([one]);
  expect(await telegram.api.getUpdates({ offset: two?.update_id })).toEqual([two]);
  expect(telegram.pendingUpdates()).toBe(1);
  await telegram.api.getUpdates({ offset: (two?.update_id ?? 0) + 1, allowed_updates: ['callback_query'] });
  anna.say('три');
  expect(telegram.pendingUpdates()).toBe(0);
});

test('refusals have the real words', async () => {
  const telegram = await aStandIn({ burstPerChat: 100, perSecond: 1000 });
  const { api } = telegram;
  const { id } = telegram.people.make({ started: true });
  const html = { parse_mode: 'HTML' as const };
  const button = (data: string) => ({ reply_markup: new InlineKeyboard().text('x', data) });
  const cases: [() => Promise<unknown>, number, string][] = [
    [() => api.sendMessage(1, 'x'), 400, 'Bad Request: chat not found'],
    [() => api.sendMessage(id, ''), 400, 'Bad Request: message text is empty'],
    [() => api.sendMessage(id, '<b> </b>', html), 400, 'Bad Request: text must be non-empty'],
    [() => api.sendMessage(id, 'я'.repeat(4097)), 400, 'Bad Request: message is too long'],
    [() => api.sendMessage(id, '😀'.repeat(2049)), 400, 'Bad Request: message is too long'],
    [() => api.sendMessage(id, '<p>x</p>', html), 400, 'Bad Request: can\'t parse entities: Unsupported start tag "p" at byte offset 0'],
    [() => api.sendMessage(id, 'x\ud83d'), 400, 'Bad Request: strings must be encoded in UTF-8'],
    [() => api.sendMessage(id, 'x', button('я'.repeat(33))), 400, 'Bad Request: BUTTON_DATA_INVALID'],
    [
      () => api.sendMessage(id, 'x', { reply_markup: new InlineKeyboard().url('x', 'http://localhost:3000') }),
      400,
      "Bad Request: inline keyboard button URL 'http://localhost:3000' is invalid: Wrong HTTP URL",
    ],
    [() => api.sendMessage(id, 'x', { reply_parameters: { message_id: 99 } }), 400, 'Bad Request: message to be replied not found'],
    [() => api.editMessageText(id, 99, 'x'), 400, 'Bad Request: message to edit not found'],
    [() => api.answerCallbackQuery('1'), 400, 'Bad Request: query is too old and response timeout expired or query ID is invalid'],
    [() => api.setMyCommands([{ command: 'Ы', description: 'x' }]), 400, 'Bad Request: BOT_COMMAND_INVALID'],
    [() => api.sendPhoto(id, new InputFile(Buffer.from('no picture'))), 400, 'Bad Request: IMAGE_PROCESS_FAILED'],
    [() => api.sendPhoto(id, 'AgACnothing'), 400, 'Bad Request: wrong file identifier/HTTP URL specified'],
    [() => api.raw.getMyStarBalance(), 404, 'Not Found: method not found'],
    [() => new Api('1:wrong', { apiRoot: telegram.url }).getMe(), 401, 'Unauthorized'],
    [() => new Api('wrong', { apiRoot: telegram.url }).getMe(), 404, 'Not Found'],
  ];
  for (const [call, code, description] of cases) expect(await refusal(call()), description).toMatchObject({ code, description });
  await expect(api.sendMessage(id, `<b>${'я'.repeat(4096)}</b>`, html)).resolves.toMatchObject({ entities: [{ type: 'bold' }] });
  const same = await api.sendMessage(id, 'x');
  expect(await refusal(api.editMessageText(id, same.message_id, 'x'))).toMatchObject({
    description: expect.stringContaining('message is not modified'),
  });
});

test('403 tells who never wrote, who blocked the bot and who is gone; START ends a block', async () => {
  const telegram = await aStandIn({ burstPerChat: 10 });
  const anna = telegram.people.make();
  const send = () => refusal(telegram.api.sendMessage(anna.id, 'x'));
  expect(await send()).toEqual({ code: 403, description: "Forbidden: bot can't initiate conversation with a user" });
  anna.start();
  expect(await send()).toBeNull();
  anna.block();
  expect(await send()).toEqual({ code: 403, description: 'Forbidden: bot was blocked by the user' });
  anna.start();
  const members = (await telegram.api.getUpdates()).flatMap(({ my_chat_member: member }) => member?.new_chat_member.status ?? []);
  expect(members).toEqual(['kicked', 'member']);
  anna.deactivate();
  expect(await send()).toEqual({ code: 403, description: 'Forbidden: user is deactivated' });
  expect(telegram.statistics()).toMatchObject({ accepted: 1, refused: { 403: 3 } });
});

test('429 with retry_after, over all and per chat', async () => {
  const telegram = await aStandIn({ perSecond: 5 });
  const people = Array.from({ length: 6 }, () => telegram.people.make({ started: true }));
  const answers = await Promise.all(people.map(({ id }) => refusal(telegram.api.sendMessage(id, 'x'))));
  expect(answers.filter((answer) => answer === null)).toHaveLength(5);
  expect(answers).toContainEqual({ code: 429, description: 'Too Many Requests: retry after 1', retry_after: 1 });
  expect(telegram.statistics()).toMatchObject({ accepted: 5, peak: 5, refused: { 429: 1 } });
});

test('a picture as multipart, by its id, in an album, and from a person', async () => {
  const telegram = await aStandIn({ burstPerChat: 20 });
  const { api } = telegram;
  const anna = telegram.people.make({ started: true });
  const picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#2fb67c' } })
    .png()
    .toBuffer();
  const sent = await api.sendPhoto(anna.id, new InputFile(picture, 'неделя 1.png'), {
    caption: '<i>Неделя</i>',
    parse_mode: 'HTML',
    reply_markup: new InlineKeyboard().text('x', 'y'),
  });
  expect(sent).toMatchObject({
    caption: 'Неделя',
    caption_entities: [{ type: 'italic' }],
    photo: [{ width: 40, height: 30, file_size: picture.length }],
  });
  const fileId = sent.photo[0]?.file_id ?? '';
  await api.sendPhoto(anna.id, fileId);
  const album = await api.sendMediaGroup(anna.id, [
    { type: 'photo', media: fileId },
    { type: 'photo', media: new InputFile(picture), caption: 'вторая' },
  ]);
  expect(album).toHaveLength(2);
  anna.sendPhoto(picture, { caption: 'моя' });
  const [update] = await api.getUpdates();
  const file = await api.getFile(update?.message?.photo?.[0]?.file_id ?? '');
  const bytes = await fetch(`${telegram.url}/file/bot${telegram.token}/${file.file_path}`).then((answer) => answer.bytes());
  expect(Buffer.from(bytes).equals(picture)).toBe(true);
  expect(telegram.statistics()).toMatchObject({ accepted: 4, chats: { [anna.id]: { accepted: 4, unheard: 0 } } });
});

test('faults on demand: each does what it is called, and what was taken without an answer is counted', async () => {
  const telegram = await aStandIn();
  const api = new Api(telegram.token, { apiRoot: telegram.url, timeoutSeconds: 0.3 });
  const send = async (kind: Parameters<TelegramStandIn['failNext']>[0]['kind']) => {
    const { id, messages } = telegram.people.make({ started: true });
    telegram.failNext({ kind, chatId: id });
    const error = await api.sendMessage(id, 'x').then(
      () => null,
      (thrown: unknown) => thrown,
    );
    return { error, came: messages().length, unheard: telegram.statistics().chats[id]?.unheard ?? 0 };
  };
  telegram.setFaults({ retryAfter: 7, slowMs: 400 });
  expect(await send('tooMany')).toMatchObject({ error: { error_code: 429, parameters: { retry_after: 7 } }, came: 0 });
  expect(await send('forbidden')).toMatchObject({ error: { error_code: 403 }, came: 0 });
  expect(await send('serverError')).toMatchObject({ error: expect.any(Error), came: 0, unheard: 0 });
  expect(await send('cutBefore')).toMatchObject({ error: expect.any(HttpError), came: 0, unheard: 0 });
  expect(await send('silentBefore')).toMatchObject({ error: expect.any(HttpError), came: 0, unheard: 0 });
  expect(await send('serverErrorAfter')).toMatchObject({ error: expect.any(Error), came: 1, unheard: 1 });
  expect(await send('cutAfter')).toMatchObject({ error: expect.any(HttpError), came: 1, unheard: 1 });
  expect(await send('silentAfter')).toMatchObject({ error: expect.any(HttpError), came: 1, unheard: 1 });
  expect(await send('slow')).toMatchObject({ error: expect.any(HttpError), came: 1 });
  await vi.waitFor(() => expect(Object.values(telegram.statistics().chats).map(({ unheard }) => unheard)).toEqual([1, 1, 1, 1]));
  telegram.setFaults({ outage: 'cut' });
  await expect(api.getMe()).rejects.toThrow(HttpError);
});

test('random faults come again with their seed', async () => {
  const run = async () => {
    const telegram = await aStandIn({ perSecond: 1000, faults: { seed: 5, odds: { serverError: 0.2, forbidden: 0.2 } } });
    const codes: string[] = [];
    for (let count = 0; count < 20; count++) {
      const { id } = telegram.people.make({ started: true });
      const answer = await refusal(telegram.api.sendMessage(id, 'x'));
      codes.push(answer === null ? 'taken' : answer.code === 403 ? 'forbidden' : 'server');
    }
    return codes;
  };
  const codes = await run();
  expect(codes).toEqual(await run());
  expect(new Set(codes)).toEqual(new Set(['taken', 'server', 'forbidden']));
});

test('updates twice, in another order and with fields of tomorrow reach a bot that still works', async () => {
  const telegram = await aStandIn({ faults: { duplicates: 1, unknownFields: true } });
  const bot = aBot(telegram);
  const heard: number[] = [];
  bot.on('message:text', (ctx) => void heard.push(ctx.update.update_id));
  telegram.people.make().say('раз');
  void bot.start();
  await vi.waitFor(() => expect(heard).toHaveLength(2));
  expect(heard[0]).toBe(heard[1]);
  telegram.setFaults({ reordered: 1 });
  await bot.stop();
  const anna = telegram.people.make();
  anna.say('a');
  anna.say('b');
  const ids = (await telegram.api.getUpdates()).map(({ update_id: id }) => id);
  expect(ids).toEqual([...ids].sort((a, b) => b - a));
  expect(telegram.pushUpdate({ quantum_message: { text: 'x' } })).toMatchObject({ quantum_message: { text: 'x' } });
});

test('a webhook gets its secret, and the update again until it takes it', async () => {
  const telegram = await aStandIn({ webhookRetryMs: 5, faults: { duplicates: 1 } });
  const bot = new Bot(telegram.token, { client: { apiRoot: telegram.url } });
  const heard: string[] = [];
  bot.on('message:text', (ctx) => {
    heard.push(ctx.msg.text);
    if (heard.length === 1) throw new Error('the first time fails');
  });
  const handle = webhookCallback(bot, 'http', { secretToken: 'a_secret' });
  const statuses: number[] = [];
  const hook = createServer((req, res) => {
    res.once('finish', () => statuses.push(res.statusCode));
    handle(req, res).catch(() => res.writeHead(500).end());
  });
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
  stops.push(() => new Promise((resolve) => hook.close(resolve)));
  hook.unref();
  const url = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/`;
  await telegram.api.setWebhook(url, { secret_token: 'another' });
  telegram.people.make().say('раз');
  await vi.waitFor(() => expect(statuses).toContain(401));
  expect(heard).toEqual([]);
  await telegram.api.setWebhook(url, { secret_token: 'a_secret' });
  await vi.waitFor(() => expect(telegram.pendingUpdates()).toBe(0));
  expect(heard).toEqual(['раз', 'раз', 'раз']);
  expect(await telegram.api.getWebhookInfo()).toMatchObject({ url, pending_update_count: 0 });
});
