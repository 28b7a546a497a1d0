import type { Locale } from '#shared/auth.ts';

/** «01.09.2026» of an edition named 2026-09-01. */
export function editionDate(version: string, locale: Locale): string {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)/.exec(version) ?? [];
  if (!year) return version;
  return locale === 'ru' ? `${day}.${month}.${year}` : `${day}/${month}/${year}`;
}
