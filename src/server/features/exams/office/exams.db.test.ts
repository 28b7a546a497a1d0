/** An exam in the hands of a teacher: made, changed while it runs, published, copied, moved and deleted, each as its students meet it. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AppError } from '#shared/errors.ts';
import { aCourse, aNumber, type MadeCourse } from '../../../testing/course.ts';
import { anExam } from '../../../testing/exam.ts';
import { aModerator, aSchool, aStudent, type School, type Student } from '../../../testing/world.ts';
import { startAttempt } from '../attempts/actions.ts';
import { copyExam, createExam, deleteExam, moveExam, publishExam, restoreExam, unpublishExam, updateExam } from './exams/actions.ts';
import { getOfficeExam, listOfficeExams } from './exams/queries.ts';
import { setExamTasks } from './tasks/actions.ts';
import { listCandidates, pickByNumbers } from './tasks/queries.ts';

let school: School;
let teacher: Student;
let course: MadeCourse;
const hour = 3_600_000;
beforeAll(async () => {
  school = await aSchool();
  teacher = await aModerator(school.app);
});
afterAll(() => school.close());

/** Five tasks that students can practise, two of a bank that they do not see, two of a topic that opens later, one that is a draft. */
beforeEach(async () => {
  course = await aCourse(school.app, {
    scale: [40, 70, 100],
    topics: [
      { tasks: [1, 2, 3, 4, 5].map((key) => aNumber(String(key))) },
      { published: false, tasks: [aNumber('6'), aNumber('7')] },
      { opensIn: 24, tasks: [aNumber('8'), aNumber('9'), { ...aNumber('10'), published: false }] },
    ],
  });
});

const code = (error: AppError) => error.code;
const refused = (work: Promise<unknown>) => work.then(() => 'ok', code);
const get = (id: string) => getOfficeExam(school.app, teacher.actor, { id });
const titles = async () => (await listOfficeExams(school.app, teacher.actor, { course: course.slug })).exams.map(({ title }) => title);
const lastDeed = () => school.app.db.auditEntry.findFirstOrThrow({ orderBy: { id: 'desc' } });
const inHours = (hours: number) => new Date(school.clock.now().getTime() + hours * hour).toISOString();

async function anOfficeExam(title = 'Пробный экзамен', taskIds: string[] = []): Promise<string> {
  const id = randomUUID();
  await createExam(school.app, teacher.actor, { id, courseId: course.id, title });
  if (taskIds.length > 0) await setExamTasks(school.app, teacher.actor, { id, base: [], taskIds });
  return id;
}

describe('the exams of a course', () => {
  test('are made once under one id, stand in their order and have addresses of their own', async () => {
    const id = randomUUID();
    const make = () => createExam(school.app, teacher.actor, { id, courseId: course.id, title: 'Пробный экзамен' });
    await Promise.all([make(), make()]);
    const second = await anOfficeExam();
    const { exams } = await listOfficeExams(school.app, teacher.actor, { course: course.slug });
    expect(exams.map((exam) => [exam.id, exam.slug, exam.state, exam.problem])).toEqual([
      [id, 'probnyy-ekzamen', 'draft', 'no-tasks'],
      [second, 'probnyy-ekzamen-2', 'draft', 'no-tasks'],
    ]);
  });

  test('are moved, and the move can be taken back', async () => {
    const [a, b, c] = [await anOfficeExam('А'), await anOfficeExam('Б'), await anOfficeExam('В')];
    const { beforeId, order } = await moveExam(school.app, teacher.actor, { id: c, beforeId: a });
    expect(order).toEqual([c, a, b]);
    expect(beforeId).toBeNull();
    expect(await titles()).toEqual(['В', 'А', 'Б']);
    await moveExam(school.app, teacher.actor, { id: c, beforeId });
    expect(await titles()).toEqual(['А', 'Б', 'В']);
    expect(await lastDeed()).toMatchObject({ action: 'exam.move', subject: c, before: { place: 1 }, after: { place: 3 } });
    await deleteExam(school.app, teacher.actor, { id: a });
    expect(await refused(moveExam(school.app, teacher.actor, { id: c, beforeId: a }))).toBe('COURSES_PLACE_GONE');
  });

  test('are deleted and come back to their place with all that is in them', async () => {
    const id = await anOfficeExam('А', [course.task(0, 0)]);
    await anOfficeExam('Б');
    await deleteExam(school.app, teacher.actor, { id });
    expect(await titles()).toEqual(['Б']);
    const { deleted } = await listOfficeExams(school.app, teacher.actor, { course: course.slug });
    expect(deleted.map((exam) => exam.id)).toEqual([id]);
    expect(await refused(get(id))).toBe('EXAMS_NOT_FOUND');
    expect(await refused(deleteExam(school.app, teacher.actor, { id }))).toBe('EXAMS_NOT_FOUND');
    await restoreExam(school.app, teacher.actor, { id });
    expect(await titles()).toEqual(['А', 'Б']);
    expect((await get(id)).tasks).toHaveLength(1);
  });

  test('are copied as drafts, with what may still be given', async () => {
    const exam = await anExam(school.app, course, { tasks: [course.task(0, 0), course.task(0, 1), course.task(1, 0)], limitMinutes: 90 });
    await school.app.db.task.update({ where: { id: course.task(0, 1) }, data: { publishedAt: null } });
    const newId = randomUUID();
    const copy = () => copyExam(school.app, teacher.actor, { id: exam.id, newId });
    await copy();
    await copy();
    expect(await titles()).toEqual(['Пробный экзамен', 'Пробный экзамен (копия)']);
    const made = await get(newId);
    expect(made).toMatchObject({ state: 'draft', limitMinutes: 90, running: 0 });
    expect(made.tasks.map(({ id }) => id)).toEqual([course.task(0, 0), course.task(1, 0)]);
  });

  test('of a course that is gone are not there', async () => {
    const id = await anOfficeExam();
    await school.app.db.course.update({ where: { id: course.id }, data: { deletedAt: school.clock.now() } });
    expect(await refused(listOfficeExams(school.app, teacher.actor, { course: course.slug }))).toBe('COURSES_NOT_FOUND');
    expect(await refused(get(id))).toBe('EXAMS_NOT_FOUND');
  });
});

