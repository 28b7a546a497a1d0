import { once } from 'node:events';
import { readdir, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as soon } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findIntactRegistry, registryKey, writeRegistry } from '#server/features/registry/file.ts';
import { aSchool, type School } from '#server/testing/world.ts';
import { runCli, startCli } from './testing/run-cli.ts';

let school: School;
beforeAll(async () => {
  school = await aSchool();
});
afterAll(() => school.close());

const registry = (...args: string[]) => runCli('registry.ts', args, { school });

async function manyStudents(count: number) {
  await school.app.pool.query(
    `INSERT INTO person (role, email, first_name, last_name, registered_at)
     SELECT 'student', gen_random_uuid() || '@example.ru', 'Илья', 'Соколов', timestamptz '2026-09-01' + n * interval '1 second' FROM generate_series(1, $1::int) n`,
    [count],
  );
}

test('the table is looked at and written anew', async () => {
  await manyStudents(3);
  expect(await registry('status')).toMatchObject({ code: 1, out: expect.stringContaining('was never written') });
  expect(await registry('rebuild')).toMatchObject({ code: 0, out: `Wrote ${registryKey}: 3 students.\n`, err: '' });
  expect(await registry('status')).toMatchObject({ code: 0, out: expect.stringContaining('up to date') });
  await truncate(join(school.dataDir, 'files', registryKey), 1000);
  expect(await registry('status')).toMatchObject({ code: 1, out: expect.stringContaining('missing or damaged') });
  expect(await registry('rebuild')).toMatchObject({ code: 0 });
  await manyStudents(1);
  expect(await registry('status')).toMatchObject({ code: 1, out: expect.stringContaining('behind the database') });
});

test('wrong use is told', async () => {
  expect(await registry('repair')).toMatchObject({ code: 2, err: expect.stringContaining('Unknown command') });
  expect(await registry('rebuild', '--force')).toMatchObject({ code: 2 });
  expect(await registry()).toMatchObject({ code: 0, out: expect.stringContaining('npm run registry -- rebuild') });
});

test('killed in the middle, the old table stays whole and the next run writes the new one', async () => {
  await writeRegistry(school.app);
  const old = await findIntactRegistry(school.app);
  await manyStudents(20_000);
  const child = startCli('registry.ts', ['rebuild'], { school });
  const ended = once(child, 'close');
  while (!(await halfWritten())) {
    if (child.exitCode !== null) throw new Error('the command ended before it could be killed');
    await soon();
  }
  child.kill('SIGKILL');
  const [code, signal] = await ended;
  expect([code, signal]).toEqual([null, 'SIGKILL']);

  expect(await halfWritten()).toBe(true);
  expect(await findIntactRegistry(school.app)).toEqual(old);
  expect(await registry('status')).toMatchObject({ code: 1, out: expect.stringContaining('behind the database') });
  // PostgreSQL lets go of the dead one's lock by itself.
  expect(await registry('rebuild')).toMatchObject({ code: 0 });
  expect(await registry('status')).toMatchObject({ code: 0, out: expect.stringContaining('up to date') });
});

/** Is there a file that a writer has begun? */
async function halfWritten(): Promise<boolean> {
  const folder = join(school.dataDir, 'files', 'registry');
  const drafts = (await readdir(folder)).filter((name) => name.endsWith('.part'));
  const sizes = await Promise.all(drafts.map(async (name) => (await stat(join(folder, name)).catch(() => null))?.size ?? 0));
  return sizes.some((size) => size > 0);
}
