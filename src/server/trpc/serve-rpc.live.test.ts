import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { initTRPC, TRPCError } from '@trpc/server';
import express from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { serveRpc } from './serve-rpc.ts';

const t = initTRPC.context<{ agent: string }>().create();
const router = t.router({
  refuse: t.procedure.input(z.number()).query(({ input }) => {
    throw input > 0 ? new TRPCError({ code: 'FORBIDDEN', message: 'not you' }) : new Error('a fault');
  }),
  repeat: t.procedure.input(z.object({ text: z.string(), times: z.number() })).query(({ input }) => input.text.repeat(input.times)),
  length: t.procedure.input(z.string()).mutation(({ input, ctx }) => `${ctx.agent} ${input.length}`),
});

let server: Server;
let url: string;
const faults: string[] = [];
beforeAll(async () => {
  const http = express();
  const createContext = (req: express.Request) => ({ agent: req.headers['user-agent'] ?? '' });
  http.use(
    '/trpc',
    serveRpc({
      router,
      maxBodySize: () => 10_000,
      maxBatchSize: 3,
      createContext,
      headers: (errors) => ({ 'x-errors': String(errors.length) }),
      onError: ({ error, path }) => void faults.push(`${error.code} ${path}`),
    }),
  );
  server = createServer(http).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const repeat = (times: number, encoding: string) =>
  fetch(`${url}/trpc/repeat?input=${encodeURIComponent(JSON.stringify({ text: 'ё', times }))}`, {
    headers: { 'accept-encoding': encoding },
  });
const length = (body: string, headers: Record<string, string> = { 'content-type': 'application/json', 'user-agent': 'test' }) =>
  fetch(`${url}/trpc/length`, { method: 'POST', body, headers });
const dataOf = async (answer: Response) => ((await answer.json()) as { result: { data: string } }).result.data;

test.each([
  ['br', 5000, 'br'],
  ['gzip, br;q=0.5', 5000, 'gzip'],
  ['identity', 5000, null],
  ['br', 5, null],
])('accept-encoding %s, %i letters', async (accepted, times, encoding) => {
  const answer = await repeat(times, accepted);
  expect(answer.headers.get('content-encoding')).toBe(encoding);
  expect(Number(answer.headers.get('content-length'))).toBeGreaterThan(0);
  expect(await dataOf(answer)).toBe('ё'.repeat(times));
});

test('a mutation, with what the context took from the request', async () => {
  expect(await dataOf(await length('"ответ"'))).toBe('test 5');
});

test('a batch', async () => {
  const answer = await fetch(
    `${url}/trpc/repeat,repeat?batch=1&input=${encodeURIComponent('{"0":{"text":"a","times":2},"1":{"text":"b","times":1}}')}`,
  );
  expect(await answer.json()).toMatchObject([{ result: { data: 'aa' } }, { result: { data: 'b' } }]);
});

test('of a batch each answer stands for itself, refused or not', async () => {
  faults.length = 0;
  const ask = (inputs: unknown) => fetch(`${url}/trpc/repeat,refuse?batch=1&input=${encodeURIComponent(JSON.stringify(inputs))}`);
  const mixed = await ask({ 0: { text: 'a', times: 2 }, 1: 5 });
  expect([mixed.status, mixed.headers.get('x-errors')]).toEqual([207, '1']);
  expect(await mixed.json()).toMatchObject([
    { result: { data: 'aa' } },
    { error: { message: 'not you', data: { code: 'FORBIDDEN', httpStatus: 403, path: 'refuse' } } },
  ]);
  const none = await ask({ 0: { text: 'a' } });
  expect([none.status, none.headers.get('x-errors')]).toEqual([400, '2']);
  expect(faults).toEqual(['FORBIDDEN refuse', 'BAD_REQUEST repeat', 'BAD_REQUEST refuse']);
});

test('what nobody thought of is a fault of the server, told to it alone', async () => {
  faults.length = 0;
  const answer = await fetch(`${url}/trpc/refuse?input=-1`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([500, 'application/json']);
  expect(faults).toEqual(['INTERNAL_SERVER_ERROR refuse']);
});

test.each([
  ['too large', () => length(JSON.stringify('x'.repeat(20_000))), 413],
  ['no JSON', () => length('{'), 400],
  ['of another type', () => length('x', { 'content-type': 'text/plain' }), 415],
  ['none at all', () => length(''), 400],
  [
    'a query by POST',
    () => fetch(`${url}/trpc/repeat`, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }),
    405,
  ],
  [
    'a mutation by PUT',
    () => fetch(`${url}/trpc/length`, { method: 'PUT', body: '""', headers: { 'content-type': 'application/json' } }),
    405,
  ],
  ['HEAD', () => fetch(`${url}/trpc/length`, { method: 'HEAD' }), 204],
  ['a procedure that is not there', () => fetch(`${url}/trpc/nothing`), 404],
  [
    'one of a batch that is not there',
    () => fetch(`${url}/trpc/repeat,nothing?batch=1&input=${encodeURIComponent('{"0":{"text":"a","times":1}}')}`),
    207,
  ],
  ['what every object has', () => fetch(`${url}/trpc/constructor`), 404],
  ['a batch of too many', () => fetch(`${url}/trpc/repeat,repeat,repeat,repeat?batch=1&input={}`), 400],
  ['a batch without inputs', () => fetch(`${url}/trpc/repeat?batch=1&input=5`), 400],
  ['a query whose input is no JSON', () => fetch(`${url}/trpc/repeat?input={`), 400],
  ['a path that cannot be decoded', () => fetch(`${url}/trpc/%E0%A4%A`), 400],
])('a body or a path that cannot be taken: %s', async (_, ask, status) => {
  expect((await ask()).status).toBe(status);
});

test('a browser that goes away in the middle of its request is no fault', async () => {
  faults.length = 0;
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [request] = await Promise.all([
    once(server, 'request'),
    socket.write('POST /trpc/length HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n"ab'),
  ]);
  const closed = new Promise((resolve) => request[0].once('close', resolve));
  socket.destroy();
  await closed;
  expect(await dataOf(await length('"ещё"'))).toBe('test 3');
  expect(faults).toEqual([]);
});
