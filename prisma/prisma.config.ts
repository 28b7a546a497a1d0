// Given to Prisma's own commands with --config. Nothing here connects to a database: migrations go through prisma/migrate.ts.
import { defineConfig } from 'prisma/config';

// Prisma downloads an engine before `generate`, which never runs it, and stops where its host is closed. Any existing file satisfies it.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({
  schema: '.',
  migrations: { path: 'migrations' },
});
