import { setTimeout as wait } from 'node:timers/promises';
import { HttpError, type Transformer } from 'grammy';
import type { Pace } from '#server/platform/pace.ts';

/** What Telegram counts as a message. */
const counted = /^(send|editMessage)/;
/** Somebody waits for the answer: what would take longer is not waited for. */
const longestWaitMs = 10_000;
const mostTries = 3;

/**
 * Tries again what Telegram was too busy for, or what was lost on the way, and keeps the pace that all messages share.
 * @param closed aborted when connections were cut, so that nothing is begun anew on others
 */
export function patience(pace: Pace, closed: AbortSignal): Transformer {
  return async (prev, method, payload, signal) => {
    const call = () => prev(method, payload, signal);
    for (let tries = 1; ; tries += 1) {
      if (closed.aborted) throw new HttpError(`${method} was not called: the bot ends`, closed.reason);
      try {
        const answer = await (counted.test(method) ? pace.through('reply', call) : call());
        const waitMs = answer.ok || answer.error_code !== 429 ? null : (answer.parameters?.retry_after ?? 1) * 1000;
        if (waitMs === null || waitMs > longestWaitMs || tries === mostTries) return answer;
        await wait(waitMs);
      } catch (error) {
        // It may have been taken all the same: said twice is better than not at all.
        if (!(error instanceof HttpError) || tries === mostTries || closed.aborted) throw error;
        await wait(300 * tries);
      }
    }
  };
}
