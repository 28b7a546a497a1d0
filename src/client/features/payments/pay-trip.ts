import { tabMemory } from '#client/lib/memory.ts';

/**
 * Whether this tab is to go to the bank for an order (`going`: the button was pressed here), or has been there (`gone`). Only a press leads away: whoever
 * comes back from the bank, or opens the order later or in another tab, stays where they are. What the bank writes into the address is never read.
 */
export type PayTrip = 'going' | 'gone' | null;

const key = (orderId: string) => `pay-trip.${orderId}`;

export const payTrip = {
  of(orderId: string): PayTrip {
    const kept = tabMemory.read(key(orderId));
    return kept === 'going' || kept === 'gone' ? kept : null;
  },
  set: (orderId: string, trip: PayTrip) => tabMemory.write(key(orderId), trip),
};
