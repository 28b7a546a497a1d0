/** A long answer in an exam from the first photo to the points in the result. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { graceMs } from '#shared/exams.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { aCourse, aNumber, type MadeCourse } from '../../../testing/course.ts';
import { anExam, type ExamPlan, type MadeExam } from '../../../testing/exam.ts';
import { messagesFor } from '../../../testing/notices.ts';
import { aGrading, aLongTask, anUpload, handInText } from '../../../testing/works.ts';
import { aClock, aModerator, aSchool, aStudent, type School } from '../../../testing/world.ts';
import { collectFiles } from '../../files/collect.ts';
import { grade } from '../../notifications/kinds/grade.ts';
import { getProgress } from '../../progress/queries.ts';
import { withdraw } from '../../reviews/actions.ts';
import { decide, reopen, takeWork } from '../../reviews/office/actions.ts';
import { countWaiting, findNext, listReviews, openReview } from '../../reviews/office/queries.ts';
import { readMyWorks } from '../../reviews/queries.ts';
import { accessTask } from '../../tasks/access.ts';
import { finishMyAttempt, openAttempt, startAttempt } from '../attempts/actions.ts';
import { closeAttempt } from '../closing/actions.ts';
import { releaseDue } from '../release/actions.ts';
import { syncAttempt } from '../sync/actions.ts';
import { addExamFile, removeExamFile } from './actions.ts';
import { getExamFiles, getExamWork } from './queries.ts';

const clock = aClock();
let school: School;
let app: App;
let student: PersonActor;
let teacher: PersonActor;
let course: MadeCourse;
let long: string;
let short: string;
beforeAll(async () => {
  school = await aSchool({ clock });
  app = school.app;
  teacher = (await aModerator(app)).actor;
});
afterAll(() => school.close());
beforeEach(async () => {
  clock.set('2026-11-24T12:00:00Z');
  student = (await aStudent(app)).actor;
  course = await aCourse(app, { topics: [{ tasks: [aLongTask(), aNumber('5')] }] });
  [long, short] = [course.task(0, 0), course.task(0, 1)];
});

interface Sitting {
  exam: MadeExam;
  attemptId: string;
}

async function aSitting(plan: ExamPlan = {}, actor = student): Promise<Sitting> {
  const exam = await anExam(app, course, { title: 'Пробник', ...plan });
  const attemptId = randomUUID();
  await startAttempt(app, actor, { examId: exam.id, attemptId });
  return { exam, attemptId };
}

const type = (attemptId: string, taskId: string, value: string) =>
  syncAttempt(app, student, { attemptId, since: 0, changes: [{ taskId, baseRev: 1000, value }] });
const aPhoto = (attemptId: string, name?: string, actor = student) => anUpload(app, actor, attemptId, name, 'jpeg', 'exam');
async function lay(attemptId: string, at = 1, name?: string) {
  const uploadId = await aPhoto(attemptId, name);
  return addExamFile(app, student, { attemptId, taskId: long, uploadId, at });
}
const answerOf = (attemptId: string, taskId = long) =>
  app.db.examAnswer.findUniqueOrThrow({ where: { attemptId_taskId: { attemptId, taskId } }, include: { files: true, work: true } });
const workOf = async (attemptId: string) => (await answerOf(attemptId)).workId ?? expect.fail('no work');

async function accept(workId: string, K1 = 1, K2 = 1): Promise<void> {
  await takeWork(app, teacher, { workId });
  expect(await decide(app, teacher, { workId, decision: 'accept', grading: aGrading(K1, K2) })).toMatchObject({ outcome: 'decided' });
}

describe('while the attempt runs', () => {
  test('a text as long as a work may be is kept', async () => {
    const { attemptId } = await aSitting();
    const text = 'я'.repeat(20_000);
    expect(await type(attemptId, long, text)).toMatchObject({ outcomes: [{ outcome: 'saved' }] });
    expect((await answerOf(attemptId)).given).toBe(text);
  });

  test('files stand in the order in which they were chosen, and other devices hear how many there are', async () => {
    const { attemptId } = await aSitting();
    await lay(attemptId, 20, 'б.jpg');
    const { files, room } = await lay(attemptId, 10, 'а.jpg');
    expect([files.map(({ name }) => name), room]).toEqual([['а.jpg', 'б.jpg'], 8]);
    expect((await syncAttempt(app, student, { attemptId, since: 0, changes: [] })).changed).toMatchObject([{ taskId: long, files: 2 }]);
    const running = await openAttempt(app, student, { attemptId });
    expect(running.state === 'running' && running.answers.map((answer) => answer.files)).toEqual([2, 0]);
  });

  test('a photo overtakes no text that is typed at the same moment', async () => {
    const { attemptId } = await aSitting();
    await lay(attemptId);
    const typed = await syncAttempt(app, student, { attemptId, since: 0, changes: [{ taskId: long, baseRev: 0, value: 'Решение' }] });
    expect(typed.outcomes).toEqual([{ taskId: long, outcome: 'saved' }]);
  });

  test('a request that is sent again lays a file once; a removed one may be put back to its place', async () => {
    const { attemptId } = await aSitting();
    const uploadId = await aPhoto(attemptId);
    const once = { attemptId, taskId: long, uploadId, at: 5 };
    await Promise.all([addExamFile(app, student, once), addExamFile(app, student, once)]);
    await lay(attemptId, 6, 'вторая.jpg');
    const [first] = (await getExamFiles(app, student, { attemptId, taskId: long })).files;
    const removed = await removeExamFile(app, student, { attemptId, taskId: long, fileId: first?.id ?? '' });
    expect(removed.files.map(({ name }) => name)).toEqual(['вторая.jpg']);
    const back = await addExamFile(app, student, { attemptId, taskId: long, uploadId: removed.uploadId, at: 5 });
    expect(back.files.map(({ name }) => name)).toEqual(['тетрадь.jpg', 'вторая.jpg']);
  });

  test('ten files are all there is room for, also for two tabs at once', async () => {
    const { attemptId } = await aSitting();
    const uploads = await Promise.all(Array.from({ length: 12 }, () => aPhoto(attemptId)));
    const results = await Promise.allSettled(
      uploads.map((uploadId, at) => addExamFile(app, student, { attemptId, taskId: long, uploadId, at })),
    );
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(refused).toMatchObject(Array(2).fill({ code: 'FILES_REFUSED', data: { refusal: 'too-many' } }));
    expect((await answerOf(attemptId)).files).toHaveLength(10);
  });

  test('none of it is for others, for tasks with a key, or for uploads of something else', async () => {
    const { attemptId } = await aSitting();
    const other = (await aStudent(app)).actor;
    const named = { attemptId, taskId: long };
    const theirs = await aPhoto(attemptId, 'x.jpg', other);
    await expect(addExamFile(app, other, { ...named, uploadId: theirs, at: 1 })).rejects.toMatchObject({ code: 'EXAMS_NOT_FOUND' });
    await expect(getExamFiles(app, other, named)).rejects.toMatchObject({ code: 'EXAMS_NOT_FOUND' });
    await expect(addExamFile(app, student, { ...named, uploadId: theirs, at: 1 })).rejects.toMatchObject({ code: 'FILES_NOT_FOUND' });
    const mine = await aPhoto(attemptId);
    const elsewhere = { attemptId, taskId: short, uploadId: mine, at: 1 };
    await expect(addExamFile(app, student, elsewhere)).rejects.toMatchObject({ code: 'EXAMS_NOT_FOUND' });
    const ofPractice = await anUpload(app, student, long);
    await expect(addExamFile(app, student, { ...named, uploadId: ofPractice, at: 1 })).rejects.toMatchObject({ code: 'FILES_NOT_FOUND' });
  });

  test('what comes in the grace is taken, what comes after it is not', async () => {
    const { attemptId } = await aSitting({ limitMinutes: 60 });
    const uploadId = await aPhoto(attemptId);
    const late = await aPhoto(attemptId);
    clock.forward(60 * 60_000 + graceMs - 1);
    await addExamFile(app, student, { attemptId, taskId: long, uploadId, at: 1 });
    clock.forward(1);
    await expect(addExamFile(app, student, { attemptId, taskId: long, uploadId: late, at: 2 })).rejects.toMatchObject({
      code: 'EXAMS_OVER',
    });
    const fileId = (await answerOf(attemptId)).files[0]?.id ?? '';
    await expect(removeExamFile(app, student, { attemptId, taskId: long, fileId })).rejects.toMatchObject({ code: 'EXAMS_OVER' });
  });

  test('the collector leaves a file that lies with an answer where it is', async () => {
    const { attemptId } = await aSitting({ limitMinutes: null });
    await lay(attemptId);
    const key = (await answerOf(attemptId)).files[0]?.storageKey ?? '';
    clock.forward(3 * 24 * 3_600_000);
    await app.db.upload.deleteMany({});
    await collectFiles(app);
    expect(await app.storage.find(key)).not.toBeNull();
  });
});

describe('at the end', () => {
  test('what was written is handed in once, with its files in order and on the student’s own day; by time nobody has to be there', async () => {
    clock.set('2026-11-24T20:30:00Z');
    const { attemptId } = await aSitting({ limitMinutes: 60 });
    await type(attemptId, long, 'Пусть x = 2');
    await lay(attemptId, 2, 'вторая.jpg');
    await lay(attemptId, 1, 'первая.jpg');
    clock.forward(24 * 3_600_000);
    const closed = await Promise.all(Array.from({ length: 4 }, () => closeAttempt(app, attemptId, 'time')));
    expect(closed.filter(Boolean)).toHaveLength(1);
    const { work, files, points, maxPoints, verdict } = await answerOf(attemptId);
    expect([files, points, maxPoints, verdict]).toEqual([[], null, 3, null]);
    expect(work).toMatchObject({ text: 'Пусть x = 2', round: 1, state: 'waiting', handedInAt: new Date('2026-11-24T21:30:00Z') });
    expect(work?.localOn.toISOString().slice(0, 10)).toBe('2026-11-25');
    const laid = await app.db.workFile.findMany({
      where: { workId: work?.id ?? '' },
      orderBy: { position: 'asc' },
      select: { name: true },
    });
    expect(laid).toEqual([{ name: 'первая.jpg' }, { name: 'вторая.jpg' }]);
    expect(await app.db.work.count({ where: { personId: student.id } })).toBe(1);
  });

  test.each([
    ['nothing', null],
    ['blanks', ' \n '],
  ])('%s: no work, no points, and nothing to wait for', async (_, text) => {
    const { attemptId } = await aSitting();
    if (text !== null) await type(attemptId, long, text);
    const attempt = await finishMyAttempt(app, student, { attemptId });
    expect(attempt).toMatchObject({ score: { points: 0, maxPoints: 4, waiting: 0 } });
    expect(await answerOf(attemptId)).toMatchObject({ workId: null, points: 0, maxPoints: 3, verdict: null });
  });

  test('a photo alone is an answer', async () => {
    const { attemptId } = await aSitting();
    await lay(attemptId);
    expect(await finishMyAttempt(app, student, { attemptId })).toMatchObject({ answered: 1, score: { waiting: 1 } });
  });

  test('a work that waits in practice is no obstacle, and the other way round', async () => {
    await handInText(app, student, long);
    const { attemptId } = await aSitting({ review: 'closing', closesIn: 5 });
    await type(attemptId, long, 'В экзамене');
    await finishMyAttempt(app, student, { attemptId });
    expect((await answerOf(attemptId)).work).toMatchObject({ round: 2, text: 'В экзамене' });
    const practice = await app.db.work.findFirstOrThrow({ where: { personId: student.id, round: 1 }, select: { id: true } });
    await takeWork(app, teacher, { workId: practice.id });
    await decide(app, teacher, { workId: practice.id, decision: 'return', grading: aGrading(0, 0, { remark: 'Ещё раз' }) });
    expect(await handInText(app, student, long, 'Снова')).toMatchObject({ outcome: 'handed-in' });
  });
});

describe('the queue and the desk', () => {
  test('say of which exam a work is, and find it though its topic is a draft', async () => {
    const { attemptId } = await aSitting();
    await type(attemptId, long, 'Решение');
    await finishMyAttempt(app, student, { attemptId });
    await app.db.topic.update({ where: { id: course.topic(0).id }, data: { publishedAt: null } });
    await app.db.task.update({ where: { id: long }, data: { deletedAt: clock.now() } });
    const workId = await workOf(attemptId);
    const exam = { title: 'Пробник', attemptId, attempt: 1 };
    const { rows, counts } = await listReviews(app, teacher, { filter: 'exams', courseId: course.id });
    expect(rows).toMatchObject([{ id: workId, exam }]);
    expect(counts.exams).toBeGreaterThan(0);
    expect((await countWaiting(app, teacher)).waiting).toBeGreaterThan(0);
    expect(await openReview(app, teacher, { workId })).toMatchObject({ exam });
    expect(await findNext(app, randomUUID())).not.toBeNull();
  });

  test('give no exam back, and a student takes none back', async () => {
    const { attemptId } = await aSitting();
    await type(attemptId, long, 'Решение');
    await finishMyAttempt(app, student, { attemptId });
    const workId = await workOf(attemptId);
    expect((await readMyWorks(app, student, long)).works).toMatchObject([{ id: workId, mayWithdraw: false }]);
    expect(await withdraw(app, student, { workId })).toMatchObject({ outcome: 'too-late' });
    await takeWork(app, teacher, { workId });
    const back = decide(app, teacher, { workId, decision: 'return', grading: aGrading(0, 0, { remark: 'Ещё раз' }) });
    await expect(back).rejects.toMatchObject({ code: 'REVIEWS_OF_EXAM' });
    expect((await answerOf(attemptId)).work?.state).toBe('waiting');
  });
});

describe('points', () => {
  test('stand in the result at once, go when the work is opened again, and come anew', async () => {
    const { attemptId } = await aSitting();
    await type(attemptId, long, 'Решение');
    await type(attemptId, short, '5');
    const score = async () => {
      const attempt = await openAttempt(app, student, { attemptId });
      return attempt.state === 'finished' ? attempt.score : expect.fail('still running');
    };
    await finishMyAttempt(app, student, { attemptId });
    expect(await score()).toMatchObject({ points: 1, maxPoints: 4, waiting: 1 });
    const workId = await workOf(attemptId);
    await accept(workId, 1, 1);
    expect(await score()).toMatchObject({ points: 3, waiting: 0 });
    expect(await answerOf(attemptId)).toMatchObject({ points: 2, maxPoints: 3, verdict: 'partly' });
    await reopen(app, teacher, { workId });
    expect(await score()).toMatchObject({ points: 1, waiting: 1 });
    expect((await getProgress(app, student)).tasks).toMatchObject({ done: 1 });
    await accept(workId, 1, 2);
    expect(await score()).toMatchObject({ points: 4, waiting: 0 });
    expect((await getProgress(app, student)).tasks).toMatchObject({ done: 2 });
  });

  test('before the review the practice page and the statistics know nothing of them, and after it they do, once', async () => {
    const { attemptId } = await aSitting({ review: 'closing', closesIn: 5 });
    await type(attemptId, long, 'Решение');
    await finishMyAttempt(app, student, { attemptId });
    const workId = await workOf(attemptId);
    await accept(workId);
    const known = async () => {
      const { row } = await accessTask(app, student, long);
      const { works, mayHandIn } = await readMyWorks(app, student, long);
      return { work: row.work, solved: row.solved_at !== null, works: works.length, mayHandIn, answers: row.attempts.length };
    };
    expect(await known()).toEqual({ work: 'none', solved: false, works: 0, mayHandIn: true, answers: 0 });
    await expect(getExamWork(app, student, { workId })).rejects.toMatchObject({ code: 'REVIEWS_NOT_FOUND' });
    expect(await getExamWork(app, teacher, { workId })).toMatchObject({ work: { points: 2, seen: true } });
    clock.forward(6 * 3_600_000);
    await Promise.all([releaseDue(app), releaseDue(app)]);
    expect(await known()).toEqual({ work: 'accepted', solved: true, works: 1, mayHandIn: false, answers: 1 });
    expect(await getExamWork(app, student, { workId })).toMatchObject({
      taskId: long,
      work: { points: 2, seen: false, textHtml: expect.stringContaining('Решение') },
      criteria: [
        { id: 'K1', max: 1 },
        { id: 'K2', max: 2 },
      ],
    });
    const stranger = (await aStudent(app)).actor;
    await expect(getExamWork(app, stranger, { workId })).rejects.toMatchObject({ code: 'REVIEWS_NOT_FOUND' });
    const [submission] = await app.db.submission.findMany({ where: { personId: student.id, taskId: long } });
    expect(submission).toMatchObject({ clientId: workId, points: 2, createdAt: new Date('2026-11-24T12:00:00Z') });
  });

  test('a decision and the opening of the review at the same moment count the work once', async () => {
    const { attemptId } = await aSitting({ review: 'closing', closesIn: 5 });
    await type(attemptId, long, 'Решение');
    await finishMyAttempt(app, student, { attemptId });
    const workId = await workOf(attemptId);
    await takeWork(app, teacher, { workId });
    clock.forward(6 * 3_600_000);
    await Promise.all([
      releaseDue(app),
      decide(app, teacher, { workId, decision: 'accept', grading: aGrading(1, 2) }),
      openAttempt(app, student, { attemptId }),
    ]);
    expect(await app.db.submission.findMany({ where: { personId: student.id, taskId: long }, select: { points: true } })).toEqual([
      { points: 3 },
    ]);
    expect(await app.db.taskProgress.findMany({ where: { personId: student.id, taskId: long }, select: { bestPoints: true } })).toEqual([
      { bestPoints: 3 },
    ]);
  });

  test('the notice names the exam and leads to its result', async () => {
    const { attemptId } = await aSitting({ review: 'closing', closesIn: 5 });
    await type(attemptId, long, 'Решение');
    await finishMyAttempt(app, student, { attemptId });
    const workId = await workOf(attemptId);
    await accept(workId, 1, 2);
    expect((await messagesFor(app, student.id, 'grade', grade)).at(-1)).toMatchObject({
      title: expect.stringMatching(/^Работа проверена: 3\sбалла из\s3$/),
      body: expect.stringContaining('экзамене «Пробник»'),
      button: { url: `/attempts/${attemptId}` },
    });
  });
});
