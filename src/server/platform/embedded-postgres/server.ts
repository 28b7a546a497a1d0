/** The running server of a cluster: found, started, stopped. Whether it was this process that started it makes no difference here. */
import { spawnSync } from 'node:child_process';
import { readFile, rename, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '../start-error.ts';
import type { Cluster } from './cluster.ts';
import { run } from './programs.ts';

/** Settings of the server, before those in postgresql.conf. */
export type Settings = Record<string, string>;

const logLimit = 5_000_000;
const stopPatience = 120_000;

/** The server that has these files, ready or not. A postmaster.pid that belongs to nobody is removed. */
export async function findServer({ data }: Cluster): Promise<{ pid: number; port: number } | null> {
  const pidFile = join(data, 'postmaster.pid');
  const read = () => readFile(pidFile, 'utf8').catch(() => '');
  const content = await read();
  const lines = content.split('\n');
  const pid = Number(lines[0]);
  if (!pid || !isAlive(pid)) return null;
  if (await isServerOf(pid, data)) return { pid, port: Number(lines[3]) };
  // After a crash the number may have gone to any program; PostgreSQL would take that one for itself and not start.
  // Should this be a mistake, PostgreSQL still notices the shared memory of the other server and keeps off.
  if ((await read()) === content) await rm(pidFile, { force: true });
  return null;
}

/** Starts a server; null, or why it did not start. */
export async function startServer(cluster: Cluster, port: number, settings: Settings): Promise<string | null> {
  const logged = await rotateLog(cluster.logFile);
  const own = { port: String(port), listen_addresses: '127.0.0.1', unix_socket_directories: '', ...settings };
  const options = Object.entries(own).map(([name, value]) => `-c ${name}=${value}`);
  const args = ['start', '--pgdata', cluster.data, '--log', cluster.logFile, '--wait', '--options', options.join(' ')];
  const { code, output } = await run(cluster.programs.pg_ctl, args, cluster.account, cluster.data);
  if (code === 0) return null;
  const news = (await readFile(cluster.logFile).catch(() => Buffer.of())).subarray(logged).toString();
  return /(FATAL|PANIC):.*/.exec(news)?.[0] ?? (news.trim() || output.trim());
}

/** Cuts connections, writes everything down, waits for the end. */
export async function stopServer(cluster: Cluster): Promise<void> {
  const server = await findServer(cluster);
  if (!server) return;
  // `pg_ctl stop --wait` looks at the file only: when the next school starts here at once, it would wait for the end of that one's server.
  const { output } = await run(cluster.programs.pg_ctl, ['kill', 'INT', String(server.pid)], cluster.account, cluster.data);
  const deadline = Date.now() + stopPatience;
  while ((await findServer(cluster))?.pid === server.pid) {
    if (Date.now() > deadline) throw new StartError(`PostgreSQL did not stop in ${stopPatience / 1000} seconds. ${output.trim()}`);
    await sleep(20);
  }
}

/** The preferred port, or any free one. */
export async function freePort(preferred: number): Promise<number> {
  return (await tryPort(preferred)) ?? (await tryPort(0)) ?? preferred;
}

function tryPort(wanted: number): Promise<number | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.on('error', () => resolve(null));
    probe.listen(wanted, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : null));
    });
  });
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: alive, and somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** By the command line, which names the folder. Windows keeps it to itself: there the connection has to tell. */
async function isServerOf(pid: number, data: string): Promise<boolean> {
  if (process.platform === 'win32') return true;
  if (process.platform === 'linux') return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0').includes(data);
  return spawnSync('ps', ['-p', String(pid), '-o', 'args='], { encoding: 'utf8' }).stdout.includes(data);
}

/** Returns the length of the log that stays. */
async function rotateLog(logFile: string): Promise<number> {
  const size = await stat(logFile).then(
    (file) => file.size,
    () => 0,
  );
  if (size < logLimit) return size;
  await rename(logFile, join(dirname(logFile), 'server.old.log'));
  return 0;
}
