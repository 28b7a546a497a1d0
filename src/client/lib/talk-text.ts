import { loadTalkCatalogue } from '#shared/i18n/talk-catalogue.ts';
import { lazyTexts } from './lazy-texts.ts';

/** Texts of chats and of support: most visits never open one. */
export const { useTexts: useTalkText, page: talkPage, piece: lazyTalk } = lazyTexts(loadTalkCatalogue);
