import type { Locale } from '../auth.ts';
import { clock, countdown, wait } from './durations.ts';
import { zoneInSentence } from './zones.ts';

export type Instant = string | number | Date;
export type Format = ReturnType<typeof createFormat>;

const nbsp = '\u00a0';
const minute = 60_000;
const day = 24 * 60 * minute;
/** Over this distance a date says more than «40 дней назад». */
const agoLimitDays = 30;

export interface Zones {
  /** The zone in which topics open. */
  schoolZone: string;
  /** The reader's own. */
  personZone: string;
  now?: () => number;
}

/** Everything that depends on language and zone. Instants without a word about the school are shown on the reader's own clock. */
export function createFormat(locale: Locale, { schoolZone, personZone, now = Date.now }: Zones) {
  const digits = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const one = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const memo = new Map<string, Intl.DateTimeFormat>();

  function sum(amountMinor: number, currency: string): string {
    const fractions = amountMinor % 100 === 0 ? 0 : 2;
    const options = { style: 'currency', currency, currencyDisplay: 'narrowSymbol', minimumFractionDigits: fractions } as const;
    return new Intl.NumberFormat(locale, { ...options, maximumFractionDigits: fractions }).format(amountMinor / 100);
  }

  function intl(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    const key = zone + JSON.stringify(options);
    const found = memo.get(key) ?? new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'ru', { timeZone: zone, ...options });
    memo.set(key, found);
    return found;
  }

  function dateIn(zone: string, at: Instant, year = false): string {
    const inYear = !year && schoolYear(zone, instant(at)) === schoolYear(zone, now());
    const parts = intl(zone, { day: 'numeric', month: 'long', year: 'numeric' }).formatToParts(instant(at));
    const value = (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? '';
    return `${value('day')}${nbsp}${value('month')}${inYear ? '' : ` ${value('year')}`}`;
  }

  /** Russian school years run from September to August. */
  function schoolYear(zone: string, at: number): number {
    const [year = 0, month = 1] = calendarDay(zone, at).split('-').map(Number);
    return month >= 9 ? year : year - 1;
  }

  /** «2026-11-26» */
  function calendarDay(zone: string, at: number): string {
    const parts = intl(zone, { day: '2-digit', month: '2-digit', year: 'numeric', calendar: 'gregory' }).formatToParts(at);
    const value = (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? '';
    return `${value('year')}-${value('month')}-${value('day')}`;
  }

  const timeIn = (zone: string, at: Instant) => intl(zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(instant(at));
  const dateAtTimeIn = (zone: string, at: Instant) => `${dateIn(zone, at)} ${locale === 'ru' ? 'в' : 'at'}${nbsp}${timeIn(zone, at)}`;
  const dayNumber = (zone: string, at: number) => Math.round(Date.parse(calendarDay(zone, at)) / day);

  /** Do both clocks show the same at that instant? */
  const sameClock = (at: Instant) =>
    calendarDay(schoolZone, instant(at)) === calendarDay(personZone, instant(at)) && timeIn(schoolZone, at) === timeIn(personZone, at);

  function daysAgo(at: Instant): string {
    const days = dayNumber(personZone, instant(at)) - dayNumber(personZone, now());
    return Math.abs(days) > agoLimitDays ? dateIn(personZone, at) : relative.format(days, 'day').replace(/(\d) /, `$1${nbsp}`);
  }

  return {
    locale,
    /** «26 ноября», with a year outside the present school year. */
    date: (at: Instant) => dateIn(personZone, at),
    /** «18:00» */
    time: (at: Instant) => timeIn(personZone, at),
    /** «26 ноября, 18:00» */
    dateTime: (at: Instant) => `${dateIn(personZone, at)}, ${timeIn(personZone, at)}`,
    /** «26 ноября 2026, 18:00»: on paper, where nothing else tells the year. */
    paperDateTime: (at: Instant) => `${dateIn(personZone, at, true)}, ${timeIn(personZone, at)}`,
    /** «вторник, 24 ноября» */
    weekday: (at: Instant) => `${intl(personZone, { weekday: 'long' }).format(instant(at))}, ${dateIn(personZone, at)}`,
    /** A calendar day that is no instant: «2026-11-26» is the same day in every zone. */
    day: (on: string) => dateIn('UTC', `${on}T00:00:00Z`),
    /** «26 ноября» by the school's clock: the day on which a topic opens. */
    schoolDate: (at: Instant) => dateIn(schoolZone, at),
    /** «26 ноября в 18:00» by the school's clock, for places that name the zone once beside. */
    schoolDateTime: (at: Instant) => dateAtTimeIn(schoolZone, at),
    /** «26 ноября в 18:00 по Москве, у вас 20:00»; just «26 ноября в 18:00» where both clocks agree. */
    schoolTime(at: Instant): string {
      const school = dateAtTimeIn(schoolZone, at);
      if (sameClock(at)) return school;
      const sameDay = calendarDay(schoolZone, instant(at)) === calendarDay(personZone, instant(at));
      const mine = sameDay ? timeIn(personZone, at) : dateAtTimeIn(personZone, at);
      const named = `${school} ${zoneInSentence(locale, schoolZone, instant(at)).replace(' ', nbsp)}`;
      return locale === 'ru' ? `${named}, у${nbsp}вас${nbsp}${mine}` : `${named}, ${mine} for you`;
    },
    sameClock,
    /** «сегодня», «вчера», «3 дня назад», a date when it was long ago. Calendar days of the reader. */
    daysAgo,
    /** «сегодня», «вчера», else the date: of what one looks for by its day. */
    recentDay: (at: Instant) =>
      Math.abs(dayNumber(personZone, instant(at)) - dayNumber(personZone, now())) > 1 ? dateIn(personZone, at) : daysAgo(at),
    /** As `daysAgo`, and within the day «5 минут назад», «3 часа назад», «только что». */
    ago(at: Instant): string {
      const minutes = Math.floor((now() - instant(at)) / minute);
      if (minutes < 1) return locale === 'ru' ? 'только что' : 'just now';
      if (minutes < 60) return relative.format(-minutes, 'minute').replace(/(\d) /, `$1${nbsp}`);
      const today = dayNumber(personZone, instant(at)) === dayNumber(personZone, now());
      return today ? relative.format(-Math.floor(minutes / 60), 'hour').replace(/(\d) /, `$1${nbsp}`) : daysAgo(at);
    },
    /** Time left until `at`, to stand after «через»; null when none is to be shown (over 30 days, or over). */
    countdown: (at: Instant, from: number = now()) => countdown(locale, instant(at) - from),
    /** «0:42» of milliseconds. */
    clock,
    /** «5 минут» of seconds, to stand after «через». */
    wait: (seconds: number) => wait(locale, seconds),
    /** «1 490», «12,5» */
    number: (n: number) => digits.format(n),
    /** «71 %» of a share between 0 and 1; never over 100 and 100 only when it is all. */
    percent: (part: number) => share.format(part >= 1 ? 1 : Math.min(0.99, Math.max(0, part))),
    /** «1 490 ₽», «Бесплатно» */
    price(amountMinor: number, currency: string): string {
      if (amountMinor === 0) return locale === 'ru' ? 'Бесплатно' : 'Free';
      return sum(amountMinor, currency);
    },
    /** The same in a bill: «0 ₽» where nothing is to be paid. */
    sum,
    /** «340 КБ», «1,2 МБ» */
    fileSize(bytes: number): string {
      const units = locale === 'ru' ? ['Б', 'КБ', 'МБ', 'ГБ'] : ['B', 'KB', 'MB', 'GB'];
      const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log(Math.max(1, bytes)) / Math.log(1024))));
      const amount = bytes / 1024 ** step;
      return `${(amount < 10 ? one : new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })).format(amount)}${nbsp}${units[step]}`;
    },
  };
}

function instant(at: Instant): number {
  return typeof at === 'number' ? at : new Date(at).getTime();
}
