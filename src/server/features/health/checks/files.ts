import { randomBytes, randomUUID } from 'node:crypto';
import type { StatsFs } from 'node:fs';
import { stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { type Found, failed, type Look, off, ok, reasonOf, warning } from '../check.ts';

/** What lies there is ours, and stays only where a look was broken off. */
export const probesFolder = 'health/';

/** Writes, reads and removes a thing of its own. */
export const lookAtStore: Look = async (parts) => {
  const { storage, config } = parts;
  const { store } = config;
  const key = `${probesFolder}${randomUUID()}`;
  const body = randomBytes(1024);
  try {
    await storage.put(key, body);
    const chunks: Uint8Array[] = [];
    for await (const chunk of storage.read(key)) chunks.push(chunk);
    if (!Buffer.concat(chunks).equals(body)) return failed((words) => words.store.differs);
  } catch (error) {
    const reason = reasonOf(error, parts);
    return failed((words) => words.store.failed(reason));
  } finally {
    // What keeps it from being removed was told, or is told by the next look; a kilobyte stays.
    await storage.remove(key).catch(() => {});
  }
  return ok((words) => (store.kind === 'disk' ? words.store.disk(join(config.dataDir, 'files')) : words.store.bucket(store.bucket)));
};

const gigabyte = 1e9;
const fewFiles = 10_000;

export const lookAtDisk: Look = async ({ config }) => judgeDisk(await statfs(config.dataDir));

export function judgeDisk({
  bavail,
  blocks,
  bsize,
  files,
  ffree,
}: Pick<StatsFs, 'bavail' | 'blocks' | 'bsize' | 'files' | 'ffree'>): Found {
  const [free, all] = [bavail * bsize, blocks * bsize];
  // File systems without a fixed number of files say that they have none.
  if (files > 0 && ffree < fewFiles) return failed(({ disk }) => disk.inodes(ffree));
  if (free < 0.2 * gigabyte) return failed(({ disk }) => disk.low(free, all));
  const low = free < 2 * gigabyte || free < 0.05 * all;
  return (low ? warning : ok)(({ disk }) => (low ? disk.low(free, all) : disk.ok(free, all)));
}

const bigLog = 500e6;

/** What the embedded PostgreSQL writes grows for ever. The school's own log is on standard output, and kept by who started it. */
export const lookAtLog: Look = async ({ config }) => {
  if (config.database.kind === 'external') return off(({ log }) => log.own);
  const file = join(config.dataDir, 'postgres/cluster/server.log');
  const bytes = await stat(file).then(
    ({ size }) => size,
    () => 0,
  );
  return bytes > bigLog ? warning(({ log }) => log.big(file, bytes)) : ok(({ log }) => log.ok(bytes));
};
