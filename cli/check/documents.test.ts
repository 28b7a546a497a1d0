/** What the documents say of each other and of the version holds. */
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFile(join(root, path), 'utf8');
const named = async (folder: string) =>
  (await readdir(join(root, folder))).filter((name) => name.endsWith('.md')).map((name) => `${folder}/${name}`);
const documents = ['README.md', ...(await named('docs')), ...(await named('docs/decisions'))];
const texts = new Map(await Promise.all(documents.map(async (path) => [path, await read(path)] as const)));

/** As the site of a repository makes them. */
function anchorsOf(text: string): Set<string> {
  const headings = [...withoutCode(text).matchAll(/^#+ +(.+)$/gm)].map(([, heading = '']) => heading);
  const marked = [...text.matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, id = '']) => id);
  return new Set([
    ...marked,
    ...headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  ]);
}
const withoutCode = (text: string) => text.replace(/^```.*?^```/gms, '');

function linksOf(text: string): string[] {
  const prose = withoutCode(text).replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)$/gm)].map(([, inline, below]) => inline ?? below ?? '');
}

test.each(documents)('every link of %s leads somewhere', async (path) => {
  const broken: string[] = [];
  for (const link of linksOf(texts.get(path) ?? '')) {
    if (/^(https?|mailto):/.test(link)) continue;
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? path : normalize(join(dirname(path), decodeURIComponent(file)));
    const text = texts.get(target) ?? (await read(target).catch((error: NodeJS.ErrnoException) => (error.code === 'EISDIR' ? '' : null)));
    if (text === null || (anchor !== undefined && !anchorsOf(text).has(decodeURIComponent(anchor)))) broken.push(link);
  }
  expect(broken).toEqual([]);
});

test('from the README one comes to every document', () => {
  const reached = new Set(['README.md']);
  for (const path of reached) {
    for (const link of linksOf(texts.get(path) ?? '')) {
      const target = normalize(join(dirname(path), link.split('#')[0] ?? ''));
      if (texts.has(target)) reached.add(target);
    }
  }
  expect(documents.filter((path) => !reached.has(path) && !path.startsWith('docs/decisions/'))).toEqual([]);
});

test('the newest version of the changelog is that of package.json, and of the lock file', async () => {
  const versions = [...(await read('docs/changelog.md')).matchAll(/^## \[(\d+\.\d+\.\d+)\] - \d{4}-\d\d-\d\d$/gm)].map(
    ([, version = '']) => version,
  );
  const { version } = JSON.parse(await read('package.json')) as { version: string };
  const lock = JSON.parse(await read('package-lock.json')) as { version: string; packages: Record<string, { version?: string }> };
  expect([lock.version, lock.packages['']?.version, versions[0]]).toEqual([version, version, version]);
  expect(versions).toEqual(versions.toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true })));
});
