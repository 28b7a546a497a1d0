import { type ComponentType, lazy, type ReactNode, Suspense } from 'react';
import { type AroundNavHandler, Route, Switch } from 'wouter';
import { ForModerators, SignedIn } from './features/auth/doors.tsx';
import { HomePage, preloadHome } from './features/home/home-page.tsx';
import { goToAnchor } from './lib/navigation.ts';
import { PagePending } from './ui/page-pending.tsx';

type Load = () => Promise<{ default: ComponentType }>;

interface Page {
  path: string;
  load: () => Promise<unknown>;
  Contents: ComponentType;
  /** Who is let in; left out: everybody. */
  Door?: ComponentType<{ children: ReactNode }>;
}

/** A page in a chunk of its own. `lazy` wants a default export; our files have none. */
function page<K extends string>(path: string, load: () => Promise<Record<K, ComponentType>>, name: K, Door?: Page['Door']): Page {
  const screen: Load = () => load().then((file) => ({ default: file[name] }));
  return { path, load: screen, Contents: lazy(screen), Door };
}

const notFound = page('', () => import('./features/site/not-found-page.tsx'), 'NotFoundPage');

const pages: Page[] = [
  { path: '/', load: preloadHome, Contents: HomePage },
  page('/courses', () => import('./features/courses/course-list-page.tsx'), 'CourseListPage'),
  page('/courses/:course', () => import('./features/courses/course-page.tsx'), 'CoursePage'),
  page('/courses/:course/:topic', () => import('./features/courses/topic-page.tsx'), 'TopicPage', SignedIn),
  page('/login', () => import('./features/auth/login-page.tsx'), 'LoginPage'),
  page('/login/code', () => import('./features/auth/code-page.tsx'), 'CodePage'),
  page('/register', () => import('./features/auth/register-page.tsx'), 'RegisterPage'),
  page('/consent', () => import('./features/people/consent-page.tsx'), 'ConsentPage'),
  page('/profile', () => import('./features/people/profile-page.tsx'), 'ProfilePage', SignedIn),
  page('/profile/devices', () => import('./features/people/devices-page.tsx'), 'DevicesPage', SignedIn),
  page('/profile/data', () => import('./features/people/data-page.tsx'), 'DataPage', SignedIn),
  page('/admin/login', () => import('./features/auth/moderator-login-page.tsx'), 'ModeratorLoginPage'),
  page('/admin', () => import('./features/registry/registrations-page.tsx'), 'RegistrationsPage', ForModerators),
];

export function Pages() {
  return (
    <Suspense fallback={<PagePending />}>
      <Switch>
        {pages.map(({ path, Contents, Door = Open }) => (
          <Route key={path} path={path}>
            <Door>
              <Contents />
            </Door>
          </Route>
        ))}
        <Route>
          <notFound.Contents />
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

/** Fetches the chunk of a page. A failure is told by the error boundary when the page is really opened. */
export async function preload(path: string): Promise<void> {
  await pageAt(path)
    .load()
    .catch(() => undefined);
}

function pageAt(path: string): Page {
  const parts = path
    .replace(/[?#].*/, '')
    .split('/')
    .filter(Boolean);
  const fits = (page: Page) => {
    const pattern = page.path.split('/').filter(Boolean);
    return pattern.length === parts.length && pattern.every((part, at) => part.startsWith(':') || part === parts[at]);
  };
  return pages.find(fits) ?? notFound;
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
