import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '#shared/errors.ts';
import type { Actor } from '../../platform/app.ts';
import { aMachine, aSchool, aStudent, type School } from '../../testing/world.ts';
import { signInModerator } from '../auth/password-sign-in.ts';
import { addModerator, blockModerator, removeModerator, setModeratorPassword, unblockModerator } from './moderators.ts';
import { listModerators } from './moderators-list.ts';

const cli = { kind: 'cli' } as const;
const password = 'correct horse battery';
let school: School;
beforeAll(async () => {
  school = await aSchool();
});
afterAll(() => school.close());
beforeEach(async () => {
  await school.app.db.person.deleteMany();
  await school.app.db.rateLimit.deleteMany();
  await school.app.db.auditEntry.deleteMany();
});

function add(email: string, over: { password?: string } = {}) {
  return addModerator(school.app, cli, { email, firstName: 'Анна', lastName: 'Щукина', password, ...over });
}
async function signIn(email: string, typed = password) {
  return (await signInModerator(school.app, aMachine(), { email, password: typed })).outcome;
}
const audit = () =>
  school.app.db.auditEntry.findMany({
    orderBy: { id: 'asc' },
    select: { actor: true, action: true, subject: true, before: true, after: true },
  });
const idOf = async (email: string) => (await school.app.db.person.findUniqueOrThrow({ where: { email }, select: { id: true } })).id;

describe('adding', () => {
  test('a moderator can sign in, and the audit has it without a secret', async () => {
    const result = await add('anna@example.ru');
    expect(result).toEqual({ outcome: 'added', id: await idOf('anna@example.ru') });
    expect(await signIn('anna@example.ru')).toBe('signed-in');
    expect(await signIn('anna@example.ru', 'correct horse batterz')).toBe('refused');
    const entries = await audit();
    expect(entries).toEqual([
      {
        actor: 'cli',
        action: 'moderator.add',
        subject: await idOf('anna@example.ru'),
        before: null,
        after: { email: 'anna@example.ru', firstName: 'Анна', lastName: 'Щукина' },
      },
    ]);
  });

  test('a moderator is in nobody’s table of registrations', async () => {
    await add('anna@example.ru');
    const { rows } = await school.app.pool.query(`SELECT 1 FROM pgboss.job WHERE name = 'registry.write'`);
    expect(rows).toEqual([]);
  });

  test('refusals change nothing', async () => {
    await add('anna@example.ru');
    const student = await aStudent(school.app);
    await school.app.db.auditEntry.deleteMany();
    expect(await add('anna@example.ru', { password: 'another long password' })).toEqual({ outcome: 'is-moderator' });
    expect(await add(student.email)).toEqual({ outcome: 'is-student' });
    expect(await add('boris@example.ru', { password: 'short' })).toEqual({ outcome: 'password-refused', problem: 'too-short' });
    expect(await add('boris@example.ru', { password: 'boris@example.ru' })).toEqual({
      outcome: 'password-refused',
      problem: 'same-as-email',
    });
    expect(await audit()).toEqual([]);
    expect(await signIn('anna@example.ru')).toBe('signed-in');
    expect(await listModerators(school.app, cli)).toHaveLength(1);
  });

  test('the same address twice at once is added once', async () => {
    const results = await Promise.all(Array.from({ length: 5 }, () => add('anna@example.ru')));
    expect(results.map(({ outcome }) => outcome).sort()).toEqual(['added', ...Array(4).fill('is-moderator')]);
    expect(await audit()).toHaveLength(1);
  });
});

describe('the password', () => {
  test('a new one ends every session and the old one', async () => {
    await add('anna@example.ru');
    await signIn('anna@example.ru');
    await signIn('anna@example.ru');
    const result = await setModeratorPassword(school.app, cli, { email: 'anna@example.ru', password: 'a new long password' });
    expect(result).toEqual({ outcome: 'set', sessionsEnded: 2 });
    expect(await signIn('anna@example.ru')).toBe('refused');
    expect(await signIn('anna@example.ru', 'a new long password')).toBe('signed-in');
    expect(JSON.stringify(await audit())).not.toMatch(/argon2|long password/);
  });

  test('of nobody, of a student, or a bad one is not set', async () => {
    await add('anna@example.ru');
    const student = await aStudent(school.app);
    expect(await setModeratorPassword(school.app, cli, { email: 'nobody@example.ru', password })).toEqual({ outcome: 'unknown' });
    expect(await setModeratorPassword(school.app, cli, { email: student.email, password })).toEqual({ outcome: 'is-student' });
    const bad = await setModeratorPassword(school.app, cli, { email: 'anna@example.ru', password: 'qwertyuiop' });
    expect(bad).toEqual({ outcome: 'password-refused', problem: 'common' });
    expect(await signIn('anna@example.ru')).toBe('signed-in');
  });
});

