/** A list in which things have places: the topics of a course, the tasks of a topic, the courses of a subject. */
export interface List {
  id: string;
  items: readonly string[];
}

export interface Place {
  /** Which of the lists. */
  list: number;
  /** Place among the others, from 0: the thing itself does not count. */
  index: number;
}

/** A thing that is being moved. Nothing is changed until it is put down. */
export interface Lift {
  id: string;
  /** Without the thing. */
  lists: readonly List[];
  from: Place;
  at: Place;
}

export function lift(lists: readonly List[], id: string): Lift | null {
  const list = lists.findIndex(({ items }) => items.includes(id));
  const found = lists[list];
  if (!found) return null;
  const place = { list, index: found.items.indexOf(id) };
  return { id, lists: lists.map((one) => ({ ...one, items: one.items.filter((item) => item !== id) })), from: place, at: place };
}

export type Step = 'up' | 'down' | 'first' | 'last';

export const stepOfKey: Record<string, Step | undefined> = { ArrowUp: 'up', ArrowDown: 'down', Home: 'first', End: 'last' };

/** One place further; `crossing`: over the edge of a list into the next one. */
export function step(lifted: Lift, to: Step, crossing: boolean): Lift {
  const { list, index } = lifted.at;
  const count = (at: number) => lifted.lists[at]?.items.length ?? 0;
  const at = (place: Place): Lift => ({ ...lifted, at: place });
  switch (to) {
    case 'first':
      return at({ list, index: 0 });
    case 'last':
      return at({ list, index: count(list) });
    case 'up':
      if (index > 0) return at({ list, index: index - 1 });
      return crossing && list > 0 ? at({ list: list - 1, index: count(list - 1) }) : lifted;
    case 'down':
      if (index < count(list)) return at({ list, index: index + 1 });
      return crossing && list < lifted.lists.length - 1 ? at({ list: list + 1, index: 0 }) : lifted;
  }
}

export function isMoved({ from, at }: Lift): boolean {
  return from.list !== at.list || from.index !== at.index;
}

/** The lists with the thing at its new place. */
export function arranged({ id, lists, at }: Lift): List[] {
  return lists.map((one, list) => (list === at.list ? { ...one, items: one.items.toSpliced(at.index, 0, id) } : one));
}

/** What the server is told: before whom, and in which list. */
export function target({ lists, at }: Lift): { listId: string; beforeId: string | null } {
  const list = lists[at.list];
  return { listId: list?.id ?? '', beforeId: list?.items[at.index] ?? null };
}

/** A list on the screen: where it begins, the middles of its things (but the one that moves), and whether they are to be seen. */
export interface Zone {
  list: number;
  top: number;
  middles: readonly number[];
  open: boolean;
  count: number;
}

/** The place under the pointer. In a list that is folded there is only its end. */
export function placeAt(zones: readonly Zone[], y: number): Place | null {
  const zone = zones.findLast(({ top }) => top <= y) ?? zones[0];
  if (!zone) return null;
  return { list: zone.list, index: zone.open ? zone.middles.filter((middle) => middle < y).length : zone.count };
}
