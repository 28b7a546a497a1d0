/** The doors that are no procedures: every route of Express, files and uploads by a stranger's hand, and requests that no browser writes. */
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Express } from 'express';
import { afterAll, beforeAll, describe, expect, onTestFailed, test } from 'vitest';
import { createHttp } from '../../http.ts';
import { builtClient } from '../../page/serve.ts';
import { openWeb, type Web } from '../../web.ts';
import { aSession } from '../world.ts';
import { randomFrom } from './random.ts';
import { aFuzzWorld, type FuzzWorld, officeMark, victimsMark } from './world.ts';

let world: FuzzWorld;
let web: Web;
let http: Express;
let port: number;
let client: string;
beforeAll(async () => {
  world = await aFuzzWorld();
  const { app } = world.school;
  client = await mkdtemp(join(tmpdir(), 'otlichno-client-'));
  await writeFile(join(client, 'index.html'), '<!doctype html><html><head><title>Отлично</title></head></html>');
  web = openWeb({ port: 0, host: '127.0.0.1' }, app.log);
  http = createHttp(app, builtClient(client), web.stopping);
  web.handle(http);
  port = await web.listen();
});
afterAll(async () => {
  web.server.closeAllConnections();
  await web.drain();
  await world.close();
  await rm(client, { recursive: true });
});

interface Layer {
  route?: { path: string | string[]; methods: Record<string, boolean> };
  handle: { stack?: Layer[]; name: string };
}

/** As Express keeps them; those of a router below a prefix are told without it. */
function routesOf(stack: Layer[]): string[] {
  return stack.flatMap(({ route, handle }) => {
    if (!route) return handle.stack ? routesOf(handle.stack) : [];
    return Object.keys(route.methods).flatMap((method) => [route.path].flat().map((path) => `${method.toUpperCase()} ${path}`));
  });
}

type Ask = (theirs: boolean) => string;
const named = (kind: keyof FuzzWorld['ids'], address: (id: string) => string): Ask => {
  return (theirs) => address(theirs ? (world.ids[kind].foreign[0] ?? '') : '00000000-0000-4000-8000-00000000abcd');
};
/** What each route is; with an id, how it is asked for a thing that is somebody else's, or for one that is not there. */
const routes: Record<string, 'everybody' | 'signed in' | 'moderators' | 'this machine' | 'development' | Ask> = {
  'GET /healthz': 'everybody',
  'GET /readyz': 'everybody',
  'GET /metrics': 'this machine',
  'GET /api/registry.xlsx': 'moderators',
  'GET /api/me/data.zip': 'signed in',
  'GET /api/students.xlsx': 'moderators',
  'GET /api/orders.xlsx': 'moderators',
  'GET /api/exams/:id/results.xlsx': 'moderators',
  'GET /api/courses/:slug.zip': 'moderators',
  'GET /api/courses/:slug/statistics.xlsx': 'moderators',
  'GET /api/tasks-template.xlsx': 'moderators',
  'GET /files/work/:id/:name': named('workFile', (id) => `/files/work/${id}/a.jpg`),
  'GET /files/exam/:id/:name': named('attemptFile', (id) => `/files/exam/${id}/a.jpg`),
  'GET /files/chat/:id/:name': named('chatFile', (id) => `/files/chat/${id}/a.jpg`),
  'GET /files/news/:id/:name': named('upload', (id) => `/files/news/${id}/a.jpg`),
  'GET /files/news/:id/:signature/:name': named('upload', (id) => `/files/news/${id}/AAAA/a.jpg`),
  'GET /files/:id/:name': named('chatFile', (id) => `/files/${id}/a.jpg`),
  'GET /exams/:id/files.zip': named('attempt', (id) => `/exams/${id}/files.zip`),
  'GET /mail': 'development',
  'GET /mail.json': 'development',
  'GET /mail.css': 'development',
  'GET /mail/:id/letter': 'development',
  'GET /mail/:id': 'development',
  'POST /unsubscribe/:token': 'everybody',
  'GET /robots.txt': 'everybody',
  'GET /sitemap.xml': 'everybody',
  'GET /sw.js': 'everybody',
  'GET /{*path}': 'everybody',
};

test('the table names every route', () => {
  expect(routesOf((http.router as unknown as { stack: Layer[] }).stack).toSorted()).toEqual(Object.keys(routes).toSorted());
});