describe('blocking', () => {
  test('keeps out at once, until it is undone', async () => {
    await add('anna@example.ru');
    await add('boris@example.ru');
    await signIn('anna@example.ru');
    expect(await blockModerator(school.app, cli, { email: 'anna@example.ru' })).toEqual({
      outcome: 'blocked',
      sessionsEnded: 1,
      activeLeft: 1,
    });
    expect(await school.app.db.session.count()).toBe(0);
    expect(await signIn('anna@example.ru')).toBe('refused');
    expect(await blockModerator(school.app, cli, { email: 'anna@example.ru' })).toEqual({ outcome: 'already-blocked' });
    expect(await unblockModerator(school.app, cli, { email: 'anna@example.ru' })).toEqual({ outcome: 'unblocked' });
    expect(await unblockModerator(school.app, cli, { email: 'anna@example.ru' })).toEqual({ outcome: 'not-blocked' });
    expect(await signIn('anna@example.ru')).toBe('signed-in');
    expect((await audit()).map(({ action }) => action)).toEqual(['moderator.add', 'moderator.add', 'moderator.block', 'moderator.unblock']);
  });

  test('the last one can be blocked too, and it is said that nobody is left', async () => {
    await add('anna@example.ru');
    expect(await blockModerator(school.app, cli, { email: 'anna@example.ru' })).toMatchObject({ outcome: 'blocked', activeLeft: 0 });
  });

  test('a student is no moderator', async () => {
    const student = await aStudent(school.app);
    expect(await blockModerator(school.app, cli, { email: student.email })).toEqual({ outcome: 'is-student' });
    expect(await unblockModerator(school.app, cli, { email: student.email })).toEqual({ outcome: 'is-student' });
    expect(await blockModerator(school.app, cli, { email: 'nobody@example.ru' })).toEqual({ outcome: 'unknown' });
  });
});

describe('removing', () => {
  test('takes the account and leaves what it did', async () => {
    await add('anna@example.ru');
    await add('boris@example.ru');
    await signIn('anna@example.ru');
    const id = await idOf('anna@example.ru');
    await school.app.db.auditEntry.create({ data: { at: new Date(), actor: id, action: 'task.edit', subject: 'x' } });
    expect(await removeModerator(school.app, cli, { email: 'anna@example.ru' })).toEqual({ outcome: 'removed' });
    expect(await school.app.db.person.findUnique({ where: { email: 'anna@example.ru' }, select: { id: true } })).toBeNull();
    expect(await school.app.db.session.count()).toBe(0);
    const entries = (await audit()).filter((entry) => entry.actor === id || entry.subject === id);
    expect(entries.map(({ action }) => action)).toEqual(['moderator.add', 'task.edit', 'moderator.remove']);
    expect(entries.at(-1)?.before).toEqual({ email: 'anna@example.ru', firstName: 'Анна', lastName: 'Щукина' });
    // The address is free again.
    expect(await add('anna@example.ru')).toMatchObject({ outcome: 'added' });
  });

  test('one is always left, also when two are removed at once', async () => {
    await add('anna@example.ru');
    await add('boris@example.ru');
    const both = ['anna@example.ru', 'boris@example.ru'];
    const results = await Promise.all(both.map((email) => removeModerator(school.app, cli, { email })));
    expect(results.map(({ outcome }) => outcome).sort()).toEqual(['last-moderator', 'removed']);
    expect(await listModerators(school.app, cli)).toHaveLength(1);
  });

  test('a student stays', async () => {
    await add('anna@example.ru');
    const student = await aStudent(school.app);
    expect(await removeModerator(school.app, cli, { email: student.email })).toEqual({ outcome: 'is-student' });
    expect(await school.app.db.person.count({ where: { email: student.email } })).toBe(1);
  });
});

test('the list shows moderators only, in the order of adding', async () => {
  await add('boris@example.ru');
  school.clock.forward(1000);
  await add('anna@example.ru');
  await aStudent(school.app);
  await blockModerator(school.app, cli, { email: 'boris@example.ru' });
  const name = { firstName: 'Анна', lastName: 'Щукина', secondStep: false };
  expect(await listModerators(school.app, cli)).toEqual([
    { ...name, email: 'boris@example.ru', addedAt: expect.any(Date), blockedAt: school.clock.now() },
    { ...name, email: 'anna@example.ru', addedAt: school.clock.now(), blockedAt: null },
  ]);
});

test('nobody makes moderators from the browser, not even a moderator', async () => {
  const actor: Actor = { kind: 'person', id: '5f0c1d3e-0000-4000-8000-000000000000', role: 'moderator', timeZone: 'UTC' };
  const email = 'eve@example.ru';
  const forbidden = new AppError('AUTH_FORBIDDEN');
  await expect(addModerator(school.app, actor, { email, firstName: 'Ева', lastName: 'Ева', password })).rejects.toThrow(forbidden);
  await expect(setModeratorPassword(school.app, actor, { email, password })).rejects.toThrow(forbidden);
  await expect(blockModerator(school.app, actor, { email })).rejects.toThrow(forbidden);
  await expect(unblockModerator(school.app, actor, { email })).rejects.toThrow(forbidden);
  await expect(removeModerator(school.app, actor, { email })).rejects.toThrow(forbidden);
  await expect(listModerators(school.app, actor)).rejects.toThrow(forbidden);
});
