import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { videoOf } from '#server/features/courses/videos.ts';
import { aSchool, type School } from '#server/testing/world.ts';
import { seedDemo } from './seed.ts';

const demo = fileURLToPath(new URL('demo', import.meta.url));
let school: School;
beforeEach(async () => {
  school = await aSchool();
});
afterEach(() => school.close());

test('an empty school gets the four demo courses, each with something open and something to wait for', async () => {
  const { app, clock } = school;
  expect(await seedDemo(app)).toBe('loaded');
  const courses = await app.db.course.findMany({
    orderBy: { position: 'asc' },
    select: {
      slug: true,
      subject: { select: { slug: true } },
      topics: { select: { opensAt: true, theory: true, tasks: { select: { id: true } } } },
    },
  });
  expect(courses.map(({ slug, subject }) => `${subject.slug}: ${slug}`)).toEqual([
    'informatics: informatics-60',
    'informatics: informatics-80',
    'math-profile: math-60',
    'math-profile: math-80',
  ]);
  for (const { topics } of courses) {
    const open = topics.filter(({ opensAt }) => opensAt <= clock.now());
    expect(open.length).toBeGreaterThan(0);
    expect(open.length).toBeLessThan(topics.length);
    expect(open.flatMap(({ tasks }) => tasks).length).toBeGreaterThan(0);
  }
});

test('every text of the demo school renders without a note of something missing or a formula that cannot be set', async () => {
  const { app } = school;
  await seedDemo(app);
  const topics = await app.db.topic.findMany({
    select: {
      slug: true,
      theory: true,
      files: true,
      videos: true,
      tasks: { select: { slug: true, statement: true, hint: true, solution: true } },
    },
  });
  for (const { slug, theory, files, videos, tasks } of topics) {
    const fileUrl = (name: string) => (files.find((file) => file.name === name) ? { url: `/${name}`, width: 1, height: 1 } : null);
    for (const text of [theory, ...tasks.flatMap(({ statement, hint, solution }) => [statement, hint ?? '', solution ?? ''])]) {
      expect(app.markdown.render(text, { fileUrl }).html, slug).not.toMatch(/md-missing|md-formula-source|md-as-typed/);
    }
    for (const { url } of videos) expect(videoOf(url), url).not.toBeNull();
  }
});

test('a school with a course is left alone', async () => {
  const { app } = school;
  const subject = { create: { slug: 's', title: 'S', about: 'S', maxPrimary: 1, position: 0 } };
  await app.db.course.create({ data: { slug: 'own', title: 'Own', target: 60, summary: '', description: '', position: 0, subject } });
  expect(await seedDemo(app)).toBe('school-not-empty');
  expect(await app.db.course.count()).toBe(1);
});

test('of two processes that start at once, one loads', async () => {
  const other = await aSchool({ databaseUrl: school.databaseUrl });
  try {
    const outcomes = await Promise.all([seedDemo(school.app), seedDemo(other.app), seedDemo(school.app)]);
    expect(outcomes.toSorted()).toEqual(['loaded', 'school-not-empty', 'school-not-empty']);
    expect(await school.app.db.course.count()).toBe(4);
    expect(await school.app.db.auditEntry.count({ where: { action: 'course.import' } })).toBe(4);
  } finally {
    await other.close();
  }
});

test('a mistake in the files loads nothing and stands in the log with its file and line', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'otlichno-seed-'));
  try {
    await cp(demo, dir, { recursive: true });
    await writeFile(join(dir, 'math-80/course.md'), '---\ntitle: x\n\n---\n');
    const lines: string[] = [];
    const log = Object.assign(Object.create(school.app.log), { error: (line: string) => lines.push(line) });
    expect(await seedDemo({ ...school.app, log }, dir)).toBe('broken');
    expect(lines).toContain('demo school: math-80/course.md:2: the key «target» is missing or empty');
    expect(await school.app.db.course.count()).toBe(0);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
});
