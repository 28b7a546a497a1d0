/** The folder of backups: which of them are whole, and which go. */
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { BackupError, type Manifest, readManifest } from './format.ts';

const wholeName = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ$/;
/** Being made, or left by a backup that did not end; being removed, or left by a removal. */
const unfinished = '.unfinished';
const removing = '.removing';

export interface StoredBackup {
  folder: string;
  manifest: Manifest;
}

/** A name that sorts by time, and the one it has until the backup is whole. */
export function namesFor(at: Date) {
  const name = `${at.toISOString().slice(0, 19).replaceAll(':', '-')}Z`;
  return { name, draft: name + unfinished };
}

/** All that were made to their end, newest first; others are passed over. */
export async function listBackups(dir: string): Promise<StoredBackup[]> {
  const names = (await namesIn(dir))
    .filter((name) => wholeName.test(name))
    .sort()
    .reverse();
  const found: StoredBackup[] = [];
  for (const name of names) {
    const folder = join(dir, name);
    const manifest = await readManifest(folder).catch((error: unknown) => {
      if (error instanceof BackupError) return null;
      throw error;
    });
    if (manifest) found.push({ folder, manifest });
  }
  return found;
}

export interface LastBackup {
  folder: string;
  /** The moment it shows the school at. */
  at: Date;
  /** Rows and files that it holds. */
  rows: number;
  files: number;
  /** Files that rows name and the store did not have. */
  missingFiles: number;
}

/** The newest whole backup in BACKUP_DIR, or null where there is none. It looks at the manifest only. */
export async function lastBackup({ config }: { config: Pick<Config, 'backups'> }): Promise<LastBackup | null> {
  const [newest] = await listBackups(config.backups.dir);
  if (!newest) return null;
  const { at, tables, files } = newest.manifest;
  return {
    folder: newest.folder,
    at: new Date(at),
    rows: tables.reduce((sum, { rows }) => sum + rows, 0),
    files: files.count,
    missingFiles: files.missing,
  };
}

/** Takes away what was left half made and half removed. Only one backup of a school is made at a time, so nobody works there. */
export async function removeLeftovers(dir: string): Promise<void> {
  for (const name of await namesIn(dir)) {
    const isOurs = [unfinished, removing].some((end) => name.endsWith(end) && wholeName.test(name.slice(0, -end.length)));
    if (isOurs) await rm(join(dir, name), { recursive: true, force: true });
  }
}

/** Keeps the newest. Each goes by another name first: a backup that is half removed does not look like one. @returns what went */
export async function removeOld(dir: string, keep: number): Promise<string[]> {
  const old = (await listBackups(dir)).slice(keep);
  for (const { folder } of old) {
    await rename(folder, folder + removing);
    await rm(folder + removing, { recursive: true });
  }
  return old.map(({ folder }) => folder);
}

/** @throws BackupError where the folder is a file, or cannot be read */
async function namesIn(dir: string): Promise<string[]> {
  try {
    return await readdir(dir);
  } catch (error) {
    if (!(await stat(dir).catch(() => null))) return [];
    throw new BackupError(`The folder of backups ${dir} cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
