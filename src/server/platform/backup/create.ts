/** Makes a backup of a school, running or not. Decision: docs/decisions/0026. */
import { chmod, mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import pg from 'pg';
import type { Storage } from '../storage.ts';
import { copyFiles, isDiskFull } from './copy-files.ts';
import { dumpDatabase } from './dump.ts';
import { BackupError, formatVersion, type Manifest, sumOf } from './format.ts';
import { listBackups, namesFor, removeLeftovers, removeOld, type StoredBackup } from './keep.ts';
import { claimForBackup } from './locks.ts';
import { writePart } from './parts.ts';
import { keyOf, newSeal, openSeal, type Seal } from './seal.ts';

export interface BackupOptions {
  databaseUrl: string;
  storage: Storage;
  store: Manifest['store'];
  secret: string;
  /** Folder of backups. */
  dir: string;
  keep: number;
  /** Null: not sealed. */
  passphrase: string | null;
  say: (line: string) => void;
  /** Sees the very rows that are written. */
  inSnapshot?: (client: pg.Client) => Promise<void>;
  retryMs?: number;
}

export interface MadeBackup {
  folder: string;
  manifest: Manifest;
  /** Files that are shared with the former backup. */
  linked: number;
  /** Older backups that were taken away. */
  removed: string[];
}

/**
 * All or nothing: until the last byte is on the disk the folder is called «unfinished», and nothing that is called so counts as a backup.
 * @throws BackupError
 */
export async function createBackup(options: BackupOptions): Promise<MadeBackup> {
  const { dir, databaseUrl } = options;
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: 15_000,
    keepAlive: true,
    application_name: 'otlichno-backup',
  });
  let broken: Error | undefined;
  client.on('error', (error) => {
    broken = error;
  });
  await client.connect().catch((error: unknown) => {
    throw new BackupError(`The database cannot be opened: ${wordsOf(error)}`, { cause: error });
  });
  let draft: string | null = null;
  try {
    await claimForBackup(client);
    await mkdir(dir, { recursive: true, mode: 0o700 });
    await removeLeftovers(dir);
    const names = await freeNames(dir);
    draft = join(dir, names.draft);
    await mkdir(draft, { mode: 0o700 });
    const made = await fill(client, draft, options);
    // With the connection the claim would be gone, and files might have been removed before they were copied.
    if (broken) throw broken;
    await client.query('SELECT 1');
    await syncFolders(draft);
    await rename(draft, join(dir, names.name));
    draft = null;
    await syncFolder(dir);
    return { folder: join(dir, names.name), ...made, removed: await removeOld(dir, options.keep) };
  } catch (error) {
    throw explained(error, dir);
  } finally {
    if (draft !== null) await rm(draft, { recursive: true, force: true });
    await client.end().catch(() => {});
  }
}

async function fill(client: pg.Client, folder: string, options: BackupOptions): Promise<Pick<MadeBackup, 'manifest' | 'linked'>> {
  const { dir, storage, store, secret, passphrase, say, inSnapshot, retryMs } = options;
  const { seal, former } = await sealAndFormer(dir, passphrase);
  const key = seal?.key ?? null;
  const keysFile = join(folder, 'keys');
  say('reading the database …');
  const dump = await dumpDatabase(client, { folder, key, keysFile, inSnapshot });
  say('copying files …');
  const { files, linked } = await copyFiles({ storage, folder, keysFile, key, former, ...(retryMs === undefined ? {} : { retryMs }) });
  const manifest: Manifest = {
    format: formatVersion,
    at: dump.at.toISOString(),
    finishedAt: new Date().toISOString(),
    store,
    sealed: seal?.how ?? null,
    migrations: dump.migrations,
    tables: dump.tables,
    sequences: dump.sequences,
    jobs: dump.jobs,
    files,
    secret: await writePart(folder, 'secret', Readable.from([Buffer.from(secret)]), key),
  };
  const text = `${JSON.stringify(manifest, null, 1)}\n`;
  const flags = { mode: 0o600, flush: true, flag: 'wx' };
  await writeFile(join(folder, 'manifest.json'), text, flags);
  await writeFile(join(folder, 'manifest.sum'), `${sumOf(text, key)}\n`, flags);
  return { manifest, linked };
}

/** Backups under one passphrase have one key, so that what has not changed can be linked; each part has a key of its own all the same. */
async function sealAndFormer(dir: string, passphrase: string | null): Promise<{ seal: Seal | null; former: StoredBackup | null }> {
  const former = (await listBackups(dir))[0] ?? null;
  if (passphrase === null) return { seal: null, former: former?.manifest.sealed === null ? former : null };
  if (former?.manifest.sealed) {
    // Another passphrase than before is no mistake: from now on it is that one.
    const seal = await openSeal(former.folder, former.manifest, passphrase).catch((error: unknown) => {
      if (error instanceof BackupError) return null;
      throw error;
    });
    if (seal) return { seal, former };
  }
  const how = newSeal();
  return { seal: { how, key: await keyOf(passphrase, how) }, former: null };
}

/** Two backups of one second get two names. */
async function freeNames(dir: string): Promise<ReturnType<typeof namesFor>> {
  const taken = new Set(await readdir(dir));
  for (let at = Date.now(); ; at += 1000) {
    const names = namesFor(new Date(at));
    if (!taken.has(names.name)) return names;
  }
}

/** Names are on the disk only when their folders are. */
async function syncFolders(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) if (entry.isDirectory()) await syncFolders(join(folder, entry.name));
  await chmod(folder, 0o700);
  await syncFolder(folder);
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

const wordsOf = (error: unknown) => {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return first instanceof Error ? first.message : String(first);
};

function explained(error: unknown, dir: string): Error {
  if (error instanceof BackupError) return error;
  if (isDiskFull(error))
    return new BackupError(
      `The disk of ${dir} is full: no backup was made. Make room there, lower BACKUP_KEEP, or name another folder: --to FOLDER`,
      {
        cause: error,
      },
    );
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR')
    return new BackupError(
      `The folder of backups ${dir} cannot be written to (${String(code)}). Name another: --to FOLDER, or BACKUP_DIR`,
      { cause: error },
    );
  return new BackupError(`No backup was made: ${wordsOf(error)}`, { cause: error });
}
