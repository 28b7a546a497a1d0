import { useEffect, useEffectEvent, useRef, useState } from 'react';

/** Between two keys of somebody who types without haste. */
const typingMs = 300;

/**
 * A search field whose words stand in the address: what is typed is in the field at once and is put into the address when the typing rests,
 * without the spaces around it. What comes into the address in another way («back», «reset») is shown in the field.
 */
export function useTyped(stored: string, put: (words: string) => void) {
  const [typed, setTyped] = useState(stored);
  // What was last put into the address from here. Compared with it, a space after a word is not taken for another search.
  const written = useRef(stored);
  const write = useEffectEvent((words: string) => {
    written.current = words;
    put(words);
  });

  useEffect(() => {
    if (stored === written.current) return;
    written.current = stored;
    setTyped(stored);
  }, [stored]);

  useEffect(() => {
    const words = typed.trim();
    if (words === written.current) return;
    const timer = setTimeout(() => write(words), typingMs);
    return () => clearTimeout(timer);
  }, [typed]);

  return {
    typed,
    type: setTyped,
    /** For a change that takes the words with it into the address. */
    set(next: string): void {
      written.current = next.trim();
      setTyped(next);
    },
  };
}
