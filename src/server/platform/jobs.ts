import { fromPrisma, PgBoss } from 'pg-boss';
import type * as z from 'zod';
import type { App } from './app.ts';
import type { Tx } from './db.ts';
import type { Log } from './log.ts';
import { isDatabaseAway } from './unavailable.ts';

/** What a job is called and what it carries. Payloads are parsed again when the job runs: an older version may have written them. */
export interface JobKind<T> {
  name: string;
  payload: z.ZodType<T>;
  options: JobOptions;
}

export interface JobOptions {
  /** Tries after the first. */
  retryLimit?: number;
  /** Seconds before a try is given up. */
  expireInSeconds?: number;
  /**
   * One run stands for all that wait; what is queued meanwhile is the next run. Each is a row of its own all the same: a queue with room for one
   * waiting job (pg-boss's policy «stately») makes transactions wait for each other, and loses a cause that commits after its job has run.
   */
  coalesced?: boolean;
  /** How many run at once in a process. */
  concurrency?: number;
  /** Runs by itself: a cron line, in UTC. */
  cron?: string;
  /** Runs once more whenever a process begins to work: what fell due while nobody was there does not wait for the cron line. */
  atStart?: boolean;
}

export function jobKind<T>(name: string, payload: z.ZodType<T>, options: JobOptions = {}): JobKind<T> {
  return { name, payload, options };
}

export interface JobHandler {
  kind: JobKind<unknown>;
  run(app: App, payload: unknown): Promise<void>;
}

export function handle<T>(kind: JobKind<T>, run: (app: App, payload: T) => Promise<void>): JobHandler {
  return { kind, run: (app, payload) => run(app, kind.payload.parse(payload)) };
}

export interface Jobs {
  /**
   * Puts a job into the queue inside the caller's transaction: it exists if and only if the transaction commits.
   * @param when.startAfter not before this instant, and some seconds later at most
   */
  enqueue<T>(tx: Tx, kind: JobKind<T>, payload: T, when?: { startAfter: Date }): Promise<void>;
  /** Starts to work off the queue. */
  work(app: App, handlers: JobHandler[]): Promise<void>;
  /** Takes no more jobs and waits for the running ones. */
  stop(): Promise<void>;
}

const stopTimeoutMs = 20_000;
const awayEveryMs = 60_000;
/** A process that is killed stops to beat: its jobs go to another within about half a minute. */
const heartbeatSeconds = 20;
const superviseSeconds = 15;
/** New jobs announce themselves; second tries and those of a dead process do not, and wait for the next look (of pg-boss's own accord 30 s). */
const lookSeconds = 5;

/** Handed on to the queue's own pool of connections: one that is half-open is given up and replaced, instead of being waited for until the kernel does. */
const connections = { keepAlive: true, keepAliveInitialDelayMillis: 10_000, query_timeout: 30_000, connectionTimeoutMillis: 8_000 };

/**
 * Opens the queue and creates what it lacks in the database. Every process that enqueues needs the queues to exist, so all kinds are given here.
 * @param kinds every kind the code knows
 */
export async function openJobs(databaseUrl: string, kinds: JobKind<unknown>[], log: Log): Promise<Jobs> {
  const boss = new PgBoss({
    ...connections,
    connectionString: databaseUrl,
    useListenNotify: true,
    max: 4,
    application_name: 'otlichno-jobs',
    superviseIntervalSeconds: superviseSeconds,
    monitorIntervalSeconds: superviseSeconds,
  });
  let toldAwayAt = Number.NEGATIVE_INFINITY;
  let stopped = false;
  boss.on('error', (error) => {
    if (!isDatabaseAway(error)) return log.error({ err: error }, 'queue error');
    // Stopped, it closes its connections a moment later, when a database of our own may be closing too: nothing is tried again.
    if (stopped) return;
    // Every worker of every queue says it with every try: an hour without a database would fill the disk.
    if (performance.now() - toldAwayAt < awayEveryMs) return;
    toldAwayAt = performance.now();
    log.warn({ reason: error.message }, 'the queue does not reach its database, trying again');
  });
  await boss.start();
  for (const kind of kinds) {
    const { retryLimit = 8, expireInSeconds = 120 } = kind.options;
    const queue = {
      retryLimit,
      retryBackoff: true,
      retryDelay: 2,
      retryDelayMax: 600,
      expireInSeconds,
      heartbeatSeconds,
      notify: true,
      deleteAfterSeconds: 7 * 86_400,
    };
    const { name } = kind;
    if (await boss.getQueue(name)) await boss.updateQueue(name, queue);
    else await boss.createQueue(name, queue);
  }
  return {
    async enqueue(tx, kind, payload, when) {
      await boss.send(kind.name, payload as object, { ...when, db: fromPrisma(tx) });
    },
    async work(app, handlers) {
      await forgetSchedules(boss, handlers);
      for (const { kind, run } of handlers) {
        const { name } = kind;
        const { concurrency = 2, coalesced = false } = kind.options;
        const pace = coalesced ? { batchSize: 1000, burstWhenBatchFull: true } : {};
        if (kind.options.cron) await boss.schedule(name, kind.options.cron, {});
        for (let worker = 0; worker < (coalesced ? 1 : concurrency); worker += 1) {
          let id = '';
          const work: Parameters<typeof boss.work<unknown>>[2] = async ([job]) => {
            if (!job) return;
            const startedAt = performance.now();
            try {
              await run(app, job.data);
              const ms = performance.now() - startedAt;
              app.metrics.job(name, 'done', ms);
              log.info({ job: name, id: job.id, ms: Math.round(ms) }, 'job done');
            } catch (error) {
              app.metrics.job(name, 'failed', performance.now() - startedAt);
              log.error({ job: kind.name, id: job.id, err: error }, 'job failed, will be tried again');
              throw error;
            } finally {
              // Where there was one there may be more: each announced itself when all were busy, or would wait for the next look.
              boss.notifyWorker(id);
            }
          };
          id = await boss.work(name, { ...pace, localConcurrency: 1, notifyPollingIntervalSeconds: lookSeconds }, work);
        }
        if (kind.options.atStart) await boss.send(name, {});
      }
    },
    async stop() {
      await boss.stop({ graceful: true, timeout: stopTimeoutMs });
      stopped = true;
    },
  };
}

/** Cron lines stand in the database: those of what is switched off, as payments may be, would queue jobs that nobody takes. */
async function forgetSchedules(boss: PgBoss, handlers: JobHandler[]): Promise<void> {
  const wanted = new Set(handlers.filter(({ kind }) => kind.options.cron).map(({ kind }) => kind.name));
  for (const { name } of await boss.getSchedules()) if (!wanted.has(name)) await boss.unschedule(name);
}
