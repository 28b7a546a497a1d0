import { useSyncExternalStore } from 'react';

/** A value outside React that components can follow: for what lives as long as the tab and is known to code that is no component. */
export interface Store<T> {
  get(): T;
  set(next: T): void;
  use(): T;
  /** For code that is no component. */
  subscribe(listener: () => void): () => void;
}

export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  };
  const get = () => value;
  return {
    get,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of listeners) listener();
    },
    use: () => useSyncExternalStore(subscribe, get),
    subscribe,
  };
}
