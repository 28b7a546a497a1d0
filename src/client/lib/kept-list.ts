export interface Memory {
  read(key: string): string | null;
  write(key: string, value: string | null): void;
}

interface KeptListOptions<T> {
  memory: Memory;
  key: string;
  isItem: (value: unknown) => value is T;
  idOf: (item: T) => string;
}

/** A list on this device. Every call reads anew: other tabs write to the same place. What cannot be read is not there. */
export function createKeptList<T>({ memory, key, isItem, idOf }: KeptListOptions<T>) {
  // What could not be stored (a full or forbidden storage) is at least kept until the tab is closed.
  let kept: T[] = [];

  function stored(): T[] {
    try {
      const parsed: unknown = JSON.parse(memory.read(key) ?? '[]');
      return Array.isArray(parsed) ? parsed.filter(isItem) : [];
    } catch {
      return [];
    }
  }

  return {
    key,
    list(): T[] {
      const unsaved = new Set(kept.map(idOf));
      return [...stored().filter((item) => !unsaved.has(idOf(item))), ...kept];
    },
    save(items: T[]): void {
      memory.write(key, items.length === 0 ? null : JSON.stringify(items));
      const saved = new Set(stored().map((item) => JSON.stringify(item)));
      kept = items.filter((item) => !saved.has(JSON.stringify(item)));
    },
  };
}