describe('publication', () => {
  test('wants tasks, a window and tasks that are published', async () => {
    const id = await anOfficeExam();
    const publish = () =>
      publishExam(school.app, teacher.actor, { id }).then(
        () => 'ok',
        (error: AppError) => [error.code, error.data],
      );
    expect(await publish()).toEqual(['EXAMS_INCOMPLETE', { reason: 'no-tasks' }]);
    await setExamTasks(school.app, teacher.actor, { id, base: [], taskIds: [course.task(1, 0), course.task(0, 0)] });
    await school.app.db.task.update({ where: { id: course.task(0, 0) }, data: { deletedAt: school.clock.now() } });
    expect(await publish()).toEqual(['EXAMS_INCOMPLETE', { reason: 'draft-tasks' }]);
    expect((await get(id)).tasks.map(({ state }) => state)).toEqual(['published', 'deleted']);
    await school.app.db.task.update({ where: { id: course.task(0, 0) }, data: { deletedAt: null } });
    await school.app.db.exam.update({ where: { id }, data: { opensAt: inHours(2), closesAt: inHours(1) } });
    expect(await publish()).toEqual(['EXAMS_INCOMPLETE', { reason: 'window' }]);
    await school.app.db.exam.update({ where: { id }, data: { closesAt: inHours(3) } });
    expect(await publish()).toBe('ok');
    expect((await get(id)).state).toBe('soon');
    expect(await lastDeed()).toMatchObject({ action: 'exam.publish', subject: id });
    // Of what students see, the last task is not taken.
    const taskIds = [course.task(1, 0), course.task(0, 0)];
    expect(await refused(setExamTasks(school.app, teacher.actor, { id, base: taskIds, taskIds: [] }))).toBe('EXAMS_INCOMPLETE');
    await unpublishExam(school.app, teacher.actor, { id });
    expect((await get(id)).state).toBe('draft');
  });
});

