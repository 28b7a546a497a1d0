import { afterEach, beforeEach, expect, test } from 'vitest';
import * as z from 'zod';
import { aSchool, type School } from '../testing/world.ts';
import { handle, type JobHandler, type Jobs, jobKind, openJobs } from './jobs.ts';
import { createLog } from './log.ts';

const greet = jobKind('test.greet', z.object({ name: z.string() }), { retryLimit: 2 });
const tidy = jobKind('test.tidy', z.object({}), { coalesced: true, concurrency: 1 });
const rise = jobKind('test.rise', z.object({}), { atStart: true });
const hourly = jobKind('test.hourly', z.object({}), { cron: '0 * * * *' });

let school: School;
let jobs: Jobs;
beforeEach(async () => {
  school = await aSchool();
  jobs = await openJobs(school.databaseUrl, [greet, tidy, rise, hourly], createLog('silent'));
});
afterEach(async () => {
  await jobs.stop();
  await school.close();
});

const work = (...handlers: JobHandler[]) => jobs.work(school.app, handlers);
const enqueue = (name: string) => school.app.db.$transaction((tx) => jobs.enqueue(tx, greet, { name }));
/** Resolves when a promise somebody waits for is opened by hand. */
function aGate() {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open };
}

test('a job exists when its transaction commits, and only then', async () => {
  const greeted: string[] = [];
  await work(
    handle(greet, async (_app, { name }) => {
      greeted.push(name);
    }),
  );
  await school.app.db
    .$transaction(async (tx) => {
      await jobs.enqueue(tx, greet, { name: 'nobody' });
      throw new Error('rolled back');
    })
    .catch(() => undefined);
  await enqueue('Anna');
  await expect.poll(() => greeted, { timeout: 10_000, interval: 10 }).toEqual(['Anna']);
});

test('what waits is worked off without a pause between', async () => {
  const names = Array.from({ length: 20 }, (_, n) => `student ${n}`);
  // All in one transaction: they announce themselves once.
  await school.app.db.$transaction(async (tx) => {
    for (const name of names) await jobs.enqueue(tx, greet, { name });
  });
  const greeted: string[] = [];
  await work(
    handle(greet, async (_app, { name }) => {
      greeted.push(name);
    }),
  );
  // A look every five seconds would take most of a minute for them.
  await expect.poll(() => greeted.toSorted(), { timeout: 10_000, interval: 10 }).toEqual(names.toSorted());
});

const states = async (name: string) =>
  (await school.app.pool.query<{ state: string }>('SELECT state FROM pgboss.job WHERE name = $1', [name])).rows.map(({ state }) => state);

test('a job that fails is tried again, with what it carried, by whichever process is there', async () => {
  const tries: string[] = [];
  const fragile = handle(greet, async (_app, { name }) => {
    tries.push(name);
    if (tries.length === 1) throw new Error('not now');
  });
  await work(fragile);
  await enqueue('Anna');
  await expect.poll(() => states('test.greet'), { timeout: 10_000, interval: 10 }).toEqual(['retry']);
  await jobs.stop();
  // As if the pause between two tries were over.
  await school.app.pool.query('UPDATE pgboss.job SET start_after = now()');
  jobs = await openJobs(school.databaseUrl, [greet, tidy], createLog('silent'));
  await work(fragile);
  await expect.poll(() => states('test.greet'), { timeout: 10_000, interval: 10 }).toEqual(['completed']);
  expect(tries).toEqual(['Anna', 'Anna']);
});

test('what an older version wrote and nobody understands any more is not handed on', async () => {
  let called = 0;
  await work(
    handle(greet, async () => {
      called += 1;
    }),
  );
  await school.app.db.$transaction((tx) => jobs.enqueue(tx, { ...greet, payload: z.any() }, { name: 42 }));
  await expect.poll(() => states('test.greet'), { timeout: 10_000, interval: 10 }).toEqual(['retry']);
  expect(called).toBe(0);
});

test('one run of a coalesced job stands for all that waited for it', async () => {
  const gate = aGate();
  let running = 0;
  let runs = 0;
  await work(
    handle(tidy, async () => {
      runs += 1;
      running += 1;
      expect(running).toBe(1);
      if (runs === 1) await gate.passed;
      running -= 1;
    }),
  );
  const burst = (size: number) =>
    Promise.all(Array.from({ length: size }, () => school.app.db.$transaction((tx) => jobs.enqueue(tx, tidy, {}))));
  await burst(1);
  await expect.poll(() => runs, { timeout: 10_000, interval: 10 }).toBe(1);
  await burst(20);
  gate.open();
  await expect.poll(() => states('test.tidy'), { timeout: 15_000, interval: 20 }).toEqual(Array(21).fill('completed'));
  expect(runs).toBe(2);
});

test('whoever stops waits for the job that runs', async () => {
  const gate = aGate();
  const events: string[] = [];
  await work(
    handle(greet, async () => {
      events.push('begun');
      await gate.passed;
      events.push('done');
    }),
  );
  await enqueue('Anna');
  await expect.poll(() => events, { timeout: 10_000, interval: 10 }).toEqual(['begun']);
  const stopped = jobs.stop().then(() => events.push('stopped'));
  gate.open();
  await stopped;
  expect(events).toEqual(['begun', 'done', 'stopped']);
});

test('a job for later does not run before its instant', async () => {
  const runs = new Map<string, number>();
  await work(
    handle(greet, async (_app, { name }) => {
      runs.set(name, Date.now());
    }),
  );
  const startAfter = new Date(Date.now() + 1500);
  await school.app.db.$transaction((tx) => jobs.enqueue(tx, greet, { name: 'Anna' }, { startAfter }));
  await enqueue('Boris');
  await expect.poll(() => runs.size, { timeout: 15_000, interval: 20 }).toBe(2);
  expect(runs.get('Anna')).toBeGreaterThanOrEqual(startAfter.getTime());
});

test('what is to run at each start runs without being asked for', async () => {
  let runs = 0;
  await work(
    handle(rise, async () => {
      runs += 1;
    }),
  );
  await expect.poll(() => runs, { timeout: 10_000, interval: 20 }).toBe(1);
});

test('a cron line ends with what was switched off', async () => {
  const scheduled = async () =>
    (await school.app.pool.query<{ name: string }>('SELECT name FROM pgboss.schedule')).rows.map(({ name }) => name);
  await work(handle(hourly, async () => {}));
  expect(await scheduled()).toEqual(['test.hourly']);
  await work(handle(greet, async () => {}));
  expect(await scheduled()).toEqual([]);
});
