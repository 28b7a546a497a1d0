import type { Locale } from '../auth.ts';
import type { accountCatalogue } from './ru/account/all.ts';

/** The texts of the way in and of the profile: no part of the first load. */
export type AccountCatalogue = typeof accountCatalogue;

export async function loadAccountCatalogue(locale: Locale): Promise<AccountCatalogue> {
  switch (locale) {
    case 'ru':
      return (await import('./ru/account/all.ts')).accountCatalogue;
    case 'en':
      return (await import('./en/account/all.ts')).accountCatalogue;
  }
}
