import { loadNoticesCatalogue } from '#shared/i18n/notices-catalogue.ts';
import { lazyTexts } from './lazy-texts.ts';

/** Texts of news and notices. */
export const { useTexts: useNoticesText, page: noticesPage, piece: lazyNotices } = lazyTexts(loadNoticesCatalogue);
