import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import type { Drain } from '../web.ts';
import { type Begin, fromWorker, type ToWorker } from './messages.ts';

/** A worker as the process sees it that has started it. */
export interface Member {
  pid: number;
  /** Resolved when all but the port is open; rejected with WorkerFailure when it never comes to that. */
  opened: Promise<void>;
  /** Lets it take the port, and waits for that. */
  listen(): Promise<void>;
  /** How it ended, once it has: «exit code 1», «signal SIGKILL». */
  ended: Promise<string>;
  stop(drain: Drain): Promise<void>;
  kill(): void;
}

/** A worker that ended before it served; `message` is what it said of the reason. */
export class WorkerFailure extends Error {}

/** One that does not end by itself in this time is ended. Requests have ten seconds, jobs twenty. */
const stopPatienceMs = 60_000;

export function startMember(begin: Omit<Begin, 'say'>): Member {
  const worker = cluster.fork();
  const opened = Promise.withResolvers<void>();
  const serving = Promise.withResolvers<void>();
  for (const { promise } of [opened, serving]) promise.catch(() => {});
  let reason: string | null = null;
  // Its connection may break before its end is known; nothing is lost with what could not be said any more.
  worker.on('error', () => {});
  worker.on('message', (message) => {
    const { data: said } = fromWorker.safeParse(message);
    if (said?.say === 'here') tell(worker, { say: 'begin', ...begin });
    if (said?.say === 'opened') opened.resolve();
    if (said?.say === 'serving') serving.resolve();
    if (said?.say === 'failed') reason = said.line;
  });
  const ended = once(worker, 'exit').then(([code, signal]) => {
    const end = signal ? `signal ${signal}` : `exit code ${code}`;
    const failure = new WorkerFailure(reason ?? `A process of the school ended while it was starting (${end}).`);
    opened.reject(failure);
    serving.reject(failure);
    return end;
  });
  return {
    pid: worker.process.pid ?? 0,
    opened: opened.promise,
    async listen() {
      tell(worker, { say: 'listen' });
      await serving.promise;
    },
    ended,
    async stop(drain) {
      tell(worker, { say: 'stop', drain });
      const timer = setTimeout(() => worker.process.kill('SIGKILL'), stopPatienceMs);
      await ended;
      clearTimeout(timer);
    },
    kill: () => void worker.process.kill('SIGKILL'),
  };
}

function tell(worker: Worker, message: ToWorker): void {
  if (worker.isConnected()) worker.send(message);
}
