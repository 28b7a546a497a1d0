interface Item {
  id: string;
}

/** Changes of a list of tasks that can be made again on another state of it: what somebody else did meanwhile is kept. */
export type ListChange<T extends Item> = (items: readonly T[]) => T[];

/** At the end; what is there already stays where it is. */
export function withAdded<T extends Item>(more: readonly T[]): ListChange<T> {
  return (items) => {
    const there = new Set(items.map(({ id }) => id));
    return [...items, ...more.filter(({ id }) => !there.has(id))];
  };
}

export function without<T extends Item>(ids: readonly string[]): ListChange<T> {
  const gone = new Set(ids);
  return (items) => items.filter(({ id }) => !gone.has(id));
}

/** Back to where it stood; to the end where what stood behind it is gone. */
export function withPutBack<T extends Item>(item: T, beforeId: string | null): ListChange<T> {
  return (items) => {
    const rest = items.filter(({ id }) => id !== item.id);
    const at = rest.findIndex(({ id }) => id === beforeId);
    return rest.toSpliced(at === -1 ? rest.length : at, 0, item);
  };
}
