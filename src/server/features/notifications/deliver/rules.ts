/** When something is tried again, and for how long. */

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

const steps = {
  /** A quarter of an hour in all; then a letter goes instead. */
  telegram: [2 * second, 5 * second, 15 * second, minute, 3 * minute, 5 * minute, 5 * minute],
  /** Two days in all, as mail servers do it: who greylists lets the second or third one pass. */
  email: [minute, 5 * minute, 15 * minute, hour, 3 * hour, 6 * hour, 12 * hour, 24 * hour],
  /** A mistake of ours in this one message: a restart with mended code may come in between. */
  mistake: [minute, 5 * minute, 30 * minute],
} as const;
export type Trouble = keyof typeof steps;

/** How long a closed way is waited for until what is due goes another way, or is given up. */
export const patience = { telegram: 15 * minute, email: 48 * hour } as const;

/** Milliseconds until the next try; null: there is none. @param tries so far */
export function backOff(trouble: Trouble, tries: number): number | null {
  return steps[trouble][tries - 1] ?? null;
}

/** A process that dies over a message does not say so. */
export function triedTooOften(channel: 'telegram' | 'email', tries: number): boolean {
  return tries > steps[channel].length + 3;
}

/** Milliseconds for which nobody is sent anything, after so many failures in a row. */
export function holdMs(failures: number): number {
  return Math.min(minute, 500 * 2 ** (failures - 1));
}
