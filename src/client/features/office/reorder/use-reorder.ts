import {
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { arranged, isMoved, type Lift, type List, lift, type Place, placeAt, step, stepOfKey, target, type Zone } from './places.ts';

export interface ReorderWords {
  lifted: (place: Spoken) => string;
  at: (place: Spoken) => string;
  dropped: (place: Spoken) => string;
  cancelled: (place: Spoken) => string;
}

/** What is told of a place: «8 из 18», and in which list. */
export interface Spoken {
  id: string;
  place: number;
  total: number;
  listId: string;
}

interface ReorderOptions {
  lists: readonly List[];
  /** Things may go from one list to another. */
  crossing: boolean;
  words: ReorderWords;
  onDrop: (id: string, to: { listId: string; beforeId: string | null }) => void;
}

/** Pixels before a press becomes a drag: a finger never lies quite still. */
const threshold = 4;
/** Distance from the edge of the window at which the page is scrolled along. */
const edge = 72;

/**
 * Moving things in lists by mouse, finger and keyboard (Space lifts and puts down, arrows move, Esc takes back), spoken as it goes. What is lifted is
 * shown at its place among the others; nothing is changed before it is put down. The element that gets `container` holds the lists: each
 * `data-list` (with `data-open` where its things are to be seen), each thing in it `data-item`, and within it a button with `handle(id)`.
 */
export function useReorder({ lists, crossing, words, onDrop }: ReorderOptions) {
  const [lifted, setLifted] = useState<(Lift & { by: 'keys' | 'pointer' }) | null>(null);
  const [spoken, setSpoken] = useState('');
  const container = useRef<HTMLDivElement>(null);
  const press = useRef<{ id: string; pointerId: number; x: number; y: number } | null>(null);
  /** A thing moved by keys is another element after the move, and has to get its focus back. */
  const refocus = useRef<string | null>(null);

  const tell = (say: (place: Spoken) => string, { id, lists: others, at }: Lift) => {
    const list = others[at.list];
    setSpoken(say({ id, place: at.index + 1, total: (list?.items.length ?? 0) + 1, listId: list?.id ?? '' }));
  };

  function begin(id: string, by: 'keys' | 'pointer') {
    const found = lift(lists, id);
    if (!found) return;
    // Held by the container and not by the handle: that one is taken out and put in again when its thing changes places.
    if (by === 'pointer' && press.current) container.current?.setPointerCapture(press.current.pointerId);
    setLifted({ ...found, by });
    tell(words.lifted, found);
  }

  function goTo(at: Place) {
    if (!lifted || (lifted.at.list === at.list && lifted.at.index === at.index)) return;
    const next = { ...lifted, at };
    setLifted(next);
    tell(words.at, next);
  }

  function finish(kept: boolean) {
    press.current = null;
    if (!lifted) return;
    const changed = kept && isMoved(lifted);
    tell(changed ? words.dropped : words.cancelled, changed ? lifted : { ...lifted, at: lifted.from });
    const end = () => {
      if (lifted.by === 'keys') refocus.current = lifted.id;
      setLifted(null);
    };
    if (!changed) return end();
    onDrop(lifted.id, target(lifted));
    // Queries tell of a new value in a task of their own. Ending sooner, the old order would be seen for a moment.
    setTimeout(end);
  }

  function followTo(y: number) {
    if (!lifted || !container.current) return;
    const place = placeAt(zonesIn(container.current, lifted, crossing), y);
    if (place) goTo(place);
  }

  const follow = useEffectEvent(followTo);
  const cancel = useEffectEvent(() => finish(false));

  useLayoutEffect(() => {
    const id = lifted?.by === 'keys' ? lifted.id : refocus.current;
    refocus.current = null;
    if (id === null) return;
    const handle = container.current?.querySelector<HTMLElement>(`[data-handle="${CSS.escape(id)}"]`);
    if (!handle) return;
    if (handle !== document.activeElement) handle.focus({ preventScroll: true });
    handle.scrollIntoView({ block: 'nearest' });
  });

  // Somebody added or took away things meanwhile: the places that were counted are no longer those. A thing put down is only ordered anew.
  const known = lists
    .flatMap(({ items }) => items)
    .toSorted()
    .join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the change of the things is the event
  useEffect(() => cancel(), [known]);

  const by = lifted?.by ?? null;
  const pointerY = useRef(0);
  useEffect(() => {
    if (by === null) return;
    const abort = new AbortController();
    const { signal } = abort;
    if (by === 'keys') {
      // Whoever takes the mouse has left the keyboard's move.
      window.addEventListener('pointerdown', () => cancel(), { signal, capture: true });
      return () => abort.abort();
    }
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      // A dialog around stays open.
      event.preventDefault();
      cancel();
    };
    window.addEventListener('keydown', onKey, { signal });
    const scroller = scrollerOf(container.current);
    let frame = requestAnimationFrame(function scrollAlong() {
      const y = pointerY.current;
      const over = y < edge ? y - edge : Math.max(0, y - (window.innerHeight - edge));
      if (over !== 0) {
        scroller.scrollBy(0, over / 4);
        follow(y);
      }
      frame = requestAnimationFrame(scrollAlong);
    });
    return () => {
      cancelAnimationFrame(frame);
      abort.abort();
    };
  }, [by]);

  return {
    /** The lists as they are to be shown. */
    shown: lifted ? arranged(lifted) : lists,
    lifted: lifted?.id ?? null,
    /** For a region with `aria-live`. */
    spoken,
    container: {
      ref: container,
      onPointerMove(event: PointerEvent) {
        const pressed = press.current;
        if (!pressed || event.pointerId !== pressed.pointerId) return;
        pointerY.current = event.clientY;
        if (lifted) followTo(event.clientY);
        else if (Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > threshold) begin(pressed.id, 'pointer');
      },
      onPointerUp: (event: PointerEvent) => event.pointerId === press.current?.pointerId && finish(true),
      onPointerCancel: (event: PointerEvent) => event.pointerId === press.current?.pointerId && finish(false),
    },
    handle: (id: string) => ({
      'data-handle': id,
      'aria-pressed': lifted?.id === id,
      onPointerDown(event: PointerEvent) {
        if (event.button !== 0 || !event.isPrimary) return;
        press.current = { id, pointerId: event.pointerId, x: event.clientX, y: event.clientY };
      },
      /** Space, Enter and the tap of a screen reader come as clicks that no pointer made. */
      onClick(event: MouseEvent) {
        if (event.detail !== 0) return;
        if (lifted?.id === id) finish(true);
        else begin(id, 'keys');
      },
      onKeyDown(event: KeyboardEvent) {
        if (lifted?.id !== id || lifted.by !== 'keys') return;
        const to = stepOfKey[event.key];
        if (to) {
          event.preventDefault();
          goTo(step(lifted, to, crossing).at);
        } else if (event.key === 'Escape') {
          event.preventDefault();
          finish(false);
        } else if (event.key === 'Tab') finish(false);
      },
    }),
  };
}

