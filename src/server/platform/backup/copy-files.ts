/** The files that the rows of a backup name, from the store into its folder. */
import { link, mkdir, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { Storage, StoredObject } from '../storage.ts';
import { BackupError, type FileEntry, fileEntrySchema, fileIn, type Manifest } from './format.ts';
import type { StoredBackup } from './keep.ts';
import { linesOf, readPart, readStored, writePart, writeStored } from './parts.ts';

const atOnce = 4;
const tries = 3;
/** How many missing files are told by name. */
const toldMissing = 100;
/** A store may know the time of a file by the second only: what was written just before the former backup may have changed since. */
const surelyOlderMs = 5000;

interface Work {
  storage: Storage;
  folder: string;
  /** See `dumpDatabase`. */
  keysFile: string;
  key: Buffer | null;
  /** A backup under the same key, or under none as well: what has not changed since is linked to it and takes no room. */
  former: StoredBackup | null;
  retryMs?: number;
}

export interface CopiedFiles {
  files: Manifest['files'];
  /** Of `files.count`: how many had not changed. */
  linked: number;
}

/** Few files at a time, and the list as it grows: memory does not depend on how many there are. */
export async function copyFiles(work: Work): Promise<CopiedFiles> {
  const { folder, keysFile, key } = work;
  const total = { count: 0, bytes: 0, missing: 0, missingKeys: [] as string[], linked: 0 };
  const part = await writePart(folder, 'files.gz', Readable.from(lines(), { objectMode: false }), key);
  await rm(keysFile);
  const { count, bytes, missing, missingKeys, linked } = total;
  // One lost file is told and no reason to be without a backup; all of them are: this is not the school's store.
  if (count === 0 && missing > 0)
    throw new BackupError(
      `None of the ${missing} files of the school is in the store. Is this its store? See S3_… and DATA_DIR in the settings.`,
    );
  return { files: { count, bytes, missing, missingKeys, part }, linked };

  async function* lines(): AsyncGenerator<string> {
    for await (const batch of batches(withFormer(work))) {
      // To the end of each: what goes on behind a failure would write into a folder that is being removed.
      const settled = await Promise.allSettled(batch.map((wanted) => copyOne(work, wanted)));
      const copied = settled.map((one) => {
        if (one.status === 'rejected') throw one.reason;
        return one.value;
      });
      for (const [index, result] of copied.entries()) {
        if (result) {
          total.count += 1;
          total.bytes += result.entry.size;
          if (result.linked) total.linked += 1;
          yield `${JSON.stringify(result.entry)}\n`;
        } else {
          total.missing += 1;
          if (total.missingKeys.length < toldMissing) total.missingKeys.push(batch[index]?.name ?? '');
        }
      }
    }
  }
}

/** All files of a backup, in the order of their keys' bytes. */
export async function* fileEntries(folder: string, { files }: Manifest, key: Buffer | null): AsyncGenerator<FileEntry, undefined> {
  for await (const line of linesOf(readPart(folder, files.part, key))) yield fileEntrySchema.parse(JSON.parse(line));
}

interface Wanted {
  name: string;
  /** The same key in the former backup. */
  before: FileEntry | null;
}

/** Both lists have one order, so they are walked side by side. */
async function* withFormer({ keysFile, former, key }: Work): AsyncGenerator<Wanted> {
  const entries = former ? fileEntries(former.folder, former.manifest, key) : null;
  const orderOf = (entry: FileEntry) => Buffer.from(entry.key).toString('hex');
  let next = (await entries?.next())?.value;
  try {
    for await (const order of linesOf(readStored(keysFile, { key: null, gzip: false }))) {
      while (next && orderOf(next) < order) next = (await entries?.next())?.value;
      yield { name: Buffer.from(order, 'hex').toString('utf8'), before: next && orderOf(next) === order ? next : null };
    }
  } finally {
    await entries?.return(undefined);
  }
}

async function* batches(source: AsyncIterable<Wanted>): AsyncGenerator<Wanted[]> {
  let batch: Wanted[] = [];
  for await (const wanted of source) {
    batch.push(wanted);
    if (batch.length < atOnce) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** @returns null where the store does not have it */
async function copyOne(work: Work, { name, before }: Wanted): Promise<{ entry: FileEntry; linked: boolean } | null> {
  const target = fileIn(work.folder, name);
  for (let attempt = 1; ; attempt += 1) {
    try {
      const facts = await work.storage.find(name);
      if (!facts) return null;
      if (before && (await linkFormer(work, before, facts, target))) return { entry: before, linked: true };
      const { plain, stored } = await writeStored(target, work.storage.read(name), { key: work.key, gzip: false });
      if (plain.bytes !== facts.size) throw new Error(`${plain.bytes} bytes came instead of ${facts.size}`);
      return { entry: { key: name, size: facts.size, modifiedAt: facts.modifiedAt.toISOString(), stored }, linked: false };
    } catch (error) {
      await rm(target, { force: true });
      // The disk of the backup will not grow while we wait.
      if (attempt === tries || isDiskFull(error)) throw explained(error, name);
      await pause((work.retryMs ?? 2000) * attempt);
    }
  }
}

async function linkFormer({ former }: Work, before: FileEntry, facts: StoredObject, target: string): Promise<boolean> {
  if (!former || before.size !== facts.size || before.modifiedAt !== facts.modifiedAt.toISOString()) return false;
  if (facts.modifiedAt.getTime() > Date.parse(former.manifest.at) - surelyOlderMs) return false;
  const source = fileIn(former.folder, before.key);
  try {
    if ((await stat(source)).size !== before.stored.bytes) return false;
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await link(source, target);
    return true;
  } catch {
    // Another disk, one that knows no links, too many links: it is copied.
    return false;
  }
}

export const isDiskFull = (error: unknown) =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');

function explained(error: unknown, name: string): Error {
  if (isDiskFull(error) || error instanceof BackupError) return error as Error;
  return new BackupError(`The store did not give ${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
}