const ask = (path: string, cookie?: string, init: RequestInit = {}) =>
  fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual', ...init, headers: { ...init.headers, ...(cookie && { cookie }) } });
const heard = async (answer: Response) => [answer.status, await answer.text()];

describe.each(Object.entries(routes).flatMap(([route, kind]) => (typeof kind === 'function' ? [{ route, kind }] : [])))(
  '$route',
  ({ route, kind }) => {
    test('a stranger and a guest hear what one hears of nothing', async () => {
      for (const cookie of [world.stranger.cookie, world.blocked.cookie, undefined]) {
        expect(await heard(await ask(kind(true), cookie))).toEqual(await heard(await ask(kind(false), cookie)));
      }
    });
    test.runIf(/work|exam|chat/.test(route))('whose it is hears something else', async () => {
      expect((await ask(kind(true), world.victim.cookie)).status).toBeLessThan(400);
    });
  },
);

test.each(Object.entries(routes).flatMap(([route, kind]) => (kind === 'moderators' ? [route] : [])))(
  '%s sends everybody else to the door',
  async (route) => {
    const path = route
      .replace('GET ', '')
      .replace(':id', world.ids.exam.foreign[0] ?? '')
      .replace(':slug', world.slugs.course[0] ?? '');
    for (const cookie of [world.stranger.cookie, world.blocked.cookie, undefined]) {
      const answer = await ask(path, cookie);
      expect([answer.status, answer.headers.get('location')]).toEqual([303, expect.stringMatching(/^\/admin\/login\?next=%2Fadmin/)]);
    }
    expect((await ask(path, await aSession(world.school.app, world.moderator.actor.id))).status).toBe(200);
  },
);

test.each(['HEAD', 'PATCH', 'DELETE'])('%s on an upload of somebody else', async (method) => {
  const headers = {
    origin: `http://127.0.0.1:${port}`,
    'tus-resumable': '1.0.0',
    'upload-offset': '0',
    'content-type': 'application/offset+octet-stream',
  };
  const init = { method, headers, ...(method === 'PATCH' && { body: 'x' }) };
  const [theirs, none] = [world.ids.upload.foreign[0] ?? '', '00000000-0000-4000-8000-00000000abcd'];
  for (const cookie of [world.stranger.cookie, undefined]) {
    expect(await heard(await ask(`/api/uploads/${theirs}`, cookie, init))).toEqual(
      await heard(await ask(`/api/uploads/${none}`, cookie, init)),
    );
  }
  expect((await ask(`/api/uploads/${theirs}`, world.victim.cookie, { ...init, method: 'HEAD', body: undefined })).status).toBe(200);
});

/** Bytes as they are, and all that comes back until the other side has nothing more to say. */
async function send(text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let heardSo = '';
  socket.setEncoding('latin1').on('data', (chunk) => {
    heardSo += chunk;
  });
  socket.on('error', () => {});
  // Half closed: whatever follows on this connection is answered, then the server closes as well.
  socket.end(text, 'latin1');
  await once(socket, 'close');
  return heardSo;
}
const statusesOf = (text: string) => [...text.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status));

const post = (headers: string, body = '') =>
  `POST /trpc/auth.requestCode HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${headers}\r\n\r\n${body}`;
