import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AnswerSpec } from '#shared/answers/spec.ts';
import { clusterPageSize } from '#shared/clusters.ts';
import type { App } from '../../../platform/app.ts';
import { aBrowser, type Browser } from '../../../testing/browser.ts';
import { aCourse, aNumber, type MadeCourse } from '../../../testing/course.ts';
import { answer, solve } from '../../../testing/solve.ts';
import { statementsOf } from '../../../testing/statements.ts';
import { aLongTask } from '../../../testing/works.ts';
import { aModerator, aSchool, aStudent, type School, type Student } from '../../../testing/world.ts';
import { applyKeyFix, keyFixPatience } from '../key-fix.ts';
import { hashOf } from '../reread.ts';
import { removeReply, saveReply } from './actions.ts';
import { listClusters } from './queries.ts';

let school: School;
let app: App;
let teacher: Student;
let colleague: Student;
beforeAll(async () => {
  school = await aSchool();
  app = school.app;
  [teacher, colleague] = await Promise.all([aModerator(app), aModerator(app)]);
});
afterAll(() => school.close());

const aTask = (task = aNumber('12')) =>
  aCourse(app, { topics: [{ tasks: [task], files: [{ name: 'a.png', mime: 'image/png', body: 'png' }] }] });
const list = (taskId: string, cursor?: string) => listClusters(app, teacher.actor, { taskId, cursor });
const say = (taskId: string, value: string, body: string, base: string | null = null, who = teacher) =>
  saveReply(app, who.actor, { taskId, hash: hashOf(value), body, base });
const audit = (taskId: string) =>
  app.db.auditEntry.findMany({ where: { subject: taskId }, orderBy: { id: 'asc' }, select: { action: true, before: true, after: true } });

describe('wrong answers by what was answered', () => {
  test('students, not answers; the right ones apart; the key in words', async () => {
    const course = await aTask({ ...aNumber('12'), points: 2 });
    const task = course.task(0, 0);
    const students = await Promise.all([aStudent(app), aStudent(app), aStudent(app)]);
    const [first, second, third] = students.map(({ actor }) => actor);
    if (!first || !second || !third) throw new Error('three students');
    await solve(app, first, task, ['144', '144,0', '13', '12']);
    await solve(app, second, task, ['144']);
    await solve(app, third, task, ['12']);
    expect(await list(task)).toMatchObject({
      task: { id: task, courseSlug: course.slug },
      students: 3,
      solved: 2,
      key: '12',
      long: false,
      clusters: [
        { answer: { kind: 'text', text: '144' }, verdict: 'wrong', students: 2, reply: null },
        { answer: { kind: 'text', text: '13' }, verdict: 'wrong', students: 1 },
      ],
      nextCursor: null,
    });
  });

  test('options by their places and texts', async () => {
    const options = ['a', 'b', 'c'].map((id) => ({ id, text: `вариант *${id}*` }));
    const course = await aTask({ spec: { kind: 'choices', key: ['a'], options, partial: 'none' } });
    const { actor } = await aStudent(app);
    await solve(app, actor, course.task(0, 0), [['c', 'b']]);
    const { clusters, key } = await list(course.task(0, 0));
    expect(key).toBe('1');
    expect(clusters[0]?.answer).toMatchObject({ kind: 'options', chosen: [{ place: 2, html: 'вариант <em>b</em>' }, { place: 3 }] });
  });

  test('page by page, each cluster once, also when many are of one size', async () => {
    const course = await aTask();
    const { actor } = await aStudent(app);
    const rows = Array.from({ length: 60 }, (_, index) => ({
      personId: actor.id,
      taskId: course.task(0, 0),
      clientId: randomUUID(),
      given: `${index}`,
      canonical: `${index}`,
      canonicalHash: hashOf(`n${index}`),
      understood: `${index}`,
      verdict: 'wrong' as const,
      points: 0,
      createdAt: school.clock.now(),
      localOn: school.clock.now(),
    }));
    await app.db.submission.createMany({ data: rows });
    const pages: string[][] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined; ) {
      const page: Awaited<ReturnType<typeof list>> = await list(course.task(0, 0), cursor || undefined);
      pages.push(page.clusters.map(({ hash }) => hash));
      cursor = page.nextCursor ?? undefined;
    }
    expect(pages.map(({ length }) => length)).toEqual([clusterPageSize, clusterPageSize, 10]);
    expect(new Set(pages.flat()).size).toBe(60);
    await expect(list(course.task(0, 0), 'nonsense')).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });

  test('a long task has none, a deleted or unknown one is not found', async () => {
    const long = await aTask(aLongTask());
    expect(await list(long.task(0, 0))).toMatchObject({ long: true, key: null, clusters: [] });
    await expect(say(long.task(0, 0), 'x', 'Разбор')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await app.db.task.update({ where: { id: long.task(0, 0) }, data: { deletedAt: new Date() } });
    for (const id of [long.task(0, 0), randomUUID()]) await expect(list(id)).rejects.toMatchObject({ code: 'TASKS_NOT_FOUND' });
  });

  test('three statements, whatever the number of answers', async () => {
    const course = await aTask();
    const { actor } = await aStudent(app);
    const count = async () => (await statementsOf(app, () => list(course.task(0, 0)))).length;
    expect(await count()).toBe(3);
    await solve(app, actor, course.task(0, 0), ['1', '2', '3', '4']);
    expect(await count()).toBe(3);
  });
});

