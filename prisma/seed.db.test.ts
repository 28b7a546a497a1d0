import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { App } from '#server/platform/app.ts';
import { writeCourseFiles } from '#server/testing/course-folder.ts';
import { aSchool, type School } from '#server/testing/world.ts';
import { seedDemo } from './seed.ts';

describe('an empty school', () => {
  let school: School;
  let app: App;
  beforeAll(async () => {
    school = await aSchool();
    app = school.app;
    expect(await seedDemo(app)).toBe('loaded');
    // Four whole courses, on a machine that may be busy with other tests.
  }, 60_000);
  afterAll(() => school.close());

  test('gets the four demo courses, each with something open and something to wait for', async () => {
    const courses = await app.db.course.findMany({
      orderBy: { position: 'asc' },
      select: { slug: true, subject: { select: { slug: true } }, topics: { select: { opensAt: true, tasks: { select: { id: true } } } } },
    });
    expect(courses.map(({ slug, subject }) => `${subject.slug}: ${slug}`)).toEqual([
      'informatics: informatics-60',
      'informatics: informatics-80',
      'math-profile: math-60',
      'math-profile: math-80',
    ]);
    for (const { topics } of courses) {
      const open = topics.filter(({ opensAt }) => opensAt <= app.clock.now());
      expect(open.length).toBeGreaterThan(0);
      expect(open.length).toBeLessThan(topics.length);
      expect(open.flatMap(({ tasks }) => tasks).length).toBeGreaterThan(0);
    }
  });

  test('has no text with a note of something missing or a formula that cannot be set', async () => {
    const topics = await app.db.topic.findMany({
      select: { slug: true, theory: true, files: true, tasks: { select: { slug: true, statement: true, hint: true, solution: true } } },
    });
    for (const { slug, theory, files, tasks } of topics) {
      const fileUrl = (name: string) => (files.some((file) => file.name === name) ? { url: `/${name}`, width: 1, height: 1 } : null);
      for (const text of [theory, ...tasks.flatMap(({ statement, hint, solution }) => [statement, hint ?? '', solution ?? ''])]) {
        expect(app.markdown.render(text, { fileUrl }).html, slug).not.toMatch(/md-missing|md-formula-source|md-as-typed/);
      }
    }
  });
});

describe('a start', () => {
  let school: School;
  let dir: string;
  beforeEach(async () => {
    school = await aSchool();
    dir = await mkdtemp(join(tmpdir(), 'otlichno-seed-'));
  });
  afterEach(async () => {
    await school.close();
    await rm(dir, { recursive: true, force: true });
  });

  test('leaves a school with a course alone', async () => {
    const { app } = school;
    const subject = { create: { slug: 's', title: 'S', about: 'S', maxPrimary: 1, position: 0 } };
    await app.db.course.create({ data: { slug: 'own', title: 'Own', target: 60, summary: '', description: '', position: 0, subject } });
    expect(await seedDemo(app)).toBe('school-not-empty');
    expect(await app.db.course.count()).toBe(1);
  });

  test('of two processes that start at once, one loads', async () => {
    const other = await aSchool({ databaseUrl: school.databaseUrl });
    try {
      await writeCourseFiles(dir);
      const outcomes = await Promise.all([seedDemo(school.app, dir), seedDemo(other.app, dir), seedDemo(school.app, dir)]);
      expect(outcomes.toSorted()).toEqual(['loaded', 'school-not-empty', 'school-not-empty']);
      expect(await school.app.db.course.count()).toBe(1);
      expect(await school.app.db.auditEntry.count({ where: { action: 'course.import' } })).toBe(1);
    } finally {
      await other.close();
    }
  });

  test('with a mistake in the files loads nothing and logs it with its file and line', async () => {
    await writeCourseFiles(dir, { 'maths-80/course.md': '---\ntitle: x\n\n---\n' });
    const lines: string[] = [];
    const log = Object.assign(Object.create(school.app.log), { error: (line: string) => lines.push(line) });
    expect(await seedDemo({ ...school.app, log }, dir)).toBe('broken');
    expect(lines).toContain('demo school: maths-80/course.md:2: the key «target» is missing or empty');
    expect(await school.app.db.course.count()).toBe(0);
  });
});
