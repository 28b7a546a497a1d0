import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { isOffline } from '#client/lib/errors.ts';
import { tabMemory } from '#client/lib/memory.ts';
import { serverNow } from '#client/lib/now.ts';

export type Saving = { state: 'clean' | 'saving' | 'retrying' } | { state: 'saved'; at: number } | { state: 'refused'; error: unknown };

interface AutosaveOptions {
  /** Under which the tab remembers what is not saved yet. */
  memory: string;
  stored: string;
  isValid: (typed: string) => boolean;
  save: (typed: string) => Promise<void>;
}

const restMs = 800;
const retryMs = 5000;

/**
 * A field that saves itself: a moment after the last key, when it is left, and when it goes away. What is not saved survives a reload, and is
 * tried again while the server cannot be reached.
 */
export function useAutosave({ memory, stored, isValid, save }: AutosaveOptions) {
  const [typed, setTyped] = useState(() => tabMemory.read(memory));
  const [saving, setSaving] = useState<Saving>({ state: 'clean' });
  /** What is in the field and not saved; null: nothing. */
  const pending = useRef(typed);
  const busy = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const keep = (next: string | null) => {
    pending.current = next;
    setTyped(next);
    tabMemory.write(memory, next);
  };

  const later = (ms: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void flush(), ms);
  };

  const flush = useEffectEvent(async () => {
    clearTimeout(timer.current);
    const sent = pending.current;
    if (sent === null || busy.current || !isValid(sent)) return;
    if (sent === stored) {
      keep(null);
      // Put back as it was: what was said of the refused value is no longer true.
      setSaving((before) => (before.state === 'refused' ? { state: 'clean' } : before));
      return;
    }
    busy.current = true;
    setSaving({ state: 'saving' });
    try {
      await save(sent);
      busy.current = false;
      if (pending.current === sent) {
        keep(null);
        setSaving({ state: 'saved', at: serverNow() });
      } else later(0);
    } catch (error) {
      busy.current = false;
      setSaving(isOffline(error) ? { state: 'retrying' } : { state: 'refused', error });
      if (isOffline(error)) later(retryMs);
    }
  });

  useEffect(() => {
    void flush();
    return () => void flush();
  }, []);

  return {
    value: typed ?? stored,
    valid: isValid(typed ?? stored),
    saving,
    change(next: string) {
      keep(next);
      later(restMs);
    },
    /** To be called when the field is left. */
    leave: () => later(0),
  };
}
