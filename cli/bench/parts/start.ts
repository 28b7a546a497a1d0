/** A second start, as `npm start` does it: the pages are built, the database is there. And what it holds in memory when nobody asks for anything. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { familyOf, memoryOf, type ServerProcess, startSchool } from '../processes.ts';
import { budgetRow, median, type Row } from '../row.ts';
import type { World } from '../world.ts';

const starts = 5;
const budgets = { startSeconds: 3, megabytes: 250 };

export async function start(world: World): Promise<Row[]> {
  const env = { DATA_DIR: join(world.folder, 'newcomer') };
  await (await startHere(world, env)).stop();
  const times: number[] = [];
  for (let n = 0; n < starts; n += 1) {
    const server = await startHere(world, env);
    times.push(server.readyMs / 1000);
    await server.stop();
  }
  return [budgetRow('second start until open', 's', median(times), budgets.startSeconds, starts)];
}

export async function memory(world: World): Promise<Row[]> {
  const dataDir = join(world.folder, 'at-rest');
  await (await startHere(world, { DATA_DIR: dataDir })).stop();
  const server = await startHere(world, { DATA_DIR: dataDir });
  const own = await atRest(server.pid);
  if (!own) return [];
  const postgres = await postgresMegabytes(dataDir);
  await server.stop();
  return [
    budgetRow('memory of the server at rest', 'MB', own, budgets.megabytes, 1),
    { name: 'memory of PostgreSQL beside it', unit: 'MB', value: postgres, floor: null, ratio: null, n: 1 },
  ];
}

async function startHere(world: World, env: Record<string, string>): Promise<ServerProcess> {
  const server = await startSchool(env);
  world.afterwards(server.stop);
  return server;
}

/** What it holds once it has not changed by a hundredth for twenty seconds: the engine gives memory back some time after it has found it unused. */
async function atRest(pid: number): Promise<number | null> {
  let [last, calm] = [0, 0];
  for (let seconds = 0; seconds < 90 && calm < 20; seconds += 1) {
    await pause(1000);
    const now = (await memoryOf(pid))?.rss;
    if (now === undefined) return null;
    calm = Math.abs(now - last) < last / 100 ? calm + 1 : 0;
    last = now;
  }
  return last;
}

async function postgresMegabytes(dataDir: string): Promise<number> {
  const postmaster = Number((await readFile(join(dataDir, 'postgres/cluster/data/postmaster.pid'), 'utf8')).split('\n')[0]);
  let sum = 0;
  for (const pid of await familyOf(postmaster)) sum += (await memoryOf(pid))?.proportional ?? 0;
  return sum;
}
