import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSecrets, randomToken, sameSecret, secretFromDataDir } from './secrets.ts';

describe('keyed hashes', () => {
  const secrets = createSecrets('a secret of 32 letters and more …');
  const hash = (purpose: string, ...parts: string[]) => secrets.keyed(purpose, ...parts).toString('hex');

  test('are the same for the same input, in every process with the same secret', () => {
    expect(hash('code', 'a', 'b')).toBe(createSecrets('a secret of 32 letters and more …').keyed('code', 'a', 'b').toString('hex'));
  });

  test.each([
    ['the purpose', hash('hash', 'a', 'b')],
    ['a part', hash('code', 'a', 'c')],
    ['where a part ends', hash('code', 'ab')],
    ['how many parts there are', hash('code', 'a', 'b', '')],
    ['the order', hash('code', 'b', 'a')],
    ['the secret', createSecrets('another secret of 32 letters ……').keyed('code', 'a', 'b').toString('hex')],
  ])('differ with %s', (_, other) => {
    expect(hash('code', 'a', 'b')).not.toBe(other);
  });
});

describe('seals', () => {
  const secrets = createSecrets('a secret of 32 letters and more …');
  const sealed = secrets.seal('card', 'токен 4242');

  test('open with the same secret and purpose, and say nothing of what they hold', () => {
    expect(createSecrets('a secret of 32 letters and more …').unseal('card', sealed)).toBe('токен 4242');
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('4242');
    expect(secrets.seal('card', 'токен 4242')).not.toBe(sealed);
    expect(secrets.unseal('card', secrets.seal('card', ''))).toBe('');
  });

  const bytes = Buffer.from(sealed, 'base64url');
  const changed = Buffer.from(bytes);
  changed[14] = (changed[14] ?? 0) ^ 1;
  test.each([
    ['another purpose', () => secrets.unseal('other', sealed)],
    ['another secret', () => createSecrets('another secret of 32 letters ……').unseal('card', sealed)],
    ['a changed bit', () => secrets.unseal('card', changed.toString('base64url'))],
    ['a tag cut short', () => secrets.unseal('card', bytes.subarray(0, -1).toString('base64url'))],
    ['nothing', () => secrets.unseal('card', '')],
  ])('do not open with %s', (_, open) => {
    expect(open).toThrow();
  });
});

test('secrets are compared whole, whatever their length', () => {
  expect(sameSecret('abc', 'abc')).toBe(true);
  expect(['', 'ab', 'abcd', 'ABC'].filter((other) => sameSecret('abc', other))).toEqual([]);
});

test('tokens fit into cookies and never come twice', () => {
  const tokens = Array.from({ length: 1000 }, randomToken);
  expect(new Set(tokens).size).toBe(1000);
  expect(tokens.filter((token) => !/^[\w-]{27}$/.test(token))).toEqual([]);
});

describe('the secret of the data folder', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = join(await mkdtemp(join(tmpdir(), 'otlichno-secret-')), 'data');
  });
  afterEach(async () => {
    await rm(join(dataDir, '..'), { recursive: true });
  });

  test('is made once, for the owner of the server alone, also when twenty starts race for it', async () => {
    const secrets = await Promise.all(Array.from({ length: 20 }, () => secretFromDataDir(dataDir)));
    expect(new Set(secrets).size).toBe(1);
    expect(secrets[0]).toMatch(/^[\da-f]{64}$/);
    expect(await secretFromDataDir(dataDir)).toBe(secrets[0]);
    expect((await stat(join(dataDir, 'secret'))).mode & 0o777).toBe(0o600);
    expect(await readdir(dataDir)).toEqual(['secret']);
  });

  test('may be written by hand', async () => {
    await secretFromDataDir(dataDir);
    await writeFile(join(dataDir, 'secret'), `${'y'.repeat(40)}\n`);
    expect(await secretFromDataDir(dataDir)).toBe('y'.repeat(40));
  });

  test('that is damaged stops the start and is not overwritten', async () => {
    await secretFromDataDir(dataDir);
    await writeFile(join(dataDir, 'secret'), 'short');
    await expect(secretFromDataDir(dataDir)).rejects.toThrow(/secret is damaged/);
    expect(await readFile(join(dataDir, 'secret'), 'utf8')).toBe('short');
  });
});
