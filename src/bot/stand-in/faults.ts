import { createHash } from 'node:crypto';
import { type FaultKind, type Faults, faultKinds, type NextFault } from './types.ts';

/** Methods that put a message into a chat or change one: limits and random faults are about these. */
const sendingMethods = new Set([
  'sendmessage',
  'sendphoto',
  'sendmediagroup',
  'editmessagetext',
  'editmessagecaption',
  'editmessagereplymarkup',
]);

export interface FaultSource {
  /** What befalls this request. */
  draw(method: string, chatId: number | undefined): FaultKind | null;
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
    return (
      createHash('sha1')
        .update(`${faults.seed ?? 1}:${drawn}`)
        .digest()
        .readUInt32BE() /
      2 ** 32
    );
  }

  function takeOrdered(method: string, chatId: number | undefined): FaultKind | null {
    const fault = ordered.find(
      (one) =>
        (one.method === undefined ? sendingMethods.has(method) : one.method.toLowerCase() === method) &&
        (one.chatId === undefined || one.chatId === chatId),
    );
    if (!fault) return null;
    fault.times -= 1;
    if (fault.times <= 0) ordered = ordered.filter((one) => one !== fault);
    return fault.kind;
  }

  return {
    draw(method, chatId) {
      const fault = takeOrdered(method, chatId);
      if (fault || !faults.odds || !sendingMethods.has(method)) return fault;
      let mark = random();
      for (const kind of faultKinds) {
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
