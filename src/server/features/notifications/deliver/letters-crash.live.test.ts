/** Killed between a cause (a mended key) and the letters about it: another process writes the rest, and nobody hears of it twice. */
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withClient } from '../../../platform/database-admin.ts';
import { aCourse, aNumber } from '../../../testing/course.ts';
import { aSchoolProcess, type SchoolProcess } from '../../../testing/school-process.ts';
import { solve } from '../../../testing/solve.ts';
import { aSchool, aStudent, type School } from '../../../testing/world.ts';
import { applyKeyFix, keyFixPatience } from '../../tasks/key-fix.ts';

/** Takes two letters, then listens for ever without saying whether it took the third. */
const post = { deafAfter: 2, begun: 0, taken: [] as string[] };
const smtp = new SMTPServer({
  authOptional: true,
  hideSTARTTLS: true,
  onData(stream, session, done) {
    post.begun += 1;
    const deaf = post.begun > post.deafAfter;
    stream.resume().on('end', () => {
      if (deaf) return;
      post.taken.push(...session.envelope.rcptTo.map(({ address }) => address));
      done();
    });
  },
});
// A killed client breaks its connection off.
smtp.on('error', () => undefined);

let school: School;
const running: SchoolProcess[] = [];
beforeAll(async () => {
  school = await aSchool();
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
}, 60_000);
afterAll(async () => {
  for (const process of running) process.signal('SIGKILL');
  await Promise.all(running.map((process) => process.ended));
  await new Promise<void>((resolve) => smtp.close(resolve));
  await school.close();
});

async function aProcess() {
  const { port } = smtp.server.address() as AddressInfo;
  const started = await aSchoolProcess({
    DATABASE_URL: school.databaseUrl,
    SECRET: 'a secret of the tests, 32 letters',
    DATA_DIR: school.dataDir,
    SMTP_URL: `smtp://127.0.0.1:${port}`,
    MAIL_FROM: 'school@example.ru',
  });
  running.push(started);
  return started;
}

const update = (set: string) =>
  withClient(school.databaseUrl, (client) => client.query(`UPDATE delivery SET ${set} WHERE channel = 'email'`));
const sent = () => school.app.db.delivery.count({ where: { channel: 'email', state: 'sent' } });

test('three gained, two were told when the process was killed: the third is told by the next', async () => {
  const { app } = school;
  const taskId = (await aCourse(app, { topics: [{ tasks: [aNumber('5')] }] })).task(0, 0);
  const students = await Promise.all([aStudent(app), aStudent(app), aStudent(app)]);
  for (const { actor } of students) await solve(app, actor, taskId, ['7']);
  const [before, after] = [aNumber('5'), aNumber('7')].map(({ spec }) => ({ spec, points: 1 }));
  if (!before || !after) throw new Error('two keys');
  await app.db.$transaction((tx) => applyKeyFix(app, tx, { kind: 'system' }, taskId, before, after, { takePoints: false }), keyFixPatience);

  // The processes have the clock of the machine, and it may be night.
  await update(`due_at = now() - interval '1 minute'`);

  const first = await aProcess();
  await expect.poll(() => post.begun, { timeout: 20_000, interval: 20 }).toBe(3);
  await expect.poll(sent, { timeout: 20_000, interval: 20 }).toBe(2);
  first.signal('SIGKILL');
  expect(await first.ended).toBeNull();
  expect(post.taken).toHaveLength(2);

  post.deafAfter = Number.POSITIVE_INFINITY;
  // As if the minutes had passed for which the dead process had taken it.
  await update(`lease_until = now() - interval '1 minute'`);
  await aProcess();
  const all = students.map(({ email }) => email).toSorted();
  await expect.poll(() => post.taken.toSorted(), { timeout: 20_000, interval: 50 }).toEqual(all);
}, 60_000);
