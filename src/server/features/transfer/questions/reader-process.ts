import { Worker } from 'node:worker_threads';
import type { QuestionFormat } from '#shared/transfer.ts';
import { readQuestions } from './read-questions.ts';

// Runs as a process of its own: see `read-apart.ts`.
process.once('message', async ({ format, bytes, milliseconds }: { format: QuestionFormat; bytes: Buffer; milliseconds: number }) => {
  // Ends a reader that comes to no end, from beside it, and also where whoever began it is gone.
  new Worker(`setTimeout(() => process.kill(process.pid, 'SIGKILL'), ${Number(milliseconds)})`, { eval: true }).unref();
  let answer: unknown;
  try {
    answer = { read: await readQuestions(format, bytes) };
  } catch (error) {
    answer = { failure: String(error instanceof Error ? error.stack : error) };
  }
  process.send?.(answer, () => process.exit());
});
