import { type ComponentType, lazy, useState } from 'react';

/** A page in a chunk of its own. */
export interface LazyPage {
  preload: () => Promise<unknown>;
  /** The page itself once its chunk is there, otherwise what waits for it. */
  current: () => ComponentType;
}

export function lazyPage<K extends string>(load: () => Promise<Record<K, ComponentType>>, name: K): LazyPage {
  let loaded: ComponentType | null = null;
  const preload = () =>
    load().then((file) => {
      loaded = file[name];
      return { default: loaded };
    });
  const waiting = lazy(preload);
  return { preload, current: () => loaded ?? waiting };
}

/**
 * `React.lazy` shows the fallback for a moment even when the chunk is there already; a page that was preloaded is drawn at once, so that nothing
 * flashes and the foot does not jump. The choice is made once: another component in its place would forget what was typed.
 */
export function Shown({ page }: { page: LazyPage }) {
  const [Page] = useState<ComponentType>(() => page.current());
  return <Page />;
}
