import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../../platform/app.ts';
import { aBrowser, type Browser } from '../../../testing/browser.ts';
import { aCourse, aNumber } from '../../../testing/course.ts';
import { aModerator, aSchool, aSession, aStudent, limitsElapse, type School, type Student } from '../../../testing/world.ts';

let school: School;
let app: App;
beforeAll(async () => {
  school = await aSchool();
  app = school.app;
});
afterAll(() => school.close());

const former = 'correct horse battery';
const next = 'wet grass under the moon';

async function aTeacher(): Promise<{ teacher: Student; here: Browser }> {
  const teacher = await aModerator(app);
  return { teacher, here: aBrowser(app, teacher) };
}
const signIn = (email: string, password: string) => aBrowser(app).call.auth.signInModerator({ email, password });

describe('a new password', () => {
  test('works from now on, the former one no longer; other devices are signed out, this one is not', async () => {
    const { teacher, here } = await aTeacher();
    const elsewhere = aBrowser(app, { cookie: await aSession(app, teacher.actor.id) });
    expect(await here.call.people.moderator.changePassword({ former, next })).toEqual({ outcome: 'changed', sessionsEnded: 1 });
    expect((await signIn(teacher.email, former)).outcome).toBe('refused');
    expect((await signIn(teacher.email, next)).outcome).toBe('signed-in');
    expect(await elsewhere.call.auth.me()).toBeNull();
    expect((await here.call.auth.me())?.id).toBe(teacher.actor.id);
    const entry = await app.db.auditEntry.findFirst({ where: { action: 'moderator.password', subject: teacher.actor.id } });
    expect(entry).toMatchObject({ actor: teacher.actor.id, label: 'Ольга Громова', after: { sessionsEnded: 1 } });
    expect(JSON.stringify(entry?.after)).not.toContain('argon');
  });

  test.each([
    ['short', 'too-short'],
    ['x'.repeat(257), null],
    ['password123', 'common'],
  ])('%s is refused', async (bad, problem) => {
    const { teacher, here } = await aTeacher();
    const asked = here.call.people.moderator.changePassword({ former, next: bad });
    if (problem) expect(await asked).toEqual({ outcome: 'refused', problem });
    else await expect(asked).rejects.toThrow();
    expect((await signIn(teacher.email, former)).outcome).toBe('signed-in');
  });

  test('asks for the former one, and not for ever', async () => {
    const { here } = await aTeacher();
    const guess = () => here.call.people.moderator.changePassword({ former: 'a guess of somebody', next });
    for (let n = 0; n < 10; n += 1) expect(await guess()).toEqual({ outcome: 'wrong-former' });
    await expect(guess()).rejects.toMatchObject({ cause: { code: 'AUTH_RATE_LIMITED' } });
    await limitsElapse(app, 15 * 60);
    expect((await here.call.people.moderator.changePassword({ former, next })).outcome).toBe('changed');
  });

  test('of two at once one is set', async () => {
    const { teacher, here } = await aTeacher();
    const words = ['wet grass under the moon', 'dry leaves under the sun'];
    const results = await Promise.all(words.map((word) => here.call.people.moderator.changePassword({ former, next: word })));
    expect(results.map(({ outcome }) => outcome).toSorted()).toEqual(['changed', 'wrong-former']);
    const set = words[results.findIndex(({ outcome }) => outcome === 'changed')] ?? '';
    expect((await signIn(teacher.email, set)).outcome).toBe('signed-in');
  });
});

test('works graded are one’s own, of the month and in all', async () => {
  const { teacher, here } = await aTeacher();
  const other = await aModerator(app);
  const taskId = (await aCourse(app, { topics: [{ tasks: [aNumber('1')] }] })).task(0, 0);
  const work = async (decidedBy: string, daysAgo: number) => ({
    personId: (await aStudent(app)).actor.id,
    taskId,
    clientId: crypto.randomUUID(),
    round: 1,
    text: '',
    state: 'accepted' as const,
    handedInAt: school.clock.now(),
    localOn: new Date('2026-11-20'),
    decidedBy,
    decidedAt: new Date(school.clock.now().getTime() - daysAgo * 86_400_000),
  });
  await app.db.work.createMany({
    data: await Promise.all([work(teacher.actor.id, 1), work(teacher.actor.id, 31), work(other.actor.id, 1)]),
  });
  expect(await here.call.people.moderator.mine()).toEqual({ graded: { month: 1, total: 2 }, since: school.clock.now().toISOString() });
});
