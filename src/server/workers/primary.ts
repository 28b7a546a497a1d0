/** The process that an admin starts, where several serve the site: it holds the database and the port, and sees to it that the others are there. */
import { join } from 'node:path';
import { countForWorkers } from '../platform/brakes.ts';
import type { Config } from '../platform/config.ts';
import { connectionRoom, connectionsOf, refuseTooMany } from '../platform/connection-room.ts';
import { startEmbeddedPostgres } from '../platform/embedded-postgres.ts';
import { createLifecycle, type Lifecycle } from '../platform/lifecycle.ts';
import { type Log, openLog } from '../platform/log.ts';
import { answerMetrics } from '../platform/metrics.ts';
import { StartError } from '../platform/start-error.ts';
import { findPort, openWeb, waitsForProxy } from '../web.ts';
import { type Crew, startCrew } from './crew.ts';
import { WorkerFailure } from './member.ts';

export interface RunningPrimary {
  port: number;
  /** Puts a new process in the place of each, one after the other. */
  renew(): void;
  stop(): Promise<void>;
  /** Ends the workers at once. */
  kill(): void;
}

/** @throws StartError with the one line to show */
export async function startPrimary(config: Config, say: (line: string) => void, warn: (line: string) => void): Promise<RunningPrimary> {
  const log = openLog(config);
  const life = createLifecycle(log);
  let crew: Crew | undefined;
  try {
    // First of all, so that a taken port is told at once; where nobody stands in front it says until the first worker takes it that the school is about to open.
    const door = openWeb(config, log);
    const port = waitsForProxy(config) ? await findPort(config, log) : await door.listen();
    life.onStop('port', () => door.drain());
    const databaseUrl = await openDatabaseServer(config, life, log);
    refuseTooMany(config, await connectionRoom(databaseUrl));
    // Both listen to the workers by themselves.
    countForWorkers();
    answerMetrics();
    crew = startCrew({ size: config.workers, port, databaseUrl, log, say, warn });
    life.onStop('workers', () => crew?.stop(config.trustProxy > 0 ? 'behind-proxy' : 'alone') ?? Promise.resolve());
    await crew.open(() => door.drain());
    return { port, renew: crew.renew, stop: () => life.stop(), kill: crew.kill };
  } catch (error) {
    await life.stop();
    throw error instanceof WorkerFailure ? new StartError(error.message) : error;
  }
}

/** PostgreSQL allows a hundred connections of its own accord. */
const usualConnections = 100;
/** For commands, backups and whoever looks after the database. */
const spareConnections = 20;

async function openDatabaseServer(config: Config, life: Lifecycle, log: Log): Promise<string> {
  if (config.database.kind === 'external') return config.database.url;
  const connections = Math.max(usualConnections, connectionsOf(config) + spareConnections);
  const postgres = await startEmbeddedPostgres({
    dataDir: join(config.dataDir, 'postgres'),
    log: (message) => log.info(message),
    settings: { max_connections: String(connections) },
  });
  life.onStop('postgres', () => postgres.stop());
  return postgres.url;
}
