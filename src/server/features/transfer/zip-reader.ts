import { createWriteStream } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import type { ArchiveRefusal } from '#shared/transfer.ts';
import { type ArchiveLimits, acceptEntry, createTally } from './zip-rules.ts';

/**
 * Unpacks an archive below an empty folder. Everything that its directory says is judged before a byte is written, and while writing every file is
 * held to what the directory said of it.
 * @returns why it was refused; null when it is unpacked
 */
export async function unpack(archive: string, dir: string, limits: ArchiveLimits): Promise<ArchiveRefusal | null> {
  const { size } = await stat(archive);
  let zip: ZipFile | null = null;
  try {
    zip = await openPromise(archive, { decodeStrings: false, validateEntrySizes: true, autoClose: false });
    const tally = createTally(limits, size, zip.entryCount);
    const entries: { entry: Entry; path: string }[] = [];
    for await (const entry of zip.eachEntry()) {
      const judged = acceptEntry(entry, tally);
      if ('refusal' in judged) return judged.refusal;
      if (judged.path !== null) entries.push({ entry, path: judged.path });
    }
    for (const { entry, path } of entries) await extract(zip, entry, join(dir, path));
    return null;
  } catch (error) {
    if (isOfTheDisk(error)) throw error;
    return { code: 'archive-broken' };
  } finally {
    zip?.close();
  }
}

async function extract(zip: ZipFile, entry: Entry, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  const bytes = await zip.openReadStreamPromise(entry);
  await pipeline(bytes, sameSum(entry.crc32), createWriteStream(target, { flags: 'wx', mode: 0o600 }));
}

function sameSum(expected: number): Transform {
  let sum = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sum = crc32(chunk, sum);
      done(null, chunk);
    },
    flush(done) {
      done(sum === expected ? null : new Error('the bytes are not those that were packed'));
    },
  });
}

/** A full disk is no fault of the archive. */
function isOfTheDisk(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
