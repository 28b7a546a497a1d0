/**
 * What a backup is: a folder that another machine, and a later version of the school, can read without asking anybody.
 *
 *   manifest.json      everything below with its size and SHA-256; written last
 *   manifest.sum       SHA-256 of manifest.json; where the backup is sealed, an HMAC under the key of the passphrase
 *   tables/NAME.gz     the rows of a table, as COPY … TO STDOUT prints them
 *   jobs.gz            what the queue had yet to do
 *   files.gz           one line of JSON for each file: key, size, time, SHA-256
 *   files/KEY          the files themselves
 *   secret             the school's secret
 *
 * An older format is never edited: a backup is kept for years.
 */
import { createHash, createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import * as z from 'zod';
import { sameSecret } from '../secrets.ts';

export const formatVersion = 1;

/** Why a backup cannot be made or read: one line for the person at the keyboard. */
export class BackupError extends Error {
  override name = 'BackupError';
}

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const partSchema = z.object({
  path: z.string().regex(/^(tables\/[a-z0-9_]+\.gz|jobs\.gz|files\.gz|secret)$/),
  /** As it lies in the folder. */
  bytes: z.number().int().nonnegative(),
  sha256,
  /** SHA-256 of what is in it, before it was compressed and sealed. */
  content: sha256,
});
const identifier = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/);

const manifestSchema = z.object({
  format: z.literal(formatVersion),
  /** The one moment all rows are of. */
  at: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  store: z.enum(['disk', 's3']),
  /** How the key is made of the passphrase; null where the parts are not sealed. */
  sealed: z
    .object({
      salt: z.string().regex(/^[0-9a-f]{64}$/),
      cost: z
        .number()
        .int()
        .min(2 ** 14)
        .max(2 ** 20),
    })
    .nullable(),
  /** Those the database has had, in their order. */
  migrations: z.array(z.object({ name: z.string().regex(/^\d{14}_[a-z0-9_]+$/), checksum: sha256 })).min(1),
  tables: z.array(
    z.object({ name: identifier, columns: z.array(identifier).min(1), rows: z.number().int().nonnegative(), part: partSchema }),
  ),
  /** The last number given; null where none was. */
  sequences: z.array(z.object({ name: identifier, last: z.string().regex(/^\d+$/).nullable() })),
  jobs: z.object({ rows: z.number().int().nonnegative(), part: partSchema }),
  files: z.object({
    count: z.number().int().nonnegative(),
    /** Of all files together. */
    bytes: z.number().int().nonnegative(),
    /** Files that a row names and the store did not have: how many, and the first of them. */
    missing: z.number().int().nonnegative(),
    missingKeys: z.array(z.string()),
    part: partSchema,
  }),
  secret: partSchema,
});
export type Manifest = z.infer<typeof manifestSchema>;
export type Part = z.infer<typeof partSchema>;

export const fileEntrySchema = z.object({
  key: z.string().min(1),
  size: z.number().int().nonnegative(),
  modifiedAt: z.iso.datetime(),
  /** Of the file as it lies in the folder, sealed or not. */
  stored: z.object({ bytes: z.number().int().nonnegative(), sha256 }),
});
export type FileEntry = z.infer<typeof fileEntrySchema>;

/** Where a file lies in a backup. A list that was tampered with leads nowhere else. */
export function fileIn(folder: string, key: string): string {
  const base = resolve(folder, 'files');
  const path = resolve(base, key);
  if (!path.startsWith(base + sep)) throw new BackupError(`The backup names a file outside of itself: ${JSON.stringify(key)}`);
  return path;
}

/** @param key of the passphrase, where the backup is sealed */
export function sumOf(manifest: string | Buffer, key: Buffer | null): string {
  return (key ? createHmac('sha256', key) : createHash('sha256')).update(manifest).digest('hex');
}

/**
 * The manifest of a backup that was made to its end. Where it is sealed, whether it is the one that was written is asked by `checkSum`, which needs the key.
 * @throws BackupError
 */
export async function readManifest(folder: string): Promise<Manifest> {
  const [text, sum] = await Promise.all([read(folder, 'manifest.json'), read(folder, 'manifest.sum')]);
  const json = parsed(text);
  const version = z.object({ format: z.number() }).safeParse(json).data?.format;
  if (version !== undefined && version > formatVersion)
    throw new BackupError(`${folder} was made by a newer version of the school (format ${version}). Take the newest code and try again.`);
  const manifest = manifestSchema.safeParse(json);
  if (!manifest.success || (manifest.data.sealed === null && !sameSecret(sum.trim(), sumOf(text, null))))
    throw new BackupError(`${join(folder, 'manifest.json')} is damaged. Take another backup.`);
  return manifest.data;
}

/** @throws BackupError where a sealed backup was made with another passphrase, or its manifest is not the one that was written */
export async function checkSum(folder: string, key: Buffer): Promise<void> {
  const [text, sum] = await Promise.all([read(folder, 'manifest.json'), read(folder, 'manifest.sum')]);
  if (!sameSecret(sum.trim(), sumOf(text, key)))
    throw new BackupError('The passphrase is not the one this backup was made with, or its manifest was changed.');
}

async function read(folder: string, name: string): Promise<string> {
  try {
    return await readFile(join(folder, name), 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    throw new BackupError(
      code === 'ENOENT' || code === 'ENOTDIR'
        ? `${folder} is no backup: it has no ${name}. A backup is a folder such as 2026-11-23T02-00-00Z, made to its end.`
        : `${join(folder, name)} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
