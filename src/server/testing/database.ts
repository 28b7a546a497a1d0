import { inject } from 'vitest';
import { createScratchDatabase, type ScratchDatabase } from '#server/platform/database-admin.ts';

/** What the global setup tells the tests: a server where they may make databases, and the database they copy. */
export type TestServer = { adminUrl: string; template: string };

declare module 'vitest' {
  export interface ProvidedContext {
    testServer: TestServer;
  }
}

/** A database of its own for a test file, with the schema of the school and of its queue and no rows. */
export function createTestDatabase(): Promise<ScratchDatabase> {
  const { adminUrl, template } = inject('testServer');
  return createScratchDatabase(adminUrl, template);
}
