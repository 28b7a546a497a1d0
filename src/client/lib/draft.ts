import { useCallback, useState } from 'react';
import { tabMemory } from './memory.ts';

/** What is being typed into a form: survives a reload of this tab, and is forgotten with `forget`. Never for passwords or codes. */
export function useDraft<T extends object>(key: string, empty: T): { draft: T; change: (part: Partial<T>) => void; forget: () => void } {
  const [draft, setDraft] = useState<T>(() => ({ ...empty, ...read(key) }));
  const change = useCallback(
    (part: Partial<T>) =>
      setDraft((before) => {
        const next = { ...before, ...part };
        tabMemory.write(key, JSON.stringify(next));
        return next;
      }),
    [key],
  );
  const forget = useCallback(() => tabMemory.write(key, null), [key]);
  return { draft, change, forget };
}

function read(key: string): object {
  try {
    const stored: unknown = JSON.parse(tabMemory.read(key) ?? '{}');
    return typeof stored === 'object' && stored !== null ? stored : {};
  } catch {
    return {};
  }
}
