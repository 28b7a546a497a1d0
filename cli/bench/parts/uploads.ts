/** What a film of two gigabytes costs in memory, on its way in and on its way out. */
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { addToTopic } from '#server/features/files/office/actions.ts';
import { topicFileUrl } from '#server/features/files/urls.ts';
import { addModerator } from '#server/features/people/moderators.ts';
import type { App, PersonActor } from '#server/platform/app.ts';
import { aCourse } from '#server/testing/course.ts';
import { uploadLimits, uploadsPath } from '#shared/upload-rules.ts';
import { memoryOf, type ServerProcess } from '../processes.ts';
import { budgetRow, type Row } from '../row.ts';
import type { World } from '../world.ts';

const bytes = uploadLimits.topic;
const budgetMegabytes = 60;
const warmUpBytes = 50_000_000;

export async function uploads(world: World): Promise<Row[]> {
  const { url } = await world.anEmptySchool();
  const { app, close } = await world.openApp(url);
  world.afterwards(close);
  const server = await world.startServer(url);
  const person = await aModerator(app);
  const topicId = (await aCourse(app)).topic(0).id;
  const send = (size: number) => sendFilm(server, person.cookie, topicId, size);
  const fetch = async (uploadId: string) => {
    const file = await addToTopic(app, person.actor, { uploadId, topicId });
    return () => readFilm(server, person.cookie, topicFileUrl(app, person.actor, file));
  };
  // Code that has run, buffers that were made once: what is left is what a film costs.
  await (await fetch(await send(warmUpBytes)))();
  const up = await peakDuring(server, () => send(bytes));
  if (!up) return [];
  const read = await fetch(up.result);
  const down = await peakDuring(server, read);
  return [
    budgetRow('memory during an upload of 2 GB', 'MB', up.megabytes, budgetMegabytes, up.looks),
    { name: 'its speed', unit: 'MB/s', value: bytes / 1e6 / up.seconds, floor: null, ratio: null, n: 1 },
    ...(down
      ? [
          budgetRow('memory during its download', 'MB', down.megabytes, budgetMegabytes, down.looks),
          { name: 'its speed', unit: 'MB/s', value: bytes / 1e6 / down.seconds, floor: null, ratio: null, n: 1 },
        ]
      : []),
  ];
}

async function aModerator(app: App): Promise<{ actor: PersonActor; cookie: string }> {
  const form = { email: 'bench@example.ru', firstName: 'Ольга', lastName: 'Громова', password: 'correct horse battery' };
  const added = await addModerator(app, { kind: 'cli' }, form);
  if (added.outcome !== 'added') throw new Error(`the moderator could not be added: ${added.outcome}`);
  const cookie = (await app.sessions.create(added.id, { ip: '127.0.0.1', userAgent: 'bench' })).split(';')[0] ?? '';
  return { actor: { kind: 'person', id: added.id, role: 'moderator', timeZone: app.config.schoolTimeZone }, cookie };
}

/** Begins like a film; the rest is nothing, made as it goes. */
function* film(size: number): Generator<Buffer> {
  const begin = Buffer.from('0000001c667479706d703432000000006d70343269736f6d61766331', 'hex');
  const nothing = Buffer.alloc(256 * 1024);
  yield begin;
  for (let left = size - begin.length; left > 0; left -= nothing.length) yield nothing.subarray(0, Math.min(left, nothing.length));
}

/** In one piece, which is the worst a client can do. @returns the upload's id */
async function sendFilm(server: ServerProcess, cookie: string, subject: string, size: number): Promise<string> {
  const headers = { cookie, origin: server.url, 'tus-resumable': '1.0.0' };
  const metadata = Object.entries({ purpose: 'topic', subject, name: 'film.mp4' }).map(([name, value]) => `${name} ${btoa(value)}`);
  const created = await fetch(server.url + uploadsPath, {
    method: 'POST',
    headers: { ...headers, 'upload-length': String(size), 'upload-metadata': metadata.join() },
  });
  const path = created.headers.get('location');
  if (path === null) throw new Error(`the upload was refused: ${created.status} ${await created.text()}`);
  const going = request(server.url + path, {
    method: 'PATCH',
    headers: { ...headers, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream', 'content-length': size },
  });
  const answered = once(going, 'response');
  await pipeline(Readable.from(film(size)), going);
  const [answer] = (await answered) as [IncomingMessage];
  answer.resume();
  if (answer.statusCode !== 200) throw new Error(`the film was refused: ${answer.statusCode}`);
  return path.slice(uploadsPath.length + 1);
}

async function readFilm(server: ServerProcess, cookie: string, url: string): Promise<void> {
  const going = request(server.url + url, { headers: { cookie } }).end();
  const [answer] = (await once(going, 'response')) as [IncomingMessage];
  let size = 0;
  for await (const chunk of answer) size += chunk.length;
  if (answer.statusCode !== 200 || size !== Number(answer.headers['content-length']))
    throw new Error(`the film came as ${answer.statusCode}`);
}

/** The most a server holds while something is done, beyond what it held before; null where the system does not tell. */
async function peakDuring<T>(server: ServerProcess, work: () => Promise<T>) {
  await pause(3000);
  const rest = (await memoryOf(server.pid))?.rss;
  if (rest === undefined) return null;
  const startedAt = performance.now();
  let [peak, looks, over] = [rest, 0, false];
  const working = work().finally(() => {
    over = true;
  });
  while (!over) {
    peak = Math.max(peak, (await memoryOf(server.pid))?.rss ?? 0);
    looks += 1;
    await Promise.race([pause(100), working.catch(() => {})]);
  }
  return { result: await working, megabytes: peak - rest, seconds: (performance.now() - startedAt) / 1000, looks };
}
