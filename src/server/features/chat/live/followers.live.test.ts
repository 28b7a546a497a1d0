/** Whoever came and went, nothing of them stays: no stream, no feed, no follower of hints. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aMessage, anOpenChat, theCommonRoom } from '../../../testing/chat.ts';
import { aRawSocket, type RawSocket } from '../../../testing/live-client.ts';
import { aLiveServer, type LiveServer } from '../../../testing/live-server.ts';
import { aModerator, aSchool, aStudent, type School } from '../../../testing/world.ts';

let school: School;
let site: LiveServer;
const following = new Map<string, number>();
beforeAll(async () => {
  school = await aSchool({ env: { CHAT_MESSAGES_PER_MINUTE: '5000' } });
  const { follow } = school.app.bus;
  school.app.bus.follow = (topic, onHint) => {
    const end = follow(topic, onHint);
    following.set(topic, (following.get(topic) ?? 0) + 1);
    return () => {
      following.set(topic, (following.get(topic) ?? 0) - 1);
      end();
    };
  };
  site = await aLiveServer(school.app);
});
afterAll(async () => {
  await site.close();
  await school.close();
});

const counts = () => Object.fromEntries([...following].filter(([, count]) => count !== 0));

test('two hundred sockets, each cut at another moment', async () => {
  const people = [await aStudent(school.app), await aStudent(school.app), await aStudent(school.app), await aModerator(school.app)];
  const room = await theCommonRoom(school.app);
  const threads = new Map<string, string>();
  for (const person of people) {
    const threadId = person.actor.role === 'moderator' ? room : await anOpenChat(school.app, person);
    for (let count = 0; count < 5; count += 1) await aMessage(school.app, person.actor, threadId);
    threads.set(person.actor.id, threadId);
  }
  let most = 0;
  const writing = (async () => {
    for (let count = 0; count < 40; count += 1) {
      const person = people[count % people.length];
      if (person) await aMessage(school.app, person.actor, threads.get(person.actor.id) ?? room);
      most = Math.max(most, ...following.values());
    }
  })();
  await Promise.all(
    Array.from({ length: 200 }, async (_, index) => {
      await sleep(index * 10);
      const person = people[index % people.length];
      if (!person) return;
      const socket = aRawSocket(site.url, person.cookie);
      await new Promise((resolve) => socket.ws.once('open', resolve));
      const threadId = threads.get(person.actor.id);
      begin(socket, 1, 'live.mine');
      begin(socket, 2, 'chat.changes', { threadId, after: 0 });
      begin(socket, 3, 'chat.signals', { threadId });
      // One that is refused, and one that is ended by itself.
      begin(socket, 4, 'chat.signals', { threadId: crypto.randomUUID() });
      socket.say({ id: 1, method: 'subscription.stop' });
      await sleep(index % 40);
      socket.ws.terminate();
      await socket.closeCode();
    }),
  );
  await writing;
  expect(most).toBeGreaterThan(0);
  // All that stays is what closes sockets when sessions end.
  await expect.poll(counts, { timeout: 5000 }).toEqual({ sessions: 1 });
});

function begin(socket: RawSocket, id: number, path: string, input?: object): void {
  socket.say({ id, method: 'subscription', params: { path, ...(input ? { input } : {}) } });
}
