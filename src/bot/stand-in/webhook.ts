/** Posts updates to the bot's own address, one after another, each until it is taken. */
import type { FaultSource } from './faults.ts';
import type { Keeper, Webhook } from './state.ts';
import type { Updates } from './updates.ts';

export interface WebhookCaller {
  /** There is an update, or an address. */
  wake(): void;
  stop(): void;
}

const longestWaitMs = 30_000;
const answerWithinMs = 30_000;

export function createWebhookCaller(
  { state, touch }: Keeper,
  updates: Updates,
  faults: FaultSource,
  { firstRetryMs, now }: { firstRetryMs: number; now: () => number },
): WebhookCaller {
  const stopped = new AbortController();
  let running = false;
  let waitMs = firstRetryMs;

  async function post(webhook: Webhook): Promise<string | null> {
    const waiting = updates.pending();
    const swap = waiting.length > 1 && faults.chance(faults.current().reordered);
    const update = waiting[swap ? 1 : 0];
    if (!update) return null;
    const times = faults.chance(faults.current().duplicates) ? 2 : 1;
    for (let time = 0; time < times; time++) {
      try {
        const answer = await fetch(webhook.url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...(webhook.secret && { 'x-telegram-bot-api-secret-token': webhook.secret }) },
          body: JSON.stringify(updates.dressed(update)),
          signal: AbortSignal.any([stopped.signal, AbortSignal.timeout(answerWithinMs)]),
          redirect: 'manual',
        });
        await answer.body?.cancel();
        if (!answer.ok) return `Wrong response from the webhook: ${answer.status} ${answer.statusText}`;
      } catch {
        return 'Connection refused';
      }
    }
    updates.confirm(update.update_id);
    return null;
  }

  async function run() {
    while (!stopped.signal.aborted && state.webhook && updates.pending().length > 0) {
      const { webhook } = state;
      const failure = await post(webhook);
      if (stopped.signal.aborted) return;
      if (failure === null) {
        waitMs = firstRetryMs;
        continue;
      }
      webhook.lastError = { date: Math.floor(now() / 1000), message: failure };
      touch();
      await pause(waitMs, stopped.signal);
      waitMs = Math.min(waitMs * 2, longestWaitMs);
    }
  }

  return {
    wake() {
      if (running || !state.webhook) return;
      running = true;
      void run().finally(() => {
        running = false;
      });
    },
    stop: () => stopped.abort(),
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
