/**
 * Two machines of two processes each, behind the nginx of the admin guide, are restarted one after the other ten times, and then renewed (SIGHUP), while two
 * hundred people use the school: how many requests failed, and what is missing afterwards.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { withClient } from '#server/platform/database-admin.ts';
import { findNginx } from '../../check/nginx.ts';
import { startCrowd } from '../rolling/crowd.ts';
import { type Deeds, type Losses, losses, lossesIn } from '../rolling/deeds.ts';
import { type Machine, startMachine } from '../rolling/machines.ts';
import { freePort, startNginx } from '../rolling/nginx.ts';
import type { Row } from '../row.ts';
import { mapSchool } from '../school-map.ts';
import { sessionToken } from '../students.ts';
import { insertThreads, threadId } from '../threads.ts';
import type { World } from '../world.ts';

/** `ROLLING_PEOPLE=40` on a machine that is slow. */
const people = Number(process.env.ROLLING_PEOPLE ?? 200);
/** `ROLLING_ROUNDS=2` for a look in between. */
const restarts = Number(process.env.ROLLING_ROUNDS ?? 10);
const renewals = Math.ceil(restarts / 5);
/** What the admin guide tells to wait before the other machine has its turn. */
const settleMs = 3_000;
/** Until jobs that were queued last have run, at most. */
const quietMs = 60_000;

export async function rolling(world: World): Promise<Row[]> {
  const program = await findNginx(process.env);
  if (!program) throw new Error('There is no nginx on this machine (apt-get install nginx, or NGINX_PATH=…).');
  const { url: databaseUrl } = await world.aSchoolAtWork();
  await withClient(databaseUrl, async (client) => {
    await client.query(insertThreads, [0, people - 1, 1]);
    // A topic that opens meanwhile would be told to all the thousands by letter.
    await client.query('DELETE FROM enrolment WHERE person_id NOT IN (SELECT student_id FROM chat_thread WHERE student_id IS NOT NULL)');
  });
  const map = await mapSchool(databaseUrl);
  const [topic] = map.topics;
  if (!topic) throw new Error('the demo school has no open topic');
  const env = {
    ...world.env(databaseUrl),
    HOST: '127.0.0.1',
    NODE_ENV: 'production',
    WORKERS: '2',
    DATABASE_POOL: '8',
    TRUST_PROXY: '1',
    CHAT_MESSAGES_PER_MINUTE: '1000',
    LOG_LEVEL: 'error',
  };
  const ports = [await freePort(), await freePort()] as const;
  const machines: Machine[] = [];
  for (const port of ports) {
    const machine = await startMachine(port, env);
    machines.push(machine);
    world.afterwards(async () => {
      machine.signal('SIGTERM');
      await machine.ended();
    });
  }
  const nginx = await startNginx(program, ports);
  world.afterwards(nginx.stop);
  const visitors = Array.from({ length: people }, (_, n) => ({ cookie: `otlichno=${sessionToken(n)}`, threadId: threadId(n) }));
  const crowd = await startCrowd({ url: nginx.url, visitors, topic, tasks: map.tasks, pauseMs: 1500, registerMs: 1000 });
  await pause(settleMs);
  for (let round = 1; round <= restarts + renewals; round += 1) {
    process.stderr.write(
      `  ${round <= restarts ? 'restart' : 'renewal'} ${round}, failures so far: ${crowd.deeds.failures.length} ${crowd.deeds.failures.at(-1) ?? ''}\n`,
    );
    for (const machine of machines) {
      await (round <= restarts ? machine.restart() : machine.renew());
      await pause(settleMs);
    }
  }
  await crowd.leave();
  const missing = await quiet(databaseUrl, crowd.deeds);
  for (const line of [...crowd.deeds.failures.slice(0, 20), ...Object.values(missing).flat().slice(0, 20)])
    process.stderr.write(`  ${line}\n`);
  if (crowd.deeds.failures.length > 0) process.stderr.write(`${(await nginx.errors()).split('\n').slice(-20).join('\n')}\n`);
  return rows(crowd.deeds, missing);
}

/** What is missing when nothing is on its way any more. */
async function quiet(databaseUrl: string, deeds: Deeds): Promise<Losses> {
  const deadline = performance.now() + quietMs;
  for (;;) {
    const missing = await withClient(databaseUrl, (client) => losses(client, deeds));
    if (lossesIn(missing) === 0 || performance.now() > deadline) return missing;
    await pause(500);
  }
}

function rows(deeds: Deeds, { lost, doubled, unheard, jobs }: Losses): Row[] {
  const done = deeds.answers.length + deeds.messages.length + deeds.files.length + deeds.registered.length;
  const back = deeds.closings.map(({ backMs }) => backMs).sort((a, b) => a - b);
  const at = (share: number) => back[Math.floor((back.length - 1) * share)] ?? 0;
  const count = (name: string, value: number, n: number): Row => ({
    name: `rolling: ${name}`,
    unit: '',
    value,
    floor: null,
    ratio: null,
    n,
  });
  const untold = deeds.closings.filter(({ code }) => code !== 4503).length;
  return [
    count('requests that failed', deeds.failures.length, deeds.requests),
    count('acknowledged and lost', lost.length, done),
    count('acknowledged and doubled', doubled.length, done),
    count('messages not heard live', unheard.length, deeds.messages.length),
    count('jobs that failed or were tried again', jobs.length, deeds.registered.length),
    count('pieces of files sent again', deeds.resumed, deeds.files.length),
    count('sockets closed without being told why', untold, back.length),
    { ...count('sockets back, p50', at(0.5), back.length), unit: 'ms' },
    { ...count('sockets back, p99', at(0.99), back.length), unit: 'ms' },
  ];
}
