/** What each page of the site begins with: its chunks, and what it asks the server first. A test holds the list against the browser's own routes. */

import type { MistakesBriefDto } from '#shared/mistakes.ts';
import type { SampleTaskDto } from '#shared/tasks.ts';
import type { EarlyAnswers, EarlyPage } from './early.ts';
import { officeRoutes } from './office-routes.ts';

/** A procedure and its input, as the page asks for it: the answer is found again by the same words. `pages`: the first of a list that goes on. */
export type Question = [path: string, input?: object, as?: 'pages'];

/** Texts that come with a page beside those of every page. */
type Texts = 'account' | 'notices' | 'office' | 'offline' | 'payments' | 'study' | 'talk';

/** Sources below src/client, and their texts. */
export interface Piece {
  modules: string[];
  texts?: Texts;
}

/** Those that say something of the pieces of a page; what was refused or late is not there. */
export interface Answers extends EarlyAnswers {
  'tasks.sample'?: SampleTaskDto | null;
  'progress.mistakes.brief'?: MistakesBriefDto;
}

export interface PageRoute extends Piece {
  /** «:name» is a part of its own, «:name?» one that may be missing at the end. */
  path: string;
  asks?: (params: Record<string, string>, visitor: Visitor | null) => Question[];
  /** What it asks once these are answered. */
  asksThen?: (answers: Answers) => Question[];
  /** Pieces that the page is going to want, as its answers say. */
  pieces?: (answers: Answers) => (Piece | false)[];
  /** Who has not signed in is led to the way in. */
  signedIn?: true;
  /** What is drawn of it before its scripts are there, beside the bar. */
  early?: EarlyPage;
}

export interface Visitor {
  role: 'student' | 'moderator';
  locale: 'ru' | 'en';
  /** This school takes payments. */
  payments: boolean;
}

/** What stands around every page. */
export function framedBy(visitor: Visitor | null): Question[] {
  const everybody: Question[] = [['auth.me'], ['settings.site']];
  if (!visitor) return everybody;
  everybody.push(['notifications.unseen']);
  if (visitor.role === 'student')
    everybody.push(['chat.unread'], ['progress.mistakes.brief'], ['people.personalData.consentDue', { locale: visitor.locale }]);
  return everybody;
}

/** Around the pages of whoever is signed in, but for those with a frame of their own. */
export function frameOf(path: string, visitor: Visitor | null): { own: boolean; pieces: Piece[] } {
  const own = /^\/(login|register|admin|attempts|offline)(\/|$)/.test(path);
  return { own, pieces: visitor && !own ? [{ modules: ['ui/notices-bell.tsx', 'ui/tab-bar.tsx'] }] : [] };
}

const ofStudent = (visitor: Visitor | null, ...questions: Question[]): Question[] => (visitor?.role === 'student' ? questions : []);

const wherePaid = (visitor: Visitor | null, ...questions: Question[]): Question[] => (visitor?.payments ? questions : []);

const formulas: Piece = { modules: ['ui/prose.tsx'] };
const mistakesBlock: Piece = { modules: ['features/progress/mistakes/mistakes-block.tsx'], texts: 'study' };
const runningExam: Piece = { modules: ['features/exams/running-exam.tsx'], texts: 'study' };
const statistics: Piece = { modules: ['features/progress/statistics/details.tsx'], texts: 'study' };
const supportChat: Piece = { modules: ['features/support/support-chat.tsx'], texts: 'talk' };
const answersBlock: Piece = { modules: ['features/chat/answers-block.tsx'], texts: 'talk' };

const guestHome: PageRoute = {
  path: '/',
  modules: ['features/home/guest-home-page.tsx'],
  early: 'guest',
  asks: () => [['tasks.sample'], ['courses.list']],
  pieces: (answers) => [answers['tasks.sample']?.statementHtml.includes('class="katex') === true && formulas],
};

