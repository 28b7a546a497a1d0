import type { ProviderId } from '#shared/payments.ts';

/**
 * So long a refund whose outcome is not known may be asked for again under its own key, and is one all the same. T-Bank names no end of it; CloudPayments
 * keeps keys for an hour.
 */
const keyHoldsMs: Record<ProviderId, number> = { tbank: Number.POSITIVE_INFINITY, cloudpayments: 50 * 60_000 };

/** As T-Bank's adapter calls what was paid so: refunds of it know no keys. */
const bySbp = 'СБП';

/** May a refund that was sent so long ago be asked for again under its own key, whatever became of it? */
export function keyHolds(provider: ProviderId, paidWith: string | null, sinceMs: number): boolean {
  return !(provider === 'tbank' && paidWith === bySbp) && sinceMs < keyHoldsMs[provider];
}

/** After so long, a refund that the provider's books do not show was not made. */
export const notMadeMs = 15 * 60_000;

/** When a refund is tried, or looked at, next. */
export function nextTryAt(tries: number, now: Date): Date {
  const minutes = [1, 2, 5, 10, 30, 60][Math.min(tries, 5)] ?? 60;
  return new Date(now.getTime() + minutes * 60_000);
}

export interface OwnRefund {
  id: string;
  amountMinor: number;
  state: 'waiting' | 'sent' | 'done' | 'failed';
  providerRefundId: string | null;
  /** Of a payment that bought nothing: whoever gives that back, it is this one. */
  double?: boolean;
}

/** What the provider's word makes of the refunds of an attempt. */
export interface RefundNews {
  /** Ours that are done, and what the provider calls them. */
  done: { id: string; providerRefundId: string | null; at: Date | null }[];
  /** Made without us. */
  foreign: { amountMinor: number; providerRefundId: string | null; at: Date | null }[];
  /** Something was given back, and nobody can tell how much or which. */
  unclear: boolean;
}

export interface Told {
  partly: boolean;
  /** In all; null: not told. */
  totalMinor: number | null;
  each: { providerRefundId: string; amountMinor: number; at: Date | null }[];
}

/**
 * Tells our own refunds from those of the provider's cabinet. A message may be late: less than what is known is no news.
 * @param recordedMinor of refunds that are done
 */
export function readRefunds(own: OwnRefund[], recordedMinor: number, told: Told): RefundNews {
  const news: RefundNews = { done: [], foreign: [], unclear: false };
  let known = recordedMinor;
  const sent = own.filter(({ state }) => state === 'sent');
  const unsent = own.filter(({ state, double }) => state === 'waiting' && double);
  const settle = ({ id, amountMinor }: OwnRefund, as: { providerRefundId: string | null; at: Date | null }) => {
    news.done.push({ id, ...as });
    known += amountMinor;
    for (const list of [sent, unsent]) {
      const at = list.findIndex((one) => one.id === id);
      if (at >= 0) list.splice(at, 1);
    }
  };

  let unnamed = own.filter(({ state, providerRefundId }) => state === 'done' && providerRefundId === null);
  for (const { providerRefundId, amountMinor, at } of told.each) {
    const named = own.find((one) => one.providerRefundId === providerRefundId);
    if (named) {
      if (named.state !== 'done') settle(named, { providerRefundId, at });
      continue;
    }
    // One of those that were counted before anybody knew what the provider calls them, and only then one whose end is not known.
    const counted = unnamed.find((one) => one.amountMinor === amountMinor);
    if (counted) {
      unnamed = unnamed.filter((one) => one !== counted);
      continue;
    }
    const ours =
      sent.find((one) => one.amountMinor === amountMinor && one.providerRefundId === null) ??
      unsent.find((one) => one.amountMinor === amountMinor);
    if (ours) {
      settle(ours, { providerRefundId, at });
      continue;
    }
    news.foreign.push({ amountMinor, providerRefundId, at });
    known += amountMinor;
  }

  if (told.totalMinor !== null) {
    const missing = told.totalMinor - known;
    const instead = sent.length === 0 ? unsent.find(({ amountMinor }) => amountMinor === missing) : undefined;
    if (instead) settle(instead, { providerRefundId: null, at: null });
    else if (missing > 0) tellTotal(missing, sent, settle, news);
  } else if (told.partly && told.each.length === 0 && known === 0) {
    // T-Bank says «partly» and no more. The first part is the one that we have asked for, if we have; of later ones only their own answers tell.
    const [only, ...others] = sent;
    if (!only) news.unclear = true;
    else if (others.length === 0) settle(only, { providerRefundId: null, at: null });
  }
  return news;
}

/** More was given back than is known, and only the sum is told. */
function tellTotal(
  missing: number,
  sent: OwnRefund[],
  settle: (refund: OwnRefund, as: { providerRefundId: null; at: null }) => void,
  news: RefundNews,
): void {
  const asked = sent.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const one = sent.find(({ amountMinor }) => amountMinor === missing);
  const ours = asked <= missing ? [...sent] : one ? [one] : null;
  if (!ours) {
    news.unclear = true;
    return;
  }
  for (const refund of ours) settle(refund, { providerRefundId: null, at: null });
  const rest = missing - ours.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  if (rest > 0) news.foreign.push({ amountMinor: rest, providerRefundId: null, at: null });
}

/** What may still be given back of an attempt: of what came, less what went back and what is about to. */
export function refundable(attempt: {
  capturedMinor: number;
  refundedMinor: number;
  refunds: Pick<OwnRefund, 'amountMinor' | 'state'>[];
}): number {
  const underWay = attempt.refunds
    .filter(({ state }) => state === 'waiting' || state === 'sent')
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  return Math.max(0, attempt.capturedMinor - attempt.refundedMinor - underWay);
}
