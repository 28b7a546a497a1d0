/** Before the journeys: the pages are built, and a school is made ready that every journey gets a copy of. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { seedDemo } from '#prisma/seed.ts';
import { ensureClientBuilt } from '#server/client-build.ts';
import { addModerator } from '#server/features/people/moderators.ts';
import { openApp } from '#server/open-app.ts';
import { readConfig } from '#server/platform/config.ts';
import { withClient, withDatabase } from '#server/platform/database-admin.ts';
import { createLog } from '#server/platform/log.ts';
import { password, teachers } from './people.ts';

/** The school that is copied: its database, the secret that signs for it, and the folder with its files. */
export interface SiteTemplate {
  adminUrl: string;
  database: string;
  secret: string;
  dataDir: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    siteTemplate: SiteTemplate;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { adminUrl, template } = project.getProvidedContext().testServer;
  // It begins with the name of the run's template, and so do its copies: all of them go with that.
  const database = `${template}_s`;
  const dataDir = await mkdtemp(join(tmpdir(), 'otlichno-e2e-template-'));
  const school: SiteTemplate = { adminUrl, database, secret: randomUUID(), dataDir };
  await Promise.all([ensureClientBuilt(() => {}), makeSchool(template, school)]);
  project.provide('siteTemplate', school);
  return () => rm(dataDir, { recursive: true, force: true });
}

async function makeSchool(template: string, { adminUrl, database, secret, dataDir }: SiteTemplate): Promise<void> {
  await withClient(adminUrl, (client) => client.query(`CREATE DATABASE "${database}" TEMPLATE "${template}"`));
  const databaseUrl = withDatabase(adminUrl, database);
  const config = readConfig({ DATABASE_URL: databaseUrl, SECRET: secret, DATA_DIR: dataDir, LOG_LEVEL: 'error' });
  const { app, close } = await openApp({ config, databaseUrl, log: createLog('error') });
  try {
    await seedDemo(app);
    for (const { email, firstName, lastName } of Object.values(teachers)) {
      const added = await addModerator(app, { kind: 'cli' }, { email, firstName, lastName, password });
      if (added.outcome !== 'added') throw new Error(`${email}: ${added.outcome}`);
    }
  } finally {
    await close();
  }
}
