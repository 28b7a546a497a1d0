/** What is drawn before the styles and scripts of a page are there, and replaced by them as a whole. Its looks are in early.css. */
import { readFileSync } from 'node:fs';
import type { MeDto } from '#shared/auth.ts';
import type { HistoryDto, MessageDto, MyThreadDto, UnreadDto } from '#shared/chat.ts';
import type { CourseDto, TopicDto } from '#shared/courses.ts';
import type { Catalogue } from '#shared/i18n/catalogue.ts';
import { catalogue as english } from '#shared/i18n/en/all.ts';
import { dashboard as englishDashboard } from '#shared/i18n/en/office/dashboard.ts';
import { inbox as englishInbox } from '#shared/i18n/en/office/inbox.ts';
import { shell as englishShell } from '#shared/i18n/en/office/shell.ts';
import { statistics as englishStatistics } from '#shared/i18n/en/study/statistics.ts';
import { createFormat, type Format } from '#shared/i18n/format.ts';
import { continueLine } from '#shared/i18n/lines/continue.ts';
import { figuresOf } from '#shared/i18n/lines/figures.ts';
import { forecastLead, noForecast, shownForecasts } from '#shared/i18n/lines/forecast.ts';
import { replyLines } from '#shared/i18n/lines/replies.ts';
import type { OfficeCatalogue } from '#shared/i18n/office-catalogue.ts';
import { catalogue as russian } from '#shared/i18n/ru/all.ts';
import { dashboard } from '#shared/i18n/ru/office/dashboard.ts';
import { inbox } from '#shared/i18n/ru/office/inbox.ts';
import { shell } from '#shared/i18n/ru/office/shell.ts';
import { statistics } from '#shared/i18n/ru/study/statistics.ts';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { StudyCatalogue } from '#shared/i18n/study-catalogue.ts';
import { typeset } from '#shared/i18n/typeset.ts';
import type { ReplyTimeDto } from '#shared/inbox.ts';
import type { HomeDto, ProgressDto } from '#shared/progress.ts';
import type { SiteDto } from '#shared/settings.ts';
import type { ForecastDto, StatisticsDto } from '#shared/statistics.ts';
import { forecastRule } from '#shared/statistics-rules.ts';
import { escapeHtml } from '../platform/markdown/text.ts';
import { beginningOf } from './early-theory.ts';

/** What a page may begin with, of what it was sent. */
export interface EarlyAnswers {
  'auth.me'?: MeDto | null;
  'settings.site'?: SiteDto;
  'courses.get'?: CourseDto;
  'courses.topic'?: TopicDto;
  'progress.home'?: HomeDto;
  'progress.mine'?: ProgressDto;
  'progress.statistics'?: StatisticsDto;
  'exams.running'?: unknown;
  'chat.unread'?: UnreadDto;
  'chat.mine'?: MyThreadDto[];
  'chat.history'?: HistoryDto;
  'chat.inbox.replyTime'?: ReplyTimeDto;
  'payments.office.overview'?: { openIssues: number };
  'health.brief'?: { failed: number; warnings: number };
}

/** A page whose beginning is drawn. */
export type EarlyPage = keyof typeof beginnings;

