/**
 * Two server processes on one database, a network that cuts, delays and half-opens, a kill -9 in the middle, pages that are reloaded: and everybody ends
 * with exactly what the database has. What they run is the browser's own code.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, onTestFailed, test } from 'vitest';
import type { MessageDto } from '#shared/chat.ts';
import { openSupport } from './features/chat/actions.ts';
import type { PersonActor } from './platform/app.ts';
import { theCommonRoom } from './testing/chat.ts';
import { aChatClient, type ChatClient } from './testing/chat-client.ts';
import { aCuttingProxy, aRandom, type CuttingProxy } from './testing/cutting-proxy.ts';
import { aWebBrowser } from './testing/live-server.ts';
import { aSchoolProcess, type OpenSchoolProcess } from './testing/school-process.ts';
import { aSchool, aSession, type School } from './testing/world.ts';

/** A run that failed is gone through again with its own: CHAOS_SEED=… vitest run src/server/chat-chaos */
const seed = Number(process.env.CHAOS_SEED ?? Math.floor(Math.random() * 2 ** 31));
const random = aRandom(seed);
/** As many as bring every trouble; a longer run: CHAOS_MESSAGES=10000. */
const messages = Number(process.env.CHAOS_MESSAGES ?? 3000);

interface Person {
  actor: PersonActor;
  cookie: string;
}

let school: School;
let proxy: CuttingProxy;
let room: string;
/** Each with a thread of support. */
let students: (Person & { threadId: string })[];
let teachers: Person[];
const processes: OpenSchoolProcess[] = [];
const alive: OpenSchoolProcess[] = [];
let clients: Client[] = [];

/** Somebody with a plan: so many messages in each of these threads. */
interface Client extends ChatClient {
  person: Person;
  threadIds: string[];
  sent: { threadId: string; body: string }[];
}

beforeAll(async () => {
  school = await aSchool();
  // The processes go by the real clock, and sessions end by it.
  school.clock.set(new Date());
  room = await theCommonRoom(school.app);
  teachers = await people('moderator', 12);
  const made = await people('student', 38);
  students = await Promise.all(made.map(async (person) => ({ ...person, ...(await openSupport(school.app, person.actor, {})) })));
  await Promise.all([aProcess(), aProcess()]);
}, 120_000);
afterEach(async () => {
  for (const client of clients) client.close();
  clients = [];
  await proxy?.close();
});
afterAll(async () => {
  for (const process of processes) process.signal('SIGKILL');
  await Promise.all(processes.map((process) => process.ended));
  await school.close();
});

async function people(role: 'student' | 'moderator', count: number): Promise<Person[]> {
  const { app } = school;
  const rows = Array.from({ length: count }, (_, index) => ({
    id: randomUUID(),
    role,
    email: `${role}-${index}@example.ru`,
    firstName: 'Илья',
    lastName: 'Соколов',
  }));
  await app.db.person.createMany({ data: rows });
  return Promise.all(
    rows.map(async ({ id }) => ({
      actor: { kind: 'person' as const, id, role, timeZone: 'Europe/Moscow' },
      cookie: await aSession(app, id),
    })),
  );
}

async function aProcess(): Promise<OpenSchoolProcess> {
  const { databaseUrl, dataDir } = school;
  const started = await aSchoolProcess({
    DATABASE_URL: databaseUrl,
    SECRET: 'a secret of the tests, 32 letters',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'error',
    CHAT_MESSAGES_PER_MINUTE: '100000',
    DEMO: 'off',
  });
  processes.push(started);
  alive.push(started);
  return started;
}

async function aBadNetwork(): Promise<void> {
  onTestFailed(() => void process.stdout.write(`CHAOS_SEED=${seed}\n`));
  proxy = await aCuttingProxy({ targets: () => alive.map(({ url }) => url), seed, afterMs: [500, 8_000], delayMs: 150 });
}

function aClient(person: Person, threadIds: string[]): Client {
  const client = aChatClient({ url: proxy.url, cookie: person.cookie, personId: person.actor.id, threadIds });
  return { ...client, person, threadIds, sent: [] };
}

/** Everybody has a hand in several threads: each student's is followed by two teachers, the room by all of them. */
function everybody(studentCount: number, teacherCount: number): Client[] {
  const chosen = students.slice(0, studentCount);
  const ofTeacher = (at: number) =>
    chosen.filter((_, index) => index % teacherCount === at || (index + 5) % teacherCount === at).map(({ threadId }) => threadId);
  return [
    ...chosen.map((student) => aClient(student, [student.threadId])),
    ...teachers.slice(0, teacherCount).map((teacher, at) => aClient(teacher, [room, ...ofTeacher(at)])),
  ];
}

/** Sends so many, a few of them at a time on their way; returns once the server said of each that it has it. */
async function sendAll(client: Client, count: number): Promise<void> {
  await new Promise<void>((resolve) => {
    let isPumping = false;
    const pump = () => {
      if (isPumping) return;
      isPumping = true;
      while (client.sent.length < count && client.outbox().view.get().items.length < 3) {
        const isForRoom = client.threadIds.length > 1 && random() < 0.6;
        const threadId = (isForRoom ? client.threadIds[0] : client.threadIds[Math.floor(random() * client.threadIds.length)]) ?? room;
        const body = `m${clients.indexOf(client)}x${client.sent.length}`;
        client.sent.push({ threadId, body });
        client.send(threadId, body);
      }
      isPumping = false;
      if (client.acknowledged.size >= count) resolve();
    };
    client.onChange(pump);
    pump();
  });
}