describe('settings', () => {
  test('are changed one by one, and the journal has what differs', async () => {
    const id = await anOfficeExam();
    expect(await updateExam(school.app, teacher.actor, { id, limitMinutes: 235, attempts: null, about: '**Пишем**' })).toEqual({
      outcome: 'saved',
    });
    expect(await lastDeed()).toMatchObject({
      action: 'exam.update',
      before: { limitMinutes: null, attempts: 1, about: '' },
      after: { limitMinutes: 235, attempts: null, about: '**Пишем**' },
    });
    const exam = await get(id);
    expect(exam.aboutHtml).toContain('<strong>Пишем</strong>');
    expect(exam.scales).toEqual([{ year: 2025, points: 3 }]);
    const entry = await lastDeed();
    await updateExam(school.app, teacher.actor, { id, limitMinutes: 235 });
    expect((await lastDeed()).id).toBe(entry.id);
  });

  test('a window that ends before it begins, or a scale that there is not, is refused', async () => {
    const id = await anOfficeExam();
    await updateExam(school.app, teacher.actor, { id, opensAt: inHours(2), closesAt: inHours(3) });
    expect(await refused(updateExam(school.app, teacher.actor, { id, closesAt: inHours(1) }))).toBe('INPUT_INVALID');
    expect(await refused(updateExam(school.app, teacher.actor, { id, opensAt: inHours(3) }))).toBe('INPUT_INVALID');
    expect(await refused(updateExam(school.app, teacher.actor, { id, scaleYear: 2024 }))).toBe('INPUT_INVALID');
    expect(await updateExam(school.app, teacher.actor, { id, scaleYear: 2025 })).toEqual({ outcome: 'saved' });
  });

  test('an end that cuts running attempts asks first, and then cuts them', async () => {
    const exam = await anExam(school.app, course, { limitMinutes: 120, closesIn: 5 });
    const [late, early] = [await aStudent(school.app), await aStudent(school.app)];
    const attempt = { late: randomUUID(), early: randomUUID() };
    await school.app.db.examExtra.create({ data: { examId: exam.id, personId: early.actor.id, minutes: 90 } });
    await startAttempt(school.app, late.actor, { examId: exam.id, attemptId: attempt.late });
    const closesAt = inHours(1);
    expect(await updateExam(school.app, teacher.actor, { id: exam.id, closesAt })).toEqual({ outcome: 'cuts', attempts: 1 });
    expect((await get(exam.id)).closesAt).toBe(inHours(5));
    // Their extra minutes are theirs: with them the time is over after the attempt.
    await startAttempt(school.app, early.actor, { examId: exam.id, attemptId: attempt.early });
    expect(await updateExam(school.app, teacher.actor, { id: exam.id, closesAt: inHours(2.25) })).toEqual({ outcome: 'saved' });
    expect(await updateExam(school.app, teacher.actor, { id: exam.id, closesAt, cut: true })).toEqual({ outcome: 'saved' });
    const deadline = async (id: string) => (await school.app.db.examAttempt.findUniqueOrThrow({ where: { id } })).deadlineAt?.toISOString();
    expect(await deadline(attempt.late)).toBe(closesAt);
    expect(await deadline(attempt.early)).toBe(inHours(2.5));
  });
});

describe('the tasks of an exam', () => {
  test('are written in their order, on what the editor saw', async () => {
    const id = await anOfficeExam();
    const [a, b, c] = [course.task(0, 0), course.task(1, 0), course.task(2, 0)];
    const set = (base: string[], taskIds: string[]) => setExamTasks(school.app, teacher.actor, { id, base, taskIds });
    expect(await set([], [a, b, c])).toEqual({ outcome: 'saved' });
    expect(await set([a, b, c], [c, a])).toEqual({ outcome: 'saved' });
    expect((await get(id)).tasks.map((task) => task.id)).toEqual([c, a]);
    // Another teacher's page still shows three.
    expect(await set([a, b, c], [a, b])).toEqual({ outcome: 'conflict' });
    // The answer was lost, the request came again.
    expect(await set([a, b, c], [c, a])).toEqual({ outcome: 'saved' });
    expect(await lastDeed()).toMatchObject({ action: 'exam.tasks', before: { tasks: 3 }, after: { tasks: 2 } });
  });

  test('two teachers at once: one of them is told', async () => {
    const id = await anOfficeExam();
    const set = (taskId: string) => setExamTasks(school.app, teacher.actor, { id, base: [], taskIds: [taskId] });
    const outcomes = await Promise.all([set(course.task(0, 0)), set(course.task(0, 1))]);
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(['conflict', 'saved']);
  });

  test('are of the course and published; what is in it already may stay', async () => {
    const other = await aCourse(school.app, { topics: [{ tasks: [aNumber('1')] }] });
    const id = await anOfficeExam('Экзамен', [course.task(0, 0), course.task(0, 1)]);
    const base = [course.task(0, 0), course.task(0, 1)];
    for (const foreign of [other.task(0, 0), course.task(2, 2), randomUUID()]) {
      const set = setExamTasks(school.app, teacher.actor, { id, base, taskIds: [...base, foreign] });
      expect(await refused(set)).toBe('TASKS_NOT_FOUND');
    }
    await school.app.db.task.update({ where: { id: course.task(0, 0) }, data: { publishedAt: null } });
    const turned = base.toReversed();
    expect(await setExamTasks(school.app, teacher.actor, { id, base, taskIds: turned })).toEqual({ outcome: 'saved' });
    expect(await get(id)).toMatchObject({ problem: 'draft-tasks', maxPoints: 2 });
  });

  test('tell where else they are seen', async () => {
    const other = await anExam(school.app, course, { tasks: [course.task(0, 0)], title: 'Другой' });
    const id = await anOfficeExam('Экзамен', [course.task(0, 0), course.task(1, 0), course.task(2, 0)]);
    const { tasks } = await get(id);
    expect(tasks.map(({ practised, topic }) => [practised, topic.state])).toEqual([
      [true, 'open'],
      [false, 'draft'],
      [false, 'locked'],
    ]);
    expect(tasks[0]?.exams).toEqual([{ id: other.id, title: 'Другой' }]);
    await deleteExam(school.app, teacher.actor, { id: other.id });
    expect((await get(id)).tasks[0]?.exams).toEqual([]);
  });
});

