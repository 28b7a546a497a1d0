import type { App } from '../../../platform/app.ts';
import type { Channel, Claimed, Outcome } from '../channels/channel.ts';
import type { Result } from './results.ts';
import { backOff, holdMs, patience, triedTooOften } from './rules.ts';

/** One channel as this process finds it: whether anything gets through for now, and what its answers mean for a delivery. */
export interface Way {
  /** Nothing got through at the last try: one at a time, to see. */
  troubled(): boolean;
  /** Milliseconds for which nothing is sent; 0: none. */
  heldMs(): number;
  /** Closed for so long that what was due before this instant goes another way; null: it may still wait. */
  givesUpBefore(): Date | null;
  /** What becomes of it without a try; null: it is sent. */
  refusalOf(delivery: Claimed): Result | null;
  resultsOf(deliveries: readonly Claimed[], outcome: Outcome): Promise<Result[]>;
  /** There is nothing to tell any more. */
  nothingToTell(delivery: Claimed): Result;
  /** A mistake of ours. */
  mistake(delivery: Claimed, error: unknown): Result;
  giveUp(delivery: Claimed): Result;
}

export function createWay(app: App, channel: Channel): Way {
  const isTelegram = channel.name === 'telegram';
  /** In a row, of the whole way. */
  let failures = 0;
  let heldUntil = 0;
  let closing: Promise<Date> | null = null;
  let closedSince: Date | null = null;

  const after = (ms: number) => new Date(app.clock.now().getTime() + ms);
  const isClosedFor = (since: Date | null) => since !== null && since <= after(-patience[channel.name]);

  /** @returns whether this try counts as one of this delivery: where nobody gets anything it is no fault of theirs */
  async function note(outcome: Outcome): Promise<boolean> {
    if (outcome.kind !== 'later' || !outcome.all) {
      if (outcome.kind !== 'later') {
        failures = 0;
        closing = null;
        closedSince = null;
      }
      return true;
    }
    const now = performance.now();
    // Those that were under way together are one failure.
    if (now >= heldUntil) failures += 1;
    heldUntil = Math.max(heldUntil, now + (outcome.afterMs ?? holdMs(failures)));
    const counts = failures === 1;
    if (outcome.reason === 'network') {
      const noticedAt = app.clock.now();
      // Who took over from a process that could not get through either does not wait from the beginning.
      closing ??= channel.closedSince(app).then((known) => known ?? noticedAt);
      closedSince = await closing;
    }
    return counts;
  }

  function giveUp(delivery: Claimed): Result {
    return isTelegram
      ? { delivery, state: 'failed', reason: 'unreachable', instead: true }
      : { delivery, state: 'failed', reason: 'too-long', instead: false };
  }

  function resultOf(delivery: Claimed, outcome: Outcome, counts: boolean): Result {
    if (outcome.kind === 'sent') return { delivery, state: 'sent', reason: null, ...(outcome.telegram && { sent: outcome.telegram }) };
    if (outcome.kind !== 'later') {
      const { kind, reason, instead, brokenChat, deadAddress } = outcome;
      return { delivery, state: kind, reason, instead, ...(brokenChat && { brokenChat }), ...(deadAddress && { deadAddress }) };
    }
    const { reason, afterMs } = outcome;
    // To be told to wait is no failure.
    if (afterMs !== null) return { delivery, state: 'waiting', reason, dueAt: after(afterMs), uncounted: true };
    if (isClosedFor(closedSince) && delivery.dueAt <= after(-patience[channel.name])) return giveUp(delivery);
    if (!counts) return { delivery, state: 'waiting', reason, uncounted: true };
    const wait = backOff(channel.name, delivery.attempts);
    return wait === null ? giveUp(delivery) : { delivery, state: 'waiting', reason, dueAt: after(wait) };
  }

  return {
    troubled: () => failures > 0,
    heldMs: () => Math.max(0, heldUntil - performance.now()),
    givesUpBefore: () => (isClosedFor(closedSince) ? after(-patience[channel.name]) : null),
    refusalOf(delivery) {
      if (delivery.to.closed) return { delivery, state: 'skipped', reason: 'closed' };
      if (delivery.mode === 'off') return { delivery, state: 'skipped', reason: 'off', instead: isTelegram };
      if (triedTooOften(channel.name, delivery.attempts)) return { delivery, state: 'failed', reason: 'refused', instead: isTelegram };
      const refusal = channel.closedTo(delivery);
      return refusal && resultOf(delivery, refusal, false);
    },
    async resultsOf(deliveries, outcome) {
      const counts = await note(outcome);
      return deliveries.map((delivery) => resultOf(delivery, outcome, counts));
    },
    nothingToTell: (delivery) => ({ delivery, state: 'skipped', reason: delivery.kind === 'news' ? 'gone' : 'read' }),
    mistake(delivery, error) {
      app.log.error({ err: error, delivery: delivery.id, notice: delivery.noticeId, kind: delivery.kind }, 'a notice could not be said');
      const wait = backOff('mistake', delivery.attempts);
      if (wait === null) return { delivery, state: 'failed', reason: 'refused', instead: isTelegram };
      return { delivery, state: 'waiting', reason: null, dueAt: after(wait) };
    },
    giveUp,
  };
}
