import type { Locale } from '../auth.ts';
import type { studyCatalogue } from './ru/study/all.ts';

/** The texts of exams, statistics and mistakes: no part of the first load. */
export type StudyCatalogue = typeof studyCatalogue;

export async function loadStudyCatalogue(locale: Locale): Promise<StudyCatalogue> {
  switch (locale) {
    case 'ru':
      return (await import('./ru/study/all.ts')).studyCatalogue;
    case 'en':
      return (await import('./en/study/all.ts')).studyCatalogue;
  }
}
