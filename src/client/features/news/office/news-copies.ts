import { createKeptList } from '#client/lib/kept-list.ts';
import { deviceMemory } from '#client/lib/memory.ts';
import { parseFields } from './news-fields.ts';

/** An announcement of which this device has something that the server has not. */
export interface NewsCopy {
  id: string;
  /** `sourceOf` its fields. */
  source: string;
  /** The revision it was begun from; 0: the server has never heard of it. */
  rev: number;
}

/** What was typed outlives a closed tab and a dead battery, until the server has it. */
export function newsCopiesOf(personId: string) {
  const list = createKeptList<NewsCopy>({ memory: deviceMemory, key: `news.${personId}`, isItem: isCopy, idOf: ({ id }) => id });
  return {
    list: list.list,
    find: (id: string): NewsCopy | null => list.list().find((copy) => copy.id === id) ?? null,
    put: (copy: NewsCopy): void => list.save([...list.list().filter(({ id }) => id !== copy.id), copy]),
    drop(id: string): void {
      const kept = list.list();
      if (kept.some((copy) => copy.id === id)) list.save(kept.filter((copy) => copy.id !== id));
    },
  };
}

function isCopy(value: unknown): value is NewsCopy {
  if (typeof value !== 'object' || value === null || !('id' in value && 'source' in value && 'rev' in value)) return false;
  const { id, source, rev } = value;
  return typeof id === 'string' && typeof rev === 'number' && typeof source === 'string' && parseFields(source) !== null;
}
