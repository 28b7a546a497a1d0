import { loadOfflineCatalogue } from '#shared/i18n/offline-catalogue.ts';
import { lazyTexts } from './lazy-texts.ts';

/** Texts of what is read without a network. */
export const { useTexts: useOfflineText, page: offlinePage, piece: lazyOffline } = lazyTexts(loadOfflineCatalogue);
