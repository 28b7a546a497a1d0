/** Bytes into a backup and out of it again. All are streams: a part may be larger than the memory. */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { BackupError, type Part } from './format.ts';
import { sealing, unsealing } from './seal.ts';

/** Passes bytes on, counted and hashed. */
export function meter() {
  const hash = createHash('sha256');
  let bytes = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  return { stream, result: () => ({ bytes, sha256: hash.digest('hex') }) };
}

const passing = () => new Transform({ transform: (chunk, _encoding, done) => done(null, chunk) });

/** Writes a file that is on the disk when this returns. */
export async function writeStored(path: string, source: Readable, { key, gzip }: { key: Buffer | null; gzip: boolean }) {
  // One that fails before it is read from is not to end the process: the pipeline finds out.
  source.on('error', () => {});
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const [plain, stored] = [meter(), meter()];
  await pipeline(
    source,
    plain.stream,
    // The rows of a school shrink to a fifth; a higher level takes twice the time for a few percent.
    gzip ? createGzip({ level: 4 }) : passing(),
    key ? sealing(key) : passing(),
    stored.stream,
    createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }),
  );
  return { plain: plain.result(), stored: stored.result() };
}

/** @param path in the folder */
export async function writePart(folder: string, path: string, source: Readable, key: Buffer | null): Promise<Part> {
  const { plain, stored } = await writeStored(join(folder, path), source, { key, gzip: path.endsWith('.gz') });
  return { path, ...stored, content: plain.sha256 };
}

/** What was written by `writeStored`. An error of any step ends the stream with it. */
export function readStored(path: string, { key, gzip }: { key: Buffer | null; gzip: boolean }): Readable {
  const out = passing();
  pipeline(createReadStream(path), key ? unsealing(key) : passing(), gzip ? createGunzip() : passing(), out).catch((error: Error) =>
    out.destroy(error),
  );
  return out;
}

export function readPart(folder: string, { path }: Part, key: Buffer | null): Readable {
  return readStored(join(folder, path), { key, gzip: path.endsWith('.gz') });
}

/** Lines without their ends. */
export async function* linesOf(source: Readable): AsyncGenerator<string> {
  let rest = '';
  for await (const text of source.setEncoding('utf8')) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

/** @throws BackupError where the file is missing, cut short or changed */
export async function checkStored(path: string, wanted: { bytes: number; sha256: string }): Promise<void> {
  const { stream, result } = meter();
  try {
    await pipeline(createReadStream(path), stream, async (source) => {
      for await (const _ of source);
    });
  } catch (error) {
    throw new BackupError(`The backup is not whole: ${path} cannot be read (${error instanceof Error ? error.message : String(error)}).`, {
      cause: error,
    });
  }
  const found = result();
  if (found.bytes !== wanted.bytes)
    throw new BackupError(`The backup is not whole: ${path} has ${found.bytes} bytes instead of ${wanted.bytes}.`);
  if (found.sha256 !== wanted.sha256) throw new BackupError(`The backup is damaged: ${path} is not what was written.`);
}
