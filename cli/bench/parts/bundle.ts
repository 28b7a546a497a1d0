/** What a browser loads, compressed: built as for the server, read from the manifest of that build. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Manifest } from 'vite';
import { root } from '../processes.ts';
import { budgetRow, type Row } from '../row.ts';
import type { World } from '../world.ts';

const budgetKilobytes = 150;

/** Sources whose chunks a page needs before it shows itself: the start, the texts and the page. */
const always = ['index.html', '../shared/i18n/ru/all.ts'];
const home = 'features/home/guest-home-page.tsx';
const topic = 'features/courses/topic-page.tsx';

export async function bundle(world: World): Promise<Row[]> {
  const outDir = join(world.folder, 'client');
  process.env.NODE_ENV = 'production';
  await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'error', build: { outDir, emptyOutDir: true, manifest: true } });
  const manifest = JSON.parse(await readFile(join(outDir, '.vite/manifest.json'), 'utf8')) as Manifest;
  const homeFiles = filesOf(manifest, [...always, home]);
  const topicFiles = filesOf(manifest, [...always, topic]).difference(homeFiles);
  const size = async (files: Iterable<string>) => {
    let bytes = 0;
    for (const file of files) bytes += gzipSync(await readFile(join(outDir, file)), { level: 9 }).length;
    return bytes / 1000;
  };
  return [
    budgetRow('first load of the home page, gzip', 'kB', await size(homeFiles), budgetKilobytes, homeFiles.size),
    {
      name: 'of it styles',
      unit: 'kB',
      value: await size([...homeFiles].filter((file) => file.endsWith('.css'))),
      floor: null,
      ratio: null,
      n: 1,
    },
    { name: 'topic page beyond it', unit: 'kB', value: await size(topicFiles), floor: null, ratio: null, n: topicFiles.size },
  ];
}

/** Scripts and styles of these sources with all that they import at once. */
function filesOf(manifest: Manifest, sources: string[]): Set<string> {
  const files = new Set<string>();
  const visit = (key: string) => {
    const chunk = manifest[key];
    if (!chunk) throw new Error(`the build has no ${key}: bring cli/bench/parts/bundle.ts up to it`);
    if (files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const style of chunk.css ?? []) files.add(style);
    for (const imported of chunk.imports ?? []) visit(imported);
  };
  for (const source of sources) visit(source);
  return files;
}
