/** What `prisma migrate` does, without its engine download: see engine.ts. */
import { createHash } from 'node:crypto';
import type { DiagnoseMigrationHistoryOutput, MigrationList } from '@prisma/schema-engine-wasm/schema_engine_bg';
import { withClient } from '#server/platform/database-admin.ts';
import { StartError } from '#server/platform/start-error.ts';
import { type SchemaEngine, withSchemaEngine } from './engine.ts';
import { ownPrismaDir, readMigrations, readSchema, writeMigration } from './migration-files.ts';

type Log = (message: string) => void;
interface Options {
  log: Log;
  /** Holds schema.prisma, models/ and migrations/; left out, it is the folder of this file. */
  prismaDir?: string;
  /** The last one to be applied; left out, all. */
  until?: string;
  /** Into the very database that is being restored. */
  duringRestore?: boolean;
}

type MigrationStatus = { pending: string[]; problem: string | null };

/** Any number the whole project agrees on. Prisma's engine has its own and gives up on it after ten seconds. */
const advisoryLock = 7_316_500_001;

/** A schema that stands in the database as long as a restore into it has not ended (src/server/restore-school.ts). */
export const restoreMark = 'otlichno_restore';

const filters = { externalTables: [], externalEnums: [] };

/** Brings the database up to the code; the names of what was applied. Processes that start at once go through here one by one. */
export async function applyMigrations(databaseUrl: string, options: Options): Promise<string[]> {
  const { log, prismaDir = ownPrismaDir, until } = options;
  // The engine costs some 30 MB for as long as the process lives, and nearly every start finds nothing to do.
  if (await isUpToDate(databaseUrl, options)) return [];
  return withMigrationLock(databaseUrl, log, () =>
    withEngine(databaseUrl, prismaDir, async (engine, all) => {
      const migrationsList = { ...all, migrationDirectories: upTo(all.migrationDirectories, until) };
      const { problem } = await diagnose(engine, migrationsList);
      if (problem) throw new StartError(problem);
      const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters }).catch(tellFailure);
      for (const name of appliedMigrationNames) log(`applied migration ${name}`);
      return appliedMigrationNames;
    }),
  );
}

/** The database has had exactly the migrations of the code, as they are written, and each came to its end. Whatever differs is the engine's to name. */
async function isUpToDate(databaseUrl: string, { prismaDir = ownPrismaDir, until, duringRestore = false }: Options): Promise<boolean> {
  const code = (await codeMigrations(prismaDir, until)).map(({ name, checksum }) => `${name} ${checksum} done`);
  const database = await withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ there: boolean; restoring: boolean }>(
      `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there, to_regnamespace('${restoreMark}') IS NOT NULL AS restoring`,
    );
    if (rows[0]?.restoring && !duringRestore)
      throw new StartError('A restore into this database did not end, so the school is not whole. Run it again: npm run restore -- FOLDER');
    if (!rows[0]?.there) return null;
    const found = await client.query<{ line: string }>(
      `SELECT migration_name || ' ' || checksum || CASE WHEN finished_at IS NOT NULL AND rolled_back_at IS NULL THEN ' done' ELSE '' END AS line
       FROM _prisma_migrations ORDER BY migration_name`,
    );
    return found.rows.map(({ line }) => line);
  });
  return database !== null && database.join('\n') === code.join('\n');
}

/** Every migration of the code as the database notes it, oldest first. */
export async function codeMigrations(prismaDir = ownPrismaDir, until?: string): Promise<{ name: string; checksum: string }[]> {
  const { migrationDirectories } = await readMigrations(prismaDir);
  return upTo(migrationDirectories, until).map(({ path, migrationFile: { content } }) => {
    const sql = content.tag === 'ok' ? content.value : '';
    return { name: path, checksum: createHash('sha256').update(sql).digest('hex') };
  });
}

const upTo = <T extends { path: string }>(migrations: T[], until: string | undefined): T[] =>
  until === undefined ? migrations : migrations.filter(({ path }) => path <= until);

