import type { Statistics } from './types.ts';

export interface Counter {
  call(provider: string, method: string): void;
  fault(kind: string): void;
  refused(provider: string, code: string | number): void;
  followed(withSecrets: boolean): void;
  /** @returns what ends it */
  begin(): () => void;
  underWay(): number;
  read(): Omit<Statistics, 'messages'>;
}

export function createCounter(): Counter {
  const kept: Omit<Statistics, 'messages'> = { calls: {}, refused: {}, faults: {}, followed: 0, followedWithSecrets: 0, peak: 0 };
  let now = 0;
  const count = (row: Record<string, number>, name: string) => {
    row[name] = (row[name] ?? 0) + 1;
  };
  return {
    call: (provider, method) => count(kept.calls, `${provider} ${method}`),
    fault: (kind) => count(kept.faults, kind),
    refused: (provider, code) => count(kept.refused, `${provider} ${code}`),
    followed(withSecrets) {
      kept.followed += 1;
      if (withSecrets) kept.followedWithSecrets += 1;
    },
    begin() {
      now += 1;
      kept.peak = Math.max(kept.peak, now);
      return () => {
        now -= 1;
      };
    },
    underWay: () => now,
    read: () => structuredClone(kept),
  };
}
