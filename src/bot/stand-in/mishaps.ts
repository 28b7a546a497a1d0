import { createHash } from 'node:crypto';

/** What may go wrong, by chance. */
export interface Odds<Kind extends string> {
  /** The same seed is the same row of mishaps. */
  seed?: number;
  /** How often each happens, from 0 to 1; their sum is at most 1. */
  odds?: Partial<Record<Kind, number>>;
}

/** What is to go wrong next, so many times. */
export interface Ordered<Kind extends string> {
  kind: Kind;
  times?: number;
}

/** What goes wrong in a world that is played for the school: what was ordered, and what befalls by chance. Telegram and the acquirers share it. */
export function createMishaps<Kind extends string, Settings extends Odds<Kind>, Next extends Ordered<Kind>>(
  kinds: readonly Kind[],
  initial: Settings,
) {
  let settings = initial;
  let ordered: { next: Next; left: number }[] = [];
  let drawn = 0;

  /** From 0 to 1; the same row of numbers for the same seed. */
  function random(): number {
    drawn += 1;
    const digest = createHash('sha1')
      .update(`${settings.seed ?? 1}:${drawn}`)
      .digest();
    return digest.readUInt32BE() / 2 ** 32;
  }

  function takeOrdered(fits: (next: Next) => boolean): Kind | null {
    const found = ordered.find(({ next }) => fits(next));
    if (!found) return null;
    found.left -= 1;
    if (found.left <= 0) ordered = ordered.filter((one) => one !== found);
    return found.next.kind;
  }

  return {
    /** @param fits is it this that was meant? @param byChance whether it may go wrong unordered */
    draw(fits: (next: Next) => boolean, byChance = true): Kind | null {
      const kind = takeOrdered(fits);
      if (kind || !settings.odds || !byChance) return kind;
      let mark = random();
      for (const one of kinds) {
        mark -= settings.odds[one] ?? 0;
        if (mark < 0) return one;
      }
      return null;
    },
    failNext(next: Next): void {
      ordered.push({ next, left: next.times ?? 1 });
    },
    set(next: Settings): void {
      if (next.seed !== settings.seed) drawn = 0;
      settings = next;
      if (Object.keys(next).length === 0) ordered = [];
    },
    current: (): Settings => settings,
    /** Whether something that happens so often happens now. */
    chance: (odds: number | undefined): boolean => odds !== undefined && odds > 0 && random() < odds,
  };
}
