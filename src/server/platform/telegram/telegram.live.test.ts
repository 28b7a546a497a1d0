/** The port against the stand-in: what arrives, what every refusal becomes, and that no error tells the token. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTelegramStandIn } from '#bot/stand-in/server.ts';
import type { FaultKind, TelegramStandIn } from '#bot/stand-in/types.ts';
import { aJpeg } from '../../testing/telegram-school.ts';
import type { TelegramConfig } from '../config.ts';
import type { Db } from '../db.ts';
import type { OutgoingTelegram, Telegram, TelegramTrouble } from '../telegram.ts';
import { createTelegram } from './create-telegram.ts';

const opened: Telegram[] = [];
let standIn: TelegramStandIn;
beforeAll(async () => {
  standIn = await startTelegramStandIn({ perSecond: 1000, burstPerChat: 1000 });
});
afterAll(async () => {
  for (const telegram of opened) await telegram.close();
  await standIn.stop();
});

/** Of the name of the bot, which the port reads from the database, nothing is asked here. */
function open(over: Partial<TelegramConfig> = {}): Telegram {
  const { url, token } = standIn;
  const config: TelegramConfig = {
    ...{ token, botId: 7_000_000_000n, apiRoot: url, linkRoot: url, proxy: null, updates: { kind: 'polling' }, perSecond: 1000 },
    ...over,
  };
  const telegram = createTelegram(config, undefined as unknown as Db);
  opened.push(telegram);
  return telegram;
}
const somebody = () => standIn.people.make({ started: true });

async function troubleOf(telegram: Telegram, chatId: number, message: OutgoingTelegram = { html: 'тайна' }) {
  const error = await telegram.send(BigInt(chatId), message).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  // Neither in its words nor in anything it carries.
  const all = JSON.stringify(error, Object.getOwnPropertyNames(error ?? {}));
  expect(all).not.toContain(standIn.token.split(':')[1]);
  expect(all).not.toContain('тайна');
  return error;
}

test('a text with a button, silently, and the button of a school on this machine', async () => {
  const [telegram, person] = [open(), somebody()];
  await telegram.send(BigInt(person.id), {
    html: '<b>Привет</b>',
    button: { label: 'Открыть', url: 'http://localhost:3000/x' },
    silent: true,
  });
  const [message] = person.received();
  expect(message).toMatchObject({ text: 'Привет', entities: [{ type: 'bold' }] });
  expect(message?.reply_markup?.inline_keyboard).toEqual([[{ text: 'Открыть', url: 'http://127.0.0.1:3000/x' }]]);
  await telegram.send(BigInt(person.id), { html: 'Привет', button: { label: 'Открыть', url: 'http://school/x' } });
  expect(person.received().at(-1)?.text).toBe('Привет\n\nОткрыть: http://school/x');
});

test('one picture with text and button, several with a link, and the same again by their ids', async () => {
  const [telegram, person] = [open(), somebody()];
  const picture = { bytes: await aJpeg(), name: 'график.jpg' };
  const button = { label: 'Читать', url: 'https://school.example.ru/?a=1&b="2"' };
  const one = await telegram.send(BigInt(person.id), { html: 'Подпись', pictures: [picture], button });
  expect(person.received().at(-1)).toMatchObject({ caption: 'Подпись', photo: [{ width: 20, height: 20, file_id: one.fileIds[0] }] });
  const several = await telegram.send(BigInt(person.id), { html: 'Подпись', pictures: [picture, picture], button });
  expect(several).toMatchObject({
    messageIds: [expect.any(Number), expect.any(Number)],
    fileIds: [expect.any(String), expect.any(String)],
  });
  const album = person.received().slice(-2);
  expect(album.map(({ caption }) => caption)).toEqual(['Подпись\n\nЧитать', undefined]);
  expect(album[0]?.caption_entities).toEqual([expect.objectContaining({ type: 'text_link' })]);
  await telegram.send(BigInt(person.id), { html: '', pictures: several.fileIds.map((fileId) => ({ fileId })) });
  expect(person.received()).toHaveLength(5);
});