const personHome: PageRoute = {
  path: '/',
  modules: ['features/progress/home-page.tsx'],
  early: 'home',
  asks: (_, visitor) => [['progress.home'], ['news.feed', { limit: 3 }], ...ofStudent(visitor, ['exams.running'])],
  pieces: (answers) => [
    (answers['progress.mistakes.brief']?.due ?? 0) > 0 && mistakesBlock,
    (answers['exams.running'] ?? null) !== null && runningExam,
    (answers['chat.unread']?.messages ?? 0) > 0 && answersBlock,
  ],
};

export const pageRoutes: PageRoute[] = [
  { path: '/courses', modules: ['features/courses/course-list-page.tsx'], asks: () => [['courses.list']] },
  {
    path: '/courses/:course',
    modules: ['features/courses/course-page.tsx'],
    early: 'course',
    asks: ({ course }) => [['courses.get', { course }]],
  },
  {
    path: '/pay/:course',
    modules: ['features/payments/checkout-page.tsx'],
    texts: 'payments',
    signedIn: true,
    asks: ({ course }, visitor) => wherePaid(visitor, ['payments.offer', { course }]),
  },
  { path: '/payments/:order', modules: ['features/payments/order-page.tsx'], texts: 'payments', signedIn: true },
  {
    path: '/profile/payments',
    modules: ['features/payments/payments-page.tsx'],
    texts: 'payments',
    signedIn: true,
    asks: (_, visitor) => wherePaid(visitor, ['payments.mine'], ['payments.history', {}, 'pages']),
  },
  {
    path: '/courses/:course/:topic',
    modules: ['features/courses/topic-page.tsx'],
    early: 'topic',
    signedIn: true,
    asks: ({ course, topic }) => [['courses.topic', { course, topic }]],
  },
  {
    path: '/courses/:course/exams/:exam',
    modules: ['features/exams/exam-page.tsx'],
    texts: 'study',
    signedIn: true,
    asks: ({ course, exam }) => [['exams.get', { course, exam }]],
  },
  {
    path: '/attempts/:attempt',
    modules: ['features/exams/attempt-page.tsx'],
    texts: 'study',
    signedIn: true,
    asks: ({ attempt: attemptId }, visitor) => ofStudent(visitor, ['exams.attempt', { attemptId }]),
  },
  {
    path: '/mistakes',
    modules: ['features/progress/mistakes/mistakes-page.tsx'],
    texts: 'study',
    signedIn: true,
    asks: () => [['progress.mistakes.today']],
  },
  { path: '/support', modules: ['features/support/support-page.tsx'], texts: 'talk' },
  {
    path: '/support/chat',
    modules: ['features/support/support-page.tsx'],
    texts: 'talk',
    signedIn: true,
    early: 'chat',
    asks: (_, visitor) => ofStudent(visitor, ['chat.mine']),
    asksThen: (answers) => {
      const threadId = answers['chat.mine']?.find(({ kind }) => kind === 'support')?.id;
      return threadId === undefined
        ? []
        : [
            ['chat.thread', { threadId }],
            ['chat.history', { threadId }],
          ];
    },
    // Who has no chat with support, as a teacher, has no number of unread answers either.
    pieces: (answers) => [answers['chat.unread'] !== undefined && supportChat],
  },
  {
    path: '/news',
    modules: ['features/news/news-page.tsx'],
    texts: 'notices',
    signedIn: true,
    asks: () => [['news.feed', {}, 'pages']],
  },
  {
    path: '/news/:post',
    modules: ['features/news/news-article-page.tsx'],
    texts: 'notices',
    signedIn: true,
    asks: ({ post }) => [['news.article', { id: post }]],
  },
  {
    path: '/notifications',
    modules: ['features/notifications/notices-page.tsx'],
    texts: 'notices',
    signedIn: true,
    asks: () => [['notifications.list', {}, 'pages']],
  },
  {
    path: '/profile/notifications',
    modules: ['features/notifications/notice-settings-page.tsx'],
    texts: 'notices',
    signedIn: true,
    asks: () => [['notifications.settings']],
  },
  { path: '/unsubscribe/:token', modules: ['features/notifications/unsubscribe-page.tsx'], texts: 'notices' },
  { path: '/offline', modules: ['features/offline/offline-page.tsx'], texts: 'offline' },
  { path: '/login', modules: ['features/auth/login-page.tsx'], texts: 'account' },
  { path: '/login/code', modules: ['features/auth/code-page.tsx'], texts: 'account' },
  { path: '/register', modules: ['features/auth/register-page.tsx'], texts: 'account' },
  { path: '/consent/new', modules: ['features/people/personal-data/new-consent-page.tsx'], texts: 'account', signedIn: true },
  {
    path: '/privacy',
    modules: ['features/people/privacy-page.tsx'],
    asks: (_, visitor) => [['people.personalData.privacyPolicy', { locale: visitor?.locale ?? 'ru' }]],
  },
  { path: '/profile/delete', modules: ['features/people/personal-data/delete-page.tsx'], texts: 'account', signedIn: true },
  { path: '/profile/closed', modules: ['features/people/personal-data/closed-page.tsx'], texts: 'account' },
  {
    path: '/consent',
    modules: ['features/people/consent-page.tsx'],
    asks: (_, visitor) => [['people.consentText', { locale: visitor?.locale ?? 'ru' }]],
  },
  {
    path: '/profile',
    modules: ['features/people/profile-page.tsx'],
    early: 'profile',
    texts: 'account',
    signedIn: true,
    asks: (_, visitor) => ofStudent(visitor, ['progress.mine'], ['progress.statistics', { course: null }]),
    pieces: (answers) => [(answers['progress.mine']?.courses.length ?? 0) > 0 && statistics],
  },
  {
    path: '/profile/devices',
    modules: ['features/people/devices-page.tsx'],
    texts: 'account',
    signedIn: true,
    asks: () => [['auth.sessions']],
  },
  { path: '/profile/data', modules: ['features/people/data-page.tsx'], texts: 'account', signedIn: true },
  { path: '/admin/login', modules: ['features/auth/moderator-login-page.tsx'], texts: 'account' },
];

