/** Lets so many works go on at a time; the others wait, in the order in which they came. */
export type Turnstile = <T>(work: () => Promise<T>) => Promise<T>;

export function createTurnstile(places: number): Turnstile {
  let free = places;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      // A place is handed on, so that nobody who comes in between takes it.
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
