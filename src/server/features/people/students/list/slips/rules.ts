/** Slips of the finger in names: «Петорв», «Лина», «Олга». Short words share too few pieces of three letters to be found by those. */

/** How many letters may be wrong, missing, one too many, or in each other's place. */
const slipsIn = (word: string) => (word.length < 3 ? 0 : word.length < 7 ? 1 : 2);

/** Letters to be changed, added, left out or swapped with their neighbour to come from one word to the other; anything above `limit` is `limit` + 1. */
export function slipsBetween(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    if (Math.min(...row) > limit) return limit + 1;
    before = above;
    above = row;
  }
  return Math.min(above[b.length] ?? 0, limit + 1);
}

/** Of all names those that are nearest to a word of the search, or have a part that is; none where all are too far. */
export function nearestNames(typed: string, names: readonly string[]): string[] {
  let limit = slipsIn(typed);
  let nearest: string[] = [];
  for (const name of names) {
    const parts = name
      .normalize('NFC')
      .toLowerCase()
      .replaceAll('ё', 'е')
      .split(/[\s-]+/);
    const slips = Math.min(...parts.map((part) => slipsBetween(typed, part, limit)));
    if (slips > limit) continue;
    if (slips < limit) nearest = [];
    limit = slips;
    nearest.push(name);
  }
  return nearest;
}
