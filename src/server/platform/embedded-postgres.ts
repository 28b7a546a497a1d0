/**
 * PostgreSQL without an installation: the one of the npm package, in a folder of the school.
 * The server outlives a parent that is killed; the next start finds it and goes on with it.
 */
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { type Cluster, openCluster, removeUnfinished } from './embedded-postgres/cluster.ts';
import { type Claim, claimForCommand, claimForSchool, inTurn, leaveAsCommand } from './embedded-postgres/locks.ts';
import { addressOf, type Reached, reach } from './embedded-postgres/reach.ts';
import { freePort, type Settings, stopServer } from './embedded-postgres/server.ts';
import { StartError } from './start-error.ts';

export interface EmbeddedPostgres {
  /** For the school: the database `otlichno`, which its role owns. */
  url: string;
  /** For whole databases: the superuser, in the database `postgres`. */
  adminUrl: string;
  /** Ends what was begun here: for a school the server, with every connection to it; for a command the server only if nobody else is there. */
  stop(): Promise<void>;
  /** The server was running already. */
  reused: boolean;
}

interface Options {
  dataDir: string;
  log: (message: string) => void;
  /** Preferred; when it is taken, any free one. */
  port?: number;
  settings?: Settings;
}

const name = 'otlichno';
const preferredPort = 54_329;
/** Between tries to start a server that is gone and does not start: what keeps it, a full disk for one, somebody has to put right. */
const retryMs = 3_000;

/**
 * Starts the database of `dataDir` for a school, or takes over the one that was left running there.
 * @throws StartError when another living school has it, or when it cannot run
 */
export async function startEmbeddedPostgres(options: Options): Promise<EmbeddedPostgres> {
  const { log, port = preferredPort, settings = {} } = options;
  const cluster = await openCluster(resolve(options.dataDir), log);
  const first = await take(cluster, claimForSchool, () => freePort(port), settings);
  let { client } = first;
  let stopped: Promise<void> | undefined;
  const ending = new AbortController();
  let recovered = Promise.resolve();
  await removeUnfinished(cluster);
  await ensureDatabase(client, cluster.password);
  watch();
  log(first.reused ? `PostgreSQL was running already, on port ${first.port}` : `PostgreSQL is running on port ${first.port}`);

  /** PostgreSQL restarts by itself when one of its processes is killed; when all of it is gone, it is started anew at the same place. */
  function watch() {
    client.on('end', () => {
      if (stopped) return;
      log('the connection to PostgreSQL broke');
      recovered = recover();
    });
  }
  async function recover(): Promise<void> {
    for (let failures = 0; !ending.signal.aborted; failures += 1) {
      try {
        ({ client } = await take(cluster, claimForSchool, async () => first.port, settings));
        watch();
        log('PostgreSQL is back');
        return;
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        if (failures === 0) log(`PostgreSQL is gone, and is started again until it runs: ${why}`);
      }
      await sleep(retryMs, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  }

  return {
    ...addressesOf(cluster, first),
    stop() {
      ending.abort();
      stopped ??= recovered.then(async () => {
        // The claim is held to the last: whoever waits for it must not get a server that is about to end.
        await stopServer(cluster);
        await client.end();
      });
      return stopped;
    },
  };
}

/**
 * The database of `dataDir` for a command: the running school's, or one started for the command. A school may start meanwhile and go on with it.
 * @throws StartError when it cannot run
 */
export async function attachEmbeddedPostgres({ dataDir, log, port = preferredPort, settings = {} }: Options): Promise<EmbeddedPostgres> {
  const cluster = await openCluster(resolve(dataDir), log);
  const reached = await take(cluster, claimForCommand, () => freePort(port), settings);
  const { client } = reached;
  await ensureDatabase(client, cluster.password);
  return {
    ...addressesOf(cluster, reached),
    async stop() {
      // A school that stopped has taken the server and this connection with it.
      const last = await leaveAsCommand(client).catch(() => false);
      if (last) await stopServer(cluster);
      await client.end();
    },
  };
}

async function take(
  cluster: Cluster,
  claim: (client: pg.Client) => Promise<Claim>,
  choosePort: () => Promise<number>,
  settings: Settings,
): Promise<Reached> {
  const reached = await reach(cluster, choosePort, settings);
  const outcome = await claim(reached.client);
  if (outcome === 'ours') return reached;
  await reached.client.end();
  if (outcome === 'connection lost') return take(cluster, claim, choosePort, settings);
  throw new StartError(`Another process already runs the school in ${cluster.dataDir}: ${outcome.takenBy}.`);
}

/** The school's own role is no superuser: what it owns is its database. */
async function ensureDatabase(client: pg.Client, password: string): Promise<void> {
  await inTurn(client, async () => {
    const role = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name]);
    if (role.rowCount === 0) await client.query(`CREATE ROLE ${name} LOGIN PASSWORD ${client.escapeLiteral(password)}`);
    const database = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (database.rowCount === 0) await client.query(`CREATE DATABASE ${name} OWNER ${name}`);
  });
}

function addressesOf(cluster: Cluster, { port, reused }: Reached) {
  return {
    url: addressOf(cluster, port, name, name),
    adminUrl: addressOf(cluster, port, 'postgres', 'postgres'),
    reused,
  };
}