const acknowledged = () => clients.reduce((sum, client) => sum + client.acknowledged.size, 0);

async function untilAcknowledged(count: number): Promise<void> {
  while (acknowledged() < count) await wait(20);
}

async function killOne(): Promise<void> {
  const victim = alive.shift();
  victim?.signal('SIGKILL');
  await victim?.ended;
}

interface Row {
  thread_id: string;
  seq: number;
  rev: number;
  author_id: string;
  client_id: string;
  body: string;
}

async function stored(): Promise<Row[]> {
  const { rows } = await school.app.pool.query<Row>(
    'SELECT thread_id, seq, rev, author_id, client_id, body FROM chat_message ORDER BY thread_id, seq',
  );
  return rows;
}

/** All of a thread as it is shown, earlier pages too. */
async function shown(client: Client, threadId: string) {
  const store = client.store(threadId);
  while (store.get().more) await store.loadOlder();
  return store.get().messages;
}

test('messages of 50 people: every client ends with what the database has, in order, none lost, none doubled', async () => {
  await aBadNetwork();
  clients = everybody(38, 12);
  const each = Math.ceil(messages / clients.length);
  const total = clients.length * each;
  const sending = Promise.all(clients.map((client) => sendAll(client, each)));
  const troubles = (async () => {
    await untilAcknowledged(total * 0.3);
    for (const client of clients.filter((_, index) => index % 5 === 0)) client.reload();
    await untilAcknowledged(total * 0.4);
    await killOne();
    await untilAcknowledged(total * 0.5);
    await aProcess();
    await untilAcknowledged(total * 0.95);
    proxy.calm();
  })();
  await Promise.all([sending, troubles]);

  const rows = await stored();
  // Everything that was written is there once, in the order in which its author wrote it; places and changes have no gaps.
  expect(rows.length, 'messages in the database').toBe(total);
  for (const client of clients) {
    const own = rows.filter(({ author_id }) => author_id === client.person.actor.id);
    for (const threadId of client.threadIds) {
      const wanted = client.sent.filter((message) => message.threadId === threadId).map(({ body }) => body);
      expect(own.filter((row) => row.thread_id === threadId).map(({ body }) => body)).toEqual(wanted);
    }
    expect(new Set(own.map(({ client_id }) => client_id))).toEqual(client.acknowledged);
    expect(client.outbox().view.get().items, 'what waits on the device').toEqual([]);
  }
  for (const [threadId, inThread] of Map.groupBy(rows, (row) => row.thread_id)) {
    expect(inThread.map(({ seq, rev }) => [seq, rev])).toEqual(inThread.map((_, at) => [at + 1, at + 1]));
    const wanted = inThread.map(({ seq, author_id, body }) => `${seq} ${author_id} <p>${body}</p>`);
    for (const client of clients.filter(({ threadIds }) => threadIds.includes(threadId))) {
      await expect.poll(() => client.store(threadId).get().messages.at(-1)?.seq, { timeout: 20_000 }).toBe(inThread.length);
      const seen = await shown(client, threadId);
      expect(seen.map(({ seq, author, html }) => `${seq} ${author.id} ${html.trim()}`)).toEqual(wanted);
    }
  }
  for (const fate of ['cut', 'slow', 'swallow-up', 'swallow-down', 'swallow-both'] as const)
    expect(proxy.met[fate], fate).toBeGreaterThan(0);
}, 180_000);

/** What a page that is opened now is told, by a server itself. */
async function freshly(person: Person, threadId: string): Promise<MessageDto[]> {
  const { rpc } = aWebBrowser(alive[0]?.url ?? '', person.cookie);
  const messages: MessageDto[] = [];
  for (let more = true; more; ) {
    const page = await rpc.chat.history.query({ threadId, ...(messages[0] ? { before: messages[0].seq } : {}) });
    messages.unshift(...page.messages);
    more = page.more;
  }
  return messages;
}

test('edits and deletions under the same troubles: what is shown is what a page shows that is opened now', async () => {
  await aBadNetwork();
  clients = everybody(8, 4);
  const each = 25;

  /** Changes something of one's own now and then. Whether a request arrived that had no answer nobody knows: either is right, and everybody sees the same. */
  async function changeAtWhim(client: Client): Promise<void> {
    for (let left = 15; left > 0; ) {
      const threadId = client.threadIds[Math.floor(random() * client.threadIds.length)] ?? room;
      const own = client
        .store(threadId)
        .get()
        .messages.filter(({ author }) => author.id === client.person.actor.id);
      const message = own[Math.floor(random() * own.length)];
      if (!message) {
        await wait(50);
        continue;
      }
      left -= 1;
      const { seq, rev } = message;
      const place = { threadId, seq };
      const { chat } = client.rpc;
      const change = message.deleted
        ? chat.restore.mutate(place)
        : random() < 0.6
          ? chat.edit.mutate({ ...place, rev, body: `${message.body} +` })
          : chat.delete.mutate(place);
      await change.catch(() => undefined);
    }
  }

  await Promise.all(clients.flatMap((client) => [sendAll(client, each), changeAtWhim(client)]));
  proxy.calm();
  for (const client of clients) {
    for (const threadId of client.threadIds) {
      const wanted = await freshly(client.person, threadId);
      await expect.poll(() => shown(client, threadId), { timeout: 20_000 }).toEqual(wanted);
    }
  }
  const rows = await stored();
  expect(rows.filter(({ seq, rev }) => rev !== seq).length, 'messages that were changed').toBeGreaterThan(10);
}, 120_000);