describe('a reply', () => {
  test('is written, mended and taken away, and the journal knows', async () => {
    const course = await aTask();
    const task = course.task(0, 0);
    await answer(app, (await aStudent(app)).actor, task, '144');
    const first = await say(task, '144', 'Это **квадрат**.');
    expect(first).toMatchObject({ body: 'Это **квадрат**.', html: '<p>Это <strong>квадрат</strong>.</p>', authorName: 'Ольга Громова' });
    expect((await list(task)).clusters[0]?.reply).toEqual(first);
    const second = await say(task, '144', 'Извлеките корень.', first.updatedAt, colleague);
    expect((await list(task)).clusters[0]?.reply).toEqual(second);
    expect(await removeReply(app, teacher.actor, { taskId: task, hash: hashOf('144') })).toEqual({ body: 'Извлеките корень.' });
    expect(await removeReply(app, teacher.actor, { taskId: task, hash: hashOf('144') })).toEqual({ body: null });
    expect((await list(task)).clusters[0]?.reply).toBeNull();
    expect(await audit(task)).toEqual([
      { action: 'task.reply', before: null, after: { answer: '144', reply: 'Это **квадрат**.' } },
      { action: 'task.reply', before: { answer: '144', reply: 'Это **квадрат**.' }, after: { answer: '144', reply: 'Извлеките корень.' } },
      { action: 'task.remove-reply', before: { answer: '144', reply: 'Извлеките корень.' }, after: null },
    ]);
  });

  test('two teachers at once: one is told, and nothing is overwritten', async () => {
    const course = await aTask();
    const task = course.task(0, 0);
    await answer(app, (await aStudent(app)).actor, task, '144');
    const both = await Promise.allSettled([say(task, '144', 'Первый'), say(task, '144', 'Второй', null, colleague)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const [stands] = (await list(task)).clusters;
    const base = stands?.reply?.updatedAt ?? '';
    const next = await say(task, '144', 'Третий', base);
    // The clock of the test stands still, and yet the two can be told apart.
    await expect(say(task, '144', 'Четвёртый', base)).rejects.toMatchObject({ code: 'REPLIES_CONFLICT' });
    await removeReply(app, teacher.actor, { taskId: task, hash: hashOf('144') });
    await expect(say(task, '144', 'Пятый', next.updatedAt)).rejects.toMatchObject({ code: 'REPLIES_CONFLICT' });
  });

  test('sent twice is one', async () => {
    const course = await aTask();
    const task = course.task(0, 0);
    await answer(app, (await aStudent(app)).actor, task, '144');
    const [first, again] = [await say(task, '144', 'Разбор'), await say(task, '144', 'Разбор')];
    expect(again).toEqual(first);
    expect(await audit(task)).toHaveLength(1);
  });

  test('needs somebody who answered so', async () => {
    const course = await aTask();
    await expect(say(course.task(0, 0), '144', 'Разбор')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('the student', () => {
  let course: MadeCourse;
  let task: string;
  let browser: Browser;
  const submit = (value: string) => browser.call.tasks.submit({ taskId: task, clientId: randomUUID(), value });
  const replies = async () => {
    const page = await browser.call.courses.topic({ course: course.slug, topic: 'topic-1' });
    return page.tasks[0]?.state.attempts.map(({ understood, replyHtml }) => [understood, replyHtml]);
  };
  beforeAll(async () => {
    course = await aTask();
    task = course.task(0, 0);
    await answer(app, (await aStudent(app)).actor, task, '144');
    browser = aBrowser(app, await aStudent(app));
    await say(task, '144', 'Это квадрат числа.');
  });

  test('hears it with the very answer, and finds it at the attempt afterwards; whoever answered otherwise does not', async () => {
    const other = await submit('7');
    expect(JSON.stringify(other)).not.toContain('квадрат');
    const result = await submit('144');
    expect(result.state.attempts.at(-1)).toMatchObject({ understood: '144', replyHtml: '<p>Это квадрат числа.</p>' });
    const repeat = await submit('144,0');
    expect(repeat).toMatchObject({ outcome: 'repeat' });
    expect(repeat.state.attempts.at(-1)?.replyHtml).toBe('<p>Это квадрат числа.</p>');
    expect(await replies()).toEqual([
      ['7', null],
      ['144', '<p>Это квадрат числа.</p>'],
    ]);
  });

  test('and no more once a mended key makes the answer right', async () => {
    await mend(task, { kind: 'number', key: '12' }, { kind: 'number', key: '144' });
    expect(await replies()).toEqual([
      ['7', null],
      ['144', null],
    ]);
    expect((await list(task)).clusters.map(({ answer: shown }) => shown)).toEqual([{ kind: 'text', text: '7' }]);
  });

  test('keeps it where a mended key only reads the answers in another way', async () => {
    const sequence = await aTask({ spec: { kind: 'sequence', key: '123', partial: 'none' } });
    const id = sequence.task(0, 0);
    const { actor } = await aStudent(app);
    await solve(app, actor, id, ['321', '45']);
    await say(id, '321', 'Разбор');
    await mend(id, { kind: 'sequence', key: '123', partial: 'none' }, { kind: 'set', key: '12', partial: 'none' });
    const { clusters } = await list(id);
    expect(clusters.map(({ answer: shown, reply }) => [shown, reply?.body])).toEqual(
      expect.arrayContaining([
        [{ kind: 'text', text: '321' }, 'Разбор'],
        [{ kind: 'text', text: '45' }, undefined],
      ]),
    );
    expect(clusters.map(({ hash }) => hash)).toContain(hashOf('123'));
  });
});

/** As the publication of a text does it. */
function mend(taskId: string, before: AnswerSpec, after: AnswerSpec): Promise<unknown> {
  return app.db.$transaction(async (tx) => {
    const grading = (spec: AnswerSpec) => ({ spec, points: 1 });
    await applyKeyFix(app, tx, teacher.actor, taskId, grading(before), grading(after), { takePoints: false });
    await tx.task.update({ where: { id: taskId }, data: { spec: after }, select: { id: true } });
  }, keyFixPatience);
}