test('every refusal is told for what it is', async () => {
  const telegram = open();
  const [blocked, gone, stranger, well] = [somebody(), somebody(), standIn.people.make(), somebody()];
  blocked.block();
  gone.deactivate();
  const cases: [chatId: number, trouble: TelegramTrouble, message?: OutgoingTelegram][] = [
    [blocked.id, 'blocked'],
    [gone.id, 'deactivated'],
    [stranger.id, 'blocked'],
    [1, 'not-found'],
    [well.id, 'refused', { html: '<тайна>' }],
    [well.id, 'refused', { html: 'тайна'.repeat(1000) }],
    [well.id, 'refused', { html: '', pictures: [{ bytes: Buffer.from('тайна'), name: 'a.jpg' }] }],
  ];
  for (const [chatId, trouble, message] of cases)
    expect(await troubleOf(telegram, chatId, message), JSON.stringify([chatId, trouble])).toMatchObject({ trouble });
  expect(await troubleOf(open({ token: '7000000000:another-token-of-somebody-else' }), well.id)).toMatchObject({ trouble: 'token' });
});

test('what is too fast is told with how long to wait, and what breaks on the way as unreachable', async () => {
  const [telegram, person] = [open(), somebody()];
  standIn.setFaults({ retryAfter: 7 });
  standIn.failNext({ kind: 'tooMany', chatId: person.id });
  expect(await troubleOf(telegram, person.id)).toMatchObject({ trouble: 'busy', retryAfterMs: 7000 });
  standIn.setFaults({});
  const other = somebody();
  for (const kind of ['serverError', 'serverErrorAfter', 'cutBefore', 'cutAfter'] satisfies FaultKind[]) {
    standIn.failNext({ kind, chatId: other.id });
    expect(await troubleOf(telegram, other.id), kind).toMatchObject({ trouble: 'unreachable', retryAfterMs: null });
  }
  const nobody = open({ apiRoot: 'http://127.0.0.1:9' });
  expect(await troubleOf(nobody, person.id)).toMatchObject({ trouble: 'unreachable', message: expect.stringContaining('ECONNREFUSED') });
});

test('a call without an answer ends when the port is closed', async () => {
  const [telegram, person] = [open(), somebody()];
  standIn.failNext({ kind: 'silentBefore', chatId: person.id });
  const sent = troubleOf(telegram, person.id);
  await expect.poll(() => standIn.statistics().faults.silentBefore).toBe(1);
  await telegram.close();
  expect(await sent).toMatchObject({ trouble: 'unreachable' });
});

test.each(['http', 'socks5h'] as const)('through a proxy: %s', async (kind) => {
  const person = somebody();
  const proxy = kind === 'http' ? await aConnectProxy() : await aSocksProxy();
  const telegram = open({ proxy: `${kind}://127.0.0.1:${proxy.port}` });
  await telegram.send(BigInt(person.id), { html: 'через прокси' });
  expect(person.received().at(-1)?.text).toBe('через прокси');
  expect(proxy.tunnels()).toBe(1);
  await telegram.close();
  await proxy.stop();
  expect(await troubleOf(open({ proxy: `${kind}://127.0.0.1:9` }), person.id)).toMatchObject({ trouble: 'unreachable' });
});

interface Proxy {
  port: number;
  tunnels(): number;
  stop(): Promise<void>;
}

function aProxy(server: Server | ReturnType<typeof createTcpServer>, tunnels: () => number): Promise<Proxy> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve({
        port: (server.address() as AddressInfo).port,
        tunnels,
        async stop() {
          for (const socket of sockets) socket.destroy();
          await new Promise((stopped) => server.close(stopped));
        },
      }),
    );
  });
}

function joined(client: Socket, port: number, host: string, greeting: Buffer | string): void {
  const target = connect(port, host, () => {
    client.write(greeting);
    target.pipe(client);
    client.pipe(target);
  });
  for (const [one, other] of [
    [client, target],
    [target, client],
  ] as const) {
    one.on('error', () => other.destroy());
    one.on('close', () => other.destroy());
  }
}

function aConnectProxy(): Promise<Proxy> {
  let tunnels = 0;
  const server = createServer();
  server.on('connect', (req, client: Socket) => {
    tunnels += 1;
    const { hostname, port } = new URL(`http://${req.url}`);
    joined(client, Number(port), hostname, 'HTTP/1.1 200 OK\r\n\r\n');
  });
  return aProxy(server, () => tunnels);
}

/** RFC 1928: no sign-in, and CONNECT to an address of four bytes or to a name. */
function aSocksProxy(): Promise<Proxy> {
  let tunnels = 0;
  const server = createTcpServer(async (client) => {
    await once(client, 'data');
    client.write(Buffer.from([5, 0]));
    const [request] = (await once(client, 'data')) as [Buffer];
    tunnels += 1;
    const named = request[3] === 3;
    const end = named ? 5 + (request[4] ?? 0) : 8;
    const host = named ? request.toString('latin1', 5, end) : [...request.subarray(4, 8)].join('.');
    joined(client, request.readUInt16BE(end), host, Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
  });
  return aProxy(server, () => tunnels);
}
