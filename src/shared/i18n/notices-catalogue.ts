import type { Locale } from '../auth.ts';
import type { noticesCatalogue } from './ru/notices/all.ts';

/** The texts of news, of the list behind the bell and of its settings: no part of the first load. */
export type NoticesCatalogue = typeof noticesCatalogue;

export async function loadNoticesCatalogue(locale: Locale): Promise<NoticesCatalogue> {
  switch (locale) {
    case 'ru':
      return (await import('./ru/notices/all.ts')).noticesCatalogue;
    case 'en':
      return (await import('./en/notices/all.ts')).noticesCatalogue;
  }
}
