import { useOfficeText } from '#client/lib/office-text.ts';
import type { ReorderWords, Spoken } from './use-reorder.ts';

/** @param listName names the list where there are several */
export function useSpoken(nameOf: (id: string) => string, listName: ((id: string) => string) | null): ReorderWords {
  const { reorder } = useOfficeText();
  const place = (spoken: Spoken) => reorder.place(spoken.place, spoken.total);
  return {
    lifted: (spoken) => reorder.lifted(nameOf(spoken.id), place(spoken)),
    at: (spoken) => (listName ? reorder.atIn(place(spoken), listName(spoken.listId)) : reorder.at(place(spoken))),
    dropped: (spoken) => reorder.dropped(nameOf(spoken.id), place(spoken)),
    cancelled: (spoken) => reorder.cancelled(nameOf(spoken.id), place(spoken)),
  };
}
