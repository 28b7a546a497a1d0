import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** So near to the end counts as there: fractions of pixels, the last line's margin. */
const nearPx = 48;

/**
 * Keeps what is read where it is: at the end of the log new messages push up, anywhere else nothing moves, whatever comes above or below. Browsers do
 * a part of that by themselves, and not all of them, so it is switched off there (`overflow-anchor`) and done here.
 */
export function useLogScroll(log: RefObject<HTMLElement | null>, content: RefObject<HTMLElement | null>) {
  const [atBottom, setAtBottom] = useState(true);
  const stuck = useRef(true);
  const anchor = useRef<{ key: string; top: number } | null>(null);

  const size = useRef('');
  const height = useRef(0);

  const settle = useCallback(() => {
    const box = log.current;
    if (!box) return;
    const grown = box.offsetHeight - height.current;
    if (height.current > 0 && grown > 0) holdField(box, grown);
    height.current = box.offsetHeight;
    size.current = sizeOf(box);
    if (stuck.current) {
      box.scrollTop = box.scrollHeight;
      return;
    }
    const held = anchor.current;
    const element = held && box.querySelector<HTMLElement>(`[data-key="${CSS.escape(held.key)}"]`);
    if (!held || !element) return;
    const moved = element.getBoundingClientRect().top - box.getBoundingClientRect().top - held.top;
    if (Math.abs(moved) >= 1) box.scrollTop += moved;
  }, [log]);

  const note = useCallback(() => {
    const box = log.current;
    if (!box) return;
    // Not scrolled but made larger or smaller (a turned phone, a keyboard): where that leads is no place that somebody went to.
    if (size.current !== sizeOf(box)) {
      settle();
      return;
    }
    stuck.current = box.scrollHeight - box.scrollTop - box.clientHeight < nearPx;
    setAtBottom(stuck.current);
    const top = box.getBoundingClientRect().top;
    const first = firstVisible(box);
    anchor.current = first && { key: first.dataset.key ?? '', top: first.getBoundingClientRect().top - top };
  }, [log, settle]);

  // After every drawing: what was drawn may have changed what stands above.
  useLayoutEffect(settle);

  useEffect(() => {
    const box = log.current;
    const inner = content.current;
    if (!box || !inner) return;
    const observer = new ResizeObserver(settle);
    observer.observe(box);
    observer.observe(inner);
    box.addEventListener('scroll', note, { passive: true });
    return () => {
      observer.disconnect();
      box.removeEventListener('scroll', note);
    };
  }, [log, content, note, settle]);

  const toBottom = useCallback(() => {
    stuck.current = true;
    setAtBottom(true);
    settle();
  }, [settle]);

  return { atBottom, toBottom };
}

/** A log that is not full yet grows with what comes and pushes the field below it: who writes there keeps it under their eyes, and the page moves. */
function holdField(box: HTMLElement, grown: number): void {
  const field = document.activeElement;
  const chat = box.parentElement?.parentElement;
  // In a chat that fills its place nothing is pushed: there it is the field that has given way.
  if (!(field instanceof HTMLTextAreaElement) || !chat?.contains(field) || getComputedStyle(box).maxHeight === 'none') return;
  const { top, bottom } = field.getBoundingClientRect();
  if (bottom - grown > 0 && top - grown < window.innerHeight) window.scrollBy({ top: grown, behavior: 'instant' });
}

const sizeOf = ({ clientWidth, clientHeight, scrollHeight }: HTMLElement) => `${clientWidth} ${clientHeight} ${scrollHeight}`;

/** The first message of which the beginning is seen, or the one that fills all of it. */
function firstVisible(box: HTMLElement): HTMLElement | null {
  const { top, bottom } = box.getBoundingClientRect();
  const all = box.querySelectorAll<HTMLElement>('[data-key]');
  // They stand in order, so half of them can be left out at each look.
  let [low, high] = [0, all.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle]?.getBoundingClientRect().bottom ?? bottom) <= top) low = middle + 1;
    else high = middle;
  }
  return all[low] ?? null;
}
