/** Two processes, and somebody whose session ends at one of them: their sockets close at both, and not a word comes after it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { liveClose } from '#shared/live-rules.ts';
import { aMessage, anOpenChat, theCommonRoom } from '../../../testing/chat.ts';
import { aLiveClient, collect } from '../../../testing/live-client.ts';
import { aLiveServer, type LiveServer } from '../../../testing/live-server.ts';
import { aModerator, anEmail, aSchool, aSession, aStudent, type School, type Student } from '../../../testing/world.ts';
import { addModerator, blockModerator, removeModerator } from '../../people/moderators.ts';
import { blockStudent } from '../../people/students/actions.ts';

let schools: School[];
let sites: LiveServer[];
let teacher: Student;
beforeAll(async () => {
  const first = await aSchool();
  schools = [first, await aSchool({ databaseUrl: first.databaseUrl, clock: first.clock })];
  sites = await Promise.all(schools.map(({ app }) => aLiveServer(app, { lookMs: 2 ** 30 })));
  teacher = await aModerator(first.app);
});
afterAll(async () => {
  for (const site of sites) await site.close();
  for (const school of schools.toReversed()) await school.close();
});
const appOf = (at: number) => {
  const school = schools[at];
  if (!school) throw new Error(`there is no process ${at}`);
  return school.app;
};

/** A tab with the thread before it. */
async function aTab(url: string, cookie: string, threadId: string, last: number) {
  const { client, close, closeCode } = aLiveClient(url, cookie);
  const [changes, signals] = [
    collect<{ data: { seq: number } }>((to) => client.chat.changes.subscribe({ threadId, after: 0 }, to)),
    collect<unknown>((to) => client.chat.signals.subscribe({ threadId }, to)),
  ];
  await Promise.all([changes.until((items) => items.some(({ data }) => data.seq === last)), signals.until((items) => items.length > 0)]);
  return { changes, close, closeCode };
}

const cli = { kind: 'cli' } as const;
async function aColleague() {
  const email = anEmail();
  const plan = { email, firstName: 'Вера', lastName: 'Лис', password: 'correct horse battery' };
  const added = await addModerator(appOf(0), cli, plan);
  const cookie = await aSession(appOf(0), added.outcome === 'added' ? added.id : '');
  return { email, cookie, threadId: await theCommonRoom(appOf(0)) };
}

const cases = [
  {
    who: 'a student who is blocked',
    code: liveClose.blocked,
    async make() {
      const student = await aStudent(appOf(0));
      const threadId = await anOpenChat(appOf(0), student);
      const end = () => blockStudent(appOf(0), teacher.actor, { personId: student.actor.id, reason: '' });
      return { cookie: student.cookie, threadId, end };
    },
  },
  {
    who: 'a student who signs out everywhere',
    code: liveClose.session,
    async make() {
      const student = await aStudent(appOf(0));
      const threadId = await anOpenChat(appOf(0), student);
      return { cookie: student.cookie, threadId, end: () => appOf(0).sessions.end(student.actor.id, 'all') };
    },
  },
  {
    who: 'a moderator who is removed, in a room',
    code: liveClose.session,
    async make() {
      const { email, ...rest } = await aColleague();
      return { ...rest, end: () => removeModerator(appOf(0), cli, { email }) };
    },
  },
  {
    who: 'a moderator who is blocked, in a room',
    code: liveClose.blocked,
    async make() {
      const { email, ...rest } = await aColleague();
      return { ...rest, end: () => blockModerator(appOf(0), cli, { email }) };
    },
  },
];

test.each(cases)('$who', async ({ code, make }) => {
  const { cookie, threadId, end } = await make();
  const { seq } = await aMessage(appOf(0), teacher.actor, threadId);
  const tabs = await Promise.all(sites.map(({ url }) => aTab(url, cookie, threadId, seq)));
  await end();
  for (const at of [0, 1, 0, 1]) await aMessage(appOf(at), teacher.actor, threadId);
  expect(await Promise.all(tabs.map((tab) => tab.closeCode()))).toEqual([code, code]);
  expect(tabs.map(({ changes }) => changes.items.at(-1)?.data.seq)).toEqual([seq, seq]);
  // Coming back does not help.
  const again = await Promise.all(sites.map(({ url }) => aLiveClient(url, cookie).closeCode()));
  for (const refusal of again) expect([liveClose.session, code]).toContain(refusal);
  await Promise.all(tabs.map(({ close }) => close()));
});
