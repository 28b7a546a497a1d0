import { type FaultKind, faultKinds, type Statistics } from './types.ts';

export interface Counter {
  request(method: string): void;
  fault(kind: FaultKind): void;
  refused(code: number): void;
  ignoredRetryAfter(): void;
  accepted(chatId: number, count: number): void;
  /** The bot never heard that these were taken. */
  unheard(chatId: number, count: number): void;
  forget(): void;
  read(): Omit<Statistics, 'peak'>;
}

export function createCounter(now: () => number): Counter {
  let startedAt: number | null = null;
  let kept = empty();

  function ofChat(chatId: number) {
    kept.chats[chatId] ??= { accepted: 0, unheard: 0 };
    return kept.chats[chatId];
  }

  return {
    request(method) {
      kept.requests[method] = (kept.requests[method] ?? 0) + 1;
    },
    fault(kind) {
      kept.faults[kind] += 1;
    },
    refused(code) {
      kept.refused[code] = (kept.refused[code] ?? 0) + 1;
    },
    ignoredRetryAfter() {
      kept.ignoredRetryAfter += 1;
    },
    accepted(chatId, count) {
      const at = now();
      startedAt ??= at;
      const second = Math.floor((at - startedAt) / 1000);
      while (kept.perSecond.length <= second) kept.perSecond.push(0);
      kept.perSecond[second] = (kept.perSecond[second] ?? 0) + count;
      kept.accepted += count;
      ofChat(chatId).accepted += count;
    },
    unheard(chatId, count) {
      ofChat(chatId).unheard += count;
    },
    forget() {
      startedAt = null;
      kept = empty();
    },
    read: () => structuredClone(kept),
  };
}

function empty(): Omit<Statistics, 'peak'> {
  const faults = Object.fromEntries(faultKinds.map((kind) => [kind, 0])) as Record<FaultKind, number>;
  return { accepted: 0, refused: {}, ignoredRetryAfter: 0, requests: {}, faults, chats: {}, perSecond: [] };
}
