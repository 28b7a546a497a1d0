/** Crash between commit and effect: what was promised in the database is done by another process. */
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PgBoss } from 'pg-boss';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ScratchDatabase, withClient } from './platform/database-admin.ts';
import { createTestDatabase } from './testing/database.ts';
import { aWebBrowser } from './testing/live-server.ts';
import { aSchoolProcess, type SchoolProcess } from './testing/school-process.ts';
import { aRegistration } from './testing/world.ts';

/** A mail server that takes letters, or listens to them for ever without saying whether it does. */
const post = { deaf: true, begun: 0, taken: [] as string[] };
const smtp = new SMTPServer({
  authOptional: true,
  hideSTARTTLS: true,
  onData(stream, session, done) {
    post.begun += 1;
    const { deaf } = post;
    stream.resume().on('end', () => {
      if (deaf) return;
      post.taken.push(...session.envelope.rcptTo.map(({ address }) => address));
      done();
    });
  },
});
// A killed client breaks its connection off.
smtp.on('error', () => undefined);

let database: ScratchDatabase;
let dataDir: string;
let env: Record<string, string>;
const running: SchoolProcess[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'otlichno-data-'));
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  const { port } = smtp.server.address() as AddressInfo;
  env = {
    DATABASE_URL: database.url,
    SECRET: 'a secret of the tests, 32 letters',
    DATA_DIR: dataDir,
    SMTP_URL: `smtp://127.0.0.1:${port}`,
    MAIL_FROM: 'school@example.ru',
  };
}, 60_000);
afterAll(async () => {
  for (const school of running) school.signal('SIGKILL');
  await Promise.all(running.map((school) => school.ended));
  await new Promise<void>((resolve) => smtp.close(resolve));
  await database.drop();
  await rm(dataDir, { recursive: true });
});

/** As if the minutes had passed after which the job of a process that is silent is given to another. */
async function jobsOfTheDeadAreOver() {
  await withClient(database.url, (client) =>
    client.query(`UPDATE pgboss.job SET started_on = started_on - interval '1 hour' WHERE state = 'active'`),
  );
  const supervisor = new PgBoss({ connectionString: database.url, supervise: false, schedule: false });
  supervisor.on('error', () => undefined);
  await supervisor.start();
  await supervisor.supervise('auth.send-code');
  await supervisor.stop();
  await withClient(database.url, (client) => client.query(`UPDATE pgboss.job SET start_after = now() WHERE state = 'retry'`));
}

test('a process that is killed in the middle of sending a code: another one sends it', async () => {
  const first = await aSchoolProcess(env);
  running.push(first);
  const form = aRegistration();
  await aWebBrowser(first.url).rpc.auth.register.mutate(form);
  await expect.poll(() => post.begun, { timeout: 10_000, interval: 20 }).toBe(1);
  first.signal('SIGKILL');
  expect(await first.ended).toBeNull();
  expect(post.taken).toEqual([]);

  post.deaf = false;
  await jobsOfTheDeadAreOver();
  running.push(await aSchoolProcess(env));
  await expect.poll(() => post.taken, { timeout: 20_000, interval: 50 }).toEqual([form.email]);
});
