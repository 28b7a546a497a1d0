import type { Locale } from '#shared/auth.ts';
import { dayAndTime, daysBetween } from '#shared/wall-clock.ts';

/** «8 окт, 18:00» by the school's clocks; with the year where it is not this school year. */
export function shortDate(locale: Locale, zone: string, at: string, now: number): string {
  const { on, time } = dayAndTime(at, zone);
  const today = dayAndTime(new Date(now), zone).on;
  const parts = new Intl.DateTimeFormat(locale === 'ru' ? 'ru' : 'en-GB', {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'short',
  }).formatToParts(Date.parse(`${on}T00:00:00Z`));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value.replace('.', '') ?? '';
  const year = schoolYear(on) === schoolYear(today) ? '' : `\u00a0${on.slice(0, 4)}`;
  // «сент», «февр», «нояб»: three letters are enough, and the column is narrow.
  const month = part('month').slice(0, 3);
  return `${part('day')}\u00a0${month}${year}, ${time}`;
}

function schoolYear(on: string): number {
  const [year = 0, month = 1] = on.split('-').map(Number);
  return month >= 9 ? year : year - 1;
}

/** Calendar days by the school's clocks until it opens; null when it is open. */
export function daysUntil(zone: string, at: string, now: number): number | null {
  if (Date.parse(at) <= now) return null;
  return daysBetween(dayAndTime(new Date(now), zone).on, dayAndTime(at, zone).on);
}

/** Zones at both ends of the country, so that nobody is invited for the middle of the night unawares. */
const otherZones = ['Asia/Yekaterinburg', 'Asia/Vladivostok'] as const;
export type OtherZone = (typeof otherZones)[number];

/** What clocks elsewhere show then; `on` where the day is another. Those that agree with the school's are left out. */
export function elsewhere(zone: string, at: string): { zone: OtherZone; time: string; on: string | null }[] {
  const here = dayAndTime(at, zone);
  return otherZones.flatMap((other) => {
    const there = dayAndTime(at, other);
    if (there.on === here.on && there.time === here.time) return [];
    return [{ zone: other, time: there.time, on: there.on === here.on ? null : there.on }];
  });
}
