/** The files of the database: `<dataDir>/cluster` with PostgreSQL's own folder `data`, `password` and `server.log`. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { chown, lstat, mkdir, readdir, readFile, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StartError } from '../start-error.ts';
import { type Account, accountForNew, accountOf, canEnter, reachable } from './account.ts';
import { findPrograms, type Programs, run } from './programs.ts';

export interface Cluster {
  dataDir: string;
  /** PostgreSQL's own folder. Not always in dataDir: see reachable. */
  data: string;
  logFile: string;
  password: string;
  account: Account;
  programs: Programs;
}

/** For a small computer that does other things as well. Stands in postgresql.conf, where whoever runs the school may change it. */
const settings = {
  // Planning wide joins with it took longer than the joins.
  jit: 'off',
  // adapter-pg reads times as UTC, whatever zone the server speaks in.
  timezone: 'UTC',
  log_timezone: 'UTC',
  shared_buffers: '64MB',
  maintenance_work_mem: '32MB',
  max_wal_size: '256MB',
  random_page_cost: '1.1',
  // The processes of replication and of asynchronous reads would only wait here.
  io_method: 'sync',
  max_logical_replication_workers: '0',
  // Errors of statements reach whoever sent them; the file is for the server's own life.
  log_min_messages: 'log',
  log_checkpoints: 'off',
};

/** Opens the cluster in `dataDir`, made at the first call. */
export async function openCluster(dataDir: string, log: (message: string) => void): Promise<Cluster> {
  await mkdir(dataDir, { recursive: true });
  const place = join(dataDir, 'cluster');
  if (!(await exists(place))) await createCluster(dataDir, place, log);
  const dir = await realpath(place).catch(() => {
    throw new StartError(`${place} leads to a folder that is gone. Bring it back, or remove ${place} to begin with an empty database.`);
  });
  const account = await accountOf(dir);
  if (!canEnter(account, dir))
    throw new StartError(`The user of PostgreSQL (uid ${account.uid}) cannot enter ${dir}: see to the folders above it.`);
  const password = await readFile(join(dir, 'password'), 'utf8').catch((error: unknown) => {
    throw new StartError(`${place} is not a database of Otlichno: it has no readable password file.`, { cause: error });
  });
  return { dataDir, data: join(dir, 'data'), logFile: join(dir, 'server.log'), password, account, programs: await findPrograms(account) };
}

/** A folder becomes the cluster in one step when it is complete, so that a start killed at any moment leaves nothing half made. */
async function createCluster(dataDir: string, place: string, log: (message: string) => void): Promise<void> {
  const account = accountForNew();
  const programs = await findPrograms(account);
  const folder = await reachable(account, dataDir);
  const unfinished = join(folder, `${await unfinishedPrefix(dataDir)}${randomUUID()}`);
  try {
    await mkdir(unfinished, { mode: 0o700 });
    await writeFile(join(unfinished, 'password'), randomBytes(24).toString('base64url'), { mode: 0o600 });
    if (account.uid !== undefined && account.gid !== undefined) {
      await chown(join(unfinished, 'password'), account.uid, account.gid);
      await chown(unfinished, account.uid, account.gid);
    }
    const initdb = await run(programs.initdb, initdbArguments(unfinished), account, unfinished);
    if (initdb.code !== 0) throw new StartError(`The database could not be made in ${folder}: ${initdb.output.trim().split('\n').at(-1)}`);
    if (folder === dataDir) {
      await rename(unfinished, place);
      log(`made a database in ${place}`);
    } else {
      const dir = join(folder, `cluster-${randomUUID()}`);
      await rename(unfinished, dir);
      await symlink(dir, place);
      log(`made a database in ${dir}, because the user of PostgreSQL cannot enter ${dataDir}`);
    }
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    // Another start was faster.
    if (!(await exists(place))) throw error;
  }
}

function initdbArguments(dir: string): string[] {
  return [
    ...['--pgdata', join(dir, 'data'), '--username', 'postgres', '--auth', 'scram-sha-256', '--pwfile', join(dir, 'password')],
    // Independent of the system's locales; whatever people read is sorted by an ICU collation.
    ...['--encoding', 'UTF8', '--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
    ...Object.entries(settings).flatMap(([name, value]) => ['--set', `${name}=${value}`]),
  ];
}

/** Removes what killed starts have left. Only for the one who holds the database: nobody else's start gets far any more. */
export async function removeUnfinished({ dataDir, data }: Cluster): Promise<void> {
  const prefix = await unfinishedPrefix(dataDir);
  for (const folder of new Set([dataDir, dirname(dirname(data))])) {
    const left = (await readdir(folder)).filter((name) => name.startsWith(prefix));
    // An orphaned initdb may still write into one; then it is removed next time.
    for (const name of left) await rm(join(folder, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Schools that share a folder of the system are told apart by where they are. */
async function unfinishedPrefix(dataDir: string): Promise<string> {
  return `cluster.new-${createHash('sha256')
    .update(await realpath(dataDir))
    .digest('hex')
    .slice(0, 12)}-`;
}

const exists = (path: string) =>
  lstat(path).then(
    () => true,
    () => false,
  );
