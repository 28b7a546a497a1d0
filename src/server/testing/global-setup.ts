/** Before the suites that need a database: one PostgreSQL for all of them, and in it a template with the schema. */
import { randomUUID } from 'node:crypto';
import { PgBoss } from 'pg-boss';
import type { TestProject } from 'vitest/node';
import { applyMigrations } from '#prisma/migrate.ts';
import { dropDatabase, withClient, withDatabase } from '#server/platform/database-admin.ts';
import { startTemporaryPostgres } from '#server/platform/temporary-postgres.ts';

const silent = () => undefined;

export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  // Vitest calls this once for every suite; the first one serves the whole run.
  const root = project.vitest.getRootProject();
  if ('testServer' in root.getProvidedContext()) return undefined;
  const given = process.env.TEST_DATABASE_URL;
  const { adminUrl, stop } = given ? { adminUrl: given, stop: async () => undefined } : await startTemporaryPostgres();
  const template = `otlichno_test_${randomUUID().slice(-12)}`;
  const tearDown = async () => {
    await dropAll(adminUrl, template).finally(stop);
  };
  try {
    await createTemplate(adminUrl, template);
  } catch (error) {
    await tearDown();
    throw error;
  }
  root.provide('testServer', { adminUrl, template });
  return tearDown;
}

async function createTemplate(adminUrl: string, template: string): Promise<void> {
  await withClient(adminUrl, (client) => client.query(`CREATE DATABASE "${template}" TEMPLATE template0`));
  const url = withDatabase(adminUrl, template);
  await applyMigrations(url, { log: silent });
  const boss = new PgBoss({ connectionString: url, supervise: false, schedule: false });
  await boss.start();
  await boss.stop();
}

/** The template and the copies that test files have left behind: their names begin with its own. */
async function dropAll(adminUrl: string, template: string): Promise<void> {
  const { rows } = await withClient(adminUrl, (client) =>
    client.query<{ datname: string }>('SELECT datname FROM pg_database WHERE starts_with(datname, $1)', [template]),
  );
  for (const { datname } of rows) await dropDatabase(adminUrl, datname);
}
