/**
 * Which modules of the client travel in one file. Every file is a journey over the network, and over HTTP/1.1 a browser makes six at a time; left
 * alone, the bundler makes a file of every set of pages that have something in common, which were sixty for a topic.
 */
import { pageRoutes } from '#server/page/routes.ts';

/** What the bundler tells of a module, as far as it is asked here. */
export interface ModuleGraph {
  getModuleInfo(id: string): { importers: readonly string[]; code: string | null } | null;
}

const paths = [
  '/courses',
  '/courses/:course',
  '/profile',
  '/support',
  '/courses/:course/:topic',
  '/courses/:course/exams/:exam',
  '/attempts/:attempt',
  '/mistakes',
];

/** In the order in which most people meet them; the first is that of who knows nothing of the school yet. */
export const pages = [
  'features/home/guest-home-page.tsx',
  'features/progress/home-page.tsx',
  ...paths.flatMap((wanted) => pageRoutes.filter(({ path }) => path === wanted).flatMap(({ modules }) => modules.slice(0, 1))),
];

/** What comes to every page of somebody who has signed in, when the page stands there. */
export const background = [
  'ui/mistakes-count.tsx',
  'ui/support-count.tsx',
  'ui/notices-bell.tsx',
  'ui/tab-bar.tsx',
  'features/chat/chat-background.tsx',
  'features/tasks/outbox-sender.tsx',
  'features/offline/offline-keeper.tsx',
  'features/people/personal-data/consent-gate.tsx',
];

/**
 * What several students' pages share travels with the first of them that needs it: that page loads no more than before, and those after it load what
 * most have in their cache already. Null: as the bundler thinks right.
 */
export function chunkOf(id: string, graph: ModuleGraph): string | null {
  const users = usersOf(id, graph);
  const first = [...pages, ...background].find((page) => users.has(page));
  if (first === undefined || users.size < 2) return null;
  // It brings a library as large as a page, so nothing else is bound to it.
  if (/from ['"]zod['"]/.test(graph.getModuleInfo(id)?.code ?? '')) return 'schemas';
  return background.includes(first) ? 'background' : `with-${first.replace(/^.*\/|(-page)?\.tsx$/g, '')}`;
}

/** The pages, and pieces of every page, that reach a module without a further load. */
function usersOf(id: string, graph: ModuleGraph): Set<string> {
  const users = new Set<string>();
  const seen = new Set<string>();
  const visit = (module: string) => {
    if (seen.has(module)) return;
    seen.add(module);
    const user = [...pages, ...background].find((page) => module.endsWith(`/src/client/${page}`));
    if (user !== undefined) users.add(user);
    for (const importer of importersOf(module, graph)) visit(importer);
  };
  visit(id);
  return users;
}

function importersOf(module: string, graph: ModuleGraph): readonly string[] {
  const importers = graph.getModuleInfo(module)?.importers ?? [];
  const icon = /@tabler[\\/]icons-react[\\/].*[\\/](Icon\w+)\.m?js$/.exec(module)?.[1];
  // All icons come out of one list that names every one: who names it in turn is who wants it.
  if (icon !== undefined) {
    const named = new RegExp(`\\b${icon}\\b`);
    return importers
      .flatMap((list) => graph.getModuleInfo(list)?.importers ?? [])
      .filter((one) => named.test(graph.getModuleInfo(one)?.code ?? ''));
  }
  // The list of another library says nothing about who uses what.
  return module.includes('node_modules') ? [] : importers;
}
