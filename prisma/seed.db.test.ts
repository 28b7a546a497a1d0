import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { listTemplates } from '#server/features/chat/templates/queries.ts';
import { listSubjects } from '#server/features/courses/queries.ts';
import { openExam } from '#server/features/exams/actions.ts';
import type { App } from '#server/platform/app.ts';
import { writeCourseFiles } from '#server/testing/course-folder.ts';
import { begin, finish, type } from '#server/testing/exam.ts';
import { aSchool, aStudent, type School } from '#server/testing/world.ts';
import { type AnswerSpec, keyAnswers } from '#shared/answers/spec.ts';
import { createTemplateInput } from '#shared/inbox.ts';
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

  test('gets all subjects with their scales; students see those with courses', async () => {
    const subjects = await app.db.subject.findMany({ select: { slug: true, maxPrimary: true, scales: { select: { points: true } } } });
    expect(subjects).toHaveLength(9);
    for (const { slug, maxPrimary, scales } of subjects)
      expect(
        scales.map(({ points }) => points.length),
        slug,
      ).toEqual([maxPrimary]);
    expect((await listSubjects(app)).map(({ slug }) => slug)).toEqual(['informatics', 'math-profile']);
  });

  test('gets exams, one of them with tasks that stand in no topic students see', async () => {
    const tasks = { select: { task: { select: { publishedAt: true, topic: { select: { publishedAt: true } } } } } } as const;
    const exams = await app.db.exam.findMany({ select: { course: { select: { slug: true } }, publishedAt: true, tasks } });
    expect(exams.map(({ course }) => course.slug).toSorted()).toEqual([
      'informatics-60',
      'informatics-80',
      'informatics-80',
      'informatics-80',
      'math-60',
      'math-80',
    ]);
    for (const exam of exams) {
      expect(exam.publishedAt).not.toBeNull();
      expect(exam.tasks.every(({ task }) => task.publishedAt !== null)).toBe(true);
    }
    const hidden = exams.map((exam) => exam.tasks.filter(({ task }) => task.topic.publishedAt === null).length);
    expect(hidden.toSorted((a, b) => a - b)).toEqual([0, 0, 0, 0, 0, 27]);
  });

  test('gets a whole exam in informatics: all its keys as answers are 29 primary points and 100 by the scale', async () => {
    const { actor } = await aStudent(app);
    const exam = await app.db.exam.findFirstOrThrow({
      where: { slug: 'variant-1' },
      select: {
        id: true,
        slug: true,
        tasks: { orderBy: { position: 'asc' }, select: { task: { select: { id: true, examNumber: true, spec: true } } } },
      },
    });
    const tasks = exam.tasks.map(({ task }) => task);
    expect(tasks.map(({ examNumber }) => examNumber)).toEqual(Array.from({ length: 27 }, (_, index) => index + 1));
    const shown = await openExam(app, actor, { course: 'informatics-80', exam: exam.slug });
    expect(shown).toMatchObject({ tasks: 27, maxPoints: 29, scaleYear: 2025, limitMinutes: 235, attempts: { used: 0, allowed: 2 } });

    const attempt = await begin(app, actor, { id: exam.id, slug: exam.slug, tasks: tasks.map(({ id }) => id) });
    const names = attempt.tasks.flatMap(({ files }) => files.map(({ name }) => name));
    expect(names).toEqual(['3.ods', '9.ods', '10.odt', '17.txt', '18.ods', '22.ods', '24.txt', '26.txt', '27-a.txt', '27-b.txt']);
    await type(app, actor, attempt.id, Object.fromEntries(tasks.map(({ id, spec }) => [id, keyAnswers(spec as AnswerSpec)[0] ?? null])));
    expect((await finish(app, actor, attempt.id)).score).toMatchObject({
      points: 29,
      maxPoints: 29,
      score: 100,
      scaleYear: 2025,
      waiting: 0,
    });
  });

  test('gets templates of answers, whose Markdown can be set', async () => {
    const templates = await listTemplates(app);
    expect(templates.map(({ title }) => title)).toEqual([
      'Не приходит код для входа',
      'Пришлите ход решения',
      'Проверим условие и ключ',
      'Решение верное, дело в записи ответа',
    ]);
    for (const { title, body } of templates) {
      expect(createTemplateInput.safeParse({ title, body }), title).toMatchObject({ success: true, data: { title, body } });
      expect(app.markdown.render(body).html, title).toMatch(/^<p>[А-Я]/);
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
