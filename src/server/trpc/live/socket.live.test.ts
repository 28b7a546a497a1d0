/** The protocol of one socket and its limits, over a router of its own. */
import { randomBytes } from 'node:crypto';
import { tracked } from '@trpc/server';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { AppError } from '#shared/errors.ts';
import { liveClose, liveLimits } from '#shared/live-rules.ts';
import { aRawSocket, type RawSocket } from '../../testing/live-client.ts';
import { aLiveServer, type LiveServer } from '../../testing/live-server.ts';
import { aSchool, aStudent, type School } from '../../testing/world.ts';
import { router } from '../procedures.ts';
import { streamProcedure } from '../stream.ts';

const secret = 'connect ECONNREFUSED db.internal:5432';
const ended = (signal: AbortSignal) => new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
let running = 0;
/** Streams that ever began. */
let begun = 0;
let given = 0;

const test_ = router({
  count: streamProcedure.input(z.object({ to: z.number(), lastEventId: z.string().nullish() })).subscription(async function* ({ input }) {
    for (let at = Number(input.lastEventId ?? 0) + 1; at <= input.to; at += 1) yield tracked(String(at), { at });
  }),
  open: streamProcedure.subscription(async function* ({ ctx }) {
    running += 1;
    begun += 1;
    try {
      yield 'open';
      await ended(ctx.signal);
    } finally {
      running -= 1;
    }
  }),
  // Endless, and all of it at hand at once.
  flood: streamProcedure.input(z.object({ bytes: z.number() })).subscription(async function* ({ input, ctx }) {
    running += 1;
    begun += 1;
    try {
      for (given = 0; !ctx.signal.aborted; ) {
        given += 1;
        yield { at: given, text: 'x'.repeat(input.bytes) };
      }
    } finally {
      running -= 1;
    }
  }),
  refused: streamProcedure.subscription(async function* () {
    yield 'before';
    throw new AppError('CHAT_NOT_FOUND');
  }),
  broken: streamProcedure.subscription(async function* () {
    yield 'before';
    throw new Error(secret);
  }),
});

let school: School;
let site: LiveServer;
let cookie: string;
let socket: RawSocket;
beforeAll(async () => {
  school = await aSchool();
  site = await aLiveServer(school.app, { router: test_ });
  cookie = (await aStudent(school.app)).cookie;
});
beforeEach(async () => {
  socket = await anOpenSocket();
});
afterEach(async () => {
  socket.ws.terminate();
  await socket.closeCode();
});
afterAll(async () => {
  await site.close();
  await school.close();
});

async function anOpenSocket(): Promise<RawSocket> {
  const opened = aRawSocket(site.url, cookie);
  await new Promise((resolve) => opened.ws.once('open', resolve));
  return opened;
}
const begin = (id: unknown, path: string, params: object = {}) => ({
  id,
  jsonrpc: '2.0',
  method: 'subscription',
  params: { path, ...params },
});
const stop = (id: unknown) => ({ id, jsonrpc: '2.0', method: 'subscription.stop' });
const of = (id: unknown) => socket.messages.filter((message) => message.id === id);
const until = (id: unknown, count: number) => socket.until(() => of(id).length >= count).then(() => of(id));
const codeOf = (message: { error?: { data: { app: { code: string } } } }) => message.error?.data.app.code;
const alive = async (one = socket) => {
  one.messages.length = 0;
  one.say('PING');
  await one.until((messages) => messages.includes('PONG'));
};

test('a stream begins, gives its items with their ids, and ends; then the next goes on behind an id', async () => {
  socket.say(begin(1, 'count', { input: { to: 2 } }));
  expect(await until(1, 4)).toEqual([
    { id: 1, result: { type: 'started' } },
    { id: 1, result: { type: 'data', id: '1', data: { id: '1', data: { at: 1 } } } },
    { id: 1, result: { type: 'data', id: '2', data: { id: '2', data: { at: 2 } } } },
    { id: 1, result: { type: 'stopped' } },
  ]);
  socket.say([begin('next', 'count', { input: { to: 3 }, lastEventId: '2' })]);
  expect((await until('next', 3))[1].result.id).toBe('3');
});

