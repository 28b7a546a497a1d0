/** A PostgreSQL of the run's own, as an admin would have it on another machine: with its usual care for the disk, and nobody who starts it anew. */

import { setTimeout as pause } from 'node:timers/promises';
import { type Cluster, openCluster } from '#server/platform/embedded-postgres/cluster.ts';
import { run } from '#server/platform/embedded-postgres/programs.ts';
import { addressOf } from '#server/platform/embedded-postgres/reach.ts';
import { findServer, freePort, startServer } from '#server/platform/embedded-postgres/server.ts';
import { familyOf } from '../processes.ts';
import { aSmallDisk, type SmallDisk } from './small-disk.ts';

export interface OwnPostgres {
  adminUrl: string;
  /** `fast` cuts connections and writes everything down; `immediate` is a crash. */
  stop(how: 'fast' | 'immediate'): Promise<void>;
  start(): Promise<void>;
  /** All its processes stand still: connections stay, and nothing is answered. */
  freeze(): Promise<void>;
  thaw(): Promise<void>;
  /** Its disk; null where there is none of its own that could be filled. */
  disk: SmallDisk | null;
  close(): Promise<void>;
}

const signals = { fast: 'INT', immediate: 'QUIT' };
const settings = { max_connections: '100' };
const diskMegabytes = 1_000;

export async function anOwnPostgres(dataDir: string): Promise<OwnPostgres> {
  const disk = await aSmallDisk(dataDir, diskMegabytes);
  const cluster = await openCluster(dataDir, () => undefined);
  const port = await freePort(0);
  let frozen: number[] = [];
  const start = async () => {
    if (await findServer(cluster)) return;
    const failure = await startServer(cluster, port, settings);
    if (failure) throw new Error(`PostgreSQL did not start: ${failure}`);
  };
  const thaw = () => {
    // From the last to the first: the one that looks after the others wakes last.
    for (const pid of frozen.reverse()) signal(pid, 'SIGCONT');
    frozen = [];
  };
  await start();
  return {
    adminUrl: addressOf(cluster, port, 'postgres', 'postgres'),
    start,
    async stop(how) {
      thaw();
      await stopped(cluster, signals[how]);
    },
    async freeze() {
      const server = await findServer(cluster);
      frozen = server ? await familyOf(server.pid) : [];
      for (const pid of frozen) signal(pid, 'SIGSTOP');
    },
    thaw: async () => thaw(),
    disk,
    async close() {
      thaw();
      await stopped(cluster, signals.fast);
      await disk?.close();
    },
  };
}

async function stopped(cluster: Cluster, name: string): Promise<void> {
  const server = await findServer(cluster);
  if (!server) return;
  await run(cluster.programs.pg_ctl, ['kill', name, String(server.pid)], cluster.account, cluster.data);
  while ((await findServer(cluster))?.pid === server.pid) await pause(50);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // One that ended meanwhile.
  }
}
