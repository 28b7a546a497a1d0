import { readFile } from 'node:fs/promises';
import { CommandError } from './run-command.ts';

const atLeast = 12;

/** The first line of a file, so that it stands neither in the list of processes nor in the history of a shell. Null: no file was named. */
export async function passphraseFrom(file: string | undefined): Promise<string | null> {
  if (file === undefined) return null;
  const text = await readFile(file, 'utf8').catch(() => {
    throw new CommandError(`The file with the passphrase, ${file}, cannot be read.`);
  });
  const line = text.split(/\r?\n/)[0]?.trim() ?? '';
  if (line.length < atLeast) throw new CommandError(`The first line of ${file} is the passphrase and needs ${atLeast} letters at least.`);
  return line;
}
