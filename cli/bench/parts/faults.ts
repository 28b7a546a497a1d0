/**
 * Ten minutes of faults, one after another and at random from a seed, under people who use a school of two processes: what was acknowledged is there
 * afterwards, once, and everything comes back by itself. `--seed` goes a run's way again.
 */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { applyMigrations } from '#prisma/migrate.ts';
import { createScratchDatabase } from '#server/platform/database-admin.ts';
import { aRandom } from '#server/testing/cutting-proxy.ts';
import { aWireTo } from '#server/testing/wire.ts';
import { anOwnPostgres } from '../faults/own-postgres.ts';
import { startPeople } from '../faults/people.ts';
import { prepare } from '../faults/prepare.ts';
import { openOutside, startCrew, startPayer } from '../faults/school.ts';
import { compare, type Findings, failures, hurry } from '../faults/settle.ts';
import { troublesOf } from '../faults/troubles.ts';
import { memoryOf } from '../processes.ts';
import { budgetRow, type Row } from '../row.ts';
import type { World } from '../world.ts';

/** `FAULTS_ONLY=frozen` looks closer at the faults whose names have that in them. */
const only = new RegExp(process.env.FAULTS_ONLY ?? '');
const listeners = 100;
const calmMs = 8_000;
/** After a trouble is over, until every process is ready again. */
const backMs = 30_000;
const settleMs = 180_000;
/** Letters and messages that may be under way at one trouble, in both processes: three deliveries and two codes each, and what Telegram is told at once. */
const onTheirWay = 2 * (3 + 2) + 16;

interface Options {
  minutes?: number | undefined;
  seed?: number | undefined;
}

