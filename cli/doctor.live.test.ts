import { afterAll, beforeAll, expect, test } from 'vitest';
import { aLiveServer, type LiveServer } from '#server/testing/live-server.ts';
import { aWireTo } from '#server/testing/wire.ts';
import { aSchool, type School } from '#server/testing/world.ts';
import { runCli } from './testing/run-cli.ts';

let school: School;
let site: LiveServer;
beforeAll(async () => {
  school = await aSchool();
  site = await aLiveServer(school.app);
});
afterAll(async () => {
  await site.close();
  await school.close();
});

const doctor = (args: string[], env: Record<string, string>) => runCli('doctor.ts', args, { school, env });

test('a school that runs: a line for each part, exit code 0', async () => {
  const { code, out, err } = await doctor([], { PORT: new URL(site.url).port });
  expect(err).toBe('');
  expect(out.split('\n')[0]).toBe(`✓ ${'Server'.padEnd('Connections to the database'.length)}  The school answers at ${site.url}`);
  expect(out).toMatch(/✓ Database +PostgreSQL \d/);
  expect(out).toMatch(/(All is well|Nothing has failed, \d to look at)\.\n$/);
  expect(code).toBe(0);
});

test('a school that is down, with its database: that is said first, the rest is looked at all the same, exit code 1', async () => {
  const wire = await aWireTo(school.databaseUrl);
  await wire.cut();
  const { code, out } = await doctor(['--json'], { PORT: '1', DATABASE_URL: wire.url });
  await wire.close();
  const { ok, checks } = JSON.parse(out);
  expect([code, ok]).toEqual([1, false]);
  const states = Object.fromEntries(checks.map(({ name, state }: { name: string; state: string }) => [name, state]));
  expect(Object.keys(states).slice(0, 2)).toEqual(['server', 'database']);
  expect(states).toMatchObject({ server: 'failed', database: 'failed', migrations: 'off', store: 'ok', secret: 'ok' });
});

test('wrong use is told', async () => {
  expect(await doctor(['--fix'], {})).toMatchObject({ code: 2, err: expect.stringContaining('Unknown option.') });
});
