import type { Locale } from '../auth.ts';
import { en, ru } from './plural.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** «1 день 22 часа»; the case is the one that stands after «через» («через 1 минуту»). */
const words = {
  ru: {
    days: (n: number) => ru(n, '# день', '# дня', '# дней'),
    hours: (n: number) => ru(n, '# час', '# часа', '# часов'),
    minutes: (n: number) => ru(n, '# минуту', '# минуты', '# минут'),
  },
  en: {
    days: (n: number) => en(n, '# day', '# days'),
    hours: (n: number) => en(n, '# hour', '# hours'),
    minutes: (n: number) => en(n, '# minute', '# minutes'),
  },
};

/**
 * Time left for the eye: nothing over 30 days and nothing once it is over, days, from three days down with hours, within a day hours and
 * minutes, within the last hour «59:59».
 */
export function countdown(locale: Locale, left: number): string | null {
  const { days, hours, minutes } = words[locale];
  if (left <= 0 || left > 30 * day) return null;
  if (left < hour) return clock(left);
  if (left >= 3 * day) return days(Math.floor(left / day));
  if (left >= day) return pair(days(Math.floor(left / day)), Math.floor((left % day) / hour), hours);
  return pair(hours(Math.floor(left / hour)), Math.floor((left % hour) / minute), minutes);
}

function pair(first: string, rest: number, unit: (n: number) => string): string {
  return rest === 0 ? first : `${first} ${unit(rest)}`;
}

/** «0:42»; a part of a second still counts as one, so that the clock never shows zero early. */
export function clock(left: number): string {
  const seconds = Math.max(0, Math.ceil(left / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** How long to wait, in one unit rounded up: «40 секунд», «5 минут», «2 часа» (after «через»). */
export function wait(locale: Locale, seconds: number): string {
  const { hours, minutes } = words[locale];
  if (seconds >= 3600) return hours(Math.ceil(seconds / 3600));
  if (seconds >= 60) return minutes(Math.ceil(seconds / 60));
  const whole = Math.max(1, Math.ceil(seconds));
  return locale === 'ru' ? ru(whole, '# секунду', '# секунды', '# секунд') : en(whole, '# second', '# seconds');
}