const hidden = 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n';
describe('one request is one answer: what two servers might read differently is refused', () => {
  test.each<[name: string, bytes: string, statuses: number[]]>([
    ['length and chunks', post('Content-Length: 5\r\nTransfer-Encoding: chunked', `0\r\n\r\n${hidden}`), [400]],
    ['chunks and length', post('Transfer-Encoding: chunked\r\nContent-Length: 5', `0\r\n\r\n${hidden}`), [400]],
    ['two lengths', post('Content-Length: 2\r\nContent-Length: 40', `{}${hidden}`), [400]],
    ['two lengths in one', post('Content-Length: 2, 2', `{}${hidden}`), [400]],
    ['a length with a sign', post('Content-Length: +2', `{}${hidden}`), [400]],
    ['a length of sixteen', post('Content-Length: 0x2', `{}${hidden}`), [400]],
    ['a length below nothing', post('Content-Length: -1', hidden), [400]],
    ['a length that no number holds', post('Content-Length: 99999999999999999999999', hidden), [400]],
    ['a coding that nobody knows', post('Transfer-Encoding: xchunked', `0\r\n\r\n${hidden}`), [400]],
    ['chunks that are not the last coding', post('Transfer-Encoding: chunked, identity', `0\r\n\r\n${hidden}`), [400]],
    ['chunks, twice', post('Transfer-Encoding: chunked\r\nTransfer-Encoding: identity', `0\r\n\r\n${hidden}`), [400]],
    ['a blank before the colon', post('Transfer-Encoding : chunked', `0\r\n\r\n${hidden}`), [400]],
    ['a tab before the colon', post('Content-Length\t: 2', `{}${hidden}`), [400]],
    ['a piece whose length is no number', post('Transfer-Encoding: chunked', `zz\r\n{}\r\n0\r\n\r\n${hidden}`), [400]],
    ['a piece longer than every number', post('Transfer-Encoding: chunked', `fffffffffffffffff\r\n{}\r\n${hidden}`), [400]],
    ['a piece that is longer than it says', post('Transfer-Encoding: chunked', `2\r\n{}XX0\r\n\r\n${hidden}`), [400]],
    ['lines that end in half', `GET /healthz HTTP/1.1\nHost: x\n\n${hidden}`, [400]],
    ['a line end within a value', `GET /healthz HTTP/1.1\r\nHost: x\r\nX: a\rb\r\n\r\n`, [400]],
    ['NUL in a value', `GET /healthz HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n`, [400]],
    ['no host', `GET /healthz HTTP/1.1\r\n\r\n`, [400]],
    ['two hosts, of which the first counts', `GET /healthz HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n`, [200]],
    ['a version that is not', `GET /healthz HTTP/3.7\r\nHost: x\r\n\r\n`, [400]],
    ['no version, as in the first years', `GET /healthz\r\n\r\n`, [200]],
    ['a method that nobody knows', `STEAL /healthz HTTP/1.1\r\nHost: x\r\n\r\n`, [400]],
    ['an address of seventeen kilobytes', `GET /${'a'.repeat(17_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, [431]],
    ['a header of seventeen kilobytes', `GET /healthz HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(17_000)}\r\n\r\n`, [431]],
    ['five thousand headers', `GET /healthz HTTP/1.1\r\nHost: x\r\n${'a: b\r\n'.repeat(5000)}\r\n`, [431]],
    ['an expectation that is not met', `POST /trpc/auth.me HTTP/1.1\r\nHost: x\r\nExpect: magic\r\nContent-Length: 0\r\n\r\n`, [417]],
  ])('%s', async (_, bytes, statuses) => {
    expect(statusesOf(await send(bytes))).toEqual(statuses);
  });

  test('a tunnel is not dug', async () => {
    expect(statusesOf(await send('CONNECT 127.0.0.1:5432 HTTP/1.1\r\nHost: x\r\n\r\n')).filter((status) => status < 300)).toEqual([]);
  });

  test('who sends nothing, or sends slowly, is not waited for without end', () => {
    // Looked at every half a minute by Node; bodies have a minute of their own (web.ts), uploads two minutes of silence.
    expect(web.server.headersTimeout).toBeLessThanOrEqual(20_000);
    expect(web.server.keepAliveTimeout).toBeLessThanOrEqual(70_000);
  });
});

describe('bodies that are more than they seem', () => {
  const json = { 'content-type': 'application/json', origin: 'own' };
  const asks = (body: string | Buffer<ArrayBuffer>, headers: Record<string, string> = json) =>
    ask('/trpc/auth.requestCode', undefined, { method: 'POST', body, headers: { ...headers, origin: `http://127.0.0.1:${port}` } });
  test.each<[name: string, send: () => Promise<Response>]>([
    ['half a million lists in each other', () => asks(`${'['.repeat(500_000)}${']'.repeat(500_000)}`)],
    ['a hundred thousand objects in each other', () => asks(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`)],
    ['a hundred thousand keys', () => asks(`{${Array.from({ length: 60_000 }, (_, n) => `"k${n}":1`).join(',')}}`)],
    ['the same key twice', () => asks('{"email":"a@b.ru","email":{"x":1},"locale":"ru"}')],
    ['a bomb of zeros', () => asks(gzipSync(Buffer.alloc(50_000_000)), { ...json, 'content-encoding': 'gzip' })],
    ['a form', () => asks('a[__proto__][x]=1', { 'content-type': 'application/x-www-form-urlencoded' })],
  ])('%s', async (_, go) => {
    const answer = await go();
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect({}).not.toHaveProperty('x');
  });
});

const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
const times = 300 * Number(process.env.FUZZ_SCALE ?? 1);

test(`whatever is asked over HTTP: no fault, nothing of anybody else: seed ${seed}`, { timeout: 120_000 }, async () => {
  onTestFailed(() => void process.stdout.write(`FUZZ_SEED=${seed}\n`));
  const random = randomFrom(seed);
  const ids = Object.values(world.ids).flatMap(({ foreign }) => foreign);
  const known = Object.keys(routes).map((route) => route.replace(/^\w+ /, ''));
  const pieces = [
    ...known,
    '/trpc/auth.me',
    '/trpc/chat.mine,auth.me?batch=1',
    '/trpc/',
    '/api/uploads/',
    '/api/payments/tbank',
    '/assets/',
    '/live',
    '/',
  ];
  const tails = [
    '',
    '',
    '?',
    '?e=1&s=2',
    '?input=%7B',
    '?batch=1&input=[]',
    '?__proto__[x]=1&a[]=1&a[b]=2',
    '/..%2f..%2fpackage.json',
    '%00',
    '%',
    '%E0%A4%A',
  ];
  const more = [
    '//',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/./',
    ';a=b',
    '\\..\\',
    '?w=-1',
    '?w=1e9',
    `?${'a&'.repeat(2000)}`,
    '#x',
    '/%F0%9F%98%80',
    '.',
  ];
  const methods = ['GET', 'GET', 'GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'PURGE'];
  const wild = [
    ['content-type', 'application/json; charset=utf-7'],
    ['content-type', 'multipart/form-data; boundary=x'],
    ['accept-encoding', 'br;q=2, gzip;q=-1, *'],
    ['accept', 'a/b;'.repeat(500)],
    ['range', 'bytes=9-0,-1,5-'],
    ['if-none-match', '"\\"'],
    ['if-modified-since', 'yesterday'],
    ['cookie', 'otlichno-session=%00; otlichno-session=; ;;='],
    ['x-forwarded-for', "1.2.3.4, ::1, '; DROP TABLE person; --"],
    ['x-http-method-override', 'DELETE'],
    ['origin', 'null'],
    ['tus-resumable', '1.0.0'],
    ['upload-length', '-1'],
    ['upload-metadata', 'filename ====, purpose'],
    ['upgrade', 'h2c'],
  ];
  const bodies = ['', '{', 'null', '"\\ud800"', '{"__proto__":{"a":1}}', 'a=b', '\0\0', '[[[[', '0'.repeat(70_000)];
  for (let time = 0; time < times; time += 1) {
    const path =
      random
        .of(pieces)
        .replace(/:id|\{\*path\}/, () => random.of(ids))
        .replace(/:name|:slug|:token|:signature/g, 'x') + random.of([...tails, ...more]);
    const headers = Object.fromEntries(Array.from({ length: random.below(4) }, () => random.of(wild)));
    const cookie = random.of([undefined, world.stranger.cookie, world.blocked.cookie]);
    const method = random.of(methods);
    const { status, text } = await raw(
      method,
      path,
      { ...(cookie && { cookie }), ...headers },
      method === 'GET' || method === 'HEAD' ? '' : random.of(bodies),
    );
    const said = { method, path, headers, status, text: text.slice(0, 500) };
    expect(status < 500 ? null : said).toBeNull();
    expect(text.includes(victimsMark) || text.includes(officeMark) ? said : null).toBeNull();
    expect(/node_modules|\.ts:\d|root:x:|"dependencies"|SELECT .* FROM/.test(text) ? said : null).toBeNull();
  }
  expect(await heard(await ask('/healthz'))).toEqual([200, 'ok']);
});

/** As it is written: what fetch would put right goes out wrong. */
function raw(method: string, path: string, headers: Record<string, string>, body: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request({ port, host: '127.0.0.1', method, path, headers, agent: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
      answer.on('error', reject);
    });
    // Cut off before the answer: that is an answer as well.
    asked.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' || error.code === 'EPIPE' ? resolve({ status: 0, text: '' }) : reject(error),
    );
    asked.on('upgrade', () => resolve({ status: 101, text: '' }));
    asked.end(body);
  });
}
