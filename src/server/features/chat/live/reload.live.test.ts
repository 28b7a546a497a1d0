/** What somebody has who was there all the time is what somebody gets who comes now: messages, signals and counts. */
import { afterAll, afterEach, beforeAll, describe, expect, onTestFailed, test } from 'vitest';
import type { MessageDto, SignalsDto, UnreadDto } from '#shared/chat.ts';
import type { MineHint } from '#shared/live.ts';
import { anOpenChat, theCommonRoom } from '../../../testing/chat.ts';
import { aRandom } from '../../../testing/cutting-proxy.ts';
import { aLiveClient, collect } from '../../../testing/live-client.ts';
import { aLiveServer, aWebBrowser, type LiveServer } from '../../../testing/live-server.ts';
import { aModerator, aSchool, aStudent, type School, type Student } from '../../../testing/world.ts';

const seed = Number(process.env.CHAOS_SEED ?? Math.floor(Math.random() * 2 ** 31));
const steps = 120;

let school: School;
let site: LiveServer;
let watchers: Watcher[] = [];
beforeAll(async () => {
  school = await aSchool({ env: { CHAT_MESSAGES_PER_MINUTE: '10000' } });
  site = await aLiveServer(school.app);
});
afterEach(async () => {
  await Promise.all(watchers.map(({ close }) => close()));
  watchers = [];
});
afterAll(async () => {
  await site.close();
  await school.close();
});

type Watcher = Awaited<ReturnType<typeof aWatcher>>;

/** Somebody at a thread who asks nothing but what hints tell them to ask. */
async function aWatcher(person: Student, threadId: string) {
  const { rpc } = aWebBrowser(site.url, person.cookie);
  const { client, close } = aLiveClient(site.url, person.cookie);
  const messages = new Map<number, MessageDto>();
  let counts: UnreadDto | null = null;
  let asking: Promise<void> = Promise.resolve();
  const ask = () => {
    asking = asking.then(async () => {
      counts = await rpc.chat.unread.query();
    });
  };
  const hints = collect<MineHint>((to) =>
    client.live.mine.subscribe(undefined, {
      ...to,
      onData(hint) {
        to.onData(hint);
        ask();
      },
    }),
  );
  const changes = collect<MessageDto>((to) =>
    client.chat.changes.subscribe(
      { threadId, after: 0 },
      {
        ...to,
        onData({ data }) {
          to.onData(data);
          messages.set(data.seq, data);
        },
      },
    ),
  );
  const signals = collect<SignalsDto>((to) => client.chat.signals.subscribe({ threadId }, to));
  await Promise.all([hints.started, changes.started, signals.started]);
  ask();
  return {
    person,
    rpc,
    close,
    async kept() {
      await asking;
      return { messages: [...messages.values()].sort((a, b) => a.seq - b.seq), signals: calm(signals.items.at(-1)), counts };
    },
  };
}

/** Without who types, which passes by itself. */
const calm = (signals: SignalsDto | undefined) => signals && { ...signals, typing: [] };

/** The same, asked for by a page that is opened now. */
async function fresh(person: Student, threadId: string) {
  const { rpc } = aWebBrowser(site.url, person.cookie);
  const messages: MessageDto[] = [];
  for (let more = true; more; ) {
    const page = await rpc.chat.history.query({ threadId, ...(messages[0] ? { before: messages[0].seq } : {}) });
    messages.unshift(...page.messages);
    more = page.more;
  }
  const { client, close } = aLiveClient(site.url, person.cookie);
  const signals = collect<SignalsDto>((to) => client.chat.signals.subscribe({ threadId }, to));
  const [first] = await signals.until((items) => items.length > 0);
  await close();
  return { messages, signals: calm(first), counts: await rpc.chat.unread.query() };
}

describe.each(['a student’s thread', 'a room'] as const)('%s', (kind) => {
  test('whoever was there has what a reload would show', async () => {
    onTestFailed(() => void process.stdout.write(`CHAOS_SEED=${seed}\n`));
    const random = aRandom(seed);
    const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)];
    const { app } = school;
    const [student, one, two, three] = [await aStudent(app), await aModerator(app), await aModerator(app), await aModerator(app)];
    const isRoom = kind === 'a room';
    const threadId = isRoom ? await theCommonRoom(app) : await anOpenChat(app, student);
    const people = isRoom ? [one, two, three] : [student, one, two];
    watchers = await Promise.all(people.map((person) => aWatcher(person, threadId)));
    const said: MessageDto[] = [];

    /** One thing that one of them does. What is refused (a lock of another's, a message that has changed) changes nothing. */
    async function step(n: number): Promise<void> {
      const { rpc, person } = pick(watchers) ?? (watchers[0] as Watcher);
      const own = pick(said.filter(({ author }) => author.id === person.actor.id));
      const mayHold = person.actor.role === 'moderator' && !isRoom;
      const place = { threadId, seq: own?.seq ?? 1 };
      const chance = random();
      const send = async () => {
        said.push(await rpc.chat.send.mutate({ threadId, clientId: crypto.randomUUID(), body: `Сообщение *${n}*` }));
      };
      if (chance < 0.45 || !own) await send();
      else if (chance < 0.55) {
        const now = await rpc.chat.history.query({ threadId, before: own.seq + 1 });
        await rpc.chat.edit.mutate({ ...place, body: `Правка ${n}`, rev: now.messages.at(-1)?.rev ?? own.rev });
      } else if (chance < 0.63) await rpc.chat.delete.mutate(place);
      else if (chance < 0.7) await rpc.chat.restore.mutate(place);
      else if (chance < 0.85) await rpc.chat.read.mutate({ threadId, seq: pick(said)?.seq ?? 0 });
      else if (chance < 0.9) await rpc.chat.typing.mutate({ threadId });
      else if (mayHold && chance < 0.94) await rpc.chat.inbox.take.mutate({ threadId });
      else if (mayHold && chance < 0.97) await rpc.chat.inbox.release.mutate({ threadId });
      else if (mayHold) await rpc.chat.inbox.close.mutate({ threadId, closed: random() < 0.7 });
    }

    for (let n = 0; n < steps; n += 4) {
      await Promise.allSettled([0, 1, 2, 3].map((part) => step(n + part)));
      // Now and then a look in the middle: nothing may depend on what comes later.
      if (n % 40 === 0) await settled();
    }
    await settled();
    expect(said.length, 'messages that were sent').toBeGreaterThan(steps / 4);

    async function settled(): Promise<void> {
      for (const { person, kept } of watchers) {
        const wanted = await fresh(person, threadId);
        await expect.poll(kept, { interval: 50 }).toEqual(wanted);
        expect(wanted.messages.length).toBe(said.length);
      }
    }
  }, 60_000);
});

test('who reads at one tab has it read at another', async () => {
  const [student, teacher] = [await aStudent(school.app), await aModerator(school.app)];
  const threadId = await anOpenChat(school.app, student);
  const [tab, other] = await Promise.all([aWatcher(student, threadId), aWatcher(student, threadId)]);
  const answering = await aWatcher(teacher, threadId);
  watchers = [tab, other, answering];
  const { seq } = await answering.rpc.chat.send.mutate({ threadId, clientId: crypto.randomUUID(), body: 'Ответ' });
  await expect.poll(async () => (await other.kept()).counts?.messages).toBe(1);
  await tab.rpc.chat.read.mutate({ threadId, seq });
  await expect.poll(async () => (await other.kept()).counts?.messages).toBe(0);
  await expect.poll(async () => (await answering.kept()).signals?.readSeq).toBe(seq);
});
