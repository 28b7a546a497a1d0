import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../testing/database.ts';
import { type Bus, type Hints, openBus, publishSql, resync } from './bus.ts';
import { type Database, openDatabase } from './db.ts';
import { createLog } from './log.ts';

const log = createLog('silent');
type Heard = Hints['moderators'] | typeof resync;
type MineHint = Hints['moderators'];

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let { db, pool, close }: Database = {} as Database;
const open: Bus[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  ({ db, pool, close } = openDatabase(database.url, 4));
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((bus) => bus.close()));
});
afterAll(async () => {
  await close();
  await database.drop();
});

const hint = (threadId: string | null): MineHint => ({ kind: 'inbox', threadId });

function aBus(url = database.url, beatMs?: number): Bus {
  const bus = openBus(url, pool, log, beatMs);
  open.push(bus);
  return bus;
}

/** What a bus hears of all moderators, once it hears. */
async function aListener(bus: Bus) {
  const heard: Heard[] = [];
  const unfollow = bus.follow('moderators', (hint) => void heard.push(hint));
  await expect.poll(() => heard).toEqual([resync]);
  heard.length = 0;
  return { heard, unfollow };
}

/** What was heard of all that was said up to here. */
async function settled(bus: Bus, ...listeners: Heard[][]) {
  const last = hint('the last');
  await bus.announce('moderators', last);
  for (const heard of listeners) await expect.poll(() => heard.at(-1)).toEqual(last);
  return listeners.map((heard) => heard.slice(0, -1));
}

test('heard by every process if and only if the transaction commits, in the order of the commits', async () => {
  const [left, right] = [aBus(), aBus()];
  const both = [await aListener(left), await aListener(right)];
  await db.$transaction(async (tx) => {
    await left.publish(tx, 'moderators', hint('second'));
    await db.$transaction((other) => right.publish(other, 'moderators', hint('first')));
  });
  const rolledBack = db.$transaction(async (tx) => {
    await left.publish(tx, 'moderators', hint('never'));
    throw new Error('no');
  });
  await expect(rolledBack).rejects.toThrow('no');
  const inOrder = [hint('first'), hint('second')];
  expect(await settled(left, ...both.map(({ heard }) => heard))).toEqual([inOrder, inOrder]);
});

test('a statement may publish what it returns', async () => {
  const bus = aBus();
  const { heard } = await aListener(bus);
  const told = publishSql(`'moderators'`, `jsonb_build_object('kind', 'inbox', 'threadId', thread)`);
  await pool.query(`SELECT ${told} FROM unnest(ARRAY['a', 'b']) AS thread`);
  expect(await settled(bus, heard)).toEqual([[hint('a'), hint('b')]]);
});

test('who has ended hears nothing, who follows another topic neither', async () => {
  const bus = aBus();
  const [stays, goes] = [await aListener(bus), await aListener(aBus())];
  const others: unknown[] = [];
  bus.follow('sessions', (hint) => void others.push(hint));
  goes.unfollow();
  await bus.announce('moderators', hint(null));
  expect(await settled(bus, stays.heard)).toEqual([[hint(null)]]);
  expect([goes.heard, others]).toEqual([[], []]);
});

test('nothing that is said on the channel, and no follower that fails, harms the others', async () => {
  const bus = aBus();
  bus.follow('moderators', () => {
    throw new Error('broken');
  });
  const { heard } = await aListener(bus);
  for (const payload of [
    '',
    '{',
    'null',
    '[]',
    '"moderators"',
    '{"topic":"moderators"}',
    '{"topic":1,"hint":{}}',
    '{"topic":"moderators","hint":null}',
  ]) {
    await pool.query('SELECT pg_notify($1, $2)', ['otlichno', payload]);
  }
  await bus.announce('moderators', hint(null));
  expect(await settled(bus, heard)).toEqual([[hint(null)]]);
});

test('a hint that PostgreSQL would refuse is refused before the transaction is spoiled', async () => {
  const bus = aBus();
  const longest = 'я'.repeat(3900);
  await db.$transaction(async (tx) => {
    await bus.publish(tx, 'moderators', hint(longest));
    await expect(bus.publish(tx, 'moderators', hint(`${longest}яяя`.repeat(2)))).rejects.toThrow(RangeError);
    expect(await tx.person.count()).toBe(0);
  });
});

test('who only publishes holds no connection of its own', async () => {
  await aBus().announce('moderators', hint(null));
  expect(await listening()).toEqual([]);
});

const listening = async () => {
  const { rows } = await pool.query<{ pid: number }>(
    `SELECT pid FROM pg_stat_activity WHERE application_name = 'otlichno-bus' AND datname = current_database()`,
  );
  return rows.map(({ pid }) => pid);
};

test('a connection that is killed comes back, tells that hints were lost, and goes on', async () => {
  const bus = aBus();
  const { heard } = await aListener(bus);
  const [pid] = await listening();
  await pool.query('SELECT pg_terminate_backend($1)', [pid]);
  await expect.poll(() => heard).toEqual([resync]);
  expect(await settled(bus, heard)).toEqual([[resync]]);
  expect(await listening()).not.toContain(pid);
});

/** A way to the database that can fall silent, as when a cable is pulled: nothing comes through any more, and nobody is told. */
async function aWire(): Promise<{ url: string; server: Server; cut(): void; close(): void }> {
  const { hostname, port } = new URL(database.url);
  const sockets: Socket[] = [];
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    near.on('error', () => {}).pipe(far);
    far.on('error', () => {}).pipe(near);
    near.on('close', () => far.destroy());
    sockets.push(near, far);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(database.url);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: url.href,
    server,
    cut() {
      for (const socket of sockets) socket.unpipe().pause();
    },
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

test('a connection that is only half there is noticed by itself', async () => {
  const wire = await aWire();
  const bus = aBus(wire.url, 50);
  const { heard } = await aListener(bus);
  wire.cut();
  await expect.poll(() => heard).toEqual([resync]);
  expect(await settled(bus, heard)).toEqual([[resync]]);
  await bus.close();
  wire.close();
});

test('a database that comes later is waited for, and who follows in the meantime is told', async () => {
  const wire = await aWire();
  const { port } = wire.server.address() as AddressInfo;
  await new Promise((resolve) => wire.server.close(resolve));
  const heard: Heard[] = [];
  const lines = new PassThrough();
  const refused = openBus(wire.url, pool, createLog('warn', lines));
  refused.follow('moderators', (hint) => void heard.push(hint));
  await once(lines, 'readable');
  expect(String(lines.read())).toContain('hints are not heard');
  wire.server.listen(port, '127.0.0.1');
  await expect.poll(() => heard).toEqual([resync]);
  await refused.close();
  wire.close();
});

test('closing ends it at once, also while there is no database', async () => {
  const nowhere = openBus('postgresql://nobody@127.0.0.1:1/none', new pg.Pool(), log);
  nowhere.follow('moderators', () => {});
  await nowhere.close();
  const bus = aBus();
  await aListener(bus);
  await bus.close();
  await expect.poll(listening).toEqual([]);
});
