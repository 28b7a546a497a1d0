import type { App } from '../../../platform/app.ts';
import { pause } from '../../../platform/waiting.ts';
import type { Channel } from '../channels/channel.ts';
import { claimDue, freeAbandoned } from './claim.ts';
import { writeResults } from './results.ts';

const lookMs = 30_000;
const atOnce = 200;

/** What a school that has no bot any more takes rows of Telegram as. */
const gone = { name: 'telegram', leaseMs: 60_000 } as const satisfies Pick<Channel, 'name' | 'leaseMs'>;

/** A bot that was taken away leaves deliveries behind: letters go instead. */
export async function tellWithoutTelegram(app: App, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await mailInstead(app);
    } catch (error) {
      app.log.warn({ err: error }, 'letters instead of Telegram could not be queued, trying again');
    }
    await pause(lookMs, signal);
  }
}

/** @returns how many */
export async function mailInstead(app: App): Promise<number> {
  await freeAbandoned(app, gone.name, false);
  let all = 0;
  for (;;) {
    const left = (await claimDue(app, gone, atOnce)).flat();
    if (left.length === 0) return all;
    all += left.length;
    await writeResults(
      app,
      left.map((delivery) => ({ delivery, state: 'failed', reason: 'unreachable', instead: true })),
    );
  }
}
