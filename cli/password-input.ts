import { createInterface } from 'node:readline';
import { type Readable, Writable } from 'node:stream';
import { Cancelled, CommandError } from './run-command.ts';

export interface PasswordSource {
  input: Readable & { isTTY?: boolean };
  /** Where the questions go. */
  output: Writable;
}

const longestInput = 4096;

/**
 * Asks twice, without echo, at a terminal; reads one line from anything else.
 * @throws Cancelled, CommandError
 */
export async function readNewPassword({ input, output }: PasswordSource): Promise<string> {
  if (!input.isTTY) return readPipedPassword(input);
  const [password = '', again] = await askHidden({ input, output }, ['New password: ', 'Once more: ']);
  if (password !== again) throw new CommandError('The two passwords differ. Nothing was changed.');
  return password;
}

/**
 * Questions whose answers do not show. However it ends, the terminal shows again what is typed.
 * @throws Cancelled
 */
export async function askHidden({ input, output }: PasswordSource, questions: string[]): Promise<string[]> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: nowhere, terminal: true, historySize: 0 });
  // In this mode Ctrl-C is a key like any other.
  lines.once('SIGINT', () => lines.close());
  const typed = lines[Symbol.asyncIterator]();
  try {
    const answers: string[] = [];
    for (const question of questions) {
      output.write(question);
      const answer = await typed.next();
      output.write('\n');
      if (answer.done) throw new Cancelled();
      answers.push(answer.value);
    }
    return answers;
  } finally {
    lines.close();
  }
}

async function readPipedPassword(input: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > longestInput) throw new CommandError('Standard input is too long for a password.');
    chunks.push(bytes);
  }
  const [password = '', ...rest] = Buffer.concat(chunks)
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .replace(/\r?\n$/, '')
    .split(/\r?\n/);
  if (rest.length > 0) throw new CommandError('Standard input must hold the password as one line and nothing else.');
  if (password === '') throw new CommandError('No password came from standard input.');
  return password;
}
