/** However a session ends, its sockets end too, and nobody else's. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MineHint } from '#shared/live.ts';
import { liveClose } from '#shared/live-rules.ts';
import { addModerator, blockModerator, removeModerator, setModeratorPassword } from '../../features/people/moderators.ts';
import { blockStudent, unblockStudent, updateStudent } from '../../features/people/students/actions.ts';
import { aLiveClient, collect } from '../../testing/live-client.ts';
import { aLiveServer, aWebBrowser, type LiveServer } from '../../testing/live-server.ts';
import { aModerator, anEmail, aSchool, aSession, aStudent, type School, type Student } from '../../testing/world.ts';

let school: School;
let site: LiveServer;
let moderator: Student;
const never = 2 ** 30;
beforeAll(async () => {
  school = await aSchool();
  // Only what is told: the look that catches the rest has tests of its own below.
  site = await aLiveServer(school.app, { lookMs: never });
  moderator = await aModerator(school.app);
});
afterAll(async () => {
  await site.close();
  await school.close();
});

/** A tab that listens. */
async function aTab(cookie: string, url = site.url) {
  const { client, close, closeCode } = aLiveClient(url, cookie);
  const hints = collect<MineHint>((to) => client.live.mine.subscribe(undefined, to));
  await hints.started;
  return { hints, close, closeCode };
}
const say = ({ actor }: Student, threadId: string) => school.app.bus.announce(`person:${actor.id}`, { kind: 'unread', threadId });
const cli = { kind: 'cli' } as const;

describe('a session that ends', () => {
  const ways: [string, (student: Student) => Promise<unknown>, number][] = [
    ['signed out', ({ cookie }) => aWebBrowser(site.url, cookie).rpc.auth.signOut.mutate(), liveClose.session],
    [
      'ended from another device',
      async ({ actor }) => {
        const cookie = await aSession(school.app, actor.id);
        await aWebBrowser(site.url, cookie).rpc.auth.endOtherSessions.mutate();
      },
      liveClose.session,
    ],
    [
      'another address given',
      ({ actor }) => updateStudent(school.app, moderator.actor, { personId: actor.id, email: anEmail() }),
      liveClose.session,
    ],
    ['blocked', ({ actor }) => blockStudent(school.app, moderator.actor, { personId: actor.id, reason: 'Спам' }), liveClose.blocked],
  ];
  test.each(ways)('%s', async (_, end, code) => {
    const [student, other] = [await aStudent(school.app), await aStudent(school.app)];
    const [tab, twin, others] = [await aTab(student.cookie), await aTab(student.cookie), await aTab(other.cookie)];
    await end(student);
    expect(await Promise.all([tab.closeCode(), twin.closeCode()])).toEqual([code, code]);
    await say(other, 'theirs');
    await others.hints.until((items) => items.length === 1);
    await Promise.all([tab, twin, others].map(({ close }) => close()));
  });

  test.each([
    ['blocked', blockModerator, liveClose.blocked],
    ['removed', removeModerator, liveClose.session],
    [
      'given a new password',
      (app: School['app'], actor: typeof cli, input: { email: string }) =>
        setModeratorPassword(app, actor, { ...input, password: 'wet grass under the moon' }),
      liveClose.session,
    ],
  ])('of a moderator who is %s on the command line', async (_, end, code) => {
    const email = anEmail();
    const added = await addModerator(school.app, cli, { email, firstName: 'Вера', lastName: 'Лис', password: 'correct horse battery' });
    const tab = await aTab(await aSession(school.app, added.outcome === 'added' ? added.id : ''));
    await end(school.app, cli, { email });
    expect(await tab.closeCode()).toBe(code);
    await tab.close();
  });

  test('is not another session of the same person', async () => {
    const student = await aStudent(school.app);
    const phone = await aTab(student.cookie);
    const laptopCookie = await aSession(school.app, student.actor.id);
    const laptop = await aTab(laptopCookie);
    await aWebBrowser(site.url, laptopCookie).rpc.auth.endOtherSessions.mutate();
    expect(await phone.closeCode()).toBe(liveClose.session);
    await say(student, 'still here');
    await laptop.hints.until((items) => items.length === 1);
    await Promise.all([phone, laptop].map(({ close }) => close()));
  });
});