test('a stream that is stopped ends here too, also when both come at once', async () => {
  socket.say(begin(1, 'open'));
  await until(1, 2);
  expect(running).toBe(1);
  socket.say(stop(1));
  expect((await until(1, 3)).at(-1)).toEqual({ id: 1, result: { type: 'stopped' } });
  socket.say([begin(2, 'open'), stop(2)]);
  await socket.until(() => of(2).some(({ result }) => result?.type === 'stopped'));
  expect(running).toBe(0);
});

test('a socket that goes takes its streams with it', async () => {
  socket.say([begin(1, 'open'), begin(2, 'open')]);
  await until(2, 2);
  socket.ws.terminate();
  await expect.poll(() => running).toBe(0);
});

describe('subscriptions', () => {
  const all = Array.from({ length: 150 }, (_, index) => index + 1);

  test(`beyond ${liveLimits.subscriptions} are refused one by one, the others stay`, async () => {
    for (const id of all) socket.say(begin(id, 'open'));
    await socket.until((messages) => messages.length === all.length + liveLimits.subscriptions);
    const refused = all.filter((id) => codeOf(of(id)[0]) === 'LIVE_TOO_MANY');
    expect(refused).toEqual(all.slice(liveLimits.subscriptions));
    expect(of(41)[0].error).toMatchObject({ message: 'LIVE_TOO_MANY', data: { httpStatus: 429, path: 'open' } });
    expect(running).toBe(liveLimits.subscriptions);
    // One that ends makes room.
    socket.say(stop(7));
    await until(7, 3);
    socket.say(begin('again', 'open'));
    expect((await until('again', 2))[1].result.data).toBe('open');
  });

  test('of which a thousand come at once are a flood', async () => {
    for (let id = 0; id < 1000; id += 1) socket.say(begin(id, 'open'));
    expect(await socket.closeCode()).toBe(liveClose.flood);
    await expect.poll(() => running).toBe(0);
  });

  test('as are as many in a few frames', async () => {
    for (let part = 0; part < 10; part += 1) socket.say(Array.from({ length: 100 }, (_, index) => begin(part * 100 + index, 'open')));
    expect(await socket.closeCode()).toBe(liveClose.flood);
  });

  test('do not take each other’s place', async () => {
    socket.say([begin(1, 'open'), begin(1, 'open')]);
    expect(
      (await socket.until((messages) => messages.length === 3)).map((message) => message.result?.type ?? codeOf(message)).toSorted(),
    ).toEqual(['INPUT_INVALID', 'data', 'started']);
    expect(running).toBe(1);
  });
});

describe('what is refused', () => {
  const call = (method: string, path: string) => ({ id: 9, method, params: { path } });
  test.each([
    ['a question', call('query', 'open'), 'NOT_FOUND'],
    ['a change', call('mutation', 'open'), 'NOT_FOUND'],
    ['a procedure that is asked over HTTP', call('mutation', 'auth.signOut'), 'NOT_FOUND'],
    ['a procedure that is not there', begin(9, '__proto__'), 'NOT_FOUND'],
    ['an input that is none', begin(9, 'count', { input: { to: 'all' } }), 'INPUT_INVALID'],
    ['no input', begin(9, 'count'), 'INPUT_INVALID'],
  ])('%s', async (_, message, code) => {
    socket.say(message);
    expect(codeOf((await until(9, 1))[0])).toBe(code);
    await alive();
  });

  test('in the middle of a stream', async () => {
    const logged = vi.spyOn(school.app.log, 'error');
    logged.mockClear();
    socket.say(begin(1, 'refused'));
    const messages = await until(1, 3);
    expect(messages.map((message) => message.result?.data ?? codeOf(message))).toEqual([undefined, 'before', 'CHAT_NOT_FOUND']);
    await alive();
    // Foreseen: no fault of ours, and its status is that of the same refusal over HTTP.
    expect(messages[2].error.data.httpStatus).toBe(404);
    expect(logged).not.toHaveBeenCalled();
  });

  test('a fault of ours tells its number and nothing else', async () => {
    socket.say(begin(1, 'broken'));
    const [, , failed] = await until(1, 3);
    expect(failed.error.data.app).toEqual({ code: 'UNEXPECTED', data: { requestId: expect.stringMatching(/^[\da-f]{10}$/) } });
    expect(JSON.stringify(socket.messages)).not.toMatch(/ECONNREFUSED|stack|\.ts/);
    await alive();
  });
});

