import { useEffect, useState } from 'react';

/** The task in view. It stands in the address (`#25`), so that back, forward and a reload keep the place. */
export function useExamPlace(labels: string[]): { at: number; go: (at: number) => void } {
  const [at, setAt] = useState(() => placeIn(labels));
  useEffect(() => {
    const moved = () => setAt(placeIn(labels));
    window.addEventListener('popstate', moved);
    window.addEventListener('hashchange', moved);
    return () => {
      window.removeEventListener('popstate', moved);
      window.removeEventListener('hashchange', moved);
    };
  }, [labels]);
  return {
    at,
    go(next) {
      const label = labels[next];
      if (label === undefined || next === at) return;
      window.history.pushState(window.history.state, '', `#${label}`);
      setAt(next);
    },
  };
}

function placeIn(labels: string[]): number {
  return Math.max(0, labels.indexOf(window.location.hash.slice(1)));
}
