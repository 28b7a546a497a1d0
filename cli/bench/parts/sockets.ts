/** A room of a thousand sockets against a bare broadcast of the same text, and what sockets hold that nothing is said to. */
import { randomUUID } from 'node:crypto';
import { withClient } from '#server/platform/database-admin.ts';
import { sendMessage } from '../chat-request.ts';
import { memoryOf, type ServerProcess, startProcess } from '../processes.ts';
import { budgetRow, median, type Row } from '../row.ts';
import type { Seat } from '../sockets-child.ts';
import { startListeners } from '../sockets-client.ts';
import { sessionToken } from '../students.ts';
import { insertTeachers, selectRoom, teacherToken } from '../threads.ts';
import type { World } from '../world.ts';

const inRoom = 1000;
/** A person has so many sockets at most. */
const ofEach = 20;
const warmUp = 30;
const pairs = 100;
/** Slower than a person may write, so that nothing waits for what was said before. */
const pauseMs = 20;
const idle = 2000;
const idleBudget = 100;

export async function sockets(world: World): Promise<Row[]> {
  return [...(await room(world)), ...(await memoryOfIdle(world))];
}

async function room(world: World): Promise<Row[]> {
  const { url: databaseUrl } = await world.aSchoolAtWork();
  const teachers = inRoom / ofEach;
  const roomId = await withClient(databaseUrl, async (client) => {
    await client.query(insertTeachers, [teachers]);
    await client.query('VACUUM ANALYZE');
    return String((await client.query(selectRoom)).rows[0]?.id);
  });
  const school = await world.startServer(databaseUrl);
  const bare = await startProcess('cli/bench/bare-ws.ts', { NODE_ENV: 'production' });
  world.afterwards(bare.stop);
  const [ours, theirs] = [await startListeners(1), await startListeners(1)];
  world.afterwards(ours.stop);
  world.afterwards(theirs.stop);
  await ours.open(Array.from({ length: inRoom }, (_, n): Seat => ({ url: school.url, token: teacherToken(n % teachers), follow: roomId })));
  await theirs.open(Array.from({ length: inRoom }, (): Seat => ({ url: bare.url, token: '' })));

  let sent = 0;
  const throughSchool = async () => {
    const body = randomUUID();
    const seen = ours.seen(body);
    const startedAt = performance.timeOrigin + performance.now();
    sent += 1;
    await sendMessage(school, teacherToken(sent % teachers), roomId, body);
    return (await seen) - startedAt;
  };
  const throughBare = async () => {
    const body = randomUUID();
    const seen = theirs.seen(body);
    const startedAt = performance.timeOrigin + performance.now();
    await say(bare, likeAChange(roomId, body));
    return (await seen) - startedAt;
  };
  const times: { a: number; b: number }[] = [];
  for (let n = 0; n < warmUp + pairs; n += 1) {
    const first = n % 2 === 0;
    const a1 = first ? await throughSchool() : 0;
    await rest();
    const b = await throughBare();
    await rest();
    const a = first ? a1 : await throughSchool();
    await rest();
    if (n >= warmUp) times.push({ a, b });
  }
  const [value, floor] = [median(times.map(({ a }) => a)), median(times.map(({ b }) => b))];
  const name = `sockets: from sending to the last of ${inRoom.toLocaleString('en-US')} in a room`;
  return [{ name, unit: 'ms p50', value, floor, ratio: median(times.map(({ a, b }) => a / b)), n: pairs, goal: { atMost: 2 } }];
}

/** Of the size of what the school says. */
function likeAChange(threadId: string, body: string): string {
  const author = { id: randomUUID(), name: 'Мария Ковалёва', teacher: true };
  const at = new Date().toISOString();
  const rest = { author, clientId: null, html: `<p>${body}</p>\n`, body, files: [], at, editedAt: null, deleted: null };
  return JSON.stringify({
    id: 1,
    result: { type: 'data', id: '100', data: { id: '100', data: { threadId, seq: 100, rev: 100, kind: 'text', ...rest } } },
  });
}

async function say({ url }: ServerProcess, text: string): Promise<void> {
  await (await fetch(url, { method: 'POST', body: text })).arrayBuffer();
}

const rest = () => new Promise((resolve) => setTimeout(resolve, pauseMs));

/** One for each of two thousand students, with the hints that every tab asks for. */
async function memoryOfIdle(world: World): Promise<Row[]> {
  const { url: databaseUrl } = await world.aSchoolAtWork();
  const school = await world.startServer(databaseUrl);
  const listeners = await startListeners(2);
  world.afterwards(listeners.stop);
  // Whatever comes with the first of them is no part of the others.
  await listeners.open([{ url: school.url, token: sessionToken(idle), mine: true }]);
  const before = await memoryOf(school.pid);
  await listeners.close();
  await listeners.open(Array.from({ length: idle }, (_, n): Seat => ({ url: school.url, token: sessionToken(n), mine: true })));
  const after = await memoryOf(school.pid);
  if (!before || !after) return [];
  return [budgetRow(`sockets: ${idle.toLocaleString('en-US')} idle ones hold more`, 'MB', after.rss - before.rss, idleBudget, 1)];
}
