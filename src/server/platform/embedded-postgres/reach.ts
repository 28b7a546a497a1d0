/** A connection to the server of a cluster, which is started when there is none. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { StartError } from '../start-error.ts';
import type { Cluster } from './cluster.ts';
import { findServer, type Settings, startServer } from './server.ts';

export interface Reached {
  client: pg.Client;
  port: number;
  /** The server was running already. */
  reused: boolean;
}

/** A server that comes back from a crash replays what was not yet in its files. */
const patience = 120_000;
const starts = 5;

export async function reach(cluster: Cluster, choosePort: () => Promise<number>, settings: Settings): Promise<Reached> {
  const deadline = Date.now() + patience;
  let failures = 0;
  let reused = true;
  while (Date.now() < deadline) {
    const running = await findServer(cluster);
    if (running) {
      const client = await tryConnect(cluster, running.port);
      if (client) return { client, port: running.port, reused };
    } else {
      const failure = await startServer(cluster, await choosePort(), settings);
      reused = false;
      if (!failure) continue;
      // Something else took the port meanwhile, another start was faster, a killed server's processes are not all gone: the next try tells.
      failures += 1;
      if (failures === starts) throw new StartError(`PostgreSQL does not start: ${failure} (more in ${cluster.logFile})`);
    }
    await sleep(100);
  }
  throw new StartError(`PostgreSQL in ${cluster.data} did not become ready in ${patience / 1000} seconds: see ${cluster.logFile}`);
}

/** Null while the server starts or stops. */
async function tryConnect(cluster: Cluster, port: number): Promise<pg.Client | null> {
  const connectionString = addressOf(cluster, port, 'postgres', 'postgres');
  const client = new pg.Client({ connectionString, application_name: `process ${process.pid}` });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
    if (rows[0]?.data_directory === cluster.data) return client;
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === '28P01') {
      throw new StartError(`PostgreSQL in ${cluster.data} does not accept the password beside it.`, { cause: error });
    }
  }
  await client.end().catch(() => undefined);
  return null;
}

export function addressOf({ password }: Cluster, port: number, role: string, database: string): string {
  return `postgresql://${role}:${password}@127.0.0.1:${port}/${database}`;
}
