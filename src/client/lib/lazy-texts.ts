import { type ComponentType, type LazyExoticComponent, lazy, useEffect } from 'react';
import type { Locale } from '#shared/auth.ts';
import { shownLocale, useLocale } from './i18n.tsx';
import { type LazyPage, lazyPage } from './lazy-page.tsx';
import { createStore } from './store.ts';

interface LazyTexts<T> {
  /** The texts in the language shown. They come with the page (`page`); elsewhere the nearest `Suspense` waits for them. */
  useTexts(): T;
  /** A page in a chunk of its own: the chunk and the texts come side by side. */
  page<K extends string>(loadPage: () => Promise<Record<K, ComponentType>>, name: K): LazyPage;
  /** A piece of a page of the site, loaded where it is shown: its chunk and the texts side by side. */
  piece<P, K extends string>(loadPiece: () => Promise<Record<K, ComponentType<P>>>, name: K): LazyExoticComponent<ComponentType<P>>;
}

/** Texts that most visitors never read, and that are therefore no part of the first load. */
export function lazyTexts<T>(loadTexts: (locale: Locale) => Promise<T>): LazyTexts<T> {
  interface Loaded {
    locale: Locale;
    text: T;
  }
  const shown = createStore<Loaded | null>(null);
  const loading = new Map<Locale, Promise<Loaded>>();

  function load(locale: Locale): Promise<Loaded> {
    const known = loading.get(locale);
    if (known) return known;
    const asked = loadTexts(locale).then((text) => {
      const loaded = { locale, text };
      shown.set(loaded);
      return loaded;
    });
    loading.set(locale, asked);
    // Asked again the next time it is needed.
    asked.catch(() => loading.delete(locale));
    return asked;
  }

  function useTexts(): T {
    const locale = useLocale();
    const loaded = shown.use();
    // Another language: the former one stays until the new one is there.
    useEffect(() => {
      if (loaded?.locale !== locale) void load(locale).then(shown.set, () => undefined);
    }, [loaded, locale]);
    // Thrown for `Suspense`, not handed to `use`: once the texts are there no hook may be missing.
    if (!loaded) throw load(locale);
    return loaded.text;
  }

  return {
    useTexts,
    page: (loadPage, name) =>
      lazyPage(async () => {
        const [page] = await Promise.all([loadPage(), load(shownLocale())]);
        return page;
      }, name),
    piece: (loadPiece, name) =>
      lazy(async () => {
        const [piece] = await Promise.all([loadPiece(), load(shownLocale())]);
        return { default: piece[name] };
      }),
  };
}
