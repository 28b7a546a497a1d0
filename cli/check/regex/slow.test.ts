/** Every regular expression of the sources: how fast its steps grow with a text made to be slow for it, counted by a backtracking engine of our own. */
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseSync, Visitor } from 'vite';
import { describe, expect, test } from 'vitest';
import { growthOf } from './growth.ts';

const root = join(import.meta.dirname, '../../..');

/** Those that grow with the square, and why nobody can make them slow. */
const bounded: Record<string, string> = {
  '/\\n\\s+0: /': 'an error of Prisma’s, told to who develops',
  '/\\/+$/': 'the address of the school, from its configuration',
  '/\\w*\\d[\\w-]{9,}/g': 'an answer of the acquirer',
  '/https?:\\/\\/\\S+|<?[^\\s<>@]+@[^\\s<>]+>?/g': 'two thousand characters of a mail server’s answer',
  '/\\s*<meta name="description"[^>]*>/': 'our own page',
  "/^[('’.]+|[)'’.:!?]+$/g": 'a search, of a hundred characters',
  '/[\\s–,:;(«]+[^\\s]{0,40}…$/u': 'an excerpt, of some hundred characters',
  '/^[.\\-*•]+|[.!?*]+$/g': 'an address, of 336 characters',
  '/(\\S+) 960w/': 'the copies of a picture, as we write them; in the browser',
  '/(?:^|\\n)\\s*- [^\\n]*\\n$/': 'what its teacher types; in the browser',
};

test('none grows faster than its text, but those whose texts are short', { timeout: 60_000 }, async () => {
  const all = await allRegexes();
  // They were found at all.
  expect(all.length).toBeGreaterThan(300);
  const slow = all.filter(([pattern, flags]) => !(`/${pattern}/${flags}` in bounded) && growthOf(pattern, flags).degree > 1.5);
  expect(slow.map(([pattern, flags]) => `/${pattern}/${flags}`)).toEqual([]);
});

describe('the measure', () => {
  test.each([
    ['(a+)+$', '', 3],
    ['^(?:\\w+\\s?)*$', '', 3],
    ['(?:a|a)*b', '', 3],
    ['^(\\d+)*x', 'u', 3],
    ['\\s+$', '', 2],
    ['a*b', '', 2],
    ['^a+b', '', 0],
    ['(?<!\\s)\\s+$', '', 0],
    ['<[^<>]*>', 'g', 0],
    ['(?<word>\\p{L})\\k<word>', 'gu', 0],
  ])('/%s/%s grows by the power of %i', (source, flags, degree) => {
    const measured = growthOf(source, flags).degree;
    expect(measured).toBeGreaterThan(degree === 0 ? -1 : degree - 0.5);
    expect(measured).toBeLessThan(degree === 0 ? 1.5 : degree + 0.5);
  });
});

async function allRegexes(): Promise<[pattern: string, flags: string][]> {
  const found = new Map<string, [string, string]>();
  for await (const path of glob(['src/**/*.{ts,tsx}', 'prisma/*.ts'], { cwd: root })) {
    if (/\.test\.tsx?$|\/testing\/|^src\/e2e\/|acquirer|stand-in/.test(path)) continue;
    const text = await readFile(join(root, path), 'utf8');
    // Where none can stand nothing has to be parsed.
    if (!/[(,=:?[&|!{;>]\s*\/[^/*\s]/.test(text)) continue;
    new Visitor({
      Literal(node) {
        if (!('regex' in node)) return;
        const { pattern, flags } = node.regex;
        found.set(`${pattern}/${flags}`, [pattern, flags]);
      },
    }).visit(parseSync(path, text).program);
  }
  return [...found.values()];
}
