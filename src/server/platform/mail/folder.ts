import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { LetterAttachment, Mailer } from '../mail.ts';
import { letterBlock } from './terminal.ts';

const lettersKept = 200;

const keptLetterSchema = z.object({
  id: z.string(),
  at: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  /** Letters of old had none. Pictures stand in it as they are, so that the file needs nothing beside it. */
  html: z.string().optional(),
  headers: z.record(z.string(), z.string()),
});
/** A letter that was kept instead of sent. */
export type KeptLetter = z.infer<typeof keptLetterSchema>;

/** Keeps letters as JSON files, for a school without a mail server: on the author's own machine, or in tests. */
export function folderMailer(dataDir: string, print: (text: string) => void): Mailer {
  const folder = lettersFolder(dataDir);
  return {
    async send({ to, subject, text, html, attachments = [], headers = {} }) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const letter: KeptLetter = {
        id: nextId(),
        at: new Date().toISOString(),
        to,
        subject,
        text,
        html: html && withPictures(html, attachments),
        headers,
      };
      const draft = join(folder, `.${letter.id}.part`);
      await writeFile(draft, JSON.stringify(letter, null, 2), { mode: 0o600 });
      await rename(draft, join(folder, `${letter.id}.json`));
      print(letterBlock(letter));
      const ids = await letterIds(dataDir);
      await Promise.all(ids.slice(lettersKept).map((id) => rm(join(folder, `${id}.json`), { force: true })));
    },
    async close() {},
  };
}

/** Newest first. */
export async function listLetters(dataDir: string): Promise<KeptLetter[]> {
  const letters = await Promise.all((await letterIds(dataDir)).map((id) => readLetter(dataDir, id)));
  return letters.filter((letter) => letter !== null);
}

/** Null where no such letter is kept, or its file is damaged. */
export async function readLetter(dataDir: string, id: string): Promise<KeptLetter | null> {
  if (!idPattern.test(id)) return null;
  try {
    return keptLetterSchema.parse(JSON.parse(await readFile(join(lettersFolder(dataDir), `${id}.json`), 'utf8')));
  } catch {
    return null;
  }
}

/** Takes away letters that were kept before that instant. @returns how many */
export async function forgetLetters(dataDir: string, before: Date): Promise<number> {
  // An id begins with the moment.
  const old = (await letterIds(dataDir)).filter((id) => Number(id.split('-')[0]) < before.getTime());
  await Promise.all(old.map((id) => rm(join(lettersFolder(dataDir), `${id}.json`), { force: true })));
  return old.length;
}

/** Takes away letters to somebody who is erased. */
export async function forgetLettersTo(dataDir: string, email: string): Promise<void> {
  for (const id of await letterIds(dataDir)) {
    const letter = await readLetter(dataDir, id);
    if (letter?.to === email) await rm(join(lettersFolder(dataDir), `${id}.json`), { force: true });
  }
}

function withPictures(html: string, attachments: readonly LetterAttachment[]): string {
  return attachments.reduce(
    (filled, { cid, content, contentType }) => filled.replaceAll(`cid:${cid}`, `data:${contentType};base64,${content.toString('base64')}`),
    html,
  );
}

const idPattern = /^\d{15}-[0-9a-f]{8}$/;
let lastStamp = 0;

/** Ids sort by time, also those of one millisecond; the random part keeps two processes apart. */
function nextId(): string {
  lastStamp = Math.max(lastStamp + 1, Date.now());
  return `${String(lastStamp).padStart(15, '0')}-${randomBytes(4).toString('hex')}`;
}

async function letterIds(dataDir: string): Promise<string[]> {
  const names = await readdir(lettersFolder(dataDir)).catch(() => []);
  return names
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .filter((id) => idPattern.test(id))
    .sort()
    .reverse();
}

function lettersFolder(dataDir: string): string {
  return join(dataDir, 'mail');
}