/** In the page itself: an address would be another request. */
export const earlyStyles = readFileSync(new URL('early.css', import.meta.url), 'utf8')
  .replace(/\/\*.*?\*\//gs, '')
  .replaceAll(/\s+/g, ' ')
  .trim();

/**
 * The bar with the logo, and on a phone the largest thing of what is seen first: with its text and where it is going to stand, so that nothing moves. It
 * is there to be looked at, not to be used: nothing in it can be pressed, and of who is signed in it is not read out, for the page begins anew at once.
 * @param page null: only the bar
 */
export function earlyFrame(logo: string, page: EarlyPage | null, answers: EarlyAnswers): string {
  const main = page && beginnings[page](answers, wordsFor(answers['auth.me'] ?? null, answers['settings.site']));
  // Its bar is another one.
  if (page === 'office' && !main) return '';
  return `<div class="early" id="early"><header class="early-bar">${logo}</header>${main ?? ''}</div>`;
}

interface Words {
  text: Catalogue;
  study: Pick<StudyCatalogue, 'statistics'>;
  office: Pick<OfficeCatalogue, 'dashboard' | 'inbox' | 'shell'>;
  format: Format;
}

const beginnings = {
  guest: (_, { text }) => `<main class="early-main early-guest"><h1>${escapeHtml(text.home.title)}</h1></main>`,
  home: ({ 'progress.home': home, 'exams.running': running, 'chat.unread': unread, 'auth.me': me }, { text }) => {
    const at = home?.continueAt;
    // Above it something else stands, or instead of it.
    if (!at || !me || running || (at.tasks.total > 0 && at.tasks.done >= at.tasks.total)) return null;
    const words = text.progress.home;
    // The place of the answers that were not read yet: at most three, and a link to more.
    const answers = unread?.messages ? `<div class="early-rows-${Math.min(unread.threads, 4)}"></div>` : '';
    return main(
      answers,
      '<p class="early-day">&nbsp;</p>',
      `<h1>${escapeHtml(words.welcomeBack(me.firstName))}</h1>`,
      `<div class="early-card"><p>${escapeHtml(words.place(setTitle(at.courseTitle), at.topicNumber, at.courseTopics))}</p>`,
      `<h2 lang="ru">${escapeHtml(setTitle(at.topicTitle))}</h2><div class="early-track"></div><p>${escapeHtml(continueLine(at, words))}</p></div>`,
    );
  },
  course: ({ 'courses.get': course }, { text }) => {
    if (!course) return null;
    const { targetPrimary, subject } = course;
    const goal = targetPrimary === null ? '' : text.courses.course.goal(targetPrimary, subject.maxPrimary);
    return main(
      `<div class="early-small early-crumbs">${escapeHtml(text.courses.list.title)} / ${escapeHtml(setTitle(subject.title))}</div>`,
      `<h1 lang="ru">${escapeHtml(setTitle(course.title))}</h1>`,
      `<p class="early-lead">${escapeHtml(`${setTitle(course.summary)} ${goal}`)}</p>`,
    );
  },
  topic: ({ 'courses.topic': topic, 'auth.me': me }, { text, format }) => {
    // A teacher has buttons between them.
    if (!topic || me?.role !== 'student') return null;
    const words = text.courses.topic;
    const meta = [words.place(topic.number, topic.course.topics), words.opened(format.schoolDate(topic.opensAt))];
    if (topic.readingMinutes > 0) meta.push(words.reading(topic.readingMinutes));
    return main(
      `<p class="early-small">${escapeHtml(setTitle(topic.course.title))}</p>`,
      `<h1 lang="ru">${escapeHtml(setTitle(topic.title))}</h1>`,
      `<p class="early-small early-meta">${meta.map((part) => `<span>${escapeHtml(part)}</span>`).join('')}</p>`,
      `<div class="early-prose">${beginningOf(topic.theoryHtml)}</div>`,
    );
  },
  profile: ({ 'auth.me': me, 'progress.mine': progress, 'progress.statistics': statistics }, words) =>
    me &&
    main(
      `<div class="early-person"><span></span><div><h1>${escapeHtml(`${me.firstName} ${me.lastName}`)}</h1>`,
      `<p class="early-dim">${escapeHtml(me.email)}</p></div></div><div class="early-tabs"></div>`,
      progress && progress.courses.length > 0 ? numbers(progress, words) + forecast(statistics?.forecasts ?? [], words) : '',
    ),
  chat: ({ 'chat.history': history, 'auth.me': me }, words) =>
    history && me
      ? `<main class="early-main early-chat" aria-hidden="true"><div>${talk(history.messages, me.id, words.format)}</div></main>`
      : null,
  office: ({ 'chat.inbox.replyTime': replies, 'health.brief': health, 'payments.office.overview': money, 'auth.me': me }, { office }) => {
    // Above the questions stands what does not work, and money that does not agree.
    if (!replies || !health || health.failed + health.warnings > 0 || (me?.payments && money?.openIssues !== 0)) return null;
    const drawn = replyLines(replies, office).map(({ lead, note }) => {
      const said = lead === undefined ? '' : `<p class="early-lead">${escapeHtml(lead)}</p>`;
      return `${said}<p class="early-note">${escapeHtml(note)}</p>`;
    });
    const head = `<h1>${escapeHtml(office.shell.nav.dashboard)}</h1><h2>${escapeHtml(office.dashboard.questions.title)}</h2>`;
    return `<main class="early-main early-office" aria-hidden="true">${head}${drawn.join('')}</main>`;
  },
} satisfies Record<string, (answers: EarlyAnswers, words: Words) => string | null | undefined>;

const main = (...parts: string[]) => `<main class="early-main" aria-hidden="true">${parts.join('')}</main>`;

function numbers(progress: ProgressDto, { text, format }: Words): string {
  const choice = progress.courses.length > 1 ? '<div class="early-choice"></div>' : '';
  const figures = figuresOf(progress, progress.streak, text.progress.profile, format).map(
    ({ value, unit, words }) =>
      `<div><p class="early-number"><b>${value}</b>${escapeHtml(unit)}</p><p class="early-dim">${escapeHtml(words)}</p></div>`,
  );
  return `${choice}<div class="early-numbers">${figures.join('')}</div>`;
}

/** Of several courses the first, or what all of them wait for. */
function forecast(forecasts: ForecastDto[], { study }: Words): string {
  if (forecasts.length === 0) return '';
  const words = study.statistics.forecast;
  const [first] = shownForecasts(forecasts).shown;
  const course = first && forecasts.length > 1 ? `<h3 lang="ru">${escapeHtml(setTitle(first.courseTitle))}</h3>` : '';
  return `<div class="early-forecast"><h2>${escapeHtml(words.title)}</h2>${course}${forecastLine(first, words)}</div>`;
}

function forecastLine(forecast: ForecastDto | undefined, words: Words['study']['statistics']['forecast']): string {
  if (!forecast) return `<p class="early-dim early-rule">${escapeHtml(words.earlyRule(forecastRule))}</p>`;
  if (!forecast.now) return `<p class="early-dim">${escapeHtml(noForecast(forecast, words))}</p>`;
  const [before, score, after] = forecastLead(forecast, forecast.now, words).map(escapeHtml);
  return `<p class="early-score">${before}<b>${score}</b>${after}</p>`;
}

const lastMessages = 8;

/** The end of a talk, as far as it is nothing but text; the lines of names and days are left empty. */
function talk(messages: MessageDto[], me: string, format: Format): string {
  const shown = messages.slice(-lastMessages);
  const from = shown.findLastIndex(({ kind, deleted, files }) => kind !== 'text' || deleted !== null || files.length > 0) + 1;
  const lastOwn = messages.findLast(({ author }) => author.id === me);
  let day = '';
  let drawn = '';
  for (const message of shown.slice(from)) {
    const on = format.date(message.at);
    if (on !== day) drawn += '<p class="early-date"></p>';
    day = on;
    const own = message.author.id === me;
    const text = beginningOf(message.html);
    drawn += `<div class="${own ? 'early-own' : 'early-message'}">${text}</div>${message === lastOwn ? '<p class="early-mark"></p>' : ''}`;
  }
  return drawn;
}

const texts = {
  ru: { text: russian, study: typeset({ statistics }), office: typeset({ dashboard, inbox, shell }) },
  en: {
    text: english,
    study: { statistics: englishStatistics },
    office: { dashboard: englishDashboard, inbox: englishInbox, shell: englishShell },
  },
};

const formats = new Map<string, Format>();

/** One for each language and zone there are people in, which are few. */
function wordsFor(me: MeDto | null, site: SiteDto | undefined): Words {
  const locale = me?.locale === 'en' ? 'en' : 'ru';
  const schoolZone = site?.timeZone ?? 'Europe/Moscow';
  const personZone = me?.timeZone ?? schoolZone;
  const key = `${locale} ${schoolZone} ${personZone}`;
  const format = formats.get(key) ?? createFormat(locale, { schoolZone, personZone });
  formats.set(key, format);
  return { ...texts[locale], format };
}
