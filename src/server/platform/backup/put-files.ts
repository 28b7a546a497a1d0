import type { Storage } from '../storage.ts';
import type { OpenBackup } from './check.ts';
import { fileEntries, isDiskFull } from './copy-files.ts';
import { BackupError, type FileEntry, fileIn } from './format.ts';
import { meter, readStored } from './parts.ts';

const atOnce = 4;

/** Every file of a backup into a store. Twice is once: a restore that was broken off begins anew. */
export async function putFiles(storage: Storage, { folder, manifest, key }: OpenBackup): Promise<void> {
  const entries = fileEntries(folder, manifest, key);
  // Each worker takes the next one: a film does not hold up the small ones beside it.
  const worker = async () => {
    for (let next = await entries.next(); !next.done; next = await entries.next()) await put(next.value);
  };
  async function put(entry: FileEntry): Promise<void> {
    const { stream, result } = meter();
    const source = readStored(fileIn(folder, entry.key), { key, gzip: false });
    source.on('error', (error) => stream.destroy(error));
    await storage.put(entry.key, source.pipe(stream)).catch((error: unknown) => {
      throw refused(error, entry.key);
    });
    const { bytes } = result();
    if (bytes !== entry.size) throw new BackupError(`The backup is damaged: ${entry.key} has ${bytes} bytes instead of ${entry.size}.`);
  }
  await Promise.all(Array.from({ length: atOnce }, worker));
}

function refused(error: unknown, key: string): Error {
  if (error instanceof BackupError) return error;
  if (isDiskFull(error)) return new BackupError('The disk is full. Make room and run this again: it begins anew.', { cause: error });
  const words = error instanceof Error ? error.message || error.name : String(error);
  return new BackupError(`The store did not take ${key}: ${words}. Run this again when it does: it begins anew.`, { cause: error });
}
