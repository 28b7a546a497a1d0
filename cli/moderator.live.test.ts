import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { signInModerator } from '#server/features/auth/password-sign-in.ts';
import { aMachine, aSchool, aStudent, type School } from '#server/testing/world.ts';
import { runCli } from './testing/run-cli.ts';

let school: School;
beforeAll(async () => {
  school = await aSchool();
});
afterAll(() => school.close());
beforeEach(async () => {
  await school.app.db.person.deleteMany();
});

const password = 'correct horse battery';
const moderator = (args: string[], input?: string) => runCli('moderator.ts', args, { school, input });

async function mayEnter(email: string, typed = password) {
  return (await signInModerator(school.app, aMachine(), { email, password: typed })).outcome === 'signed-in';
}

test('a moderator is added, listed, given another password, blocked, let in again and removed', async () => {
  const anna = 'anna@example.ru';
  expect(await moderator(['list'])).toMatchObject({ code: 0, out: expect.stringContaining('No moderators yet') });

  const added = await moderator(['add', ' Anna@Example.RU', '--name', 'Анна Щукина', '--password-stdin'], `${password}\n`);
  expect(added).toMatchObject({ code: 0, err: '' });
  expect(added.out).toContain('Added anna@example.ru. Sign in at http://localhost:3000/admin');
  expect(await mayEnter(anna)).toBe(true);
  await moderator(['add', 'boris@example.ru'], password);

  const { out } = await moderator(['list']);
  const today = new Date().toISOString().slice(0, 10);
  expect(out.trimEnd().split('\n')).toEqual([
    'E-mail            Name         Added       TOTP  State',
    `anna@example.ru   Анна Щукина  ${today}  off   active`,
    `boris@example.ru  Модератор    ${today}  off   active`,
  ]);

  const changed = await moderator(['password', anna], 'another long password\n');
  expect(changed).toMatchObject({ code: 0, out: `New password for ${anna}. Signed out everywhere (1).\n` });
  expect([await mayEnter(anna), await mayEnter(anna, 'another long password')]).toEqual([false, true]);

  expect(await moderator(['block', anna])).toMatchObject({ code: 0, out: `Blocked ${anna}. Signed out everywhere (1).\n` });
  expect(await moderator(['list'])).toMatchObject({ out: expect.stringContaining('blocked since') });
  expect(await mayEnter(anna, 'another long password')).toBe(false);
  expect(await moderator(['unblock', anna])).toMatchObject({ code: 0 });

  expect(await moderator(['remove', anna])).toMatchObject({ code: 0 });
  const last = await moderator(['remove', 'boris@example.ru']);
  expect(last).toMatchObject({ code: 1, out: '', err: expect.stringContaining('is the last moderator') });
});

describe('refusals say why and change nothing', () => {
  test.each<[string[], string, number, RegExp]>([
    [['add', 'anna@example.ru'], 'short\n', 1, /too short: at least 10/],
    [['add', 'anna@example.ru'], 'qwertyuiop\n', 1, /tried first/],
    [['add', 'anna@example.ru'], '', 1, /No password came/],
    [['add', 'anna@example.ru', '--password=hunter2hunter2'], '', 2, /never taken from the command line/],
    [['promote', 'anna@example.ru'], '', 2, /Unknown command/],
    [['block', 'anna@example.ru'], '', 1, /No moderator has the address/],
  ])('%j %j: %d', async (args, input, code, says) => {
    const result = await moderator(args, input);
    expect(result).toMatchObject({ code, out: '' });
    expect(result.err).toMatch(says);
    expect(result.err).not.toMatch(/hunter2|qwertyuiop|node:internal|at .*\.ts:/);
    expect(await school.app.db.person.count()).toBe(0);
  });

  test('an address of a student', async () => {
    const { email } = await aStudent(school.app);
    const result = await moderator(['add', email], password);
    expect(result).toMatchObject({ code: 1, err: expect.stringContaining('belongs to a student') });
  });

  test('a database that is not there', async () => {
    const result = await runCli('moderator.ts', ['list'], {
      school,
      env: { DATABASE_URL: 'postgresql://school:pa55word@127.0.0.1:1/none' },
    });
    expect(result).toMatchObject({ code: 1, out: '' });
    expect(result.err).not.toContain('pa55word');
  });
});

test('help needs no database', async () => {
  const result = await runCli('moderator.ts', ['--help'], { school, env: { DATABASE_URL: 'postgresql://127.0.0.1:1/none' } });
  expect(result).toMatchObject({ code: 0, err: '', out: expect.stringContaining('npm run moderator -- add') });
});
