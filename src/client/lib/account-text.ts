import { loadAccountCatalogue } from '#shared/i18n/account-catalogue.ts';
import { lazyTexts } from './lazy-texts.ts';

/** Texts of the way in and of the profile: the home has no use for them. */
export const { useTexts: useAccountText, page: accountPage, piece: lazyAccount } = lazyTexts(loadAccountCatalogue);
