import { type ComponentType, type ReactNode, Suspense } from 'react';
import { type AroundNavHandler, Route, Switch, useLocation } from 'wouter';
import { ForModerators, SignedIn } from './features/auth/doors.tsx';
import { home } from './features/home/home-page.tsx';
import { accountPage } from './lib/account-text.ts';
import { type LazyPage, lazyPage, Shown } from './lib/lazy-page.tsx';
import { goToAnchor, screenOf } from './lib/navigation.ts';
import { noticesPage } from './lib/notices-text.ts';
import { offlinePage } from './lib/offline-text.ts';
import { paymentsPage } from './lib/payments-text.ts';
import { studyPage } from './lib/study-text.ts';
import { talkPage } from './lib/talk-text.ts';
import { PagePending } from './ui/page-pending.tsx';

interface SiteRoute extends LazyPage {
  path: string;
  /** Who is let in; left out: everybody. */
  Door?: ComponentType<{ children: ReactNode }>;
}

const notFound = lazyPage(() => import('./features/site/not-found-page.tsx'), 'NotFoundPage');

const routes: SiteRoute[] = [
  { path: '/', ...home },
  { path: '/courses', ...lazyPage(() => import('./features/courses/course-list-page.tsx'), 'CourseListPage') },
  { path: '/courses/:course', ...lazyPage(() => import('./features/courses/course-page.tsx'), 'CoursePage') },
  { path: '/pay/:course', ...paymentsPage(() => import('./features/payments/checkout-page.tsx'), 'CheckoutPage'), Door: SignedIn },
  { path: '/payments/:order', ...paymentsPage(() => import('./features/payments/order-page.tsx'), 'OrderPage'), Door: SignedIn },
  { path: '/profile/payments', ...paymentsPage(() => import('./features/payments/payments-page.tsx'), 'PaymentsPage'), Door: SignedIn },
  { path: '/courses/:course/:topic', ...lazyPage(() => import('./features/courses/topic-page.tsx'), 'TopicPage'), Door: SignedIn },
  { path: '/courses/:course/exams/:exam', ...studyPage(() => import('./features/exams/exam-page.tsx'), 'ExamPage'), Door: SignedIn },
  { path: '/attempts/:attempt', ...studyPage(() => import('./features/exams/attempt-page.tsx'), 'AttemptPage'), Door: SignedIn },
  { path: '/mistakes', ...studyPage(() => import('./features/progress/mistakes/mistakes-page.tsx'), 'MistakesPage'), Door: SignedIn },
  { path: '/support', ...talkPage(() => import('./features/support/support-page.tsx'), 'SupportPage') },
  { path: '/support/chat', ...talkPage(() => import('./features/support/support-page.tsx'), 'SupportPage'), Door: SignedIn },
  { path: '/news', ...noticesPage(() => import('./features/news/news-page.tsx'), 'NewsPage'), Door: SignedIn },
  { path: '/news/:post', ...noticesPage(() => import('./features/news/news-article-page.tsx'), 'NewsArticlePage'), Door: SignedIn },
  { path: '/notifications', ...noticesPage(() => import('./features/notifications/notices-page.tsx'), 'NoticesPage'), Door: SignedIn },
  {
    path: '/profile/notifications',
    ...noticesPage(() => import('./features/notifications/notice-settings-page.tsx'), 'NoticeSettingsPage'),
    Door: SignedIn,
  },
  { path: '/unsubscribe/:token', ...noticesPage(() => import('./features/notifications/unsubscribe-page.tsx'), 'UnsubscribePage') },
  { path: '/offline', ...offlinePage(() => import('./features/offline/offline-page.tsx'), 'OfflinePage') },
  { path: '/login', ...accountPage(() => import('./features/auth/login-page.tsx'), 'LoginPage') },
  { path: '/login/code', ...accountPage(() => import('./features/auth/code-page.tsx'), 'CodePage') },
  { path: '/register', ...accountPage(() => import('./features/auth/register-page.tsx'), 'RegisterPage') },
  {
    path: '/consent/new',
    ...accountPage(() => import('./features/people/personal-data/new-consent-page.tsx'), 'NewConsentPage'),
    Door: SignedIn,
  },
  { path: '/privacy', ...lazyPage(() => import('./features/people/privacy-page.tsx'), 'PrivacyPage') },
  {
    path: '/profile/delete',
    ...accountPage(() => import('./features/people/personal-data/delete-page.tsx'), 'DeletePage'),
    Door: SignedIn,
  },
  { path: '/profile/closed', ...accountPage(() => import('./features/people/personal-data/closed-page.tsx'), 'ClosedPage') },
  { path: '/consent', ...lazyPage(() => import('./features/people/consent-page.tsx'), 'ConsentPage') },
  { path: '/profile', ...accountPage(() => import('./features/people/profile-page.tsx'), 'ProfilePage'), Door: SignedIn },
  { path: '/profile/devices', ...accountPage(() => import('./features/people/devices-page.tsx'), 'DevicesPage'), Door: SignedIn },
  { path: '/profile/data', ...accountPage(() => import('./features/people/data-page.tsx'), 'DataPage'), Door: SignedIn },
  { path: '/admin/login', ...accountPage(() => import('./features/auth/moderator-login-page.tsx'), 'ModeratorLoginPage') },
];

