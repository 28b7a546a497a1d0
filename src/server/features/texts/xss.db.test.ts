import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PersonActor } from '../../platform/app.ts';
import { aBrowser, type Browser } from '../../testing/browser.ts';
import { aCourse, type MadeCourse } from '../../testing/course.ts';
import { aModerator, aSchool, aStudent, type School, type Student } from '../../testing/world.ts';
import { dangers, payloads } from '../../testing/xss.ts';
import { previewText } from './queries.ts';

let school: School;
let moderator: PersonActor;
let student: Student;
let browser: Browser;
let course: MadeCourse;
const files = [{ name: 'a.png', mime: 'image/png', body: 'x', listed: true }];

beforeAll(async () => {
  school = await aSchool();
  moderator = (await aModerator(school.app)).actor;
  student = await aStudent(school.app);
  browser = aBrowser(school.app, { cookie: student.cookie });
  const task = { spec: { kind: 'number' as const, key: '1' }, hint: 'a', hintAfter: 0, solution: 'b', solutionRule: 'always' as const };
  course = await aCourse(school.app, { topics: [{ files, videos: ['https://youtu.be/dQw4w9WgXcQ'], tasks: [task] }] });
});
afterAll(() => school.close());

const expected = { src: /^\/files\/[\da-f-]{36}\/a\.png(\?|$)/, id: /^(s|preview-(statement|hint|solution)|task-1(-hint|-solution)?)-/ };
const harm = (html: string | null | undefined) => dangers(html ?? '', expected);

describe.each(payloads)('%s', (payload) => {
  test('is harmless in every field of the preview', async () => {
    const options = `options:\n  a: ${JSON.stringify(payload)}\n  b: другой`;
    const source = `---\ntitle: Задание\nkind: choice\nkey: a\n${options}\n---\n${payload}\n\n# Подсказка\n\n${payload}\n\n# Решение\n\n${payload}\n`;
    const { task } = await previewText(school.app, moderator, { kind: 'task', subjectId: course.task(0, 0), source });
    const htmlOfOptions = task?.format?.kind === 'choice' ? task.format.options.map(({ html }) => html) : [];
    for (const html of [task?.statementHtml, task?.hintHtml, task?.solutionHtml, ...htmlOfOptions]) expect(harm(html)).toEqual([]);
    const theory = await previewText(school.app, moderator, { kind: 'theory', subjectId: course.topic(0).id, source: payload });
    const description = await previewText(school.app, moderator, { kind: 'course', subjectId: course.id, source: payload });
    expect(harm(theory.html)).toEqual([]);
    expect(harm(description.html)).toEqual([]);
  });

  test('is harmless in what students get, also where it came past the editor', async () => {
    const { db } = school.app;
    // PostgreSQL stores no U+0000, and none of the tricks has one.
    const spec = {
      kind: 'choice',
      key: 'a',
      options: [
        { id: 'a', text: payload },
        { id: 'b', text: 'другой' },
      ],
    };
    await db.task.update({
      where: { id: course.task(0, 0) },
      data: { statement: payload, hint: payload, solution: payload, spec, title: payload },
    });
    await db.topic.update({ where: { id: course.topic(0).id }, data: { theory: payload } });
    await db.course.update({ where: { id: course.id }, data: { description: payload } });
    await db.topicVideo.updateMany({ where: { topicId: course.topic(0).id }, data: { title: payload } });
    await db.topicFile.updateMany({ where: { topicId: course.topic(0).id }, data: { title: payload } });
    const topic = await browser.call.courses.topic({ course: course.slug, topic: 'topic-1' });
    const [task] = topic.tasks;
    const options = task?.format.kind === 'choice' ? task.format.options.map(({ html }) => html) : [];
    const solution = await browser.call.tasks.solution({ taskId: course.task(0, 0) });
    const { descriptionHtml } = await browser.call.courses.get({ course: course.slug });
    for (const html of [topic.theoryHtml, task?.statementHtml, task?.state.hintHtml, solution.html, descriptionHtml, ...options]) {
      expect(harm(html)).toEqual([]);
    }
    // Names are text, which the page never reads as HTML.
    expect([topic.videos[0]?.title, topic.files[0]?.title, task?.title]).toEqual([payload, payload, payload]);
  });
});