test('a socket too many begins nothing of what it asks for', async () => {
  const rest = await Promise.all(Array.from({ length: liveLimits.sockets - 1 }, anOpenSocket));
  // Counted is who has been recognised, and that takes each its time.
  await Promise.all([socket, ...rest].map((one) => alive(one)));
  const before = begun;
  const refused = await anOpenSocket();
  refused.say(begin(1, 'open'));
  // Its answer to the closing comes after what it asked for: by then the server has heard both.
  expect(await refused.closeCode()).toBe(liveClose.flood);
  await alive();
  expect(begun).toBe(before);
  for (const { ws } of rest) ws.close();
  await Promise.all(rest.map((one) => one.closeCode()));
});

describe('what is nonsense', () => {
  test.each([
    ['text', '{'],
    ['nothing', ''],
    ['null', 'null'],
    ['a number', '1'],
    ['a list of nothing', '[null]'],
    ['a method that is none', JSON.stringify({ id: 1, method: 'constructor', params: { path: 'open' } })],
    ['no id', JSON.stringify({ method: 'subscription', params: { path: 'open' } })],
    ['an id that is long', JSON.stringify(begin('x'.repeat(1000), 'open'))],
    ['a path that is long', JSON.stringify(begin(1, 'x'.repeat(1000)))],
    ['a place in a stream that is long', JSON.stringify(begin(1, 'count', { input: { to: 1 }, lastEventId: '1'.repeat(1000) }))],
    ['a deep one', '['.repeat(8000)],
    ['bytes', randomBytes(1000)],
    ['text that is no text', Buffer.from('{}')],
  ])('%s is told so, and the socket goes on', async (_, frame) => {
    socket.say(frame);
    const [answer] = await socket.until((messages) => messages.length > 0);
    expect([answer.id, codeOf(answer)]).toEqual([null, 'INPUT_INVALID']);
    expect(running).toBe(0);
    await alive();
  });

  test('a stop of what never ran is nothing', async () => {
    socket.say(stop(77));
    await alive();
  });

  test('a message beyond the limit closes the socket', async () => {
    socket.say('x'.repeat(liveLimits.messageBytes));
    await socket.until((messages) => messages.length > 0);
    socket.say('x'.repeat(liveLimits.messageBytes + 1));
    expect(await socket.closeCode()).toBe(1009);
  });

  test('too many messages do as well, and no more are heard', async () => {
    for (let sent = 0; sent < liveLimits.messages + 50; sent += 1) socket.say('PING');
    expect(await socket.closeCode()).toBe(liveClose.flood);
    expect(socket.messages).toHaveLength(liveLimits.messages);
  });
});

test('pings of the protocol count like messages', async () => {
  // One after the other: with too many at once the socket is cut before they are counted.
  const ping = () => socket.ws.readyState === socket.ws.OPEN && socket.ws.ping();
  socket.ws.on('pong', ping);
  ping();
  expect(await socket.closeCode()).toBe(liveClose.flood);
});

test('a message in endless pieces is none', async () => {
  socket.ws.send('[', { fin: false });
  for (let piece = 0; piece < liveLimits.messageBytes; piece += 1) socket.ws.send(' ', { fin: false });
  expect([1008, 1009]).toContain(await socket.closeCode());
});

describe('a browser that does not keep up', () => {
  test('is waited for, and then gets everything in order', async () => {
    socket.say(begin(1, 'flood', { input: { bytes: 10_000 } }));
    await until(1, 2);
    socket.ws.pause();
    // What fits between the two is somewhere on its way; then nothing more is taken from the stream.
    let before = -1;
    await expect
      .poll(
        () => {
          const stands = given === before;
          before = given;
          return stands;
        },
        { interval: 200 },
      )
      .toBe(true);
    socket.ws.resume();
    await socket.until(() => given > before + 100);
    const numbers = of(1)
      .slice(1)
      .map(({ result }) => result.data.at);
    expect(numbers).toEqual(Array.from(numbers, (_, index) => index + 1));
  });

  test('is cut off when even so too much would be kept for it', async () => {
    const ids = Array.from({ length: liveLimits.subscriptions }, (_, id) => id);
    for (const id of ids) socket.say(begin(id, 'flood', { input: { bytes: 300_000 } }));
    await socket.until((messages) => messages.length > 0);
    socket.ws.pause();
    await expect.poll(() => running).toBe(0);
    const closed = socket.closeCode();
    socket.ws.resume();
    expect(await closed).toBe(1006);
  });
});
