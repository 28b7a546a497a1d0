/** Everything around the school of a run: two processes behind one address, the world outside, and whoever pays. */
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startAcquirer } from '#server/acquirer/server.ts';
import type { Acquirer } from '#server/acquirer/types.ts';
import type { App } from '#server/platform/app.ts';
import { aCuttingProxy } from '#server/testing/cutting-proxy.ts';
import { anS3Server } from '#server/testing/s3-server.ts';
import { aSchoolProcess, type OpenSchoolProcess } from '#server/testing/school-process.ts';
import { aTelegramProcess, type TelegramProcess } from '#server/testing/telegram-process.ts';
import { webhooksPath } from '#shared/payments.ts';
import { aMoodyFront, aMoodyPost, type Front, type Post } from './stand-ins.ts';
import type { Processes } from './troubles.ts';

export interface Outside {
  post: Post;
  bucket: Front;
  telegram: TelegramProcess;
  acquirer: Acquirer;
  /** What a school needs to know of all these. */
  env: Record<string, string>;
  close(): Promise<void>;
}

/** @param siteUrl where the acquirers bring their messages, once it is known */
export async function openOutside(listeners: number, siteUrl: () => string): Promise<Outside> {
  const s3 = await anS3Server();
  const [post, bucket, telegram, acquirer] = await Promise.all([
    aMoodyPost(),
    aMoodyFront(s3.config.endpoint),
    aTelegramProcess({ perSecond: 200, people: [{ state: 'started', count: listeners }] }),
    startAcquirer({
      webhooks: {
        tbank: () => `${siteUrl()}${webhooksPath}/tbank`,
        cloudpayments: (type) => `${siteUrl()}${webhooksPath}/cloudpayments/${type}`,
      },
    }),
  ]);
  return {
    post,
    bucket,
    telegram,
    acquirer,
    env: { ...post.env, ...s3.env, S3_ENDPOINT: bucket.url, ...telegram.env, ...acquirer.env },
    async close() {
      await Promise.all([post.close(), bucket.close(), telegram.stop(), acquirer.stop()]);
      await s3.close();
    },
  };
}

const turnedClock = fileURLToPath(new URL('turned-clock.ts', import.meta.url));

export interface Crew extends Processes {
  url: string;
  /** Until every process says that it may be given requests; how long it took. */
  ready(withinMs: number): Promise<number>;
  /** What was printed, by all there have been. */
  output(): string;
  /** SIGTERM; the exit codes. */
  stop(): Promise<(number | null)[]>;
  close(): Promise<void>;
}

/** So many processes behind one address, whose connections go to whichever takes them. */
export async function startCrew(count: number, env: Record<string, string>, clockFile: string): Promise<Crew> {
  const alive: OpenSchoolProcess[] = [];
  const ever: OpenSchoolProcess[] = [];
  const front = await aCuttingProxy({ targets: () => alive.map(({ url }) => url), seed: 1, afterMs: [1, 1], delayMs: 0 });
  front.calm();
  const startOne = async () => {
    const started = await aSchoolProcess({
      ...env,
      NODE_OPTIONS: `--import=${turnedClock}`,
      FAULTS_CLOCK: clockFile,
      TRUST_PROXY: '1',
      // Acquirers are told it with every payment: at the address of a process that is killed nobody would hear them.
      PUBLIC_URL: front.url,
    });
    alive.push(started);
    ever.push(started);
  };
  const fill = async () => {
    await Promise.all(Array.from({ length: count - alive.length }, startOne));
  };
  await fill();
  return {
    url: front.url,
    all: () => alive,
    fill,
    async killOne() {
      const victim = alive.shift();
      victim?.signal('SIGKILL');
      await victim?.ended;
    },
    async ready(withinMs) {
      const at = performance.now();
      for (;;) {
        const answers = await Promise.all(
          alive.map(({ url }) =>
            fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) }).then(
              ({ status }) => status,
              () => 0,
            ),
          ),
        );
        const ms = performance.now() - at;
        if (answers.every((status) => status === 200)) return ms;
        if (ms > withinMs) return Number.POSITIVE_INFINITY;
        await pause(200);
      }
    },
    output: () => ever.map((one) => one.output()).join('\n'),
    async stop() {
      for (const { signal } of alive) signal('SIGTERM');
      return Promise.all(alive.splice(0).map(({ ended }) => ended));
    },
    async close() {
      for (const { signal } of alive) signal('SIGKILL');
      await Promise.all(ever.map(({ ended }) => ended));
      await front.close();
    },
  };
}

/** Pays every order as soon as there is a page to pay at. @returns ends it */
export function startPayer(app: App, acquirer: Acquirer): () => Promise<void> {
  let over = false;
  const paid = new Set<string>();
  const done = (async () => {
    while (!over) {
      await pause(500);
      const { rows } = await app.pool
        .query<{ id: string }>('SELECT id FROM payment_attempt WHERE pay_url IS NOT NULL')
        // The database is away, which is what the run is about.
        .catch(() => ({ rows: [] }));
      for (const { id } of rows) {
        if (paid.has(id)) continue;
        // The acquirer asks the school before it takes money, and the school may be away: the payer tries again.
        const took = await acquirer.pay(id).then(
          () => true,
          () => false,
        );
        if (took) paid.add(id);
      }
    }
  })();
  return async () => {
    over = true;
    await done;
  };
}
