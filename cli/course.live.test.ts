import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ScratchDatabase } from '#server/platform/database-admin.ts';
import { writeCourseFiles } from '#server/testing/course-folder.ts';
import { createTestDatabase } from '#server/testing/database.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
let dir: string;
let database: ScratchDatabase;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'otlichno-course-'));
  await writeCourseFiles(dir);
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
  await rm(dir, { recursive: true, force: true });
});

function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const env = {
    ...{ PATH, NODE_COMPILE_CACHE, DATABASE_URL: database.url, SECRET: 'a secret of the tests, 32 letters' },
    ...{ DATA_DIR: join(dir, 'data'), LOG_LEVEL: 'error' },
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [join(root, 'cli/course.ts'), ...args], { cwd: dir, env }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err });
    });
  });
}

test('a folder is checked, imported and imported again', async () => {
  const read = 'maths-60: «Курс», 2 topics, 3 tasks, no problems\n';
  expect(await run('check', 'maths-60')).toEqual({ code: 0, out: read, err: '' });
  const report = (first: string, topics: string, tasks: string) => `${read}maths-60: ${first}. Topics: ${topics}. Tasks: ${tasks}.\n`;
  const created = report('created', '2 new, 0 changed, 0 as before, 0 removed', '3 new, 0 changed, 0 as before, 0 removed');
  expect(await run('import', 'maths-60')).toEqual({ code: 0, out: created, err: '' });
  const updated = report('updated', '0 new, 0 changed, 2 as before, 0 removed', '0 new, 0 changed, 3 as before, 0 removed');
  expect(await run('import', './maths-60/')).toEqual({ code: 0, out: updated.replace('maths-60', './maths-60/'), err: '' });
});

test('what is wrong is named by file and line, and nothing is imported', async () => {
  await writeCourseFiles(join(dir, 'wrong'), {
    'maths-60/01-powers/01-first.task.md': '---\ntitle: x\nkind: number\nkeys: 1\nkey: 2\n---\nx',
  });
  const { code, err } = await run('import', 'maths-60', 'wrong/maths-60');
  expect({ code, err }).toEqual({ code: 1, err: 'wrong/maths-60/01-powers/01-first.task.md:4: unknown key «keys»\n' });
});

test('wrong use says how to use it', async () => {
  expect(await run('import', 'maths-60', '--force')).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^Unknown option\.\n\nCourses as folders/),
  });
});

test('a course is written into an empty folder and into an archive, and is there as it was', async () => {
  expect(await run('import', 'maths-60')).toMatchObject({ code: 0 });
  expect(await run('export', 'maths-60', 'out')).toEqual({ code: 0, out: 'maths-60: 10 files\n', err: '' });
  expect(await run('export', 'maths-60', 'out')).toEqual({ code: 1, out: '', err: 'out is not empty. Nothing was written.\n' });
  expect(await run('export', 'maths-60', '--zip', 'maths.zip')).toMatchObject({ code: 0 });
  expect(await run('import', 'maths.zip')).toMatchObject({
    code: 0,
    out: expect.stringContaining('Topics: 0 new, 0 changed, 2 as before, 0 removed. Tasks: 0 new, 0 changed, 3 as before, 0 removed.'),
  });
  await writeFile(join(dir, 'broken.zip'), 'no archive');
  expect(await run('check', 'out/maths-60', 'maths.zip', 'broken.zip', 'none.zip')).toMatchObject({
    code: 1,
    out: expect.stringMatching(/^out\/maths-60: «Курс», .* no problems\nmaths\.zip: «Курс», .* no problems\n$/),
    err: expect.stringMatching(/^broken\.zip: The archive cannot be read.*\nnone\.zip: there is no such file/),
  });
  expect(await run('export', 'maths-60', '--zip', 'maths.zip')).toMatchObject({
    code: 1,
    err: 'The file is there already. Nothing was written.\n',
  });
  expect(await run('export', 'unheard-of', 'other')).toEqual({ code: 1, out: '', err: 'The school has no such course.\n' });
  expect(await run('export', 'maths-60')).toMatchObject({ code: 2, err: expect.stringMatching(/^Name a course/) });
});
