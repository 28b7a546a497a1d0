import type { Locale } from '../auth.ts';
import type { catalogue } from './ru/all.ts';

/** All texts of the site, by noun. */
export type Catalogue = typeof catalogue;

/** Each language is a chunk of its own: a browser loads the one it shows. */
export async function loadCatalogue(locale: Locale): Promise<Catalogue> {
  switch (locale) {
    case 'ru':
      return (await import('./ru/all.ts')).catalogue;
    case 'en':
      return (await import('./en/all.ts')).catalogue;
  }
}
