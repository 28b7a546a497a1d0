import { join } from 'node:path';
import { fileEntries } from './copy-files.ts';
import { fileIn, type Manifest, readManifest } from './format.ts';
import { checkStored } from './parts.ts';
import { openSeal } from './seal.ts';

export interface OpenBackup {
  folder: string;
  manifest: Manifest;
  /** Null: not sealed. */
  key: Buffer | null;
}

/**
 * Reads a backup from end to end: every part and every file is what was written.
 * @throws BackupError naming the first that is not
 */
export async function checkBackup(folder: string, passphrase: string | null): Promise<OpenBackup> {
  const manifest = await readManifest(folder);
  const key = (await openSeal(folder, manifest, passphrase))?.key ?? null;
  const { tables, jobs, files, secret } = manifest;
  for (const part of [...tables.map((table) => table.part), jobs.part, files.part, secret])
    await checkStored(join(folder, part.path), part);
  for await (const entry of fileEntries(folder, manifest, key)) await checkStored(fileIn(folder, entry.key), entry.stored);
  return { folder, manifest, key };
}
