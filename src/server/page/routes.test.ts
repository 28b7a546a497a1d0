import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { sourcesOf } from './build.ts';
import { officeRoutes } from './office-routes.ts';
import { frameOf, type PageRoute, pageRoutes, routeAt, type Visitor } from './routes.ts';

const client = fileURLToPath(new URL('../../client/', import.meta.url));
const student: Visitor = { role: 'student', locale: 'ru', payments: false };
const teacher: Visitor = { role: 'moderator', locale: 'ru', payments: false };

/** What the browser's own list says of each page: `{ path: '/x', ...studyPage(() => import('./features/x.tsx'), 'X'), Door: SignedIn }`. */
function browsersRoutes() {
  const source = readFileSync(`${client}routes.tsx`, 'utf8');
  const list = source.slice(source.indexOf('const routes: SiteRoute[]'), source.indexOf('let officeRoutes'));
  return [...list.matchAll(/path: '([^']+)',\s+\.\.\.(\w+)Page\(\(\) => import\('\.\/([^']+)'\), '\w+'\),?\s*(Door: SignedIn)?/g)].map(
    ([, path, texts, file, door]) => ({ path, modules: [file], texts: texts === 'lazy' ? undefined : texts, signedIn: door !== undefined }),
  );
}

test('the list is that of the browser', () => {
  const ours = pageRoutes.map(({ path, modules, texts, signedIn }) => ({ path, modules, texts, signedIn: signedIn ?? false }));
  expect(ours).toEqual(browsersRoutes());
  expect(ours.length).toBeGreaterThan(20);
});

test('the list of the office is that of the browser', () => {
  const source = readFileSync(`${client}office-routes.ts`, 'utf8');
  const browsers = [...source.matchAll(/\[\s*'(\/admin[^']*)',\s*officePage\(\(\) => import\('\.\/([^']+)'\), '\w+'\),?\s*\]/g)];
  expect(officeRoutes.map(({ path, modules }) => [path, modules.at(-1)])).toEqual(browsers.map(([, path, file]) => [path, file]));
  expect(officeRoutes.length).toBeGreaterThan(40);
});

test('of the office a teacher is sent something, a student nothing, and of money nobody where none is taken', () => {
  const asked = (path: string, visitor: Visitor) => {
    const { route, params } = routeAt(path, visitor);
    return route.asks?.(params, visitor).map(([name]) => name) ?? [];
  };
  expect(asked('/admin/review', teacher)).toEqual(['reviews.list', 'reviews.count', 'chat.unread']);
  expect(asked('/admin/review', { ...teacher, payments: true })).toContain('payments.office.overview');
  expect(asked('/admin/inbox', teacher)).not.toContain('chat.history');
  expect(asked('/admin/inbox/x', teacher)).toContain('chat.history');
  expect(asked('/admin/review', student)).toEqual([]);
});

test('every source is there', () => {
  const homes = [routeAt('/', null).route, routeAt('/', student).route];
  const answers = {
    'tasks.sample': { id: '', examNumber: null, statementHtml: '<span class="katex">', format: { kind: 'word' } },
    'progress.mistakes.brief': { due: 1, nextOn: null, first: [] },
    'exams.running': {},
    'chat.unread': { messages: 1, threads: 1, waiting: null },
    'progress.mine': { courses: [{}] },
  } as never;
  const pieces = [...homes, ...pageRoutes].flatMap((route) => (route.pieces?.(answers) ?? []).filter((piece) => piece !== false));
  expect(pieces).toHaveLength(6);
  const frame = frameOf('/courses', student).pieces;
  expect([frame.length, frameOf('/courses', null).pieces, frameOf('/attempts/1', student).pieces]).toEqual([1, [], []]);
  const all = [
    ...pageRoutes,
    ...officeRoutes,
    ...homes,
    ...pieces,
    ...frame,
    routeAt('/admin/courses', student).route,
    routeAt('/nothing/here/at/all', null).route,
  ];
  const sources = [...sourcesOf(all, 'ru'), ...sourcesOf(all, 'en')];
  expect(sources.filter((source) => !existsSync(client + source))).toEqual([]);
});

test.each<[string, Visitor | null, string, object]>([
  ['/', null, 'features/home/guest-home-page.tsx', {}],
  ['/', student, 'features/progress/home-page.tsx', {}],
  ['/courses/math-80', null, 'features/courses/course-page.tsx', { course: 'math-80' }],
  ['/courses/math-80/', null, 'features/courses/course-page.tsx', { course: 'math-80' }],
  ['/courses/math-80/first', student, 'features/courses/topic-page.tsx', { course: 'math-80', topic: 'first' }],
  ['/courses/math-80/first', null, 'features/auth/login-page.tsx', {}],
  ['/courses/%D0%B0', null, 'features/courses/course-page.tsx', { course: 'а' }],
  ['/courses/%', null, 'features/site/not-found-page.tsx', {}],
  ['/admin', null, 'features/auth/moderator-login-page.tsx', {}],
  ['/admin/login', null, 'features/auth/moderator-login-page.tsx', {}],
  ['/admin/students', student, 'office-routes.ts', {}],
  ['/admin/no-such-page', teacher, 'office-routes.ts', {}],
  ['/nothing', null, 'features/site/not-found-page.tsx', {}],
])('%s for %o', (path, visitor, module, params) => {
  const found: { route: PageRoute; params: object } = routeAt(path, visitor);
  expect(found.route.modules[0]).toBe(module);
  expect(found.params).toEqual(params);
});
