import { loadOfficeCatalogue } from '#shared/i18n/office-catalogue.ts';
import { lazyTexts } from './lazy-texts.ts';

/** Texts of the moderators' office. `lazyOffice`: a piece of the office on a page of the site, loaded for teachers only. */
export const { useTexts: useOfficeText, page: officePage, piece: lazyOffice } = lazyTexts(loadOfficeCatalogue);
