import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { App } from '../../../../platform/app.ts';

/** One person who is no more: an id and a keyed hash, nothing that says who it was. */
const line = z.object({
  personId: z.uuid(),
  emailHash: z.string(),
  by: z.enum(['self', 'cli', 'system']),
  at: z.iso.datetime(),
});
export type ErasedLine = z.infer<typeof line>;

const fileOf = (app: App) => join(app.config.backups.dir, 'erasures.jsonl');

/**
 * Writes down beside the backups who was erased, before anything goes: a copy of the database that is older knows nothing of it. Twice is once.
 * @throws Error where the folder cannot be written: then nothing is erased
 */
export async function noteErased(app: App, erased: ErasedLine): Promise<void> {
  if ((await readErased(app)).some(({ personId }) => personId === erased.personId)) return;
  await mkdir(app.config.backups.dir, { recursive: true, mode: 0o700 });
  const file = await open(fileOf(app), 'a', 0o600);
  try {
    // The line break in front: a line that a power cut has left half written stays by itself.
    await file.appendFile(`\n${JSON.stringify(erased)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Everybody in the file, oldest first. What is no line of ours is passed over. */
export async function readErased(app: App): Promise<ErasedLine[]> {
  let text: string;
  try {
    text = await readFile(fileOf(app), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
  return text.split('\n').flatMap((written) => {
    const parsed = line.safeParse(parseOrNull(written));
    return parsed.success ? [parsed.data] : [];
  });
}

function parseOrNull(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return null;
  }
}
