/** A school out of a backup. Killed in the middle it is begun anew by the same command; until it has ended no school starts on that database. */
import { randomBytes } from 'node:crypto';
import { appendFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { applyMigrations, codeMigrations, restoreMark } from '#prisma/migrate.ts';
import { afterRestore, type Held } from './after-restore.ts';
import { openApp } from './open-app.ts';
import { checkBackup, type OpenBackup } from './platform/backup/check.ts';
import { BackupError, type Manifest } from './platform/backup/format.ts';
import { clearDatabase } from './platform/backup/into.ts';
import { loadTables } from './platform/backup/load.ts';
import { readPart } from './platform/backup/parts.ts';
import { putFiles } from './platform/backup/put-files.ts';
import type { Config } from './platform/config.ts';
import { startEmbeddedPostgres } from './platform/embedded-postgres.ts';
import type { Log } from './platform/log.ts';
import { sameSecret } from './platform/secrets.ts';
import { openStorage } from './platform/storage/open.ts';

export interface RestoreOptions {
  config: Config;
  log: Log;
  folder: string;
  passphrase: string | null;
  /** What is in the database may be put aside. */
  intoExisting: boolean;
  /** SECRET of the settings is not the backup's, and that is meant so. */
  keepSecret: boolean;
  /** The school has sent nothing since the backup: it was stopped for it. */
  sendWaiting: boolean;
  say: (line: string) => void;
}

export interface Restored extends Held {
  manifest: Manifest;
  /** The schema in which what was in the database lies now. */
  aside: string | null;
  /** People who were erased after the backup, and are again. */
  erased: number;
}

/** @throws BackupError, StartError with the line to show; nothing was changed where the backup itself or the place is to blame */
export async function restoreSchool(options: RestoreOptions): Promise<Restored> {
  const { config, say, folder } = options;
  say('checking the backup …');
  const backup = await checkBackup(folder, options.passphrase);
  await refuseNewer(backup.manifest);
  const secret = (await text(readPart(folder, backup.manifest.secret, backup.key))).trim();
  if (!options.keepSecret) await refuseOtherSecret(config, secret);
  if (config.database.kind === 'external') return restoreInto(config.database.url, backup, secret, options);
  // As a school, so that no school runs meanwhile.
  const postgres = await startEmbeddedPostgres({ dataDir: join(config.dataDir, 'postgres'), log: (message) => options.log.info(message) });
  return restoreInto(postgres.url, backup, secret, options).finally(() => postgres.stop());
}

async function restoreInto(databaseUrl: string, backup: OpenBackup, secret: string, options: RestoreOptions): Promise<Restored> {
  const { config, log, say } = options;
  const { manifest } = backup;
  const tell = { log: (message: string) => log.info(message), duringRestore: true };
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: 15_000,
    keepAlive: true,
    application_name: 'otlichno-restore',
  });
  // The statement that runs is rejected all the same.
  client.on('error', () => {});
  await client.connect().catch((error: unknown) => {
    throw new BackupError(`The database cannot be opened: ${error instanceof Error && error.message ? error.message : String(error)}`, {
      cause: error,
    });
  });
  try {
    const aside = await clearDatabase(client, { mark: restoreMark, intoExisting: options.intoExisting, at: new Date() });
    say('loading the database …');
    await applyMigrations(databaseUrl, { ...tell, until: manifest.migrations.at(-1)?.name ?? '' });
    await loadTables(client, backup);
    say('putting files back …');
    await putFiles(await openStorage(config), backup);
    await applyMigrations(databaseUrl, tell);
    if (config.secret === null) await placeSecret(config.dataDir, secret);
    await takeErasures(config, backup.folder);
    const { app, close } = await openApp({ config, databaseUrl, log });
    let held: Held & { erased: number };
    try {
      held = await afterRestore(app, backup, options.sendWaiting);
    } finally {
      await close();
    }
    // The very last: until now the school would not have started here.
    await client.query(`DROP SCHEMA ${restoreMark}`);
    return { manifest, aside, ...held };
  } finally {
    await client.end().catch(() => {});
  }
}

/** The code has every older migration; those it does not know are of a newer one. */
async function refuseNewer({ migrations }: Manifest): Promise<void> {
  const code = new Map((await codeMigrations()).map(({ name, checksum }) => [name, checksum]));
  const unknown = migrations.filter(({ name }) => !code.has(name));
  if (unknown.length > 0)
    throw new BackupError(
      `The backup is newer than this code: it has had migrations that the code does not know (${unknown.map(({ name }) => name).join(', ')}). Take the newer code and run this again.`,
    );
  const edited = migrations.find(({ name, checksum }) => code.get(name) !== checksum);
  if (edited)
    throw new BackupError(`Migration ${edited.name} of this code is not the one the backup was made with. Take the code of a release.`);
  const skipped = [...code.keys()].find((name) => name < (migrations.at(-1)?.name ?? '') && !migrations.some((had) => had.name === name));
  if (skipped)
    throw new BackupError(`The backup is of a database that has not had migration ${skipped}: it was made by other code than this.`);
}

/** Saved cards and second steps are sealed with the secret: another one cannot open them. */
async function refuseOtherSecret({ secret: configured, dataDir }: Config, secret: string): Promise<void> {
  if (configured === null || sameSecret(configured, secret)) return;
  const file = join(dataDir, 'secret.of-backup');
  await mkdir(dataDir, { recursive: true });
  await writeFile(file, secret, { mode: 0o600, flush: true });
  throw new BackupError(
    `SECRET in your settings is not the one of this backup, which lies now in ${file}. Put that text into SECRET, delete the file and run this again. To go on with yours, add --keep-secret: saved cards and second steps of moderators are lost then.`,
  );
}

/** Where the settings name none, it lies in the data folder; what lay there before stays beside it. */
async function placeSecret(dataDir: string, secret: string): Promise<void> {
  const file = join(dataDir, 'secret');
  const there = await readFile(file, 'utf8').catch(() => null);
  if (there !== null && sameSecret(there.trim(), secret)) return;
  await mkdir(dataDir, { recursive: true });
  if (there !== null) await rename(file, `${file}.before-${new Date().toISOString().slice(0, 19).replaceAll(/\D/g, '')}`);
  const draft = `${file}.${randomBytes(8).toString('hex')}`;
  await writeFile(draft, secret, { mode: 0o600, flush: true });
  await rename(draft, file);
}

/** Who was erased after the backup stands in a file beside it. On a new machine that is another folder than the school's own. */
async function takeErasures({ backups }: Config, folder: string): Promise<void> {
  const beside = join(dirname(resolve(folder)), 'erasures.jsonl');
  const own = join(backups.dir, 'erasures.jsonl');
  if (beside === own) return;
  const lines = await readFile(beside, 'utf8').catch(() => '');
  if (lines === '') return;
  await mkdir(backups.dir, { recursive: true, mode: 0o700 });
  await appendFile(own, `\n${lines}\n`, { mode: 0o600, flush: true });
}
