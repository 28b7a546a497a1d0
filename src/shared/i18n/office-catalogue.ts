import type { Locale } from '../auth.ts';
import type { officeCatalogue } from './ru/office/all.ts';

/** The texts of the moderators' office: students never load them. */
export type OfficeCatalogue = typeof officeCatalogue;

export async function loadOfficeCatalogue(locale: Locale): Promise<OfficeCatalogue> {
  switch (locale) {
    case 'ru':
      return (await import('./ru/office/all.ts')).officeCatalogue;
    case 'en':
      return (await import('./en/office/all.ts')).officeCatalogue;
  }
}
