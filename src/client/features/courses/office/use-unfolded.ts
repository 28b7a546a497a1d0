import { useState } from 'react';
import { tabMemory } from '#client/lib/memory.ts';

/** Which topics of a course are unfolded; remembered while the tab lives, so that the way back from a task leads to the same place. */
export function useUnfolded(course: string) {
  const memory = `unfolded.${course}`;
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(() => new Set(tabMemory.read(memory)?.split(' ').filter(Boolean)));
  return {
    unfolded,
    unfold(id: string, open: boolean) {
      setUnfolded((before) => {
        const next = new Set(before);
        if (open) next.add(id);
        else next.delete(id);
        tabMemory.write(memory, [...next].join(' '));
        return next;
      });
    },
  };
}
