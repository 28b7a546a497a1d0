import { instantOf, wallClock } from '#shared/wall-clock.ts';

const dayMs = 86_400_000;

/** A charge is announced so long before it. */
export const announceMs = 3 * dayMs;
/** One that could not be announced in time (the server stood still) is put off by so much when it is. */
export const lateNoticeMs = dayMs;
/** So long the course stays open after a month that could not be charged. */
export const graceMs = 4 * dayMs;
/** Between two tries of a declined month: T-Bank and CloudPayments bear two in 24 hours. */
export const retryMs = dayMs;
/** Tries after the first. */
const retries = 3;
/** A first payment that brought no card: it may come by a later message, for so long. */
export const cardAwaitedMs = 3_600_000;

export interface Period {
  from: Date;
  until: Date;
}

function monthsAfter(anchorAt: Date, n: number, zone: string): Date {
  const wall = new Date(wallClock(anchorAt.getTime(), zone));
  const [year, month] = [wall.getUTCFullYear(), wall.getUTCMonth() + n];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const day = new Date(Date.UTC(year, month, Math.min(wall.getUTCDate(), lastDay)));
  const withinMinute = wall.getTime() % 60_000;
  return new Date(instantOf(day.toISOString().slice(0, 10), wall.toISOString().slice(11, 16), zone).getTime() + withinMinute);
}

/** No month is shorter, and no other setting of the school's zone moves its end by more. */
const shortestMs = 14 * dayMs;

/**
 * The month that begins where the last one ended. Months are counted from the first payment on the school's clocks: whoever began on the 31st pays on the
 * last day of a shorter month and on the 31st again after it. Not by its number: after a pause months are counted from another day.
 */
export function periodFrom(anchorAt: Date, from: Date, zone: string): Period {
  const [first, second] = [new Date(wallClock(anchorAt.getTime(), zone)), new Date(wallClock(from.getTime(), zone))];
  let n = Math.max(0, (second.getUTCFullYear() - first.getUTCFullYear()) * 12 + second.getUTCMonth() - first.getUTCMonth());
  // The school's zone may have been set to another one meanwhile: a «month» of an hour must never be charged.
  while (monthsAfter(anchorAt, n, zone).getTime() < from.getTime() + shortestMs) n += 1;
  return { from, until: monthsAfter(anchorAt, n, zone) };
}

/** How long the course stays open where the next month is still to be paid. */
export function openUntil(paidUntil: Date): Date {
  return new Date(paidUntil.getTime() + graceMs);
}

/**
 * When a declined month is tried again.
 * @param tries declined ones, this one included
 * @returns null: not any more by itself
 */
export function retryAt(declined: { tries: number; again: 'never' | 'later'; paidUntil: Date }, now: Date): Date | null {
  if (declined.again === 'never' || declined.tries > retries) return null;
  const at = new Date(now.getTime() + retryMs);
  return at < openUntil(declined.paidUntil) ? at : null;
}

/** What the sweep does with a subscription that goes on. */
export type Due = 'announce' | 'charge' | 'end-unpaid' | 'end-cancelled' | 'end-without-card' | null;

export interface Schedule {
  state: 'pending' | 'active' | 'past_due' | 'ended';
  paidUntil: Date | null;
  nextChargeAt: Date | null;
  announced: Date | null;
  cancelledAt: Date | null;
  hasCard: boolean;
}

export function dueOf(subscription: Schedule, now: Date): Due {
  const { state, paidUntil, nextChargeAt, announced, cancelledAt, hasCard } = subscription;
  if ((state !== 'active' && state !== 'past_due') || !paidUntil) return null;
  if (cancelledAt) return paidUntil <= now ? 'end-cancelled' : null;
  // One that was never declined waits: its charge may stand still because the school has stopped the provider.
  if (state === 'past_due' && openUntil(paidUntil) <= now) return 'end-unpaid';
  if (!nextChargeAt) return null;
  if (!hasCard) return nextChargeAt <= now ? 'end-without-card' : null;
  if (state === 'active' && announced?.getTime() !== paidUntil.getTime())
    return nextChargeAt.getTime() - announceMs <= now.getTime() ? 'announce' : null;
  return nextChargeAt <= now ? 'charge' : null;
}

/** When an announced month is charged: at its beginning, and not before people had a day to read that it will be. */
export function chargeAt(paidUntil: Date, announcedAt: Date): Date {
  return new Date(Math.max(paidUntil.getTime(), announcedAt.getTime() + lateNoticeMs));
}

/** After so long without an outcome, what a provider does not know was not done: CloudPayments works at a charge for five minutes at most. */
export const settledMs = 10 * 60_000;

/** When a charge in doubt, or one that the provider was too busy for, is looked at next. */
export function nextLookAt(looks: number, now: Date): Date {
  const minutes = [1, 2, 5, 10, 20, 30][Math.min(looks, 5)] ?? 30;
  return new Date(now.getTime() + minutes * 60_000);
}