let officeRoutes: SiteRoute[] = [];

/** Whatever page of the office: first comes their list. */
const office = lazyPage(async () => {
  const { officePages } = await import('./office-routes.ts');
  officeRoutes = officePages.map(([path, page]) => ({ path, ...page, Door: ForModerators }));
  return { OfficePages };
}, 'OfficePages');

function OfficePages() {
  const [path] = useLocation();
  return (
    <Switch>
      {officeRoutes.map((route) => pageRoute(route, path))}
      <Route>
        <Shown page={notFound} />
      </Route>
    </Switch>
  );
}

export function Pages() {
  const [path] = useLocation();
  return (
    <Suspense fallback={<PagePending />}>
      <Switch>
        {routes.map((route) => pageRoute(route, path))}
        <Route path="/admin/*?">
          <Shown page={office} />
        </Route>
        <Route>
          <Shown page={notFound} />
        </Route>
      </Switch>
    </Suspense>
  );
}

/** No component: `Switch` looks for the routes among its own children. */
function pageRoute({ Door = Open, ...page }: SiteRoute, path: string) {
  return (
    <Route key={page.path} path={page.path}>
      <Door>
        {/* Another address is another page, also where the same screen shows it: nothing of the former one is carried over. */}
        <Shown key={screenOf(path)} page={page} />
      </Door>
    </Route>
  );
}

function Open({ children }: { children: ReactNode }) {
  return children;
}

/** On the way in the head is only the logo: nothing to be led away by. */
export function isPlain(path: string): boolean {
  return /^\/(login|register|admin\/login)(\/|$)/.test(path);
}

/** The moderators' office, which has a frame of its own. */
export function isOffice(path: string): boolean {
  return /^\/admin(\/|$)/.test(path) && !isPlain(path);
}

/** An attempt at an exam: while it runs nothing of the site stands around it. */
export function isExam(path: string): boolean {
  return /^\/attempts\/[^/]+\/?$/.test(path);
}

/** Fetches the chunk of a page. A failure is told by the error boundary when the page is really opened. */
export async function preload(path: string): Promise<void> {
  try {
    if (isOffice(path)) await office.preload();
    await pageAt(path).preload();
  } catch {}
}

function pageAt(path: string): LazyPage {
  const parts = path
    .replace(/[?#].*/, '')
    .split('/')
    .filter(Boolean);
  const matches = (route: SiteRoute) => {
    const pattern = route.path.split('/').filter(Boolean);
    const fits = (part: string, at: number) => (part.startsWith(':') ? part.endsWith('?') || at < parts.length : part === parts[at]);
    return parts.length <= pattern.length && pattern.every(fits);
  };
  return routes.find(matches) ?? officeRoutes.find(matches) ?? notFound;
}

let latest = 0;

/** The page in view stays until the next one is there, so that nothing flashes; but no longer than a person takes for an answer. */
export const goTo: AroundNavHandler = (navigate, to, options) => {
  latest += 1;
  const asked = latest;
  void Promise.race([preload(to), new Promise((late) => setTimeout(late, 300))]).then(() => {
    // Who pressed another link meanwhile has changed their mind.
    if (asked !== latest) return;
    const { pathname, hash } = new URL(to, window.location.href);
    const here = pathname === window.location.pathname;
    navigate(to, options);
    // A place of the same page: no new page is drawn that would bring it into view.
    if (here && hash) goToAnchor(hash.slice(1));
  });
};

/** A link that is pointed at, touched or reached by the keyboard is likely to be followed. */
export function preloadOnApproach(): void {
  const approach = (event: Event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link?.origin === window.location.origin) void preload(link.pathname);
  };
  for (const event of ['pointerover', 'focusin', 'touchstart'] as const) document.addEventListener(event, approach, { passive: true });
}
