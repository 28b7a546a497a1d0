/** `npm run bench`: what the school costs, as ratios within one run. Numbers of two runs or two machines are not to be compared. */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { runCommand, UsageError } from '../run-command.ts';
import { broadcast } from './parts/broadcast.ts';
import { bundle } from './parts/bundle.ts';
import { chat } from './parts/chat.ts';
import { exams } from './parts/exams.ts';
import { growth } from './parts/growth.ts';
import { keyFix } from './parts/key-fix.ts';
import { payments } from './parts/payments.ts';
import { registration } from './parts/registration.ts';
import { rpc } from './parts/rpc.ts';
import { sockets } from './parts/sockets.ts';
import { memory, start } from './parts/start.ts';
import { statistics } from './parts/statistics.ts';
import { students } from './parts/students.ts';
import { uploads } from './parts/uploads.ts';
import { json, type Row, table } from './row.ts';
import { createWorld, type World } from './world.ts';

const parts: Record<string, (world: World) => Promise<Row[]>> = {
  rpc,
  growth,
  registration,
  'key-fix': keyFix,
  students,
  statistics,
  exams,
  chat,
  sockets,
  broadcast,
  payments,
  bundle,
  start,
  memory,
  uploads,
};

const usage = `What the school costs, measured on this machine against a floor in the same run.

  npm run bench                     all parts, about a quarter of an hour
  npm run bench -- --only NAME      one of: ${Object.keys(parts).join(' ')}
  npm run bench -- --json FILE      writes the rows as well

Let nothing else run meanwhile. Details: docs/testing.md
`;

await runCommand(usage, async () => {
  const { only, json: file, help } = readArguments();
  if (help) {
    process.stdout.write(usage);
    return true;
  }
  const chosen = Object.entries(parts).filter(([name]) => only === undefined || name === only);
  if (chosen.length === 0) throw new UsageError(`There is no part ${only}.`);
  const rows: Row[] = [];
  for (const [name, measure] of chosen) {
    process.stderr.write(`measuring ${name} …\n`);
    rows.push(...(await inWorld(measure)));
  }
  process.stdout.write(`${table(rows)}\n`);
  if (file !== undefined) await writeFile(file, json(rows));
  return true;
});

function readArguments() {
  try {
    return parseArgs({ options: { only: { type: 'string' }, json: { type: 'string' }, help: { type: 'boolean', short: 'h' } } }).values;
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
