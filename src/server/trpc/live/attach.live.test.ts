/** Who gets a socket, how long it lasts, and that it ends with the server. */
import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { MineHint } from '#shared/live.ts';
import { liveClose, liveLimits, livePath } from '#shared/live-rules.ts';
import { blockStudent } from '../../features/people/students/actions.ts';
import { aLiveClient, aRawSocket, collect, type RawSocket } from '../../testing/live-client.ts';
import { aLiveServer, type LiveServer } from '../../testing/live-server.ts';
import { aModerator, aSchool, aStudent, type School } from '../../testing/world.ts';

let school: School;
let site: LiveServer;
const sites: LiveServer[] = [];
beforeAll(async () => {
  school = await aSchool();
  site = await aLiveServer(school.app);
});
afterEach(async () => {
  for (const other of sites.splice(0)) await other.close();
});
afterAll(async () => {
  await site.close();
  await school.close();
});

async function aSite(options: Parameters<typeof aLiveServer>[1]) {
  const other = await aLiveServer(school.app, options);
  sites.push(other);
  return other;
}
const answersPing = async ({ say, until, ws }: RawSocket) => {
  if (ws.readyState === ws.CONNECTING) await new Promise((resolve) => ws.once('open', resolve));
  say('PING');
  await until((messages) => messages.includes('PONG'));
};

test('a hint reaches every tab of its person, and nobody else', async () => {
  const [student, other] = [await aStudent(school.app), await aStudent(school.app)];
  const tabs = [student, student, other].map(({ cookie }) => {
    const { client, close } = aLiveClient(site.url, cookie);
    return { hints: collect<MineHint>((to) => client.live.mine.subscribe(undefined, to)), close };
  });
  await Promise.all(tabs.map(({ hints }) => hints.started));
  await school.app.bus.announce(`person:${student.actor.id}`, { kind: 'unread', threadId: null });
  await school.app.bus.announce(`person:${other.actor.id}`, { kind: 'unread', threadId: 'theirs' });
  const heard = await Promise.all(tabs.map(({ hints }) => hints.until((items) => items.length > 0)));
  expect(heard).toEqual([null, null, 'theirs'].map((threadId) => [{ kind: 'unread', threadId }]));
  await Promise.all(tabs.map(({ close }) => close()));
});

describe('who gets none', () => {
  test('without a session that counts it is accepted and closed with the reason', async () => {
    const blocked = await aStudent(school.app);
    const moderator = await aModerator(school.app);
    await blockStudent(school.app, moderator.actor, { personId: blocked.actor.id, reason: '' });
    const gone = await aStudent(school.app);
    await school.app.sessions.end(gone.actor.id, 'all');
    const codes = [undefined, 'otlichno=nonsense', gone.cookie, blocked.cookie].map((cookie) => aLiveClient(site.url, cookie).closeCode());
    expect(await Promise.all(codes)).toEqual([liveClose.session, liveClose.session, liveClose.session, liveClose.blocked]);
  });

  test.each([
    ['of another site', { origin: 'https://example.com' }, 403],
    ['of another port', { origin: 'http://127.0.0.1:1' }, 403],
    ['of another kind', { origin: 'ftp://127.0.0.1' }, 403],
    ['that is nothing', { origin: 'null' }, 403],
    ['that is not named', { origin: null }, 403],
    ['at another place', { path: '/trpc' }, 404],
    ['at a longer place', { path: `${livePath}/x` }, 404],
  ])('a page %s is refused before anything is asked', async (_, options, status) => {
    const { cookie } = await aStudent(school.app);
    expect(await aRawSocket(site.url, cookie, options).closeCode()).toBe(status);
  });

  test('one more than a person may have; who has those keeps them, and others come in', async () => {
    const [student, other] = [await aStudent(school.app), await aStudent(school.app)];
    const sockets = Array.from({ length: liveLimits.sockets }, () => aRawSocket(site.url, student.cookie));
    await Promise.all(sockets.map(answersPing));
    expect(await aRawSocket(site.url, student.cookie).closeCode()).toBe(liveClose.flood);
    const stranger = aRawSocket(site.url, other.cookie);
    await answersPing(stranger);
    sockets[0]?.messages.splice(0);
    if (sockets[0]) await answersPing(sockets[0]);
    // A tab that is closed makes room for another.
    sockets[1]?.ws.close();
    await sockets[1]?.closeCode();
    const again = aRawSocket(site.url, student.cookie);
    await answersPing(again);
    for (const { ws } of [...sockets, stranger, again]) ws.close();
  });
});

