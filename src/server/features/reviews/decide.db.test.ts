/**
 * One file, because all of it is the life of one work behind the desk: taken, held, decided, opened again. The cases share a task with
 * criteria and two teachers.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Scores } from '#shared/reviews.ts';
import type { App, PersonActor } from '../../platform/app.ts';
import { aCourse, aNumber, type MadeCourse } from '../../testing/course.ts';
import { messagesFor } from '../../testing/notices.ts';
import { answer } from '../../testing/solve.ts';
import { aGrading, aLongTask, grade, handInText } from '../../testing/works.ts';
import { aClock, aModerator, aSchool, aStudent, type School } from '../../testing/world.ts';
import { openTopic } from '../courses/open-topic.ts';
import { grade as gradeWords } from '../notifications/kinds/grade.ts';
import { rebuildProgress } from '../progress/actions.ts';
import { getProgress } from '../progress/queries.ts';
import { getSolution } from '../tasks/queries.ts';
import { markSeen } from './actions.ts';
import { changeExtra, decide, releaseWork, renewWork, reopen, saveGrading, takeWork } from './office/actions.ts';
import { countWaiting, listReviews, openReview } from './office/queries.ts';
import { readMyWorks } from './queries.ts';

const clock = aClock();
let school: School;
let app: App;
let student: PersonActor;
let teacher: PersonActor;
let second: PersonActor;
let course: MadeCourse;
let taskId: string;
beforeAll(async () => {
  school = await aSchool({ clock });
  app = school.app;
  teacher = (await aModerator(app)).actor;
  second = (await aModerator(app)).actor;
});
afterAll(() => school.close());
beforeEach(async () => {
  clock.set('2026-11-24T12:00:00Z');
  student = (await aStudent(app)).actor;
  course = await aCourse(app, { topics: [{ tasks: [aLongTask({ solution: 'решение 61728' }), aNumber('1')] }] });
  taskId = course.task(0, 0);
});

async function aWork(text = 'Пусть x = 1. Тогда y = 2.'): Promise<string> {
  await handInText(app, student, taskId, text);
  return (await app.db.work.findFirstOrThrow({ where: { taskId, state: 'waiting' }, select: { id: true } })).id;
}
const accept = (workId: string, who = teacher, grading = aGrading(1, 1)) => decide(app, who, { workId, decision: 'accept', grading });
const progress = () => app.db.taskProgress.findMany({ where: { personId: student.id }, orderBy: { taskId: 'asc' } });
const minutes = (n: number) => clock.forward(n * 60_000);

describe('the lock', () => {
  test('of ten who take at once one has it, and the others hear who', async () => {
    const teachers = [teacher, second, ...(await Promise.all(Array.from({ length: 3 }, () => aModerator(app)))).map(({ actor }) => actor)];
    const workId = await aWork();
    const results = await Promise.all([...teachers, ...teachers].map((actor) => takeWork(app, actor, { workId })));
    expect(new Set(results.filter(({ outcome }) => outcome === 'held')).size).toBe(2);
    expect(results.filter(({ outcome }) => outcome === 'lost').map(({ holder }) => holder)).toEqual(
      Array(8).fill({ mine: false, name: 'Ольга Громова', until: '2026-11-24T12:10:00.000Z' }),
    );
  });

  test('is kept as long as it is renewed, and ends by itself', async () => {
    const workId = await aWork();
    await takeWork(app, teacher, { workId });
    minutes(9);
    expect((await renewWork(app, teacher, { workId })).holder?.until).toBe('2026-11-24T12:19:00.000Z');
    minutes(9);
    expect((await takeWork(app, second, { workId })).outcome).toBe('lost');
    minutes(1);
    expect((await takeWork(app, second, { workId })).outcome).toBe('held');
    expect((await renewWork(app, teacher, { workId })).outcome).toBe('lost');
  });

  test('that ran out while nobody came still lets its holder finish', async () => {
    const workId = await aWork();
    await takeWork(app, teacher, { workId });
    minutes(60);
    expect((await accept(workId)).outcome).toBe('decided');
  });

  test('let go, is free at once; somebody else cannot let it go', async () => {
    const workId = await aWork();
    await takeWork(app, teacher, { workId });
    await releaseWork(app, second, { workId });
    expect((await takeWork(app, second, { workId })).outcome).toBe('lost');
    await releaseWork(app, teacher, { workId });
    expect((await takeWork(app, second, { workId })).outcome).toBe('held');
  });

  test('only the holder saves and decides', async () => {
    const workId = await aWork();
    await takeWork(app, teacher, { workId });
    expect(await saveGrading(app, second, { workId, grading: aGrading(1, 2) })).toMatchObject({
      outcome: 'lost',
      holder: { name: 'Ольга Громова' },
    });
    expect(await accept(workId, second)).toMatchObject({ outcome: 'lost', state: 'waiting' });
    expect(await progress()).toEqual([]);
  });
});

describe('a draft of a grading', () => {
  test('waits for whoever goes on, with the places of its remarks', async () => {
    const text = 'Пусть x = 1. Тогда y = 2.';
    const workId = await aWork(text);
    await takeWork(app, teacher, { workId });
    const comments = [
      { start: 13, end: 24, body: 'Почему?' },
      { start: 0, end: 11, body: 'Верно' },
    ];
    const saved = await saveGrading(app, teacher, { workId, grading: { scores: { K1: 1 }, comments, remark: 'Почти' } });
    expect(saved).toMatchObject({ outcome: 'saved', textHtml: expect.stringContaining('data-mark="1"') });
    await releaseWork(app, teacher, { workId });
    expect(await openReview(app, second, { workId })).toMatchObject({
      grading: { scores: { K1: 1 }, remark: 'Почти', comments: comments.toReversed() },
      holder: null,
    });
  });

  test('is nothing the student sees', async () => {
    const workId = await aWork();
    await takeWork(app, teacher, { workId });
    await saveGrading(app, teacher, {
      workId,
      grading: aGrading(1, 2, { remark: 'тайна', comments: [{ start: 0, end: 5, body: 'тайна' }] }),
    });
    const mine = await readMyWorks(app, student, taskId);
    expect(mine.works[0]).toMatchObject({ held: true, points: null, scores: null, remarkHtml: '', comments: [], decidedAt: null });
    expect(JSON.stringify(mine)).not.toMatch(/тайна|data-mark|Громова/);
  });

  test('a remark stands at a place of the text', async () => {
    const workId = await aWork('коротко');
    await takeWork(app, teacher, { workId });
    for (const place of [
      { start: 5, end: 8 },
      { start: 3, end: 3 },
    ]) {
      const grading = aGrading(1, 1, { comments: [{ ...place, body: 'x' }] });
      await expect(saveGrading(app, teacher, { workId, grading })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    }
  });
});

describe('accepting', () => {
  test.each<[[number, number], 'right' | 'partly' | 'wrong', boolean]>([
    [[1, 2], 'right', true],
    [[1, 0], 'partly', true],
    [[0, 0], 'wrong', false],
  ])('%j is an answer: %s, solved %j, on the day it was handed in', async (points, verdict, solved) => {
    clock.set('2026-11-24T22:30:00Z');
    const workId = await aWork();
    minutes(60 * 24 * 3);
    await grade(app, teacher, student, taskId, points);
    const sum = points[0] + points[1];
    expect(await app.db.submission.findMany({ where: { taskId } })).toMatchObject([
      {
        clientId: workId,
        verdict,
        points: sum,
        understood: `${sum}/3`,
        createdAt: new Date('2026-11-24T22:30:00Z'),
        localOn: new Date('2026-11-25T00:00:00Z'),
      },
    ]);
    expect(await progress()).toMatchObject([
      { wrongCount: solved ? 0 : 1, bestPoints: sum, solvedAt: solved ? new Date('2026-11-24T22:30:00Z') : null },
    ]);
    const profile = await getProgress(app, student);
    expect([profile.tasks.done, profile.streak.best]).toEqual(solved ? [1, 1] : [0, 0]);
  });

  test('needs points for every criterion, within its maximum', async () => {
    const workId = await aWork();
    await takeWork(app, teacher, { workId });
    const incomplete: Scores[] = [{}, { K1: 1 }, { K1: 1, K2: 3 }, { K1: 1, K2: 1, K3: 1 }];
    for (const scores of incomplete) {
      await expect(accept(workId, teacher, { scores, comments: [], remark: '' })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    }
    expect(await app.db.work.findUnique({ where: { id: workId } })).toMatchObject({ state: 'waiting', heldBy: teacher.id });
  });

  test('twice, also at once, is once', async () => {
    const workId = await aWork();
    await takeWork(app, teacher, { workId });
    const results = await Promise.all(Array.from({ length: 6 }, () => accept(workId)));
    expect(results.map(({ outcome }) => outcome).toSorted()).toEqual(['decided', ...Array(5).fill('lost')]);
    expect(await app.db.submission.count({ where: { taskId } })).toBe(1);
    expect(await accept(workId)).toMatchObject({ outcome: 'lost', state: 'accepted' });
  });

  test('shows the student points by criterion, remarks and, whatever the points, the solution', async () => {
    await aWork('Пусть x = 1.');
    const workId = (await app.db.work.findFirstOrThrow({ where: { taskId } })).id;
    await expect(getSolution(app, student, taskId)).rejects.toMatchObject({ code: 'TASKS_SOLUTION_CLOSED' });
    await takeWork(app, teacher, { workId });
    await accept(workId, teacher, aGrading(0, 0, { remark: 'Нет *обоснования*', comments: [{ start: 6, end: 11, body: 'Откуда?' }] }));
    const mine = await readMyWorks(app, student, taskId);
    expect(mine.works[0]).toMatchObject({
      state: 'accepted',
      points: 0,
      scores: { K1: 0, K2: 0 },
      remarkHtml: expect.stringContaining('<em>'),
      comments: [{ number: 1, quote: 'x = 1', html: expect.stringContaining('Откуда?') }],
      textHtml: expect.stringContaining('data-mark="1"'),
    });
    const topic = await openTopic(app, student, { course: course.slug, topic: 'topic-1' });
    expect(topic.tasks[0]?.state).toMatchObject({ work: 'accepted', solved: false, solution: { state: 'open' } });
    expect(topic.tasks[1]?.state).not.toHaveProperty('work');
    expect((await getSolution(app, student, taskId)).html).toContain('61728');
  });

  test('is in the journal with the name of the task and the student', async () => {
    await aWork();
    const workId = await grade(app, teacher, student, taskId, [1, 1]);
    expect(await app.db.auditEntry.findMany({ where: { subject: workId } })).toMatchObject([
      { action: 'work.accept', actor: teacher.id, label: 'Задание 1: Илья Соколов', after: { points: 2, of: 3 } },
    ]);
  });
});

describe('giving back', () => {
  test('counts as no answer and asks for another round', async () => {
    const workId = await aWork();
    await takeWork(app, teacher, { workId });
    await decide(app, teacher, { workId, decision: 'return', grading: { scores: { K1: 1 }, comments: [], remark: 'Допишите пункт б' } });
    expect(await progress()).toEqual([]);
    expect(await readMyWorks(app, student, taskId)).toMatchObject({
      mayHandIn: true,
      works: [{ state: 'returned', points: null, scores: null, remarkHtml: expect.stringContaining('Допишите') }],
    });
  });
});

describe('what counts as solved is one rule', () => {
  test('the cache made anew says what was counted at once, over works, rounds, grants and answers', async () => {
    await answer(app, student, course.task(0, 1), '2');
    await answer(app, student, course.task(0, 1), '1');
    await aWork();
    await grade(app, teacher, student, taskId, 'return');
    await aWork();
    await grade(app, teacher, student, taskId, [0, 0]);
    for (const points of [
      [1, 0],
      [1, 2],
      [0, 1],
    ] as [number, number][]) {
      await changeExtra(app, teacher, { personId: student.id, taskId }, 1);
      minutes(60);
      await aWork();
      await grade(app, teacher, student, taskId, points);
    }
    const counted = await progress();
    expect(counted.find((row) => row.taskId === taskId)).toMatchObject({
      wrongCount: 1,
      bestPoints: 3,
      solvedAt: new Date('2026-11-24T13:00:00Z'),
    });
    const profile = await getProgress(app, student);
    expect(profile.tasks).toEqual({ done: 2, total: 2 });
    await rebuildProgress(app);
    expect(await progress()).toEqual(counted);
    expect(await getProgress(app, student)).toEqual(profile);
  });

  test('half of the points still leaves a task of the checker unsolved', async () => {
    const other = await aCourse(app, { topics: [{ tasks: [{ spec: { kind: 'sequence', key: '12', partial: 'ege' }, points: 2 }] }] });
    await answer(app, student, other.task(0, 0), '13');
    await rebuildProgress(app);
    expect(await progress()).toMatchObject([{ bestPoints: 1, wrongCount: 1, solvedAt: null }]);
  });
});

describe('grading again', () => {
  test('takes the points away until it is decided, and the progress follows', async () => {
    await aWork();
    const workId = await grade(app, teacher, student, taskId, [1, 2]);
    expect(await reopen(app, second, { workId })).toMatchObject({ outcome: 'held', holder: { mine: true } });
    expect([await progress(), await app.db.submission.count({ where: { taskId } })]).toEqual([[], 0]);
    expect((await readMyWorks(app, student, taskId)).works[0]).toMatchObject({
      state: 'waiting',
      held: true,
      mayWithdraw: false,
      points: null,
      scores: null,
    });
    expect(await openReview(app, second, { workId })).toMatchObject({ grading: { scores: { K1: 1, K2: 2 } } });
    await accept(workId, second, aGrading(1, 0));
    expect(await progress()).toMatchObject([{ bestPoints: 1 }]);
    expect((await app.db.auditEntry.findMany({ where: { subject: workId }, orderBy: { id: 'asc' } })).map(({ action }) => action)).toEqual([
      'work.accept',
      'work.reopen',
      'work.accept',
    ]);
  });

  test('is refused for a returned work that the student has handed in anew; until then it is not', async () => {
    await aWork();
    const workId = await grade(app, teacher, student, taskId, 'return');
    expect((await reopen(app, teacher, { workId })).outcome).toBe('held');
    await grade(app, teacher, student, taskId, 'return');
    await handInText(app, student, taskId, 'Ещё раз');
    await expect(reopen(app, teacher, { workId })).rejects.toMatchObject({ code: 'REVIEWS_SUPERSEDED' });
    expect((await readMyWorks(app, student, taskId)).works.map(({ state }) => state)).toEqual(['waiting', 'returned']);
  });

  test('of two who open it again one does', async () => {
    await aWork();
    const workId = await grade(app, teacher, student, taskId, [1, 2]);
    const results = await Promise.all([reopen(app, teacher, { workId }), reopen(app, second, { workId })]);
    expect(results.map(({ outcome }) => outcome).toSorted()).toEqual(['held', 'lost']);
  });
});

describe('the queue', () => {
  test('stands in the order of handing in, page by page, and says who is at what', async () => {
    await app.db.work.deleteMany({});
    const students = await Promise.all(Array.from({ length: 30 }, () => aStudent(app)));
    for (const { actor } of students) {
      clock.forward(1000);
      await handInText(app, actor, taskId);
    }
    const first = await listReviews(app, teacher, { filter: 'waiting' });
    const rest = await listReviews(app, teacher, { filter: 'waiting', cursor: first.next });
    expect([first.rows.length, rest.rows.length, rest.next]).toEqual([25, 5, null]);
    const times = [...first.rows, ...rest.rows].map(({ handedInAt }) => handedInAt);
    expect(times).toEqual(times.toSorted());
    expect(new Set([...first.rows, ...rest.rows].map(({ id }) => id)).size).toBe(30);
    const oldest = first.rows[0]?.id ?? '';
    await takeWork(app, second, { workId: oldest });
    const seen = await listReviews(app, teacher, { filter: 'waiting' });
    expect(seen).toMatchObject({
      counts: { waiting: 30, mine: 0 },
      courses: expect.arrayContaining([{ id: course.id, title: expect.any(String) }]),
    });
    expect(seen.rows[0]).toMatchObject({
      id: oldest,
      student: 'Соколов Илья',
      maxPoints: 3,
      holder: { mine: false, name: 'Ольга Громова' },
    });
    expect((await listReviews(app, second, { filter: 'mine' })).rows.map(({ id }) => id)).toEqual([oldest]);
    expect((await listReviews(app, teacher, { filter: 'mine' })).rows).toEqual([]);
    expect((await listReviews(app, teacher, { filter: 'waiting', courseId: crypto.randomUUID() })).rows).toEqual([]);
    expect(await countWaiting(app, second)).toMatchObject({ waiting: 30, mine: 1, oldestAt: times[0] });
    const decided = await accept(oldest, second);
    expect(decided).toMatchObject({ outcome: 'decided', nextId: first.rows[1]?.id });
    expect((await listReviews(app, teacher, { filter: 'accepted' })).rows).toMatchObject([{ id: oldest, points: 2, holder: null }]);
    expect((await listReviews(app, teacher, { filter: 'returned' })).rows).toEqual([]);
  });

  test('leaves out what students no longer have', async () => {
    await app.db.work.deleteMany({});
    await aWork();
    await app.db.task.update({ where: { id: taskId }, data: { deletedAt: clock.now() } });
    expect(await listReviews(app, teacher, { filter: 'waiting' })).toMatchObject({ rows: [], counts: { waiting: 0 } });
  });

  test('opens a work with its task, criteria, solution and earlier rounds', async () => {
    await aWork('Первая');
    await grade(app, teacher, student, taskId, 'return');
    const workId = await aWork('Вторая');
    expect(await openReview(app, teacher, { workId })).toMatchObject({
      round: 2,
      text: 'Вторая',
      student: { id: student.id, firstName: 'Илья' },
      task: { id: taskId, points: 3, solutionHtml: expect.stringContaining('61728') },
      criteria: [
        { id: 'K1', max: 1 },
        { id: 'K2', max: 2 },
      ],
      rounds: [{ round: 1, state: 'returned' }],
      extra: 0,
    });
    await expect(openReview(app, teacher, { workId: crypto.randomUUID() })).rejects.toMatchObject({ code: 'REVIEWS_NOT_FOUND' });
  });
});

describe('the notice', () => {
  const newest = async () => (await messagesFor(app, student.id, 'grade', gradeWords)).at(-1);

  test('says the points and leads to the task', async () => {
    await aWork();
    await grade(app, teacher, student, taskId, [1, 1]);
    expect(await newest()).toMatchObject({
      title: expect.stringMatching(/^Работа проверена: 2\sбалла из\s3$/),
      button: { url: `/courses/${course.slug}/topic-1#task-1` },
    });
  });

  test('says that a work came back', async () => {
    await aWork();
    await grade(app, teacher, student, taskId, 'return');
    expect(await newest()).toMatchObject({ title: expect.stringMatching(/^Работа возвращена на\sдоработку$/) });
  });

  test('tells nothing to who has read it on the site, nor of a decision that was taken back', async () => {
    await aWork();
    const workId = await grade(app, teacher, student, taskId, [1, 1]);
    expect(await newest()).not.toBeNull();
    await reopen(app, teacher, { workId });
    expect(await newest()).toBeNull();
    await grade(app, teacher, student, taskId, [1, 0]);
    expect(await newest()).not.toBeNull();
    await markSeen(app, student, { workId });
    expect(await newest()).toBeNull();
  });
});
