import { afterEach, beforeEach, expect, test } from 'vitest';
import type { App } from '../../platform/app.ts';
import { anEmail, aSchool, type School } from '../../testing/world.ts';
import { findIntactRegistry, registryKey } from './file.ts';
import { registryWrite } from './job-kinds.ts';
import { registryJobs } from './jobs.ts';
import { getRegistryState } from './queries.ts';

let school: School;
beforeEach(async () => {
  school = await aSchool();
});
afterEach(() => school.close());

/** Works off the queue, and counts how often the table is written. */
async function work(app: App) {
  const counted = { writes: 0 };
  const storage: App['storage'] = {
    ...app.storage,
    put(key, body) {
      if (key === registryKey) counted.writes += 1;
      return app.storage.put(key, body);
    },
  };
  await app.jobs.work({ ...app, storage }, registryJobs);
  return counted;
}

const newcomer = () => ({
  role: 'student' as const,
  email: anEmail(),
  firstName: 'Илья',
  lastName: 'Соколов',
  registeredAt: school.clock.now(),
});

async function register(app: App) {
  await app.db.$transaction(async (tx) => {
    await tx.person.create({ data: newcomer(), select: { id: true } });
    await app.jobs.enqueue(tx, registryWrite, {});
  });
}

/** The longest patience, on a machine that does much else. */
const soon = { timeout: 30_000, interval: 20 };
const rows = async () => (await getRegistryState(school.app)).file?.rows ?? null;

test('a registration comes into the table by itself', async () => {
  await work(school.app);
  await register(school.app);
  await expect.poll(rows, soon).toBe(1);
  expect(await findIntactRegistry(school.app)).not.toBeNull();
});

test('a thousand at once write it a few times, and all are in it', async () => {
  const { app } = school;
  const counted = await work(app);
  let left = 1000;
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      while (left-- > 0) await register(app);
    }),
  );
  await expect.poll(rows, soon).toBe(1000);
  expect(counted.writes).toBeGreaterThan(0);
  expect(counted.writes).toBeLessThan(30);
});

test('two that register at once do not wait for each other', async () => {
  const { app } = school;
  await app.db.$transaction(async (tx) => {
    await app.jobs.enqueue(tx, registryWrite, {});
    // The first one has not committed; were there one place for both, this would never return.
    await register(app);
    await tx.person.create({ data: newcomer(), select: { id: true } });
  });
  await work(app);
  await expect.poll(rows, soon).toBe(2);
});

test('one that commits after the table was written for another is not forgotten', async () => {
  const { app } = school;
  await register(app);
  await app.db.$transaction(
    async (tx) => {
      await tx.person.create({ data: newcomer(), select: { id: true } });
      await app.jobs.enqueue(tx, registryWrite, {});
      await work(app);
      await expect.poll(rows, soon).toBe(1);
    },
    { timeout: 40_000 },
  );
  await expect.poll(rows, soon).toBe(2);
});

test('a registration that is rolled back writes nothing', async () => {
  const { app } = school;
  await app.db
    .$transaction(async (tx) => {
      await app.jobs.enqueue(tx, registryWrite, {});
      throw new Error('no');
    })
    .catch(() => {});
  const { rows: queued } = await app.pool.query(`SELECT 1 FROM pgboss.job WHERE name = 'registry.write'`);
  expect(queued).toEqual([]);
});

test('what a process that died left in the queue is done by the next', async () => {
  await register(school.app);
  const next = await aSchool({ databaseUrl: school.databaseUrl });
  await work({ ...next.app, storage: school.app.storage });
  await expect.poll(rows, soon).toBe(1);
  await next.close();
});
