import { accountCatalogue } from '#shared/i18n/ru/account/all.ts';
import { catalogue } from '#shared/i18n/ru/all.ts';

/** What a journey reads on its pages: a browser gets the texts of the way in and of the profile with those pages only. */
export const text = { ...catalogue, ...accountCatalogue };
