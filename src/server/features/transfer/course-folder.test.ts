import { mkdtemp, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { courseFiles, writeCourseFiles } from '../../testing/course-folder.ts';
import { readCourseFolder } from './course-folder.ts';
import { formatProblem } from './problem-text.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'otlichno-folder-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

async function problems(changed: Record<string, string | null>, course = 'maths-60'): Promise<string[]> {
  await writeCourseFiles(dir, changed);
  const read = await readCourseFolder(join(dir, course));
  return read.ok ? [] : read.problems.map(formatProblem);
}

test('a course is read whole', async () => {
  await writeCourseFiles(dir);
  const read = await readCourseFolder(`${join(dir, 'maths-60')}/`);
  expect(read).toMatchObject({
    ok: true,
    bundle: {
      slug: 'maths-60',
      course: { title: 'Курс' },
      subject: { slug: 'maths', position: 1 },
      topics: [
        {
          slug: 'powers',
          tasks: [
            { slug: 'first', title: 'а', published: { task: { title: 'а' } }, draft: null },
            {
              slug: 'second',
              published: {
                source: '---\ntitle: б\nkind: number\nkey: 2\nfiles:\n  - name: b.txt\n---\n![a](files/a.svg)\n',
                task: { fileNames: ['b.txt'] },
              },
            },
          ],
          files: [
            { name: 'a.svg', mime: 'image/svg+xml', width: 320, height: 200, size: 66, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
            { name: 'b.txt', width: null },
            { name: 'list.txt' },
          ],
        },
        { slug: 'roots', topic: { opens: { kind: 'in-days', days: -1, time: '10:30' } }, tasks: [{ slug: 'third' }], files: [] },
      ],
    },
  });
});

test('a course without subjects.yaml beside it leaves its subject to the school', async () => {
  await writeCourseFiles(dir, { 'subjects.yaml': null });
  expect(await readCourseFolder(join(dir, 'maths-60'))).toMatchObject({
    ok: true,
    bundle: { subject: null, course: { subject: 'maths' } },
  });
});

/** One more file among the exams, and what is said of it. */
function examCases(): [string, Record<string, string | null>, RegExp[]][] {
  const exam = (name: string, text: string) => ({ [`maths-60/exams/${name}`]: text });
  const good = '---\ntitle: а\ntasks: [powers/first]\n---\n';
  return [
    ['an exam without a number', exam('trial.exam.md', good), [/^maths-60\/exams\/trial\.exam\.md: a name must be NN-slug/]],
    ['an exam in a file of another kind', exam('01-trial.task.md', good), [/^maths-60\/exams\/01-trial\.task\.md: this file/]],
    ['a folder among the exams', exam('files/a.txt', 'x'), [/^maths-60\/exams\/files: this file/]],
    [
      'two exams of one slug',
      { ...exam('01-trial.exam.md', good), ...exam('02-trial.exam.md', good) },
      [/^maths-60\/exams\/02-trial\.exam\.md: the slug «trial» stands twice$/],
    ],
    [
      'an exam of a task that is not there',
      exam('01-trial.exam.md', '---\ntitle: а\ntasks:\n  - powers/first\n  - powers/ninth\n---\n'),
      [/^maths-60\/exams\/01-trial\.exam\.md:5: the course has no task «powers\/ninth»$/],
    ],
    ['an exam with a mistake', exam('01-trial.exam.md', '---\ntitle: а\n---\n'), [/01-trial\.exam\.md:2: the key «tasks» is missing/]],
    ['a topic called exams with its number is one', { 'maths-60/03-exams/topic.md': '---\ntitle: а\nopens: +5m\n---\n' }, []],
  ];
}

test.each<[string, Record<string, string | null>, RegExp[]]>([
  ['a course that is a file', { 'maths-60/course.md': null }, [/^maths-60: course\.md is missing$/]],
  [
    'a topic without its text',
    { 'maths-60/02-roots/topic.md': null, 'maths-60/02-roots/01-x.task.md': courseFiles['maths-60/01-powers/01-first.task.md'] ?? '' },
    [/^maths-60\/02-roots: topic\.md is missing$/],
  ],
  [
    'an unknown subject',
    { 'subjects.yaml': '- {slug: other, title: a, about: b, max-primary: 1}' },
    [/^maths-60\/course\.md:3: there is no subject «maths»/],
  ],
  ['subjects with a mistake', { 'subjects.yaml': '- {slug: maths}' }, [/^subjects\.yaml:1: .*max-primary/, /title/, /about/]],
  ['a file beside the course', { 'maths-60/notes.txt': 'x' }, [/^maths-60\/notes\.txt: this file or folder is not part of a course/]],
  ['a file of the system', { 'maths-60/01-powers/.DS_Store': 'x' }, [/^maths-60\/01-powers\/\.DS_Store: this file/]],
  ['a folder in a topic', { 'maths-60/01-powers/pictures/a.txt': 'x' }, [/^maths-60\/01-powers\/pictures: this file/]],
  ['a folder among the files', { 'maths-60/01-powers/files/more/a.txt': 'x' }, [/^maths-60\/01-powers\/files\/more: this file/]],
  ['a topic without a number', { 'maths-60/powers/topic.md': 'x' }, [/^maths-60\/powers: a name must be NN-slug/]],
  ['a topic in capitals', { 'maths-60/03-Powers/topic.md': 'x' }, [/^maths-60\/03-Powers: a name must be NN-slug/]],
  [
    'a task with one digit',
    { 'maths-60/02-roots/1-x.task.md': courseFiles['maths-60/01-powers/01-first.task.md'] ?? '' },
    [/1-x\.task\.md: a name must be/],
  ],
  [
    'two topics of one slug',
    { 'maths-60/03-roots/topic.md': courseFiles['maths-60/02-roots/topic.md'] ?? '' },
    [/^maths-60\/03-roots: the slug «roots» stands twice$/],
  ],
  [
    'two tasks of one slug',
    { 'maths-60/01-powers/03-first.task.md': courseFiles['maths-60/01-powers/01-first.task.md'] ?? '' },
    [/^maths-60\/01-powers\/03-first\.task\.md: the slug «first» stands twice$/],
  ],
  [
    'a picture that is not there',
    { 'maths-60/01-powers/01-first.task.md': '---\ntitle: а\nkind: number\nkey: 1\n---\nx\n\n![c](files/c.svg)' },
    [/^maths-60\/01-powers\/01-first\.task\.md:8: there is no files\/c\.svg$/],
  ],
  [
    'a listed file that is not there',
    { 'maths-60/01-powers/files/list.txt': null },
    [/^maths-60\/01-powers\/topic\.md:5: there is no files\/list\.txt$/],
  ],
  [
    'a topic without files',
    { 'maths-60/02-roots/topic.md': '---\ntitle: a\nopens: +5m\n---\n\n[x](files/x.txt)' },
    [/^maths-60\/02-roots\/topic\.md:6: there is no files\/x\.txt$/],
  ],
  [
    'a file of another topic',
    { 'maths-60/02-roots/topic.md': '---\ntitle: a\nopens: +5m\n---\n\n[x](files/b.txt)' },
    [/02-roots\/topic\.md:6: there is no files\/b\.txt$/],
  ],
  [
    'a file that nobody mentions',
    { 'maths-60/01-powers/files/c.txt': 'c' },
    [/^maths-60\/01-powers\/files\/c\.txt: no text of the topic mentions this file$/],
  ],
  [
    'a file with a name of its own',
    { 'maths-60/01-powers/files/мой файл.txt': 'c' },
    [/files\/мой файл\.txt: a name in files\/ has Latin letters/],
  ],
  [
    'a picture that is none',
    { 'maths-60/01-powers/files/a.svg': 'x' },
    [/^maths-60\/01-powers\/files\/a\.svg: the content is not an SVG picture/],
  ],
  ...examCases(),
  [
    'a task with a mistake',
    { 'maths-60/01-powers/02-second.task.md': '---\ntitle: б\nkind: number\n---\nx' },
    [/^maths-60\/01-powers\/02-second\.task\.md:2: the key «key» is missing/],
  ],
])('%s', async (_, changed, expected) => {
  const found = await problems(changed);
  expect(found).toHaveLength(expected.length);
  for (const [i, pattern] of expected.entries()) expect(found[i]).toMatch(pattern);
});

test('text that is not UTF-8', async () => {
  await writeCourseFiles(dir);
  await writeFile(join(dir, 'maths-60/course.md'), Buffer.from([0xcf, 0xf0]));
  expect(await readCourseFolder(join(dir, 'maths-60'))).toMatchObject({ problems: [{ file: 'maths-60/course.md', code: 'not-utf8' }] });
});

test('links are not followed, wherever they stand', async () => {
  await writeCourseFiles(dir, { 'secret.txt': 'secret' });
  await symlink(join(dir, 'secret.txt'), join(dir, 'maths-60/01-powers/files/c.txt'));
  await symlink(join(dir, 'maths-60/01-powers'), join(dir, 'maths-60/03-link'));
  await symlink(join(dir, 'maths-60'), join(dir, 'linked'));
  expect(await readCourseFolder(join(dir, 'maths-60'))).toMatchObject({
    problems: [
      { file: 'maths-60/03-link', code: 'entry-special' },
      { file: 'maths-60/01-powers/files/c.txt', code: 'entry-special' },
    ],
  });
  expect(await readCourseFolder(join(dir, 'linked'))).toMatchObject({ problems: [{ file: 'linked', code: 'not-a-folder' }] });
});

test('a file that is too large is not read', async () => {
  await writeCourseFiles(dir, { 'maths-60/01-powers/files/list.txt': 'x'.repeat(20_000_001) });
  expect(await readCourseFolder(join(dir, 'maths-60'))).toMatchObject({
    problems: [{ file: 'maths-60/01-powers/files/list.txt', code: 'too-large' }],
  });
});

test('documents as large as the office takes are read, however many', async () => {
  const topic = 'maths-60/01-powers';
  const names = ['one.pdf', 'two.pdf', 'three.pdf'];
  const before = await readFile(await writeCourseFiles(dir).then(() => join(dir, topic, 'topic.md')), 'utf8');
  await writeFile(join(dir, topic, 'topic.md'), `${before}\n${names.map((name) => `[${name}](files/${name})`).join('\n')}\n`);
  for (const name of names) {
    await writeFile(join(dir, topic, 'files', name), '%PDF-1.7');
    // A hole: it takes no room on the disk.
    await truncate(join(dir, topic, 'files', name), 100_000_000);
  }
  const read = await readCourseFolder(join(dir, 'maths-60'));
  expect(read.ok ? [] : read.problems).toEqual([]);
});

test.each(['nothing', 'subjects.yaml'])('%s is no course', async (name) => {
  expect(await problems({}, name)).toEqual([`${name}: this is not a folder`]);
});
