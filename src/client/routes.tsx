import { type ComponentType, type ReactNode, Suspense } from 'react';
import { type AroundNavHandler, Route, Switch, useLocation } from 'wouter';
import { ForModerators, SignedIn } from './features/auth/doors.tsx';
import { home } from './features/home/home-page.tsx';
import { type LazyPage, lazyPage, Shown } from './lib/lazy-page.tsx';
import { goToAnchor } from './lib/navigation.ts';
import { officePage } from './lib/office-text.ts';
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
  { path: '/courses/:course/:topic', ...lazyPage(() => import('./features/courses/topic-page.tsx'), 'TopicPage'), Door: SignedIn },
  { path: '/login', ...lazyPage(() => import('./features/auth/login-page.tsx'), 'LoginPage') },
  { path: '/login/code', ...lazyPage(() => import('./features/auth/code-page.tsx'), 'CodePage') },
  { path: '/register', ...lazyPage(() => import('./features/auth/register-page.tsx'), 'RegisterPage') },
  { path: '/consent', ...lazyPage(() => import('./features/people/consent-page.tsx'), 'ConsentPage') },
  { path: '/profile', ...lazyPage(() => import('./features/people/profile-page.tsx'), 'ProfilePage'), Door: SignedIn },
  { path: '/profile/devices', ...lazyPage(() => import('./features/people/devices-page.tsx'), 'DevicesPage'), Door: SignedIn },
  { path: '/profile/data', ...lazyPage(() => import('./features/people/data-page.tsx'), 'DataPage'), Door: SignedIn },
  { path: '/admin/login', ...lazyPage(() => import('./features/auth/moderator-login-page.tsx'), 'ModeratorLoginPage') },
  ...office([
    ['/admin', officePage(() => import('./features/dashboard/dashboard-page.tsx'), 'DashboardPage')],
    ['/admin/courses', officePage(() => import('./features/courses/office/course-list-page.tsx'), 'OfficeCourseListPage')],
    ['/admin/import', officePage(() => import('./features/transfer/course-import-page.tsx'), 'CourseImportPage')],
    ['/admin/courses/:course', officePage(() => import('./features/courses/office/programme-page.tsx'), 'ProgrammePage')],
    [
      '/admin/courses/:course/settings',
      officePage(() => import('./features/courses/office/course-settings-page.tsx'), 'CourseSettingsPage'),
    ],
    ['/admin/courses/:course/transfer', officePage(() => import('./features/transfer/course-transfer-page.tsx'), 'CourseTransferPage')],
    ['/admin/tasks/:id', officePage(() => import('./features/texts/task-editor-page.tsx'), 'TaskEditorPage')],
    ['/admin/theory/:id', officePage(() => import('./features/texts/theory-editor-page.tsx'), 'TheoryEditorPage')],
    ['/admin/descriptions/:id', officePage(() => import('./features/texts/description-editor-page.tsx'), 'DescriptionEditorPage')],
    ['/admin/review', officePage(() => import('./features/reviews/review-queue-page.tsx'), 'ReviewQueuePage')],
    ['/admin/review/:work', officePage(() => import('./features/reviews/review-work-page.tsx'), 'ReviewWorkPage')],
    ['/admin/students', officePage(() => import('./features/students/student-list-page.tsx'), 'StudentListPage')],
    ['/admin/students/:id', officePage(() => import('./features/students/student-page.tsx'), 'StudentPage')],
    ['/admin/registrations', officePage(() => import('./features/registry/registrations-page.tsx'), 'RegistrationsPage')],
    ['/admin/files', officePage(() => import('./features/files/files-page.tsx'), 'FilesPage')],
    ['/admin/settings', officePage(() => import('./features/courses/office/subjects-page.tsx'), 'SubjectsPage')],
    ['/admin/journal', officePage(() => import('./features/audit/journal-page.tsx'), 'JournalPage')],
  ]),
];

function office(pages: [path: string, page: LazyPage][]): SiteRoute[] {
  return pages.map(([path, page]) => ({ path, ...page, Door: ForModerators }));
}

export function Pages() {
  const [path] = useLocation();
  return (
    <Suspense fallback={<PagePending />}>
      <Switch>
        {routes.map(({ Door = Open, ...page }) => (
          <Route key={page.path} path={page.path}>
            <Door>
              {/* Another address is another page, also where the same screen shows it: nothing of the former one is carried over. */}
              <Shown key={path} page={page} />
            </Door>
          </Route>
        ))}
        <Route>
          <Shown page={notFound} />
        </Route>
      </Switch>
    </Suspense>
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

/** Fetches the chunk of a page. A failure is told by the error boundary when the page is really opened. */
export async function preload(path: string): Promise<void> {
  await pageAt(path)
    .preload()
    .catch(() => undefined);
}

function pageAt(path: string): LazyPage {
  const parts = path
    .replace(/[?#].*/, '')
    .split('/')
    .filter(Boolean);
  const fits = (route: SiteRoute) => {
    const pattern = route.path.split('/').filter(Boolean);
    return pattern.length === parts.length && pattern.every((part, at) => part.startsWith(':') || part === parts[at]);
  };
  return routes.find(fits) ?? notFound;
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
