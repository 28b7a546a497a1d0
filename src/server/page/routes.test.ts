import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { sourcesOf } from './build.ts';
import { frameOf, type PageRoute, pageRoutes, routeAt } from './routes.ts';

const client = fileURLToPath(new URL('../../client/', import.meta.url));
const student = { role: 'student', locale: 'ru', payments: false } as const;

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
    ...homes,
    ...pieces,
    ...frame,
    routeAt('/admin/courses', student).route,
    routeAt('/nothing/here/at/all', null).route,
  ];
  const sources = [...sourcesOf(all, 'ru'), ...sourcesOf(all, 'en')];
  expect(sources.filter((source) => !existsSync(client + source))).toEqual([]);
});

test.each<[string, typeof student | null, string, object]>([
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
  ['/nothing', null, 'features/site/not-found-page.tsx', {}],
])('%s for %o', (path, visitor, module, params) => {
  const found: { route: PageRoute; params: object } = routeAt(path, visitor);
  expect(found.route.modules[0]).toBe(module);
  expect(found.params).toEqual(params);
});
