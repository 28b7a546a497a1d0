// Keys of the demo tasks in mathematics against values recomputed by math.ts.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Answer, proofs, unprovable } from './math.ts';

const demo = new URL('../', import.meta.url);
const courses = ['math-60', 'math-80'];

type Front = { kind: string; key: Answer; options?: Record<string, string>; length?: string; grid?: string };

function files(course: string): string[] {
  return readdirSync(new URL(course, demo), { recursive: true, encoding: 'utf8' })
    .map((path) => `${course}/${path.replaceAll('\\', '/')}`)
    .sort();
}

function read(path: string): string {
  return readFileSync(new URL(path, demo), 'utf8');
}

/** Front matter with every value as text. */
function front(path: string): Front {
  const block = /^---\n([\s\S]*?)\n---\n/.exec(read(path))?.[1];
  if (block === undefined) throw new Error(`${path}: no front matter`);
  return parse(block, { schema: 'failsafe' }) as Front;
}

/** Comma to point, no plus, no idle zeros. */
function decimal(text: string): string {
  const [, sign = '', whole = '', fraction = ''] = /^([+-]?)(\d+)(?:[.,](\d+))?$/.exec(text) ?? [];
  if (whole === '') throw new Error(`not a decimal: ${text}`);
  const digits = fraction.replace(/0+$/, '');
  const value = whole.replace(/^0+(?=\d)/, '') + (digits ? `.${digits}` : '');
  return sign === '-' && value !== '0' ? `-${value}` : value;
}

/** One form for a key and a recomputed answer, by the kind of the task. */
function canonical(kind: string, answer: Answer): Answer {
  if (kind === 'number' && typeof answer === 'string') return decimal(answer);
  if (kind === 'set' && typeof answer === 'string') return [...answer].sort();
  if (kind === 'choices' && Array.isArray(answer)) return (answer as string[]).toSorted();
  if (kind === 'cells' && Array.isArray(answer)) return (answer as string[][]).map((row) => row.map(decimal));
  if ((kind === 'choice' || kind === 'sequence') && typeof answer === 'string') return answer;
  throw new Error(`${kind}: unexpected shape of ${JSON.stringify(answer)}`);
}

const tasks = courses.flatMap(files).filter((path) => path.endsWith('.task.md'));

describe('keys of the mathematics demo', () => {
  test('every task is proved or excused, and nothing else is', () => {
    expect([...Object.keys(proofs), ...Object.keys(unprovable)].sort()).toEqual(tasks);
    expect(Object.values(unprovable).every((reason) => reason.length > 10)).toBe(true);
  });

  test.each(Object.entries(proofs))('%s', (path, prove) => {
    const { kind, key } = front(path);
    expect(canonical(kind, prove())).toEqual(canonical(kind, key));
  });
});

describe('shape of the mathematics demo', () => {
  test.each(tasks)('%s', (path) => {
    const { kind, key, options, length, grid } = front(path);
    if (kind === 'choice' || kind === 'choices') {
      for (const id of [key].flat(2)) expect(Object.keys(options ?? {})).toContain(id);
    } else {
      expect(options).toBeUndefined();
    }
    if (length !== undefined) expect(key).toHaveLength(Number(length));
    if (grid !== undefined) expect(grid).toBe(`${key.length}x${key[0]?.length}`);
  });

  test('every picture is in its topic and every file is shown', () => {
    const pages = courses.flatMap(files).filter((path) => path.endsWith('.md'));
    const shown = pages.flatMap((path) =>
      [...read(path).matchAll(/!\[[^\]]+\]\((files\/[^)]+)\)/g)].map((match) => path.replace(/[^/]+$/, match[1] ?? '')),
    );
    for (const path of shown) expect(existsSync(new URL(path, demo)), path).toBe(true);
    const stored = courses.flatMap(files).filter((path) => /\/files\/./.test(path));
    expect([...new Set(shown)].sort()).toEqual(stored);
  });
});
