import { type ComponentType, type LazyExoticComponent, lazy, useEffect } from 'react';
import type { Locale } from '#shared/auth.ts';
import { loadOfficeCatalogue, type OfficeCatalogue } from '#shared/i18n/office-catalogue.ts';
import { shownLocale, useLocale } from './i18n.tsx';
import { type LazyPage, lazyPage } from './lazy-page.tsx';
import { createStore } from './store.ts';

interface OfficeText {
  locale: Locale;
  text: OfficeCatalogue;
}

const shown = createStore<OfficeText | null>(null);
const loading = new Map<Locale, Promise<OfficeText>>();

function load(locale: Locale): Promise<OfficeText> {
  const known = loading.get(locale);
  if (known) return known;
  const asked = loadOfficeCatalogue(locale).then((text) => {
    const loaded = { locale, text };
    shown.set(loaded);
    return loaded;
  });
  loading.set(locale, asked);
  // Asked again the next time it is needed.
  asked.catch(() => loading.delete(locale));
  return asked;
}

/** All texts of the office in the language shown. They come with the page (`officePage`); elsewhere the nearest `Suspense` waits for them. */
export function useOfficeText(): OfficeCatalogue {
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

/** A page of the office: its chunk and the office's texts come side by side. */
export function officePage<K extends string>(loadPage: () => Promise<Record<K, ComponentType>>, name: K): LazyPage {
  return lazyPage(async () => {
    const [page] = await Promise.all([loadPage(), load(shownLocale())]);
    return page;
  }, name);
}

/** A piece of the office on a page of the site: loaded for teachers only, its chunk and the office's texts side by side. */
export function lazyOffice<P, K extends string>(
  loadPiece: () => Promise<Record<K, ComponentType<P>>>,
  name: K,
): LazyExoticComponent<ComponentType<P>> {
  return lazy(async () => {
    const [piece] = await Promise.all([loadPiece(), load(shownLocale())]);
    return { default: piece[name] };
  });
}
