import { deviceMemory } from '#client/lib/memory.ts';
import { createStore } from '#client/lib/store.ts';

const name = 'inbox-letter-keys';
const kept = createStore(deviceMemory.read(name) !== 'off');

/** Do single letters work in the inbox? Chosen on this device. */
export const letterKeys = {
  use: kept.use,
  get: kept.get,
  set(on: boolean): void {
    deviceMemory.write(name, on ? null : 'off');
    kept.set(on);
  },
};
