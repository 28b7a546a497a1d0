import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { QuestionFormat } from '#shared/transfer.ts';
import type { QuestionsRead } from './read-questions.ts';

const program = fileURLToPath(new URL('./reader-process.ts', import.meta.url));

/** Five thousand tasks take some seconds and some hundred megabytes. */
const bounds = { milliseconds: 60_000, megabytes: 700 };

type Answer = { read: QuestionsRead } | { failure: string };

/**
 * Reads the tasks of a file in a process of its own, bounded in time and memory: a table of a few kilobytes may claim four billion columns, and
 * every reader of foreign files has texts that it never comes to the end of. Not in a thread: one without memory takes the whole process along.
 */
export async function readQuestionsApart(
  format: QuestionFormat,
  bytes: Buffer,
  { milliseconds, megabytes } = bounds,
): Promise<QuestionsRead> {
  const reader = fork(program, [], {
    // None of the school's secrets.
    env: {},
    execArgv: [`--max-old-space-size=${megabytes}`],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  try {
    const answer = await new Promise<Answer | null>((resolve, reject) => {
      reader.once('message', (message) => resolve(message as Answer));
      reader.once('error', reject);
      reader.once('exit', () => resolve(null));
      // Where it is gone before it was told what to read, it has ended.
      reader.send({ format, bytes, milliseconds }, () => {});
    });
    if (answer === null) return { ok: false, refusal: { code: 'questions-costly' } };
    if ('failure' in answer) throw new Error(`the reader of questions failed: ${answer.failure}`);
    return answer.read;
  } finally {
    reader.kill('SIGKILL');
  }
}
