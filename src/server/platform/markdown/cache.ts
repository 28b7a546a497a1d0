/** Keeps what was used last, up to a number of characters of keys and values together. */
export interface CharacterCache<T> {
  get(key: string): T | undefined;
  set(key: string, value: T, characters: number): void;
}

export function createCharacterCache<T>(limit: number): CharacterCache<T> {
  // A Map keeps the order of insertion: its first entry is the one that went unused for longest.
  const entries = new Map<string, { value: T; size: number }>();
  let total = 0;
  const drop = (key: string) => {
    total -= entries.get(key)?.size ?? 0;
    entries.delete(key);
  };
  return {
    get(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      entries.delete(key);
      entries.set(key, entry);
      return entry.value;
    },
    set(key, value, characters) {
      drop(key);
      const size = key.length + characters;
      if (size > limit) return;
      entries.set(key, { value, size });
      total += size;
      for (const oldest of entries.keys()) {
        if (total <= limit) return;
        drop(oldest);
      }
    },
  };
}