const missing: PageRoute = { path: '', modules: ['features/site/not-found-page.tsx'] };
const office: PageRoute = { path: '/admin', modules: ['office-routes.ts', 'features/office/office-frame.tsx'], texts: 'office' };

/** The page at an address, with the parts of the address that it is about. */
export function routeAt(path: string, visitor: Visitor | null): { route: PageRoute; params: Record<string, string> } {
  const parts = path.split('/').filter(Boolean);
  if (parts.length === 0) return { route: visitor ? personHome : guestHome, params: {} };
  const found = find(pageRoutes, parts);
  if (found) return found.route.signedIn && !visitor ? wayIn('/login') : found;
  if (parts[0] !== 'admin') return { route: missing, params: {} };
  if (!visitor) return wayIn('/admin/login');
  // Others are told that it is not theirs.
  return (visitor.role === 'moderator' && find(officeRoutes, parts)) || { route: office, params: {} };
}

function find(routes: PageRoute[], parts: string[]) {
  for (const route of routes) {
    const params = paramsOf(route.path, parts);
    if (params) return { route, params };
  }
  return null;
}

function wayIn(path: string) {
  return { route: pageRoutes.find((route) => route.path === path) ?? missing, params: {} };
}

function paramsOf(pattern: string, parts: string[]): Record<string, string> | null {
  const wanted = pattern.split('/').filter(Boolean);
  const last = wanted.at(-1);
  if (last?.endsWith('?')) wanted.splice(-1, 1, ...(parts.length < wanted.length ? [] : [last.slice(0, -1)]));
  if (wanted.length !== parts.length) return null;
  const params: Record<string, string> = {};
  for (const [at, part] of parts.entries()) {
    const name = wanted[at] ?? '';
    if (!name.startsWith(':')) {
      if (name !== part) return null;
      continue;
    }
    try {
      params[name.slice(1)] = decodeURIComponent(part);
    } catch {
      return null;
    }
  }
  return params;
}
