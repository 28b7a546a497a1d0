// Keys of the demo tasks in informatics against values recomputed by informatics.ts.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { proofs, unprovable } from './informatics.ts';

const demo = new URL('../', import.meta.url);
const paths = ['informatics-60', 'informatics-80'].flatMap((course) =>
  readdirSync(new URL(course, demo), { recursive: true, encoding: 'utf8' }).map((path) => `${course}/${path.replaceAll('\\', '/')}`),
);
const tasks = paths.filter((path) => path.endsWith('.task.md')).sort();
const pages = paths.filter((path) => path.endsWith('.md'));

type Front = {
  kind?: string;
  key?: string | string[] | string[][];
  options?: Record<string, string>;
  length?: string;
  grid?: string;
  files?: { name: string }[];
};

function read(path: string): string {
  return readFileSync(new URL(path, demo), 'utf8');
}

/** Front matter with every value as text. */
function front(path: string): Front {
  const block = /^---\n([\s\S]*?)\n---\n/.exec(read(path))?.[1];
  if (block === undefined) throw new Error(`${path}: no front matter`);
  return parse(block, { schema: 'failsafe' }) as Front;
}

describe('keys of the informatics demo', () => {
  test('every task is proved or excused, and nothing else is', () => {
    expect([...Object.keys(proofs), ...Object.keys(unprovable)].sort()).toEqual(tasks);
    expect(Object.values(unprovable).every((reason) => reason.length > 10)).toBe(true);
  });

  test.each(Object.entries(proofs))('%s', (path, prove) => {
    expect(front(path).key).toEqual(prove());
  });
});

describe('shape of the informatics demo', () => {
  test.each(tasks)('%s', (path) => {
    const { kind, key = '', options, length, grid = '' } = front(path);
    const chosen = kind === 'choice' || kind === 'choices';
    expect(options !== undefined).toBe(chosen);
    if (chosen) expect(Object.keys(options ?? {})).toEqual(expect.arrayContaining([key].flat(2)));
    if (length !== undefined) expect(key).toHaveLength(Number(length));
    const [rows, columns] = grid.split('x').map(Number);
    if (rows !== undefined && columns !== undefined) {
      expect(key.length).toBeLessThanOrEqual(rows || key.length);
      for (const line of columns ? key : []) expect(line).toHaveLength(columns);
    }
  });

  test('every picture and file is in its topic, and every stored file is used', () => {
    const used = pages.flatMap((path) => {
      const pictures = [...read(path).matchAll(/!\[[^\]]+\]\((files\/[^)]+)\)/g)].map(([, name = '']) => name);
      const attached = (front(path).files ?? []).map(({ name }) => `files/${name}`);
      return [...pictures, ...attached].map((name) => path.replace(/[^/]+$/, name));
    });
    for (const path of used) expect(existsSync(new URL(path, demo)), path).toBe(true);
    expect([...new Set(used)].sort()).toEqual(paths.filter((path) => /\/files\/./.test(path)).sort());
  });
});