/** Forgets that the migration failed, then applies again. A failed migration left nothing behind: each is one transaction. */
export async function retryMigration(databaseUrl: string, name: string, { log, prismaDir = ownPrismaDir }: Options): Promise<string[]> {
  await withMigrationLock(databaseUrl, log, () =>
    withEngine(databaseUrl, prismaDir, (engine) => engine.markMigrationRolledBack({ migrationName: name })),
  );
  return applyMigrations(databaseUrl, { log, prismaDir });
}

/** How the database stands to the migrations of the code. Changes nothing. */
export function migrationStatus(databaseUrl: string, prismaDir = ownPrismaDir): Promise<MigrationStatus> {
  return withEngine(databaseUrl, prismaDir, diagnose);
}

/** The SQL that is missing between the migrations and the schema, or null where they say the same. */
export function checkMigrations(adminUrl: string, prismaDir = ownPrismaDir): Promise<string | null> {
  return withEngine(adminUrl, prismaDir, async (engine, migrationsList) => {
    const { files } = await readSchema(prismaDir);
    const from = { tag: 'migrations' as const, ...migrationsList };
    const difference = await engine
      .diff({ from, to: { tag: 'schemaDatamodel', files }, script: true, exitCode: true, filters })
      .catch(tellFailure);
    return difference.exitCode === 0 ? null : difference.stdout;
  });
}

/** Writes the migration that leads to the edited schema; its path, or null when nothing changed. */
export async function createMigration(name: string, adminUrl: string, prismaDir = ownPrismaDir): Promise<string | null> {
  const words = name.toLowerCase().match(/[a-z0-9]+/g);
  if (!words) throw new StartError(`A migration needs a name of latin letters and digits, not «${name}».`);
  const sql = await checkMigrations(adminUrl, prismaDir);
  if (sql === null) return null;
  const timestamp = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 'yyyymmddhhmmss'.length);
  return writeMigration(prismaDir, `${timestamp}_${words.join('_')}`, sql);
}

async function withEngine<T>(
  databaseUrl: string,
  prismaDir: string,
  work: (engine: SchemaEngine, migrations: MigrationList) => Promise<T>,
): Promise<T> {
  const migrations = await readMigrations(prismaDir);
  return withSchemaEngine(databaseUrl, await readSchema(prismaDir), (engine) => work(engine, migrations));
}

/** On a connection of its own: when this process dies, the server releases the lock with it. */
function withMigrationLock<T>(databaseUrl: string, log: Log, work: () => Promise<T>): Promise<T> {
  return withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [advisoryLock]);
    if (!rows[0]?.taken) {
      log('another process is migrating the database, waiting for it');
      await client.query('SELECT pg_advisory_lock($1)', [advisoryLock]);
    }
    return work();
  });
}

async function diagnose(engine: SchemaEngine, migrationsList: MigrationList): Promise<MigrationStatus> {
  const found = await engine.diagnoseMigrationHistory({ migrationsList, optInToShadowDatabase: false, filters });
  const { history } = found;
  return { pending: history && 'unappliedMigrationNames' in history ? history.unappliedMigrationNames : [], problem: problemOf(found) };
}

function problemOf({ failedMigrationNames, editedMigrationNames, history }: DiagnoseMigrationHistoryOutput): string | null {
  const unknown = history && 'unpersistedMigrationNames' in history ? history.unpersistedMigrationNames : [];
  if (unknown.length > 0) {
    return `The database is newer than this code: it has had migrations that the code does not know (${unknown.join(', ')}). Start the newer code.`;
  }
  if (failedMigrationNames.length > 0) {
    const names = failedMigrationNames.join(', ');
    return `Migration ${names} was started on this database and did not end. Mend the cause, then run: npm run migrate -- retry ${names}`;
  }
  if (editedMigrationNames.length > 0) {
    const names = editedMigrationNames.join(', ');
    return `Migration ${names} was edited after this database had it. Put the file back as it was and write the change as a new migration.`;
  }
  return null;
}

/** The engine's message is the reason and then the places in its own code where it stood, which name the migration. */
function tellFailure(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error);
  const reason = message
    .split(/\n\s+0: /)[0]
    ?.replaceAll(/\s+/g, ' ')
    .trim();
  const name = /migration_name="([^"]+)"/.exec(message)?.[1];
  throw new StartError(name ? `Migration ${name} failed and left nothing behind: ${reason}` : `Migrations: ${reason}`, { cause: error });
}
