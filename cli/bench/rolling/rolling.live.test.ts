/** Two machines of two processes each, behind the nginx of the admin guide: what is one school from outside stays one while its processes are replaced. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withClient } from '#server/platform/database-admin.ts';
import { listLetters } from '#server/platform/mail/folder.ts';
import { anOpenChat } from '#server/testing/chat.ts';
import { aCourse, aNumber, type MadeCourse } from '#server/testing/course.ts';
import { aWebBrowser } from '#server/testing/live-server.ts';
import { startSchoolProcess } from '#server/testing/school-process.ts';
import { aClock, aRegistration, aSchool, aStudent, type School, type Student } from '#server/testing/world.ts';
import { findNginx } from '../../check/nginx.ts';
import { startCrowd, type Visitor } from './crowd.ts';
import { losses, lossesIn } from './deeds.ts';
import { type Machine, startMachine } from './machines.ts';
import { freePort, type Nginx, startNginx } from './nginx.ts';

const program = await findNginx(process.env);
if (!program) process.stderr.write('There is no nginx: the tests of two machines behind it are SKIPPED (npm test installs it as root).\n');

let school: School;
let course: MadeCourse;
let left: Machine;
let right: Machine;
let nginx: Nginx | null = null;
let env: Record<string, string>;
beforeAll(async () => {
  school = await aSchool({ clock: aClock(new Date().toISOString()) });
  course = await aCourse(school.app, { topics: [{ tasks: Array.from({ length: 12 }, () => aNumber()) }] });
  env = {
    DATABASE_URL: school.databaseUrl,
    SECRET: 'a secret of the tests, 32 letters',
    DATA_DIR: school.dataDir,
    WORKERS: '2',
    DATABASE_POOL: '4',
    TRUST_PROXY: '1',
    LOG_LEVEL: 'info',
    // On a slow machine replacing all takes a minute and more, and nobody is to be held back meanwhile.
    CHAT_MESSAGES_PER_MINUTE: '1000',
  };
  const ports = [await freePort(), await freePort()] as const;
  [left, right] = await Promise.all([startMachine(ports[0], env), startMachine(ports[1], env)]);
  nginx = program === null ? null : await startNginx(program, ports);
}, 120_000);
afterAll(async () => {
  for (const machine of [left, right]) machine?.signal('SIGTERM');
  await Promise.all([left?.ended(), right?.ended()]);
  await nginx?.stop();
  await school.close();
});

const submit = (student: Student, url: string, task: number) =>
  fetch(`${url}/trpc/tasks.submit`, {
    method: 'POST',
    // A connection of its own each, so that they are shared out.
    headers: { cookie: student.cookie, origin: url, 'content-type': 'application/json', connection: 'close' },
    body: JSON.stringify({ taskId: course.task(0, task), clientId: crypto.randomUUID(), value: '1' }),
  });

test('the processes of one machine count together what is not counted in the database', async () => {
  const student = await aStudent(school.app);
  const url = `http://127.0.0.1:${left.port}`;
  const answers = await Promise.all(Array.from({ length: 48 }, (_, n) => submit(student, url, n % 12)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(40);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(8);
  // More than one of them was asked.
  expect(new Set([...left.output().matchAll(/"level":30.*"worker":(\d+)/g)].map(([, pid]) => pid)).size).toBe(2);
});

/** What the machine answers to Prometheus, over a connection of its own. */
async function numbersOf(machine: Machine): Promise<(line: string) => number> {
  const answer = await fetch(`http://127.0.0.1:${machine.port}/metrics`, { headers: { connection: 'close' } });
  const text = await answer.text();
  expect(answer.status, text).toBe(200);
  return (line) => Number(new RegExp(`^${RegExp.escape(line)} (\\S+)$`, 'm').exec(text)?.[1] ?? 0);
}

/** How many processes told their numbers, time after time, until something is over. */
async function processesUntil(end: Promise<void>): Promise<number[]> {
  const told: number[] = [];
  let over = false;
  const ended = end.finally(() => {
    over = true;
  });
  while (!over) {
    told.push((await numbersOf(left))('otlichno_processes'));
    await Promise.race([ended, pause(250)]);
  }
  return told;
}

test('the numbers of a machine are those of all its processes', async () => {
  const asked = 'otlichno_http_requests_total{route="health",method="GET",status="200"}';
  const before = await numbersOf(right);
  expect(before('otlichno_processes')).toBe(2);
  const ask = () => fetch(`http://127.0.0.1:${right.port}/healthz`, { headers: { connection: 'close' } });
  await Promise.all(Array.from({ length: 24 }, ask));
  const after = await numbersOf(right);
  // With the one that asked for the numbers before.
  expect(after(asked) - before(asked)).toBe(25);
});

