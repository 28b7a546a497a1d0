/** `npm run bench`: what the school costs, as ratios within one run. Numbers of two runs or two machines are not to be compared. */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { runCommand, UsageError } from '../run-command.ts';
import { backup } from './parts/backup.ts';
import { broadcast } from './parts/broadcast.ts';
import { bundle } from './parts/bundle.ts';
import { chat } from './parts/chat.ts';
import { exams } from './parts/exams.ts';
import { faults } from './parts/faults.ts';
import { fuzz } from './parts/fuzz.ts';
import { growth } from './parts/growth.ts';
import { keyFix } from './parts/key-fix.ts';
import { lighthouse } from './parts/lighthouse.ts';
import { million } from './parts/million.ts';
import { pages } from './parts/pages.ts';
import { payments } from './parts/payments.ts';
import { registration } from './parts/registration.ts';
import { rolling } from './parts/rolling.ts';
import { rpc } from './parts/rpc.ts';
import { signIn } from './parts/sign-in.ts';
import { soak } from './parts/soak.ts';
import { sockets } from './parts/sockets.ts';
import { memory, start } from './parts/start.ts';
import { statistics } from './parts/statistics.ts';
import { students } from './parts/students.ts';
import { uploads } from './parts/uploads.ts';
import { workers } from './parts/workers.ts';
import { json, markdown, type Row, table } from './row.ts';
import { createWorld, type World } from './world.ts';

const parts: Record<string, (world: World, options: { minutes?: number | undefined; seed?: number | undefined }) => Promise<Row[]>> = {
  rpc,
  growth,
  million,
  registration,
  'sign-in': signIn,
  'key-fix': keyFix,
  students,
  statistics,
  exams,
  chat,
  sockets,
  broadcast,
  payments,
  bundle,
  pages,
  start,
  memory,
  uploads,
  backup,
  workers,
  rolling,
  fuzz,
  soak,
};

/** Only where they are asked for by name: what they take is no part of a usual run. */
const byName: typeof parts = { lighthouse, faults };

const usage = `What the school costs, measured on this machine against a floor in the same run.

  npm run bench                     all parts, about an hour
  npm run bench -- --only NAME      one of: ${Object.keys(parts).join(' ')}
                                    or, never by itself: ${Object.keys(byName).join(' ')}
  npm run bench -- --json FILE      writes the rows as well
  npm run bench -- --markdown FILE  writes the table as docs/performance.md has it
  npm run bench -- --only soak --minutes 60
                                    for so long
  npm run bench -- --only faults --minutes 10 --seed 7
                                    the same faults once more

Let nothing else run meanwhile. Details: docs/testing.md
`;

await runCommand(usage, async () => {
  const { only, json: file, markdown: page, minutes, seed, help } = readArguments();
  if (help) {
    process.stdout.write(usage);
    return true;
  }
  const chosen = Object.entries(only === undefined ? parts : { ...parts, ...byName }).filter(
    ([name]) => only === undefined || name === only,
  );
  if (chosen.length === 0) throw new UsageError(`There is no part ${only}.`);
  const options = { minutes: minutes === undefined ? undefined : Number(minutes), seed: seed === undefined ? undefined : Number(seed) };
  if (options.minutes !== undefined && !(options.minutes > 0)) throw new UsageError('--minutes takes a number above 0.');
  if (options.seed !== undefined && !Number.isInteger(options.seed)) throw new UsageError('--seed takes a whole number.');
  const rows: Row[] = [];
  for (const [name, measure] of chosen) {
    process.stderr.write(`measuring ${name} …\n`);
    rows.push(...(await inWorld((world) => measure(world, options))));
  }
  process.stdout.write(`${table(rows)}\n`);
  if (file !== undefined) await writeFile(file, json(rows));
  if (page !== undefined) await writeFile(page, markdown(rows));
  return true;
});

function readArguments() {
  try {
    const text = { type: 'string' } as const;
    return parseArgs({
      options: { only: text, json: text, markdown: text, minutes: text, seed: text, help: { type: 'boolean', short: 'h' } },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** Each part in a world of its own, which is taken away again however the part ends. */
async function inWorld(measure: (world: World) => Promise<Row[]>): Promise<Row[]> {
  const world = await createWorld();
  const interrupted = () => void world.close().then(() => process.exit(130));
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
  try {
    return await measure(world);
  } finally {
    process.off('SIGINT', interrupted);
    process.off('SIGTERM', interrupted);
    await world.close();
  }
}
