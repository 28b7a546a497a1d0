import { createHash } from 'node:crypto';
import type { ProviderId } from '#shared/payments.ts';
import { type CallFault, callFaults, type Faults, type NextFault } from './types.ts';

export interface FaultSource {
  /** What befalls this call. */
  draw(provider: ProviderId, method: string): CallFault | null;
  failNext(fault: NextFault): void;
  set(faults: Faults): void;
  current(): Faults;
  /** Whether something that happens so often happens now. */
  chance(odds: number | undefined): boolean;
}

export function createFaults(initial: Faults): FaultSource {
  let faults = initial;
  let ordered: (NextFault & { times: number })[] = [];
  let drawn = 0;

  /** From 0 to 1; the same row of numbers for the same seed. */
  function random(): number {
    drawn += 1;
    const digest = createHash('sha1')
      .update(`${faults.seed ?? 1}:${drawn}`)
      .digest();
    return digest.readUInt32BE() / 2 ** 32;
  }

  function takeOrdered(provider: ProviderId, method: string): CallFault | null {
    const fault = ordered.find((one) => (one.provider ?? provider) === provider && (one.method ?? method) === method);
    if (!fault) return null;
    fault.times -= 1;
    if (fault.times <= 0) ordered = ordered.filter((one) => one !== fault);
    return fault.kind;
  }

  return {
    draw(provider, method) {
      const fault = takeOrdered(provider, method);
      if (fault || !faults.odds) return fault;
      let mark = random();
      for (const kind of callFaults) {
        mark -= faults.odds[kind] ?? 0;
        if (mark < 0) return kind;
      }
      return null;
    },
    failNext: (fault) => ordered.push({ ...fault, times: fault.times ?? 1 }),
    set(next) {
      if (next.seed !== faults.seed) drawn = 0;
      faults = next;
      if (Object.keys(next).length === 0) ordered = [];
    },
    current: () => faults,
    chance: (odds) => odds !== undefined && odds > 0 && random() < odds,
  };
}
