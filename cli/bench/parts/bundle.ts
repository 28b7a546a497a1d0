/** What a browser loads first of every page, compressed: built as for the server, read from the manifest of that build by the server's own list. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Manifest } from 'vite';
import { filesOf, sourcesOf } from '#server/page/build.ts';
import { type PageRoute, pageRoutes, routeAt } from '#server/page/routes.ts';
import { root } from '../processes.ts';
import { budgetRow, type Row } from '../row.ts';
import type { World } from '../world.ts';

/** Kilobytes: of the home, and of what a page brings beyond it; of the office, which is for desks, more. */
const budgets = { home: 150, beyond: 60, office: 120 };
const student = { role: 'student', locale: 'ru', payments: true } as const;
const teacher = { role: 'moderator', locale: 'ru', payments: true } as const;

export async function bundle(world: World): Promise<Row[]> {
  const outDir = join(world.folder, 'client');
  process.env.NODE_ENV = 'production';
  await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'error', build: { outDir, emptyOutDir: true } });
  const manifest = JSON.parse(await readFile(join(outDir, '.vite/manifest.json'), 'utf8')) as Manifest;
  const filesFor = (route: PageRoute) => {
    const sources = ['index.html', ...sourcesOf([route], 'ru')];
    for (const source of sources)
      if (!manifest[source]) throw new Error(`the build has no ${source}: bring src/server/page/routes.ts up to it`);
    return filesOf(manifest, sources);
  };
  const size = async (files: Iterable<string>) => {
    let bytes = 0;
    for (const file of files) bytes += gzipSync(await readFile(join(outDir, file)), { level: 9 }).length;
    return bytes / 1000;
  };
  const home = filesFor(routeAt('/', null).route);
  const rows: Row[] = [
    budgetRow('first load of the home page, gzip', 'kB', await size(home), budgets.home, home.size),
    {
      name: 'of it styles',
      unit: 'kB',
      value: await size([...home].filter((file) => file.endsWith('.css'))),
      floor: null,
      ratio: null,
      n: 1,
    },
  ];
  const others = [
    { ...routeAt('/', student).route, path: '/ of a student' },
    ...pageRoutes,
    { ...routeAt('/admin', teacher).route, path: '/admin' },
  ];
  for (const route of others) {
    const files = filesFor(route).difference(home);
    rows.push(
      budgetRow(
        `${route.path}: beyond the home, gzip`,
        'kB',
        await size(files),
        route.texts === 'office' ? budgets.office : budgets.beyond,
        files.size,
      ),
    );
  }
  return rows;
}
