import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ScratchDatabase } from '#server/platform/database-admin.ts';
import { createTestDatabase } from '#server/testing/database.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
let dir: string;
let database: ScratchDatabase;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'otlichno-course-'));
  await cp(join(root, 'prisma/demo'), dir, { recursive: true });
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
  await rm(dir, { recursive: true, force: true });
});

function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = {
    ...{ PATH: process.env.PATH, DATABASE_URL: database.url, SECRET: 'a secret of the tests, 32 letters' },
    ...{ DATA_DIR: join(dir, 'data'), LOG_LEVEL: 'error' },
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [join(root, 'cli/course.ts'), ...args], { cwd: dir, env }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err });
    });
  });
}

test('a folder is checked, imported and imported again', async () => {
  expect(await run('check', 'math-60')).toEqual({
    code: 0,
    out: expect.stringMatching(/^math-60: «.+», 7 topics, \d+ tasks, no problems\n$/),
    err: '',
  });
  const first = await run('import', 'math-60');
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(first.out).toContain('math-60: created. Topics: 7 new, 0 changed, 0 as before, 0 removed.');
  expect((await run('import', 'math-60')).out).toMatch(/math-60: updated\. .*Tasks: 0 new, 0 changed, \d+ as before, 0 removed\./);
});

test('what is wrong is named by file and line, and nothing is imported', async () => {
  await writeFile(join(dir, 'math-80/course.md'), '---\ntitle: x\nTitle: y\n---\n');
  const { code, err } = await run('import', 'math-60', './math-80/');
  expect(code).toBe(1);
  expect(err).toContain('math-80/course.md:3: unknown key «Title»');
});

test.each([
  [['check'], 2, 'Name a folder.'],
  [['forget', 'math-60'], 2, 'Unknown command.'],
  [['import', 'math-60', '--force'], 2, 'Unknown option.'],
])('%j is wrong use', async (args, code, message) => {
  expect(await run(...args)).toMatchObject({ code, err: expect.stringContaining(message) });
});

test('help is no error', async () => {
  expect(await run('--help')).toMatchObject({ code: 0, out: expect.stringContaining('npm run course -- check'), err: '' });
});