export type Reorder = ReturnType<typeof useReorder>;

/** What is scrolled to see more of the lists: the page, or the dialog they stand in. */
function scrollerOf(root: Element | null): Element {
  for (let element = root; element; element = element.parentElement) {
    if (element.scrollHeight > element.clientHeight && /auto|scroll/.test(getComputedStyle(element).overflowY)) return element;
  }
  return document.scrollingElement ?? document.documentElement;
}

/** The lists as they lie on the screen now. */
function zonesIn(root: HTMLElement, { id, lists, from }: Lift, crossing: boolean): Zone[] {
  return lists.flatMap((list, index) => {
    if (!crossing && index !== from.list) return [];
    const element = root.querySelector<HTMLElement>(`[data-list="${CSS.escape(list.id)}"]`);
    if (!element) return [];
    const others = [...element.querySelectorAll<HTMLElement>('[data-item]')].filter(
      (item) => item.dataset.item !== id && list.items.includes(item.dataset.item ?? ''),
    );
    const middles = others.map((item) => {
      const box = item.getBoundingClientRect();
      return box.top + box.height / 2;
    });
    return [
      {
        list: index,
        top: element.getBoundingClientRect().top,
        middles,
        open: element.dataset.open !== undefined,
        count: list.items.length,
      },
    ];
  });
}