export async function faults(world: World, { minutes = 10, seed = Math.floor(Math.random() * 2 ** 31) }: Options = {}): Promise<Row[]> {
  process.stderr.write(`  seed ${seed}\n`);
  const random = aRandom(seed);
  const postgres = await anOwnPostgres(join(world.folder, 'faults'));
  world.afterwards(postgres.close);
  if (!postgres.disk) process.stderr.write('  only root can have a disk that is full\n');
  const database = await createScratchDatabase(postgres.adminUrl);
  await applyMigrations(database.url, { log: () => undefined });
  const wire = await aWireTo(database.url);
  world.afterwards(wire.close);
  let siteUrl = '';
  const outside = await openOutside(listeners, () => siteUrl);
  world.afterwards(outside.close);
  const clockFile = join(world.folder, 'clock');
  const env = {
    ...world.env(wire.url),
    ...outside.env,
    DEMO: 'off',
    LOG_LEVEL: 'warn',
    CHAT_MESSAGES_PER_MINUTE: '1000',
    DATABASE_POOL: '8',
  };
  const { app, close } = await world.openApp(database.url, outside.env);
  world.afterwards(close);
  const prepared = await prepare(app, { students: 24, listeners, forSale: 40 });
  const crew = await startCrew(2, env, clockFile);
  siteUrl = crew.url;
  world.afterwards(crew.close);
  const people = startPeople({
    url: crew.url,
    prepared,
    post: outside.post,
    pauseMs: 1_500,
    registerMs: 3_000,
    broadcastMs: 40_000,
    buyMs: 12_000,
  });
  world.afterwards(async () => people.close());
  const stopPaying = startPayer(app, outside.acquirer);
  world.afterwards(stopPaying);

  await pause(calmMs);
  const before = await held();
  const troubles = troublesOf({ processes: crew, wire, postgres, databaseUrl: database.url, clockFile, ...outside }).filter(({ name }) =>
    only.test(name),
  );
  const returns: number[] = [];
  const until = performance.now() + minutes * 60_000;
  let order: typeof troubles = [];
  while (performance.now() < until) {
    // Each has its turn before any comes again.
    if (order.length === 0)
      order = troubles
        .map((trouble) => ({ trouble, at: random() }))
        .sort((a, b) => a.at - b.at)
        .map(({ trouble }) => trouble);
    const trouble = order.pop();
    if (!trouble) break;
    const ms = 1000 * trouble.seconds * (0.2 + 0.8 * random()) * Math.min(1, minutes / 5);
    await trouble.begin();
    await pause(ms);
    await trouble.end();
    const back = await crew.ready(backMs);
    returns.push(back);
    process.stderr.write(`  ${trouble.name} for ${Math.round(ms / 1000)} s: ready after ${(back / 1000).toFixed(1)} s\n`);
    await pause(calmMs * random());
  }

  const hurrying = setInterval(() => void hurry(app).catch(() => undefined), 2_000);
  const waiting = await people.finish(settleMs);
  await stopPaying();
  outside.acquirer.redeliver();
  const look = () => compare({ app, deeds: people.deeds, listeners, ...outside });
  const allowed = returns.length * onTheirWay;
  let found = await look();
  for (const deadline = performance.now() + settleMs; failures(found, allowed) > 0 && performance.now() < deadline; found = await look())
    await pause(1_000);
  clearInterval(hurrying);
  const after = await held();
  const codes = await crew.stop();
  tell(found, waiting, crew.output());
  const { heard } = people.deeds;
  for (const line of [...new Set(heard.unexpected), ...heard.silent, ...new Set(heard.refused)].slice(0, 30))
    process.stderr.write(`  ${line}\n`);
  if (failures(found, allowed) + waiting.length > 0) throw new Error(`acknowledged is not what is there: --seed ${seed}`);
  return rows();

  async function held(): Promise<number> {
    const all = await Promise.all(crew.all().map(({ pid }) => memoryOf(pid)));
    return Math.max(...all.map((memory) => memory?.rss ?? 0));
  }

  function rows(): Row[] {
    const { deeds } = people;
    const count = (name: string, value: number, n: number): Row => ({
      name: `faults: ${name}`,
      unit: '',
      value,
      floor: null,
      ratio: null,
      n,
    });
    const kinds = {
      answers: deeds.answers.length,
      'answers of exams': deeds.exam.size,
      messages: deeds.messages.size,
      files: deeds.files.length,
      registrations: deeds.registered.length,
      'sign-ins': deeds.signedIn.size,
      orders: deeds.orders.length,
      broadcasts: deeds.broadcasts.length,
    };
    const acknowledged = Object.values(kinds).reduce((sum, n) => sum + n, 0);
    const nothing = (name: string, value: number, n: number): Row => ({
      ...count(name, value, n),
      floor: 0,
      ratio: value,
      goal: { atMost: 0 },
    });
    return [
      nothing('acknowledged and lost', found.lost.length, acknowledged),
      nothing('acknowledged and doubled', found.doubled.length, acknowledged),
      nothing('stuck: jobs, deliveries, locks, what waits on devices', found.stuck.length + waiting.length, acknowledged),
      budgetRow('faults: letters and Telegram messages that came twice', '', found.repeated.length, allowed, outside.post.taken.length),
      nothing('requests without an answer for 15 s', heard.silent.length, heard.answered),
      nothing('requests that heard of a fault (500)', heard.unexpected.length, heard.answered),
      count('requests that heard «not now»', heard.away, heard.answered),
      count('requests whose connection broke', heard.broken, heard.answered),
      { ...count('the slowest answer', heard.slowestMs / 1000, heard.answered), unit: 's' },
      {
        ...budgetRow(
          'faults: ready after the end of a fault, the slowest',
          's',
          Math.max(...returns) / 1000,
          backMs / 1000,
          returns.length,
        ),
      },
      { ...budgetRow('faults: resident memory afterwards', 'MB', after, before * 1.5, 2) },
      ...Object.entries(kinds).map(([name, n]) => count(`acknowledged ${name}`, n, n)),
      nothing('processes that did not end at SIGTERM', codes.filter((code) => code !== 0).length, codes.length),
    ];
  }
}

function tell({ lost, doubled, repeated, stuck }: Findings, waiting: string[], output: string): void {
  for (const [name, lines] of Object.entries({ lost, doubled, repeated, stuck, waiting }))
    for (const line of lines.slice(0, 20)) process.stderr.write(`  ${name}: ${line}\n`);
  const complaints = output.split('\n').filter((line) => /"level":(50|60)|Error|Warning/.test(line));
  for (const line of [...new Set(complaints.map((one) => one.replace(/"time":"[^"]*",?/, '').slice(0, 400)))].slice(0, 40))
    process.stderr.write(`    ${line}\n`);
}
