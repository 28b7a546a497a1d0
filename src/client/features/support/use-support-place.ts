import { useSyncExternalStore } from 'react';
import { useLocation, useSearch } from 'wouter';
import { useTyped } from '#client/features/office/list/use-typed.ts';
import { hrefOf, placeOf, type SupportPlace, slugIn } from './support-place.ts';

const roomy = '(min-width: 1100px)';

function followRoom(listener: () => void): () => void {
  const media = window.matchMedia(roomy);
  media.addEventListener('change', listener);
  return () => media.removeEventListener('change', listener);
}

/** Is there room for the chat beside the list? */
export function useRoom(): boolean {
  return useSyncExternalStore(followRoom, () => window.matchMedia(roomy).matches);
}

const moves = ['hashchange', 'popstate', 'pushState', 'replaceState'];

function followHash(listener: () => void): () => void {
  for (const move of moves) window.addEventListener(move, listener);
  return () => {
    for (const move of moves) window.removeEventListener(move, listener);
  };
}

/** The article that the address names, and how another one is named there. */
export function useNamedArticle(): [slug: string | null, name: (slug: string | null) => void] {
  const slug = useSyncExternalStore(followHash, () => slugIn(window.location.hash));
  const name = (next: string | null) => {
    const { pathname, search } = window.location;
    window.history.replaceState(window.history.state, '', pathname + search + (next ? `#${next}` : ''));
  };
  return [slug, name];
}

/** The chat was opened from the list in this tab: closing it is going back. */
const opened = { fromList: true };

function wasOpenedHere(state: unknown): boolean {
  return typeof state === 'object' && state !== null && 'fromList' in state;
}

export function useSupportPlace() {
  const [path, navigate] = useLocation();
  const place = placeOf(path, useSearch());
  const wide = useRoom();
  const go = (part: Partial<SupportPlace>) =>
    navigate(hrefOf({ ...place, ...part }, wide), { replace: true, state: window.history.state ?? undefined });
  const typing = useTyped(place.q, (q) => go({ q }));
  return {
    place,
    wide,
    typed: typing.typed,
    type: typing.type,
    /** Another category; what is being typed goes along. */
    choosePart(part: string | null) {
      const q = typing.typed.trim();
      typing.set(typing.typed);
      go({ q, part });
    },
    /** @param about carried into the chat */
    openChat(about: string) {
      const next = { ...place, q: typing.typed.trim(), chat: true, about };
      typing.set(typing.typed);
      // Going back to an address with `#` the browser would go to that article; on a phone the list is drawn anew, and has to open it.
      if (wide) window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search);
      navigate(hrefOf(next, wide), place.chat ? { replace: true, state: window.history.state ?? undefined } : { state: opened });
    },
    closeChat() {
      if (wasOpenedHere(window.history.state)) window.history.back();
      else navigate(hrefOf({ ...place, chat: false, about: '' }, wide), { replace: true });
    },
    /** The first message has taken it along. */
    dropAbout() {
      if (place.about) go({ about: '' });
    },
  };
}
