import { aRandom } from '../cutting-proxy.ts';

/** Chance that can be had again by its seed. */
export interface Random {
  next(): number;
  below(end: number): number;
  chance(share: number): boolean;
  of<T>(values: readonly T[]): T;
}

export function randomFrom(seed: number): Random {
  const next = aRandom(seed);
  const below = (end: number) => Math.floor(next() * end);
  return {
    next,
    below,
    chance: (share) => next() < share,
    of<T>(values: readonly T[]): T {
      if (values.length === 0) throw new Error('nothing to choose from');
      return values[below(values.length)] as T;
    },
  };
}

/** The same chance, which leaves nothing out: every field that may be missing is there, and no list is empty. */
export const complete = (random: Random): Random => ({ ...random, chance: () => false });
