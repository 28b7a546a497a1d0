import { useEffect, useRef } from 'react';
import { useLocation } from 'wouter';

/** A list with what is open of it beside: going from one to the other is no other page, and the list stays as it is. */
const lists = /^\/admin\/(inbox|rooms)(?=\/|$)/;

/** What of an address makes a page: most of them have one for each. */
export const screenOf = (path: string): string => lists.exec(path)?.[0] ?? path;

let screens = 0;

/** Of this document: nobody comes back to it, or has been anywhere else in it. A reload and the way back through documents bring back a place too. */
export function isFirstScreen(): boolean {
  const [visit] = performance.getEntriesByType('navigation');
  return screens <= 1 && visit instanceof PerformanceNavigationTiming && visit.type === 'navigate';
}

/** How long the contents of a page are waited for before the focus is left where it is. */
const patience = 10_000;

/**
 * What a browser does for a page it loads, for a page we only drew: back to the top, the focus on the title, or on what the address names
 * behind `#`. The title may come after its data, so it is waited for, unless the person has gone on by then.
 */
export function useNavigation(): void {
  const [path] = useLocation();
  const screen = screenOf(path);
  const first = useRef(true);
  const back = useRef(false);
  const shown = useRef(screenOf(window.location.pathname));

  useEffect(() => {
    const returned = () => {
      // Back to another place of the same page is no other page.
      back.current = screenOf(window.location.pathname) !== shown.current;
    };
    window.addEventListener('popstate', returned);
    return () => window.removeEventListener('popstate', returned);
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new screen is the event itself
  useEffect(() => {
    screens += 1;
    const loaded = first.current;
    const returned = back.current;
    first.current = false;
    back.current = false;
    shown.current = screenOf(window.location.pathname);
    const anchor = anchorOf(window.location.hash);
    // Going back, the browser puts the old place back itself.
    if (returned || (loaded && !anchor)) return;
    if (!anchor) window.scrollTo(0, 0);
    return whenPresent(
      () => (anchor ? document.getElementById(anchor) : shownTitle()),
      (target) => takeTo(target, Boolean(anchor)),
    );
  }, [screen]);
}

/** The id in an address's hash; what was cut or mistyped there («#%») is no fault of the page. */
export function anchorOf(hash: string): string {
  const id = hash.slice(1);
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

/** While the next page is being fetched React keeps the former one in the document, hidden: its title is not the one. */
function shownTitle(): HTMLElement | null {
  const titles = document.querySelectorAll<HTMLElement>('main h1');
  return [...titles].find((title) => title.getClientRects().length > 0) ?? null;
}

/** Moves eye and focus to an element of this page, and names it in the address. */
export function goToAnchor(id: string): void {
  const target = document.getElementById(id);
  if (!target) return;
  window.history.replaceState(window.history.state, '', `#${id}`);
  takeTo(target, true);
}

function takeTo(target: HTMLElement, scroll: boolean): void {
  if (scroll) target.scrollIntoView();
  // A field that took the focus by itself keeps it.
  const focused = document.activeElement;
  if (!scroll && focused?.matches('input, textarea, select')) return;
  if (!target.matches('a[href], button, input, textarea, select, [tabindex]')) {
    target.tabIndex = -1;
    target.dataset.anchorTarget = '';
  }
  target.focus({ preventScroll: true });
}

function whenPresent(find: () => HTMLElement | null, act: (found: HTMLElement) => void): () => void {
  const found = find();
  if (found) {
    act(found);
    return () => undefined;
  }
  const gaveUp = ['pointerdown', 'keydown', 'wheel'] as const;
  const observer = new MutationObserver(() => {
    const late = find();
    if (!late) return;
    stop();
    act(late);
  });
  const timer = setTimeout(() => stop(), patience);
  const stop = () => {
    observer.disconnect();
    clearTimeout(timer);
    for (const event of gaveUp) window.removeEventListener(event, stop);
  };
  observer.observe(document.body, { childList: true, subtree: true });
  for (const event of gaveUp) window.addEventListener(event, stop);
  return stop;
}
