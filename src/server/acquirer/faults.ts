import { createMishaps } from '#bot/stand-in/mishaps.ts';
import type { ProviderId } from '#shared/payments.ts';
import { type CallFault, callFaults, type Faults, type NextFault } from './types.ts';

export type FaultSource = ReturnType<typeof createFaults>;

export function createFaults(initial: Faults) {
  const mishaps = createMishaps<CallFault, Faults, NextFault>(callFaults, initial);
  return {
    ...mishaps,
    /** What befalls this call. */
    draw: (provider: ProviderId, method: string): CallFault | null =>
      mishaps.draw((next) => (next.provider ?? provider) === provider && (next.method ?? method) === method),
  };
}
