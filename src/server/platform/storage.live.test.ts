/** One contract, two stores: a folder and a bucket. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { anS3Server } from '../testing/s3-server.ts';
import { diskStorage } from './storage/disk.ts';
import { s3Storage } from './storage/s3.ts';
import type { ListedObject, Storage } from './storage.ts';

interface Kept {
  storage: Storage;
  close(): Promise<void>;
}

const stores: Record<string, () => Promise<Kept>> = {
  async 'a folder'() {
    const root = await mkdtemp(join(tmpdir(), 'otlichno-store-'));
    return { storage: diskStorage(root), close: () => rm(root, { recursive: true }) };
  },
  async 'a bucket'() {
    const server = await anS3Server();
    return { storage: s3Storage(server.config), close: server.close };
  },
};

const key = 'topics/t1/graph.svg';

async function all(objects: AsyncIterable<ListedObject>): Promise<ListedObject[]> {
  const found: ListedObject[] = [];
  for await (const object of objects) found.push(object);
  return found;
}

describe.each(Object.entries(stores))('%s', (_, open) => {
  let kept: Kept;
  let storage: Storage;
  beforeEach(async () => {
    kept = await open();
    storage = kept.storage;
  });
  afterEach(() => kept.close());

  const keysUnder = async (prefix: string) => (await all(storage.list(prefix))).map((object) => object.key).toSorted();

  test.each([
    ['a buffer', () => Buffer.from('щука')],
    ['a stream', () => Readable.from([Buffer.from('щу'), Buffer.from('ка')])],
  ])('%s is stored and read back, also in parts', async (_name, body) => {
    await storage.put(key, body());
    expect(await storage.find(key)).toEqual({ size: 8, modifiedAt: expect.any(Date) });
    expect(await text(storage.read(key))).toBe('щука');
    expect(await text(storage.read(key, { start: 2, end: 3 }))).toBe('у');
  });

  test('nothing at all is something, too', async () => {
    await storage.put(key, Readable.from([]));
    expect(await storage.find(key)).toMatchObject({ size: 0 });
    expect(await text(storage.read(key))).toBe('');
  });

  test('a stream of 20 MB and a bit arrives byte for byte', async () => {
    const chunk = Buffer.alloc(700_001, 'отлично');
    const whole = Buffer.concat(Array.from({ length: 30 }, () => chunk));
    await storage.put(key, Readable.from(Array.from({ length: 30 }, () => chunk)));
    expect(await storage.find(key)).toMatchObject({ size: whole.length });
    expect((await buffer(storage.read(key))).equals(whole)).toBe(true);
    expect((await buffer(storage.read(key, { start: 8_388_600, end: 8_388_620 }))).equals(whole.subarray(8_388_600, 8_388_621))).toBe(true);
  });

  test('what is not there is not there, and may be removed', async () => {
    expect(await storage.find(key)).toBeNull();
    await storage.remove(key);
    await storage.put(key, Buffer.from('1'));
    await storage.remove(key);
    expect(await storage.find(key)).toBeNull();
    await expect(text(storage.read(key))).rejects.toThrow();
  });

  test.each([10, 20_000_000])('a writing that breaks off after %i bytes leaves the old ones and nothing else', async (bytes) => {
    await storage.put(key, Buffer.from('old'));
    const broken = Readable.from(
      (async function* () {
        yield Buffer.alloc(bytes);
        throw new Error('the connection is lost');
      })(),
    );
    await expect(storage.put(key, broken)).rejects.toThrow('the connection is lost');
    expect(await text(storage.read(key))).toBe('old');
    expect(await keysUnder('')).toEqual([key]);
  });

  test('a reader who goes away in the middle is no trouble', async () => {
    await storage.put(key, Buffer.alloc(3_000_000));
    const reader = storage.read(key);
    for await (const _chunk of reader) break;
    expect(reader.destroyed).toBe(true);
    expect((await buffer(storage.read(key))).length).toBe(3_000_000);
  });

  test('what is there is listed, by the beginning of its key', async () => {
    await Promise.all(['topics/a/1', 'topics/b/2', 'topics-not/3', 'uploads/4'].map((name) => storage.put(name, Buffer.from('12'))));
    expect(await keysUnder('topics/')).toEqual(['topics/a/1', 'topics/b/2']);
    expect(await keysUnder('topics/b')).toEqual(['topics/b/2']);
    expect(await keysUnder('')).toHaveLength(4);
    expect(await keysUnder('nothing/')).toEqual([]);
    expect(await all(storage.list('uploads/'))).toEqual([{ key: 'uploads/4', size: 2, modifiedAt: expect.any(Date) }]);
  });

  test.each(['../secret', 'topics/../../secret', '/etc/passwd', '..', '.', ''])('the key %j does not lead out of it', async (outside) => {
    await expect(storage.put(outside, Buffer.from('x'))).rejects.toThrow('storage key leaves the store');
    await expect(storage.find(outside)).rejects.toThrow('storage key leaves the store');
    expect(() => storage.read(outside)).toThrow('storage key leaves the store');
  });
});

test('of a bucket only what begins with the prefix is ours', async () => {
  const server = await anS3Server('one/');
  const one = s3Storage(server.config);
  const two = s3Storage({ ...server.config, prefix: 'two/' });
  await one.put(key, Buffer.from('1'));
  expect(await two.find(key)).toBeNull();
  expect(await all(two.list(''))).toEqual([]);
  await server.close();
});

test('a wrong key is a fault and not a missing file, and the message does not tell it', async () => {
  const server = await anS3Server();
  const stranger = s3Storage({ ...server.config, secretAccessKey: 'hunter2' });
  const fault = await stranger.put(key, Buffer.from('1')).catch((error: Error) => error);
  expect(fault).toBeInstanceOf(Error);
  expect(String(fault)).toContain('signature');
  expect(JSON.stringify([fault, String(fault)])).not.toContain('hunter2');
  await server.close();
});

describe('a folder alone', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'otlichno-store-'));
  });
  afterEach(() => rm(root, { recursive: true }));

  test('a reader who began before a rewrite gets the old bytes to the end', async () => {
    const storage = diskStorage(root);
    const old = 'o'.repeat(500_000);
    await storage.put(key, Buffer.from(old));
    const reader = storage.read(key, { start: 0, end: old.length - 1 });
    await new Promise((resolve) => reader.once('open', resolve));
    await storage.put(key, Buffer.from('new'));
    expect((await text(reader)) === old).toBe(true);
    expect(await text(storage.read(key))).toBe('new');
  });

  test('what a killed process was writing is no object, and is swept away when it is old', async () => {
    const storage = diskStorage(root);
    await storage.put('topics/a', Buffer.from('1'));
    await writeFile(join(root, 'topics', '.0123456789abcdef.part'), 'half');
    expect(await all(storage.list('topics/'))).toHaveLength(1);
    await storage.sweep(new Date(Date.now() - 60_000));
    expect(await readdir(join(root, 'topics'))).toHaveLength(2);
    await storage.sweep(new Date(Date.now() + 60_000));
    expect(await readdir(join(root, 'topics'))).toEqual(['a']);
  });
});
