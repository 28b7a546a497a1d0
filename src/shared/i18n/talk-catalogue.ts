import type { Locale } from '../auth.ts';
import type { talkCatalogue } from './ru/talk/all.ts';

/** The texts of chats and of support: no part of the first load. */
export type TalkCatalogue = typeof talkCatalogue;

export async function loadTalkCatalogue(locale: Locale): Promise<TalkCatalogue> {
  switch (locale) {
    case 'ru':
      return (await import('./ru/talk/all.ts')).talkCatalogue;
    case 'en':
      return (await import('./en/talk/all.ts')).talkCatalogue;
  }
}