test('a site that is read over TLS hears no page without it', async () => {
  const secure = await aSchool({ databaseUrl: school.databaseUrl, env: { PUBLIC_URL: 'https://school.example.ru' } });
  const { url, close } = await aLiveServer(secure.app);
  const { cookie } = await aStudent(secure.app);
  const host = new URL(url).host;
  expect(await aRawSocket(url, cookie, { origin: `http://${host}` }).closeCode()).toBe(403);
  const own = aRawSocket(url, cookie, { origin: `https://${host}` });
  await answersPing(own);
  own.ws.close();
  await close();
  await secure.close();
});

test('sockets that are nobody’s yet are counted by address, as the proxies in front of the school tell it', async () => {
  const behind = await aSchool({ databaseUrl: school.databaseUrl, env: { TRUST_PROXY: '1' } });
  const { url, close } = await aLiveServer(behind.app, { unknownSockets: 2 });
  const { cookie } = await aStudent(behind.app);
  const from = (address: string) => aRawSocket(url, cookie, { headers: { 'x-forwarded-for': address } });
  const opened = ({ ws }: RawSocket) => new Promise((resolve) => ws.once('open', resolve));
  // Nobody's session can be read for a while.
  const holder = await school.app.pool.connect();
  await holder.query('BEGIN; LOCK TABLE session');
  const waiting = [from('10.9.9.9, 203.0.113.7'), from('203.0.113.7')];
  await Promise.all(waiting.map(opened));
  expect(await from('203.0.113.7').closeCode()).toBe(429);
  // Who is in front may say what they like; what the proxy says counts.
  expect(await from('203.0.113.8, 203.0.113.7').closeCode()).toBe(429);
  const other = from('203.0.113.8');
  await opened(other);
  await holder.query('ROLLBACK');
  holder.release();
  for (const socket of [...waiting, other]) await answersPing(socket);
  const late = from('203.0.113.7');
  await answersPing(late);
  for (const { ws } of [...waiting, other, late]) ws.close();
  await close();
  await behind.close();
});

test('a request that wants to become something else is answered as what it is', async () => {
  const status = await new Promise((resolve, reject) => {
    const ask = request(`${site.url}/healthz`, {
      headers: { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c', 'http2-settings': '' },
    });
    ask
      .on('response', (answer) => resolve(answer.resume().statusCode))
      .on('error', reject)
      .end();
  });
  expect(status).toBe(200);
});

test('who does not answer any more is dropped, who is only quiet is not', async () => {
  const { url } = await aSite({ pingMs: 100 });
  const { cookie } = await aStudent(school.app);
  const quiet = aRawSocket(url, cookie);
  let pings = 0;
  quiet.ws.on('ping', () => {
    pings += 1;
  });
  // As behind a line that was cut: all of it stands, and nothing comes back.
  const cut = aRawSocket(url, cookie, { autoPong: false });
  expect(await cut.closeCode()).toBe(1006);
  const before = pings;
  await expect.poll(() => pings).toBeGreaterThan(before + 2);
  await answersPing(quiet);
  quiet.ws.close();
});

test('a server that stops says so to every socket, takes no new one and is not held by those that do not answer', async () => {
  const stopping = await aSite({});
  const { cookie } = await aStudent(school.app);
  const { client, closeCode, close } = aLiveClient(stopping.url, cookie);
  const hints = collect<MineHint>((to) => client.live.mine.subscribe(undefined, to));
  await hints.started;
  const deaf = aRawSocket(stopping.url, cookie);
  await answersPing(deaf);
  deaf.ws.pause();
  stopping.stop();
  expect(await closeCode()).toBe(liveClose.stopping);
  expect(await aRawSocket(stopping.url, cookie).closeCode()).toBe(502);
  await stopping.close();
  sites.length = 0;
  await close();
});
