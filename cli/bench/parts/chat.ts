/** Sending and reading messages against a bare handler that runs the same statements; history among a million messages; how soon the other side sees one. */
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withClient } from '#server/platform/database-admin.ts';
import { sendMessage } from '../chat-request.ts';
import type { ServerPlan } from '../floor-server.ts';
import { type ServerProcess, startProcess } from '../processes.ts';
import { type Side, startLoad } from '../rounds.ts';
import { median, type Row } from '../row.ts';
import { startListeners } from '../sockets-client.ts';
import { recordChat } from '../statements.ts';
import { sessionToken, studentCount } from '../students.ts';
import { insertTeachers, insertThreads, teacherToken, threadId } from '../threads.ts';
import type { World } from '../world.ts';

const pairs = 8;
const goal = { atLeast: 0.8 };
/** More than a page, so that there is always one behind it. */
const messagesOfEach = 60;
/** Few threads, long ones: a page is to cost the same however much lies before it. */
const deepThreads = 16;
const latencyTries = 300;
const latencyWarmUp = 50;

export async function chat(world: World): Promise<Row[]> {
  return [...(await requests(world)), ...(await depth(world)), ...(await latency(world))];
}

async function requests(world: World): Promise<Row[]> {
  const { url } = await aSchoolThatTalks(world, studentCount, messagesOfEach);
  const school = await world.startServer(url);
  const floor = await startFloor(world, url);
  // The last student of all has been recorded.
  const half = Math.floor(studentCount / 2) - 1;
  const a: Side = { pid: school.pid, target: { url: school.url, students: { from: 0, count: half } } };
  const b: Side = { pid: floor.pid, target: { url: floor.url, students: { from: half, count: half } } };
  const load = startLoad();
  world.afterwards(load.stop);
  const history = await load.compare({ a, b, work: { kind: 'history' }, pairs });
  const before = await messagesIn(url);
  const send = await load.compare({ a, b, work: { kind: 'send' }, pairs });
  // What was refused costs less and would look like speed.
  const [written, asked] = [(await messagesIn(url)) - before, send.a.requests + send.b.requests];
  if (written < asked) throw new Error(`${asked} messages were sent and only ${written} were written`);
  return Object.entries({ 'chat: page of history': history, 'chat: send': send }).flatMap(([name, { a: ours, b: bare, ratio }]) => {
    const n = ours.requests;
    const rows: Row[] = [{ name, unit: 'req/s', value: ours.perSecond, floor: bare.perSecond, ratio: ratio.perSecond, n, goal }];
    if (ours.processorUs !== null) {
      rows.push({
        name: `${name}, processor time`,
        unit: 'µs',
        value: ours.processorUs,
        floor: bare.processorUs,
        ratio: ratio.processor,
        n,
      });
    }
    return rows;
  });
}

async function depth(world: World): Promise<Row[]> {
  const sideOf = async (messages: number): Promise<Side> => {
    const { url } = await aSchoolThatTalks(world, deepThreads, Math.floor(messages / deepThreads));
    const server = await world.startServer(url);
    return { pid: server.pid, target: { url: server.url, students: { from: 0, count: deepThreads } } };
  };
  const [a, b] = [await sideOf(1_000_000), await sideOf(1_000)];
  const load = startLoad();
  world.afterwards(load.stop);
  const { a: large, b: small, ratio } = await load.compare({ a, b, work: { kind: 'history' }, pairs: 6 });
  const name = 'chat: page of history, 10⁶ messages : 10³';
  return [{ name, unit: 'ms p50', value: large.p50, floor: small.p50, ratio: ratio.p50, n: large.requests, goal: { atMost: 1.5 } }];
}

/** A student sends at one process, a teacher follows at the other. */
async function latency(world: World): Promise<Row[]> {
  const { url } = await aSchoolThatTalks(world, latencyTries + latencyWarmUp, 1);
  await withClient(url, (client) => client.query(insertTeachers, [1]));
  const [near, far] = [await world.startServer(url), await world.startServer(url)];
  const listeners = await startListeners(1);
  world.afterwards(listeners.stop);
  const times: number[] = [];
  const all = Array.from({ length: latencyTries + latencyWarmUp }, (_, n) => n);
  for (const n of all) {
    await listeners.open([{ url: far.url, token: teacherToken(0), follow: threadId(n) }]);
    const body = randomUUID();
    const seen = listeners.seen(body);
    const startedAt = performance.timeOrigin + performance.now();
    await sendMessage(near, sessionToken(n), threadId(n), body);
    const ms = (await seen) - startedAt;
    if (n >= latencyWarmUp) times.push(ms);
    await listeners.close();
  }
  times.sort((x, y) => x - y);
  const at = (part: number) => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? Number.NaN;
  const name = 'chat: from sending to being seen at another process';
  return [
    { name: `${name}, p50`, unit: 'ms', value: median(times), floor: null, ratio: null, n: times.length },
    { name: `${name}, p99`, unit: 'ms', value: at(0.99), floor: null, ratio: null, n: times.length },
  ];
}

async function aSchoolThatTalks(world: World, threads: number, messages: number) {
  const school = await world.aSchoolAtWork();
  await withClient(school.url, async (client) => {
    await client.query(insertThreads, [0, threads - 1, messages]);
    await client.query('VACUUM ANALYZE');
  });
  return school;
}

function messagesIn(url: string): Promise<number> {
  return withClient(url, async (client) =>
    Number((await client.query<{ n: string }>('SELECT count(*) AS n FROM chat_message')).rows[0]?.n),
  );
}

async function startFloor(world: World, databaseUrl: string): Promise<ServerProcess> {
  const { app, close } = await world.openApp(databaseUrl);
  const statements = await recordChat(app, threadId(studentCount - 1));
  const plan: ServerPlan = { databaseUrl, poolSize: app.config.databasePool, statements };
  await close();
  const file = join(world.folder, 'chat-floor.json');
  await writeFile(file, JSON.stringify(plan));
  const floor = await startProcess('cli/bench/chat-floor.ts', { FLOOR_PLAN: file, NODE_ENV: 'production' });
  world.afterwards(floor.stop);
  return floor;
}
