import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { diskStorage, type Storage } from './storage.ts';

let root: string;
let storage: Storage;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'otlichno-store-'));
  storage = diskStorage(root);
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

const key = 'topics/t1/graph.svg';

test.each([
  ['a buffer', () => Buffer.from('щука')],
  ['a stream', () => Readable.from([Buffer.from('щу'), Buffer.from('ка')])],
])('%s is stored and read back, also in parts', async (_, body) => {
  await storage.put(key, body());
  expect(await storage.find(key)).toEqual({ size: 8, modifiedAt: expect.any(Date) });
  expect(await text(storage.read(key))).toBe('щука');
  expect(await text(storage.read(key, { start: 2, end: 3 }))).toBe('у');
});

test('what is not there is not there, and may be removed', async () => {
  expect(await storage.find(key)).toBeNull();
  await storage.remove(key);
  await storage.put(key, Buffer.from('1'));
  await storage.remove(key);
  expect(await storage.find(key)).toBeNull();
});

test('a writing that breaks off leaves the old bytes and nothing else', async () => {
  await storage.put(key, Buffer.from('old'));
  const broken = Readable.from(
    (async function* () {
      yield Buffer.from('new, but not');
      throw new Error('the connection is lost');
    })(),
  );
  await expect(storage.put(key, broken)).rejects.toThrow('the connection is lost');
  expect(await text(storage.read(key))).toBe('old');
  expect(await readdir(join(root, 'topics/t1'))).toEqual(['graph.svg']);
});

test('a reader who began before a rewrite gets the old bytes to the end', async () => {
  const old = 'o'.repeat(500_000);
  await storage.put(key, Buffer.from(old));
  const reader = storage.read(key, { start: 0, end: old.length - 1 });
  await new Promise((resolve) => reader.once('open', resolve));
  await storage.put(key, Buffer.from('new'));
  expect((await text(reader)) === old).toBe(true);
  expect(await text(storage.read(key))).toBe('new');
});

test.each(['../secret', 'topics/../../secret', '/etc/passwd', '..', '.', ''])(
  'the key %j does not lead out of the store',
  async (outside) => {
    await expect(storage.put(outside, Buffer.from('x'))).rejects.toThrow('storage key leaves the store');
    await expect(storage.find(outside)).rejects.toThrow('storage key leaves the store');
    expect(() => storage.read(outside)).toThrow('storage key leaves the store');
  },
);
