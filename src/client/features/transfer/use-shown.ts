import { useState } from 'react';

const pageSize = 100;

/** The first of many rows, and more of them on demand. */
export function useShown<T>(all: T[]): { shown: T[]; more: (() => void) | null } {
  const [count, setCount] = useState(pageSize);
  return { shown: all.slice(0, count), more: all.length > count ? () => setCount(count + pageSize) : null };
}
