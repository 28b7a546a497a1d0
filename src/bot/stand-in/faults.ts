import { createMishaps } from './mishaps.ts';
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

export type FaultSource = ReturnType<typeof createFaults>;

export function createFaults(initial: Faults) {
  const mishaps = createMishaps<FaultKind, Faults, NextFault>(faultKinds, initial);
  return {
    ...mishaps,
    /** What befalls this request. */
    draw(method: string, chatId: number | undefined): FaultKind | null {
      const sends = sendingMethods.has(method);
      const fits = (next: NextFault) =>
        (next.method === undefined ? sends : next.method.toLowerCase() === method) && (next.chatId === undefined || next.chatId === chatId);
      return mishaps.draw(fits, sends);
    },
  };
}