describe('choosing tasks', () => {
  const rowsOf = async (examId: string, filter: Omit<Parameters<typeof listCandidates>[2], 'examId'> = {}) =>
    (await listCandidates(school.app, teacher.actor, { examId, ...filter })).rows.map(({ id }) => id);

  test('offers what may be given and is not in it, in the order of the programme', async () => {
    const id = await anOfficeExam('Экзамен', [course.task(0, 0)]);
    const of = (topic: number) => course.topic(topic).tasks;
    expect(await rowsOf(id)).toEqual([...of(0).slice(1), ...of(1), ...of(2).slice(0, 2)]);
    expect(await rowsOf(id, { topicId: course.topic(1).id })).toEqual(of(1));
    await anExam(school.app, course, { tasks: [course.task(1, 0), course.task(0, 2)] });
    expect(await rowsOf(id, { free: true, topicId: course.topic(1).id })).toEqual([course.task(1, 1)]);
  });

  test('finds by words in any letters, also in the statement', async () => {
    const id = await anOfficeExam();
    await school.app.db.task.update({ where: { id: course.task(0, 3) }, data: { title: 'Ёлки и графы', statement: 'Найдите 50% рёбер' } });
    for (const q of ['ЕЛКИ', 'граф ребер', '50%', 'ёлки']) expect(await rowsOf(id, { q })).toEqual([course.task(0, 3)]);
    expect(await rowsOf(id, { q: '50_' })).toEqual([]);
  });

  test('goes through a long list page by page', async () => {
    const topicId = course.topic(0).id;
    await school.app.db.task.createMany({
      data: Array.from({ length: 120 }, (_, index) => ({
        topicId,
        slug: `more-${index}`,
        position: 10 + index,
        source: '',
        title: `Ещё ${index}`,
        points: 1,
        statement: 'Условие',
        publishedAt: school.clock.now(),
      })),
    });
    const id = await anOfficeExam();
    const seen: string[] = [];
    for (let cursor: number | null = 0; cursor !== null; ) {
      const page = await listCandidates(school.app, teacher.actor, { examId: id, cursor });
      expect(page.filters === null).toBe(cursor > 0);
      seen.push(...page.rows.map((row) => row.id));
      cursor = page.nextCursor;
    }
    expect(seen).toHaveLength(129);
    expect(new Set(seen).size).toBe(129);
  });

  test('by numbers takes one of each, and of two the one that students have not met', async () => {
    const number = (id: string, examNumber: number) => school.app.db.task.update({ where: { id }, data: { examNumber } });
    await number(course.task(0, 0), 1);
    await number(course.task(1, 0), 1);
    await number(course.task(2, 0), 1);
    await number(course.task(0, 1), 3);
    await number(course.task(2, 2), 4);
    const id = await anOfficeExam();
    const pick = (only: { number?: number; not?: string } = {}) => pickByNumbers(school.app, teacher.actor, { examId: id, ...only });
    expect((await pick()).map(({ number: of, task, choices }) => [of, task?.id ?? null, choices])).toEqual([
      [1, course.task(1, 0), 3],
      [2, null, 0],
      [3, course.task(0, 1), 1],
    ]);
    // Another one; alone with its number it stays.
    expect((await pick({ number: 1, not: course.task(1, 0) }))[0]?.task?.id).toBe(course.task(2, 0));
    expect((await pick({ number: 3, not: course.task(0, 1) }))[0]?.task?.id).toBe(course.task(0, 1));
    await anExam(school.app, course, { tasks: [course.task(1, 0), course.task(2, 0)] });
    expect((await pick())[0]?.task?.id).toBe(course.task(0, 0));
  });
});

test('a student may do nothing of it', async () => {
  const student = await aStudent(school.app);
  const id = await anOfficeExam();
  expect(await refused(getOfficeExam(school.app, student.actor, { id }))).toBe('AUTH_FORBIDDEN');
  expect(await refused(publishExam(school.app, student.actor, { id }))).toBe('AUTH_FORBIDDEN');
  expect(await refused(listCandidates(school.app, student.actor, { examId: id }))).toBe('AUTH_FORBIDDEN');
});
