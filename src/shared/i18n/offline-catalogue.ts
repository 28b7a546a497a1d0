import type { Locale } from '../auth.ts';
import type { offlineCatalogue } from './ru/offline/all.ts';

/** The texts of what is read without a network: no part of the first load. */
export type OfflineCatalogue = typeof offlineCatalogue;

export async function loadOfflineCatalogue(locale: Locale): Promise<OfflineCatalogue> {
  switch (locale) {
    case 'ru':
      return (await import('./ru/offline/all.ts')).offlineCatalogue;
    case 'en':
      return (await import('./en/offline/all.ts')).offlineCatalogue;
  }
}
