/** The short form of ten minutes of faults: the database cut off, a process killed, the bucket gone, under people who go on; and a stop while the database is away. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest';
import { createTestDatabase } from '#server/testing/database.ts';
import { aWireTo, type Wire } from '#server/testing/wire.ts';
import { aClock, aSchool, type School } from '#server/testing/world.ts';
import { type People, startPeople } from './people.ts';
import { prepare } from './prepare.ts';
import { type Crew, type Outside, openOutside, startCrew, startPayer } from './school.ts';
import { compare, failures, hurry } from './settle.ts';

const listeners = 5;

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let wire: Wire;
let outside: Outside;
let school: School;
let crew: Crew;
let people: People | undefined;
let stopPaying = async () => {};
let hurrying: NodeJS.Timeout | undefined;
beforeAll(async () => {
  database = await createTestDatabase();
  wire = await aWireTo(database.url);
  outside = await openOutside(listeners, () => crew.url);
  school = await aSchool({ databaseUrl: database.url, env: outside.env, clock: aClock(new Date().toISOString()) });
  const clockFile = join(school.dataDir, 'clock');
  await writeFile(clockFile, '0');
  const env = {
    ...outside.env,
    DATABASE_URL: wire.url,
    SECRET: 'a secret of the tests, 32 letters',
    DATA_DIR: school.dataDir,
    DATABASE_POOL: '4',
    CHAT_MESSAGES_PER_MINUTE: '1000',
    LOG_LEVEL: 'error',
    DEMO: 'off',
  };
  crew = await startCrew(2, env, clockFile);
  const prepared = await prepare(school.app, { students: 6, listeners, forSale: 8 });
  people = startPeople({
    url: crew.url,
    prepared,
    post: outside.post,
    pauseMs: 300,
    registerMs: 700,
    broadcastMs: 2_500,
    buyMs: 900,
  });
  stopPaying = startPayer(school.app, outside.acquirer);
}, 120_000);
afterAll(async () => {
  clearInterval(hurrying);
  people?.close();
  await stopPaying();
  await crew?.close();
  await school.close();
  await outside.close();
  await wire.close();
  await database.drop();
});

const look = () => {
  if (!people) throw new Error('nobody is there');
  return compare({ app: school.app, deeds: people.deeds, listeners, ...outside });
};

test('what was acknowledged is there once, whatever was away meanwhile', async () => {
  if (!people) throw new Error('nobody is there');
  const { deeds } = people;
  onTestFailed(() => void process.stdout.write(`${crew.output().slice(-4000)}\n${JSON.stringify(deeds.heard, null, 1).slice(0, 3000)}\n`));
  await expect.poll(() => deeds.files.length, { interval: 20, timeout: 60_000 }).toBeGreaterThan(0);
  await wire.cut();
  await expect.poll(() => deeds.heard.away, { interval: 20, timeout: 30_000 }).toBeGreaterThan(10);
  await wire.mend();
  expect(await crew.ready(10_000)).toBeLessThan(10_000);
  outside.bucket.set('down');
  await crew.killOne();
  await pause(500);
  outside.bucket.set('well');
  await crew.fill();
  await expect
    .poll(() => [deeds.orders.length > 0, deeds.broadcasts.length > 0, deeds.signedIn.size > 0], { interval: 50, timeout: 30_000 })
    .toEqual([true, true, true]);

  // On a busy machine a living process has a job in hand for some seconds.
  hurrying = setInterval(() => void hurry(school.app, 15).catch(() => undefined), 500);
  expect(await people.finish(30_000)).toEqual([]);
  await stopPaying();
  // What a killed process had not finished is found by a job that runs every minute.
  let found = await look();
  for (const deadline = performance.now() + 90_000; failures(found, 20) > 0 && performance.now() < deadline; found = await look())
    await pause(200);
  expect(failures(found, 20), JSON.stringify(found)).toBe(0);
  clearInterval(hurrying);
  expect([deeds.heard.silent, deeds.heard.unexpected, deeds.heard.refused]).toEqual([[], [], []]);
}, 240_000);

test('whoever compares sees what is missing, what is twice, and what is stuck', async () => {
  const { app } = school;
  const before = await look();
  const [answer, file] = [people?.deeds.answers[0], people?.deeds.files[0]];
  await app.pool.query('DELETE FROM submission WHERE client_id = $1', [answer?.clientId]);
  await app.storage.remove(`uploads/${file?.uploadId}`);
  outside.post.taken.push(...outside.post.taken.slice(0, 1));
  await app.pool.query(
    `UPDATE pgboss.job SET state = 'failed' WHERE id = (SELECT id FROM pgboss.job WHERE name = 'auth.send-code' LIMIT 1)`,
  );
  // What a living process is about at this moment is not stuck.
  await expect.poll(async () => (await look()).stuck).toEqual(['job auth.send-code failed']);
  const found = await look();
  expect(before.lost).toEqual([]);
  expect(found.lost).toEqual([expect.stringContaining(`answer ${answer?.clientId}`), `file ${file?.uploadId}`]);
  // A letter that was on its way when a process was killed may have come twice by itself.
  expect(found.repeated).toHaveLength(before.repeated.length + 1);
});

test('a school whose database is away ends when it is told to', async () => {
  await wire.cut();
  expect(await crew.stop()).toEqual([0, 0]);
});
