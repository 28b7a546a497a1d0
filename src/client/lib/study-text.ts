import { loadStudyCatalogue } from '#shared/i18n/study-catalogue.ts';
import { lazyTexts } from './lazy-texts.ts';

/** Texts of exams, statistics and mistakes: pages a student comes to later than to the home. */
export const { useTexts: useStudyText, page: studyPage, piece: lazyStudy } = lazyTexts(loadStudyCatalogue);
