import { createContext, type ReactNode, use, useEffect, useMemo } from 'react';
import type { Locale } from '#shared/auth.ts';
import { type Catalogue, loadCatalogue } from '#shared/i18n/catalogue.ts';
import { createFormat, type Format } from '#shared/i18n/format.ts';
import { useMe, useSite } from './me.ts';
import { deviceMemory } from './memory.ts';
import { serverNow } from './now.ts';
import { sentMe } from './sent.ts';
import { createStore } from './store.ts';

const language = createStore<{ locale: Locale; text: Catalogue } | null>(null);

const TextContext = createContext<{ locale: Locale; text: Catalogue } | null>(null);
const FormatContext = createContext<Format | null>(null);

export const ownTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'Europe/Moscow';

/** Loads the texts; to be awaited before the first render. */
export async function prepareLanguage(): Promise<void> {
  await setLocale(sentMe()?.locale ?? (deviceMemory.read('locale') === 'en' ? 'en' : 'ru'));
}

/** Switches the site at once and remembers it on this device. Who is signed in also gets it stored: see `LanguageSwitch`. */
export async function setLocale(locale: Locale): Promise<void> {
  const text = await loadCatalogue(locale);
  const shown = language.get();
  if (shown !== null) deviceMemory.write('locale', locale);
  // Said again it would be no news, and the browser would set the whole page anew.
  if (shown?.locale === locale) return;
  if (document.documentElement.lang !== locale) document.documentElement.lang = locale;
  language.set({ locale, text });
}

/** For code that is no component. */
export const shownLocale = (): Locale => language.get()?.locale ?? 'ru';

export function I18nProvider({ children }: { children: ReactNode }) {
  const shown = language.use();
  const me = useMe();
  const site = useSite();
  const locale = shown?.locale ?? 'ru';
  const schoolZone = site?.timeZone ?? 'Europe/Moscow';
  const personZone = me?.timeZone ?? ownTimeZone();
  const format = useMemo(() => createFormat(locale, { schoolZone, personZone, now: serverNow }), [locale, schoolZone, personZone]);

  // The language of the account wins over the device's: it is the one the person chose last, wherever that was.
  const chosen = me?.locale;
  useEffect(() => {
    if (chosen) void setLocale(chosen);
  }, [chosen]);

  if (!shown) return null;
  return (
    <TextContext value={shown}>
      <FormatContext value={format}>{children}</FormatContext>
    </TextContext>
  );
}

/** All texts in the language shown: `const text = useText(); text.common.save`. */
export function useText(): Catalogue {
  return useLanguage().text;
}

export function useLocale(): Locale {
  return useLanguage().locale;
}

export function useFormat(): Format {
  const format = use(FormatContext);
  if (!format) throw new Error('useFormat outside I18nProvider');
  return format;
}

function useLanguage() {
  const shown = use(TextContext);
  if (!shown) throw new Error('useText outside I18nProvider');
  return shown;
}
