/** The school that is measured: an embedded database in a temporary folder, students who are signed in, the demo courses. */

import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyMigrations } from '#prisma/migrate.ts';
import { seedDemo } from '#prisma/seed.ts';
import { consentVersion } from '#server/features/people/consent.ts';
import { type OpenedApp, openApp } from '#server/open-app.ts';
import { readConfig } from '#server/platform/config.ts';
import { createScratchDatabase, type ScratchDatabase, withClient, withDatabase } from '#server/platform/database-admin.ts';
import { createLog } from '#server/platform/log.ts';
import { startTemporaryPostgres, type TemporaryPostgres } from '#server/platform/temporary-postgres.ts';
import { type ServerProcess, startSchool } from './processes.ts';
import {
  addAnswers,
  agreeAll,
  answersAtWork,
  enrolStudents,
  insertStudents,
  openTopics,
  signStudentsIn,
  studentCount,
} from './students.ts';

export interface World {
  folder: string;
  /** A database with the schema and no rows. */
  anEmptySchool(): Promise<ScratchDatabase>;
  /** A database with nothing at all in it. */
  aDatabase(): Promise<ScratchDatabase>;
  /** A database with the demo courses, a thousand answers, and students to measure, each of whom has opened every topic. */
  aSchoolAtWork(): Promise<ScratchDatabase>;
  /** The settings that every server of such a school has. */
  env(databaseUrl: string): Record<string, string>;
  openApp(databaseUrl: string, env?: Record<string, string>): Promise<OpenedApp>;
  /** @param env settings besides the usual ones */
  startServer(databaseUrl: string, env?: Record<string, string>): Promise<ServerProcess>;
  /** Runs at the end, last registered first. */
  afterwards(step: () => Promise<void>): void;
  close(): Promise<void>;
}

const secret = 'a secret of the bench, 32 letters long';
const silent = () => undefined;

export async function createWorld(): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'otlichno-bench-'));
  // PostgreSQL's own user has to get in; root's database would go to a folder of the system, and stay there.
  await chmod(folder, 0o755);
  const steps: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
  let postgres: Promise<TemporaryPostgres> | undefined;
  let templates: Promise<{ empty: string; atWork: string }> | undefined;

  async function copyOf(template: 'empty' | 'atWork'): Promise<ScratchDatabase> {
    // It does not wait for the disk, which takes the same from both sides of a comparison and would hide the difference.
    postgres ??= startTemporaryPostgres().then((started) => {
      steps.push(started.stop);
      return started;
    });
    const { adminUrl } = await postgres;
    templates ??= makeTemplates(adminUrl, world);
    return createScratchDatabase(adminUrl, (await templates)[template]);
  }

  const world: World = {
    folder,
    anEmptySchool: () => copyOf('empty'),
    aSchoolAtWork: () => copyOf('atWork'),
    env: (databaseUrl) => ({ DATABASE_URL: databaseUrl, SECRET: secret, DATA_DIR: join(folder, 'data') }),
    async aDatabase() {
      const first = await copyOf('empty');
      return createScratchDatabase(withDatabase(first.url, 'postgres'));
    },
    openApp(databaseUrl, env) {
      const config = readConfig({ ...world.env(databaseUrl), LOG_LEVEL: 'silent', ...env });
      return openApp({ config, databaseUrl, log: createLog('silent') });
    },
    async startServer(databaseUrl, env) {
      const started = await startSchool({ ...world.env(databaseUrl), ...env });
      steps.push(started.stop);
      return started;
    },
    afterwards: (step) => void steps.push(step),
    async close() {
      for (let step = steps.pop(); step; step = steps.pop()) await step();
    },
  };
  return world;
}

/** Two databases that are copied for each measurement: made once, in the way the server makes them. */
async function makeTemplates(adminUrl: string, world: World): Promise<{ empty: string; atWork: string }> {
  const empty = 'bench_empty';
  const atWork = 'bench_at_work';
  await withClient(adminUrl, (client) => client.query(`CREATE DATABASE ${empty} TEMPLATE template0`));
  await applyMigrations(withDatabase(adminUrl, empty), { log: silent });
  await (await world.openApp(withDatabase(adminUrl, empty))).close();
  await withClient(adminUrl, (client) => client.query(`CREATE DATABASE ${atWork} TEMPLATE ${empty}`));
  const { app, close } = await world.openApp(withDatabase(adminUrl, atWork));
  await seedDemo(app);
  await close();
  await withClient(withDatabase(adminUrl, atWork), async (client) => {
    await client.query(insertStudents, [studentCount]);
    await client.query(agreeAll, [consentVersion]);
    for (const statement of [signStudentsIn, enrolStudents, openTopics]) await client.query(statement);
    // A table without rows is read from end to end, and prepared statements would keep to that for a while after it has grown.
    await addAnswers(client, 1, answersAtWork);
  });
  return { empty, atWork };
}
