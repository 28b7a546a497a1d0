import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PersonActor } from '../../platform/app.ts';
import { aBrowser, type Browser } from '../../testing/browser.ts';
import { aCourse, type MadeCourse } from '../../testing/course.ts';
import { anExam, begin, finish, look, type MadeExam } from '../../testing/exam.ts';
import { answer } from '../../testing/solve.ts';
import { aModerator, aSchool, aStudent, type School, type Student } from '../../testing/world.ts';
import { dangers, payloads } from '../../testing/xss.ts';
import { saveReply } from '../tasks/clusters/actions.ts';
import { listClusters, previewReply } from '../tasks/clusters/queries.ts';
import { hashOf } from '../tasks/reread.ts';
import { previewText } from './queries.ts';

let school: School;
let moderator: PersonActor;
let student: Student;
let browser: Browser;
let course: MadeCourse;
let exam: MadeExam;
/** Its task was answered wrong, and a teacher replied. */
let answered: MadeCourse;
const files = [{ name: 'a.png', mime: 'image/png', body: 'x', listed: true }];

beforeAll(async () => {
  school = await aSchool();
  moderator = (await aModerator(school.app)).actor;
  student = await aStudent(school.app);
  browser = aBrowser(school.app, { cookie: student.cookie });
  const task = { spec: { kind: 'number' as const, key: '1' }, hint: 'a', hintAfter: 0, solution: 'b', solutionRule: 'always' as const };
  course = await aCourse(school.app, { topics: [{ files, videos: ['https://youtu.be/dQw4w9WgXcQ'], tasks: [task] }] });
  exam = await anExam(school.app, course);
  const choice = { kind: 'choice' as const, key: 'b', options: ['a', 'b'].map((id) => ({ id, text: id })) };
  answered = await aCourse(school.app, { topics: [{ files, tasks: [{ spec: choice }] }] });
  await answer(school.app, student.actor, answered.task(0, 0), 'a');
  await saveReply(school.app, moderator, { taskId: answered.task(0, 0), hash: hashOf('a'), body: 'Разбор', base: null });
});
afterAll(() => school.close());

const expected = {
  src: /^\/files\/[\da-f-]{36}\/a\.png(\?|$)/,
  id: /^(s|preview-(statement|hint|solution)|task-1(-hint|-solution|-reply-\d+)?|t1(-solution)?|reply|[\da-f-]{36})-/,
};
const harm = (html: string | null | undefined) => dangers(html ?? '', expected);

describe.each(payloads)('%s', (payload) => {
  test('is harmless in every field of the preview', async () => {
    const options = `options:\n  a: ${JSON.stringify(payload)}\n  b: другой`;
    const source = `---\ntitle: Задание\nkind: choice\nkey: a\n${options}\n---\n${payload}\n\n# Подсказка\n\n${payload}\n\n# Решение\n\n${payload}\n`;
    const { task } = await previewText(school.app, moderator, { kind: 'task', subjectId: course.task(0, 0), source });
    const htmlOfOptions = task?.format?.kind === 'choice' ? task.format.options.map(({ html }) => html) : [];
    for (const html of [task?.statementHtml, task?.hintHtml, task?.solutionHtml, ...htmlOfOptions]) expect(harm(html)).toEqual([]);
    const criteria = `criteria:\n  - id: K1\n    title: ${JSON.stringify(payload)}\n    max: 1`;
    const essay = `---\ntitle: Задание\nkind: long\n${criteria}\n---\nx\n`;
    const { task: long } = await previewText(school.app, moderator, { kind: 'task', subjectId: course.task(0, 0), source: essay });
    expect(harm(long?.format?.kind === 'long' ? long.format.criteria[0]?.html : '')).toEqual([]);
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

  test('is harmless before, in and after an exam', async () => {
    const { app } = school;
    const spec = {
      kind: 'choice',
      key: 'a',
      options: [
        { id: 'a', text: payload },
        { id: 'b', text: 'другой' },
      ],
    };
    await app.db.task.update({ where: { id: course.task(0, 0) }, data: { statement: payload, solution: payload, spec } });
    await app.db.exam.update({ where: { id: exam.id }, data: { about: payload } });
    const { aboutHtml } = await browser.call.exams.get({ course: course.slug, exam: exam.slug });
    const { actor } = await aStudent(app);
    const { id, tasks } = await begin(app, actor, exam);
    await finish(app, actor, id);
    const { answers } = await look(app, actor, id);
    const options = tasks.flatMap(({ format }) => (format.kind === 'choice' ? format.options.map(({ html }) => html) : []));
    const solutions = answers?.map(({ solutionHtml }) => solutionHtml) ?? [];
    expect([options, solutions].map(({ length }) => length)).toEqual([2, 1]);
    for (const html of [aboutHtml, ...tasks.map(({ statementHtml }) => statementHtml), ...options, ...solutions])
      expect(harm(html)).toEqual([]);
  });

  test('is harmless in what a teacher says to all who answered so', async () => {
    const { app } = school;
    const taskId = answered.task(0, 0);
    const choice = { kind: 'choice', key: 'b', options: ['a', 'b'].map((id) => ({ id, text: payload })) };
    await app.db.task.update({ where: { id: taskId }, data: { spec: choice } });
    await app.db.answerReply.updateMany({ where: { taskId }, data: { body: payload } });
    const topic = await browser.call.courses.topic({ course: answered.slug, topic: 'topic-1' });
    const replies = topic.tasks.flatMap(({ state }) => state.attempts.map(({ replyHtml }) => replyHtml));
    const { clusters } = await listClusters(app, moderator, { taskId });
    const shown = clusters.flatMap(({ answer: given, reply }) => [
      reply?.html,
      ...(given.kind === 'options' ? given.chosen.map(({ html }) => html) : []),
    ]);
    const { html: preview } = await previewReply(app, moderator, { taskId, body: payload });
    expect([replies, shown].map(({ length }) => length)).toEqual([1, 2]);
    for (const html of [...replies, ...shown, preview]) expect(harm(html)).toEqual([]);
  });
});
