import * as z from 'zod';
import type { Locale } from '#shared/auth.ts';
import { catalogues } from '#shared/i18n/server.ts';
import type { ForecastDto } from '#shared/statistics.ts';
import type { PersonActor } from '../../../platform/app.ts';
import { dayIn } from '../../../platform/clock.ts';
import { type WeekPicture, weekInWords, weekPicture } from '../../../platform/pictures/week-picture.ts';
import { getProgress } from '../../progress/queries.ts';
import { addDays, mondayOf } from '../../progress/rules.ts';
import { getStatistics } from '../../progress/statistics/queries.ts';
import { getWeek, type WeekDayCount } from '../../progress/week/queries.ts';
import type { MessagePicture, NoticeWords, Recipient } from '../message.ts';

const dataSchema = z.object({ monday: z.iso.date() });
/** Courses whose forecast is told. */
const mostForecasts = 3;

const sum = (days: WeekDayCount[], of: 'solved' | 'right') => days.reduce((all, day) => all + day[of], 0);

/** «16–22 ноября», «28 сентября – 4 октября». */
function datesOf(locale: Locale, first: string, last: string): string {
  const format = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'ru', { timeZone: 'UTC', day: 'numeric', month: 'long' });
  return format.formatRange(Date.parse(first), Date.parse(last));
}

function labelOf(locale: Locale, on: string): string {
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'ru', { timeZone: 'UTC', weekday: 'short' }).format(Date.parse(on));
}

/** To a student, on Monday: what they did in the week that is over. The numbers are those of the profile. */
export const week: NoticeWords<'week'> = {
  parse: (data) => dataSchema.safeParse(data).data ?? null,
  shared: false,
  async message(app, { data: { monday } }, recipient) {
    // It waited for too long: another week is over by now.
    if (mondayOf(dayIn(recipient.timeZone, app.clock.now())) !== monday) return null;
    const student: PersonActor = { kind: 'person', id: recipient.id, role: recipient.role, timeZone: recipient.timeZone };
    const first = addDays(monday, -7);
    const [days, progress, statistics] = await Promise.all([
      getWeek(app, student, first),
      getProgress(app, student),
      getStatistics(app, student, { course: null }),
    ]);
    const words = catalogues[recipient.locale].notice.week;
    const solved = sum(days, 'solved');
    const dates = datesOf(recipient.locale, first, addDays(monday, -1));
    const paragraphs =
      solved === 0
        ? [words.nothing(dates)]
        : [
            words.solved(dates, solved, Math.round((sum(days, 'right') / solved) * 100)),
            words.streak(progress.streak.now, progress.streak.best),
          ];
    const gaps = statistics.forecasts
      .flatMap((forecast) => gapOf(forecast, words, statistics.forecasts.length > 1))
      .slice(0, mostForecasts);
    return {
      title: solved === 0 ? words.titleNothing : words.title(solved, progress.streak.now),
      body: [...paragraphs, ...gaps].join('\n\n'),
      button: solved === 0 ? { label: words.goOn, url: '/' } : { label: words.open, url: '/profile' },
      pictures: solved === 0 ? [] : [pictureOf(recipient, days, words.pictureTitle, dates)],
      replyTo: null,
    };
  },
  async lines(app, notices, recipient) {
    const words = catalogues[recipient.locale].notice.week;
    return new Map(
      await Promise.all(
        notices.map(async ({ id, data: { monday } }) => {
          const first = addDays(monday, -7);
          const solved = sum(await getWeek(app, recipient, first), 'solved');
          const dates = datesOf(recipient.locale, first, addDays(monday, -1));
          return [id, { title: words.bell(solved), text: dates, href: '/profile' }] as const;
        }),
      ),
    );
  },
};

function gapOf(
  { now, target, targetPrimary, courseTitle }: ForecastDto,
  words: (typeof catalogues)['ru']['notice']['week'],
  several: boolean,
): string[] {
  if (!now || targetPrimary === null) return [];
  const gap = targetPrimary - now.primary;
  const said = gap > 0 ? words.gap(target, gap) : words.reached(target);
  return [several ? words.ofCourse(courseTitle, said) : said];
}

function pictureOf({ locale }: Recipient, days: WeekDayCount[], title: string, dates: string): MessagePicture {
  const picture: WeekPicture = {
    locale,
    title,
    dates,
    days: days.map(({ on, solved, right }) => ({ label: labelOf(locale, on), solved, right })),
  };
  return {
    alt: weekInWords(picture),
    name: 'week.png',
    mime: 'image/png',
    load: () => weekPicture(picture),
    url: null,
    // Everybody's is another one.
    telegramFileId: null,
    keepTelegramFileId: async () => {},
  };
}
