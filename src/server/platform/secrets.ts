import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Keyed hashes and seals with the school's secret. Purposes never share a key. */
export interface Secrets {
  /** HMAC-SHA-256 of the parts under a key of this purpose. Parts are framed, so that («ab», «c») is not («a», «bc»). */
  keyed(purpose: string, ...parts: string[]): Buffer;
  /** Encrypts for the database what has to be read again. Twice the same is not the same text. */
  seal(purpose: string, plain: string): string;
  /** @throws Error where it was sealed with another secret, for another purpose, or damaged */
  unseal(purpose: string, sealed: string): string;
}

export function createSecrets(secret: string): Secrets {
  const keys = new Map<string, Buffer>();
  const keyOf = (purpose: string) => {
    const key = keys.get(purpose) ?? createHmac('sha256', secret).update(purpose).digest();
    keys.set(purpose, key);
    return key;
  };
  return {
    keyed(purpose, ...parts) {
      const key = keyOf(purpose);
      return createHmac('sha256', key).update(JSON.stringify(parts)).digest();
    },
    seal(purpose, plain) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', keyOf(`seal ${purpose}`), nonce);
      return Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url');
    },
    unseal(purpose, sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', keyOf(`seal ${purpose}`), bytes.subarray(0, 12), { authTagLength: 16 });
      decipher.setAuthTag(bytes.subarray(-16));
      return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8');
    },
  };
}

/** The secret kept in the data folder; made at the first start. Safe when two processes start at once: one makes it, both read it. */
export async function secretFromDataDir(dataDir: string): Promise<string> {
  const file = join(dataDir, 'secret');
  const secret = ((await readIfThere(file)) ?? (await makeSecret(dataDir, file))).trim();
  if (secret.length < 32)
    throw new Error(`${file} is damaged: it must hold at least 32 characters. Delete it to have a new one made; everybody signs in anew.`);
  return secret;
}

async function makeSecret(dataDir: string, file: string): Promise<string> {
  await mkdir(dataDir, { recursive: true });
  const draft = `${file}.${randomBytes(8).toString('hex')}`;
  await writeFile(draft, randomBytes(32).toString('hex'), { mode: 0o600, flush: true });
  try {
    // The name appears with the whole text behind it, and only where there is none yet: nobody reads half a secret.
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft);
  }
  return readFile(file, 'utf8');
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

export function sha256(value: string): string {
  return createHash('sha256').update(value).digest('hex');
}

/** An unguessable token of 160 bits, in letters that fit into cookies and addresses. */
export function randomToken(): string {
  return randomBytes(20).toString('base64url');
}

/** Constant-time comparison of two digests in hex or base64url. */
export function sameSecret(a: string, b: string): boolean {
  const left = createHash('sha256').update(a).digest();
  const right = createHash('sha256').update(b).digest();
  return timingSafeEqual(left, right);
}
