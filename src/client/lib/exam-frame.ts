import { createStore } from './store.ts';

/** The place of the head that a running exam brings along; null where there is none. */
export const examHead = createStore<HTMLElement | null>(null);

/** The attempt that the address names is over, or there is none: its page stands in the frame of the site again. */
export const examOver = createStore(false);
