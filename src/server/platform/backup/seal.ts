/** Backups under a passphrase: scrypt makes one key of it, and each part has a key of its own from that. AES-256-GCM, as a stream. */
import { createCipheriv, createDecipheriv, type DecipherGCM, hkdfSync, randomBytes, scrypt } from 'node:crypto';
import { BackupError, checkSum, type Manifest } from './format.ts';

export type Sealed = NonNullable<Manifest['sealed']>;
export type Seal = { how: Sealed; key: Buffer };

const saltBytes = 32;
const tagBytes = 16;
/** No key is used twice, so the number that is to be used once may stand still. */
const nonce = Buffer.alloc(12);

/** 128 MB and about half a second for each guess. */
const cost = 2 ** 17;

export function newSeal(): Sealed {
  return { salt: randomBytes(32).toString('hex'), cost };
}

export function keyOf(passphrase: string, { salt, cost: N }: Sealed): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { N, r: 8, p: 1, maxmem: 256 * N * 8 };
    scrypt(passphrase.normalize('NFC'), Buffer.from(salt, 'hex'), 32, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

/**
 * The key that opens a backup; null where it is not sealed.
 * @throws BackupError where the passphrase is missing or another
 */
export async function openSeal(folder: string, { sealed }: Manifest, passphrase: string | null): Promise<Seal | null> {
  if (sealed === null) return null;
  if (passphrase === null) throw new BackupError('This backup is sealed. Name the file with its passphrase: --passphrase-file FILE');
  const key = await keyOf(passphrase, sealed);
  await checkSum(folder, key);
  return { how: sealed, key };
}

const keyOfPart = (key: Buffer, salt: Buffer) => Buffer.from(hkdfSync('sha256', key, salt, 'otlichno backup part', 32));

/** Salt, sealed bytes, tag. */
export function sealing(key: Buffer) {
  return async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    const salt = randomBytes(saltBytes);
    const cipher = createCipheriv('aes-256-gcm', keyOfPart(key, salt), nonce);
    yield salt;
    for await (const chunk of source) yield cipher.update(chunk);
    yield cipher.final();
    yield cipher.getAuthTag();
  };
}

/** What it gives before its end is not yet known to be whole: whoever reads asks the part's SHA-256 first. */
export function unsealing(key: Buffer) {
  return async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let decipher: DecipherGCM | undefined;
    let waiting = Buffer.alloc(0);
    for await (const chunk of source) {
      waiting = Buffer.concat([waiting, chunk]);
      if (!decipher) {
        if (waiting.length < saltBytes) continue;
        decipher = createDecipheriv('aes-256-gcm', keyOfPart(key, waiting.subarray(0, saltBytes)), nonce);
        waiting = waiting.subarray(saltBytes);
      }
      if (waiting.length <= tagBytes) continue;
      const end = waiting.length - tagBytes;
      yield decipher.update(waiting.subarray(0, end));
      waiting = waiting.subarray(end);
    }
    if (!decipher || waiting.length !== tagBytes) throw new BackupError('A sealed part of the backup is cut short.');
    decipher.setAuthTag(waiting);
    yield decipher.final();
  };
}
