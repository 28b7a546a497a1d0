import { type FocusEvent, type PointerEvent, useMemo, useState, useSyncExternalStore } from 'react';

const touch = window.matchMedia('(hover: none)');
const followTouch = (changed: () => void) => {
  touch.addEventListener('change', changed);
  return () => touch.removeEventListener('change', changed);
};

/** Is somebody at the list, so that no row may move? A finger comes from nowhere: on a touch screen the list always keeps still. */
export function useStill() {
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const byTouch = useSyncExternalStore(followTouch, () => touch.matches);
  const handlers = useMemo(
    () => ({
      onPointerEnter: (event: PointerEvent) => event.pointerType === 'mouse' && setPointed(true),
      // Also where it was there before the list was.
      onPointerMove: (event: PointerEvent) => event.pointerType === 'mouse' && setPointed(true),
      onPointerLeave: () => setPointed(false),
      onFocus: () => setFocused(true),
      onBlur: (event: FocusEvent) => setFocused(event.currentTarget.contains(event.relatedTarget)),
    }),
    [],
  );
  return { still: pointed || focused || byTouch, handlers };
}