describe.skipIf(!program)('behind nginx', () => {
  const at = () => nginx?.url ?? '';

  test('a code that was asked for at one machine is good at the other', async () => {
    const browser = aWebBrowser(at());
    const form = aRegistration();
    await browser.rpc.auth.register.mutate(form);
    const letters = async () => (await listLetters(school.dataDir)).filter(({ to }) => to === form.email);
    await expect.poll(letters, { interval: 20 }).toHaveLength(1);
    const code = (await letters())[0]?.subject.slice(0, 6) ?? '';
    expect(await browser.rpc.auth.verifyCode.mutate({ code })).toMatchObject({ outcome: 'signed-in' });
    // One after the other is asked in turn.
    for (let turn = 0; turn < 4; turn += 1) expect(await browser.rpc.auth.me.query()).toMatchObject({ email: form.email });
    for (const machine of [left, right]) await expect.poll(machine.output, { interval: 20 }).toContain('"path":"/trpc/auth.me"');
  });

  test('people read, answer, write, send files, register and listen while all processes are replaced: no request fails, nothing is lost or doubled', async () => {
    const visitors = await Promise.all(
      Array.from({ length: 6 }, async (): Promise<Visitor> => {
        const student = await aStudent(school.app);
        return { cookie: student.cookie, threadId: await anOpenChat(school.app, student) };
      }),
    );
    const crowd = await startCrowd({
      url: at(),
      visitors,
      topic: { course: course.slug, topic: course.topic(0).slug },
      tasks: course.topic(0).tasks,
      answersEach: 35,
      pauseMs: 120,
      registerMs: 700,
    });
    const former = await left.workers();
    const renewal = left.renew();
    const processes = await processesUntil(renewal);
    await renewal;
    await crowd.leave();
    // Whoever scrapes meanwhile is answered, by those that are there.
    expect(processes.filter((count) => count < 1 || count > 3)).toEqual([]);
    expect((await numbersOf(left))('otlichno_processes')).toBe(2);
    expect((await left.workers()).some((pid) => former.includes(pid))).toBe(false);
    const { deeds } = crowd;
    expect(deeds.failures).toEqual([]);
    for (const done of [deeds.answers, deeds.messages, deeds.files, deeds.registered]) expect(done.length).toBeGreaterThan(1);
    expect(new Set(deeds.closings.map(({ code }) => code))).toEqual(new Set([4503]));
    const count = () => withClient(school.databaseUrl, (client) => losses(client, deeds));
    await expect.poll(async () => lossesIn(await count()), { interval: 50 }).toBe(0);
    expect(await count()).toEqual({ lost: [], doubled: [], unheard: [], jobs: [] });
    // Whoever counts sees what is missing.
    const [answer] = deeds.answers;
    await school.app.pool.query('DELETE FROM submission WHERE client_id = $1', [answer]);
    expect(await count()).toMatchObject({ lost: [`answer ${answer}`] });
  }, 180_000);
});

test('a process that is killed is replaced, and all of them end when the one that started them is killed', async () => {
  const [victim = 0, other] = await right.workers();
  process.kill(victim, 'SIGKILL');
  await expect
    .poll(right.output)
    .toContain(`A process of the school (${victim}) ended by itself, signal SIGKILL; another one takes its place.`);
  await expect.poll(async () => (await right.workers()).length, { interval: 50 }).toBe(2);
  expect(await right.workers()).toContain(other);
  expect((await fetch(`http://127.0.0.1:${right.port}/healthz`)).status).toBe(200);

  const orphans = await left.workers();
  left.signal('SIGKILL');
  expect(await left.ended()).toBeNull();
  const alive = () =>
    orphans.filter((pid) => {
      try {
        return process.kill(pid, 0);
      } catch {
        return false;
      }
    });
  await expect.poll(alive, { interval: 20 }).toEqual([]);
});

test.each([
  [
    'more connections than the database allows',
    { DATABASE_POOL: '200' },
    /^WORKERS=2 with DATABASE_POOL=200 may need 624 connections.* Set DATABASE_POOL=\d+, or raise max_connections\.\n$/,
  ],
  ['a port that is taken', {}, /^Port \d+ is taken by another program\..*\n$/],
])('what keeps several processes from starting is told in one line: %s', async (_, over, line) => {
  const start = startSchoolProcess({ ...env, HOST: '127.0.0.1', PORT: 'DATABASE_POOL' in over ? '0' : String(right.port), ...over });
  expect(await start.ended).toBe(1);
  expect(start.output()).toMatch(line);
});
