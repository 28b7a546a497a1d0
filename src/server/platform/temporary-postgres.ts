/** A PostgreSQL for an hour, in a folder that goes with it: for tests, measurements and the comparison of migrations. */
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from './embedded-postgres/server.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';

export interface TemporaryPostgres {
  adminUrl: string;
  stop(): Promise<void>;
}

const silent = () => undefined;
/** Nothing in it has to survive a power cut. */
const careless = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' };

export async function startTemporaryPostgres(): Promise<TemporaryPostgres> {
  await removeAbandoned();
  const dataDir = await mkdtemp(join(tmpdir(), `otlichno-postgres-${process.pid}-`));
  // PostgreSQL's own user has to get in.
  await chmod(dataDir, 0o755);
  const server = await startEmbeddedPostgres({ dataDir, log: silent, port: 0, settings: careless });
  return {
    adminUrl: server.adminUrl,
    async stop() {
      await server.stop();
      await rm(dataDir, { recursive: true });
    },
  };
}

/** The servers of processes that were killed: taken over, in order to stop them. */
async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = /^otlichno-postgres-(\d+)-/.exec(name)?.[1];
    if (!pid || isAlive(Number(pid))) continue;
    const dataDir = join(tmpdir(), name);
    try {
      const server = await startEmbeddedPostgres({ dataDir, log: silent, port: 0, settings: careless });
      await server.stop();
      await rm(dataDir, { recursive: true });
    } catch {
      // Another user's, or another process clears it away at this moment.
    }
  }
}