test('who is blocked hears nothing that is said afterwards, in the same breath or later; unblocked and signed in anew they do', async () => {
  const student = await aStudent(school.app);
  const tab = await aTab(student.cookie);
  await say(student, 'before');
  await tab.hints.until((items) => items.length === 1);
  await blockStudent(school.app, moderator.actor, { personId: student.actor.id, reason: '' });
  for (let said = 0; said < 5; said += 1) await say(student, 'after');
  expect(await tab.closeCode()).toBe(liveClose.blocked);
  expect(tab.hints.items).toEqual([{ kind: 'unread', threadId: 'before' }]);
  await unblockStudent(school.app, moderator.actor, { personId: student.actor.id });
  const again = await aTab(await aSession(school.app, student.actor.id));
  await say(student, 'again');
  expect(await again.hints.until((items) => items.length === 1)).toEqual([{ kind: 'unread', threadId: 'again' }]);
  await Promise.all([tab, again].map(({ close }) => close()));
});

describe('what nobody told', () => {
  const forget = ({ actor }: Student) => school.app.pool.query('DELETE FROM session WHERE person_id = $1', [actor.id]);
  const block = ({ actor }: Student) => school.app.pool.query('UPDATE person SET blocked_at = now() WHERE id = $1', [actor.id]);
  const expire = ({ actor }: Student) => school.app.pool.query('UPDATE session SET expires_at = now() WHERE person_id = $1', [actor.id]);

  test.each([
    ['gone', forget, liveClose.session],
    ['too old', expire, liveClose.session],
    ['of somebody who is blocked', block, liveClose.blocked],
  ])('is found by looking: a session that is %s', async (_, change, code) => {
    const looking = await aLiveServer(school.app, { lookMs: 50 });
    const [student, other] = [await aStudent(school.app), await aStudent(school.app)];
    const [tab, others] = [await aTab(student.cookie, looking.url), await aTab(other.cookie, looking.url)];
    await change(student);
    expect(await tab.closeCode()).toBe(code);
    await say(other, 'theirs');
    await others.hints.until((items) => items.length === 1);
    await Promise.all([tab, others].map(({ close }) => close()));
    await looking.close();
  });

  test.each([
    ['gone', forget, liveClose.session],
    ['of somebody who is blocked', block, liveClose.blocked],
  ])('is met by the next stream: a session that is %s', async (_, change, code) => {
    const student = await aStudent(school.app);
    const { client, closeCode, close } = aLiveClient(site.url, student.cookie);
    await collect<MineHint>((to) => client.live.mine.subscribe(undefined, to)).started;
    await change(student);
    collect<MineHint>((to) => client.live.mine.subscribe(undefined, to));
    expect(await closeCode()).toBe(code);
    await close();
  });

  test('is looked at as soon as hints may have been lost, and until then nothing is told', async () => {
    const student = await aStudent(school.app);
    const tab = await aTab(student.cookie);
    await forget(student);
    await school.app.pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'otlichno-bus' AND datname = current_database()`,
    );
    expect(await tab.closeCode()).toBe(liveClose.session);
    // The stream itself had been told that hints were lost, and would have said so.
    expect(tab.hints.items).toEqual([]);
    await tab.close();
  });
});

test('an open socket is not use: a moderator who is idle for twelve hours loses it, however often it came back', async () => {
  const looking = await aLiveServer(school.app, { lookMs: 50 });
  const idle = await aModerator(school.app);
  const hour = 3_600_000;
  const tab = await aTab(idle.cookie, looking.url);
  school.clock.forward(11 * hour);
  const back = await aTab(idle.cookie, looking.url);
  school.clock.forward(hour + 1);
  expect(await Promise.all([tab.closeCode(), back.closeCode()])).toEqual([liveClose.session, liveClose.session]);
  expect(await aLiveClient(looking.url, idle.cookie).closeCode()).toBe(liveClose.session);
  school.clock.forward(-12 * hour);
  await Promise.all([tab, back].map(({ close }) => close()));
  await looking.close();
});
