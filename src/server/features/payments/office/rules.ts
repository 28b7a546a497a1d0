import type { RefundState } from '#prisma/generated/enums.ts';

/** What may still be given back of an attempt: of what came, less what went back and what is about to. */
export function refundable(attempt: {
  capturedMinor: number;
  refundedMinor: number;
  refunds: { amountMinor: number; state: RefundState }[];
}): number {
  const underWay = attempt.refunds
    .filter(({ state }) => state === 'waiting' || state === 'sent')
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  return Math.max(0, attempt.capturedMinor - attempt.refundedMinor - underWay);
}

/** A word of the database that is one of a list. */
export function known<T extends string>(list: readonly T[], word: string): T {
  const found = list.find((one) => one === word);
  if (found === undefined) throw new Error(`«${word}» is none of ${list.join(', ')}`);
  return found;
}
