import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { App, PersonActor } from '../../platform/app.ts';
import { aCourse, aNumber } from '../../testing/course.ts';
import { answer } from '../../testing/solve.ts';
import { aLongTask, anUpload, grade, handInText } from '../../testing/works.ts';
import { aClock, aModerator, aSchool, aStudent, type School } from '../../testing/world.ts';
import { handIn, withdraw } from './actions.ts';
import { changeExtra, releaseWork, takeWork } from './office/actions.ts';
import { readMyWorks } from './queries.ts';

const clock = aClock();
let school: School;
let app: App;
let student: PersonActor;
let teacher: PersonActor;
let taskId: string;
beforeAll(async () => {
  school = await aSchool({ clock });
  app = school.app;
  teacher = (await aModerator(app)).actor;
});
afterAll(() => school.close());
beforeEach(async () => {
  clock.set('2026-11-24T12:00:00Z');
  student = (await aStudent(app)).actor;
  taskId = (await aCourse(app, { topics: [{ tasks: [aLongTask(), aNumber('1')] }] })).task(0, 0);
});

const works = () => app.db.work.findMany({ where: { personId: student.id, taskId }, orderBy: { round: 'asc' } });
const lastId = async () => (await works()).at(-1)?.id ?? '';

describe('handing in', () => {
  test('keeps the text as typed, the files in their order and the student’s own day', async () => {
    clock.set('2026-11-24T22:30:00Z');
    const ids = [await anUpload(app, student, taskId, 'б.jpg'), await anUpload(app, student, taskId, 'а.jpg')];
    const { outcome, mine } = await handIn(app, student, { taskId, clientId: randomUUID(), text: ' x < 1\n\n**так** ', uploadIds: ids });
    expect(outcome).toBe('handed-in');
    expect(mine).toMatchObject({ mayHandIn: false, works: [{ round: 1, state: 'waiting', held: false, mayWithdraw: true, points: null }] });
    expect(mine.works[0]?.files.map(({ name }) => name)).toEqual(['б.jpg', 'а.jpg']);
    const [work] = await works();
    expect([work?.text, work?.localOn.toISOString().slice(0, 10)]).toEqual([' x < 1\n\n**так** ', '2026-11-25']);
    expect(await app.db.upload.count({ where: { id: { in: ids } } })).toBe(0);
  });

  test('twice with one id is one work, also at the same time and from two tabs', async () => {
    const clientId = randomUUID();
    const results = await Promise.all(Array.from({ length: 8 }, () => handInText(app, student, taskId, 'Решение', clientId)));
    expect(results.map(({ outcome }) => outcome)).toEqual(Array(8).fill('handed-in'));
    expect(await works()).toHaveLength(1);
    await expect(handInText(app, student, taskId, 'Другое', clientId)).rejects.toMatchObject({ code: 'TASKS_CLIENT_ID_REUSED' });
  });

  test('two works at once are one: the other hears that it is not now', async () => {
    const results = await Promise.all(Array.from({ length: 6 }, (_, tab) => handInText(app, student, taskId, `Решение ${tab}`)));
    expect(results.map(({ outcome }) => outcome).toSorted()).toEqual(['handed-in', ...Array(5).fill('not-now')]);
    expect(await works()).toHaveLength(1);
  });

  test('opens the topic for good and takes the free course, as an answer does', async () => {
    await handInText(app, student, taskId);
    expect(await app.db.topicVisit.count({ where: { personId: student.id } })).toBe(1);
    expect(await app.db.enrolment.count({ where: { personId: student.id } })).toBe(1);
  });

  test.each([
    ['a task of the checker', async () => (await aCourse(app, { topics: [{ tasks: [aNumber()] }] })).task(0, 0), 'TASKS_NOT_FOUND'],
    ['a locked topic', async () => (await aCourse(app, { topics: [{ opensIn: 1, tasks: [aLongTask()] }] })).task(0, 0), 'TOPICS_NOT_OPEN'],
    ['a draft', async () => (await aCourse(app, { topics: [{ tasks: [aLongTask({ published: false })] }] })).task(0, 0), 'TASKS_NOT_FOUND'],
  ])('is refused at %s', async (_, aTask, code) => {
    await expect(handInText(app, student, await aTask())).rejects.toMatchObject({ code });
  });

  test('is for students', async () => {
    await expect(handInText(app, teacher, taskId)).rejects.toMatchObject({ code: 'AUTH_FORBIDDEN' });
  });

  test('nothing is written where a file is not the student’s own, and the files stay', async () => {
    const other = (await aStudent(app)).actor;
    const mine = await anUpload(app, student, taskId);
    for (const foreign of [await anUpload(app, other, taskId), randomUUID()]) {
      await expect(handIn(app, student, { taskId, clientId: randomUUID(), text: 'x', uploadIds: [mine, foreign] })).rejects.toThrow();
    }
    expect(await works()).toEqual([]);
    expect(await app.db.upload.count({ where: { id: mine } })).toBe(1);
  });

  test('the checker takes no answer to it', async () => {
    expect(await answer(app, student, taskId, '3')).toMatchObject({ outcome: 'malformed' });
  });
});

describe('rounds', () => {
  test('a returned work is followed by another that begins with its text', async () => {
    await handInText(app, student, taskId, 'Первая');
    await grade(app, teacher, student, taskId, 'return');
    expect(await readMyWorks(app, student, taskId)).toMatchObject({ mayHandIn: true, startText: 'Первая' });
    await handInText(app, student, taskId, 'Вторая');
    expect((await works()).map(({ round, state }) => `${round} ${state}`)).toEqual(['1 returned', '2 waiting']);
  });

  test('after an accepted one there is none but by a grant, and that one once', async () => {
    await handInText(app, student, taskId);
    await grade(app, teacher, student, taskId, [0, 0]);
    expect(await handInText(app, student, taskId)).toMatchObject({ outcome: 'not-now', mine: { mayHandIn: false } });
    expect(await changeExtra(app, teacher, { personId: student.id, taskId }, 1)).toEqual({ count: 1, left: 1 });
    expect(await handInText(app, student, taskId)).toMatchObject({ outcome: 'handed-in' });
    await grade(app, teacher, student, taskId, [1, 2]);
    expect((await handInText(app, student, taskId)).outcome).toBe('not-now');
    expect(await changeExtra(app, teacher, { personId: student.id, taskId }, -1)).toEqual({ count: 1, left: 0 });
  });

  test('a grant that was not used is taken back', async () => {
    await handInText(app, student, taskId);
    await grade(app, teacher, student, taskId, [0, 0]);
    await changeExtra(app, teacher, { personId: student.id, taskId }, 1);
    expect(await changeExtra(app, teacher, { personId: student.id, taskId }, -1)).toEqual({ count: 0, left: 0 });
    expect((await handInText(app, student, taskId)).outcome).toBe('not-now');
  });

  test('grants are for students and long tasks', async () => {
    for (const input of [
      { personId: teacher.id, taskId },
      { personId: student.id, taskId: (await aCourse(app, { topics: [{ tasks: [aNumber()] }] })).task(0, 0) },
    ]) {
      await expect(changeExtra(app, teacher, input, 1)).rejects.toMatchObject({ code: 'REVIEWS_NOT_FOUND' });
    }
  });
});

describe('taking a work back', () => {
  test('gives text and files back, to be handed in again', async () => {
    const uploadIds = [await anUpload(app, student, taskId)];
    await handIn(app, student, { taskId, clientId: randomUUID(), text: 'Черновик', uploadIds });
    const back = await withdraw(app, student, { workId: await lastId() });
    expect(back).toMatchObject({
      outcome: 'withdrawn',
      text: 'Черновик',
      uploads: [{ name: 'тетрадь.jpg' }],
      mine: { works: [], mayHandIn: true },
    });
    const again = back.outcome === 'withdrawn' ? back.uploads.map(({ id }) => id) : [];
    expect((await handIn(app, student, { taskId, clientId: randomUUID(), text: '', uploadIds: again })).mine.works[0]?.files).toHaveLength(
      1,
    );
  });

  test('ends where a teacher begins, and is free again when the teacher lets go', async () => {
    await handInText(app, student, taskId);
    const workId = await lastId();
    await takeWork(app, teacher, { workId });
    expect(await withdraw(app, student, { workId })).toMatchObject({
      outcome: 'too-late',
      mine: { works: [{ held: true, mayWithdraw: false }] },
    });
    await releaseWork(app, teacher, { workId });
    expect((await withdraw(app, student, { workId })).outcome).toBe('withdrawn');
  });

  test('of two who move at once, the student and the teacher, one is first', async () => {
    for (let round = 0; round < 5; round += 1) {
      await handInText(app, student, taskId);
      const workId = await lastId();
      const [taken, back] = await Promise.allSettled([takeWork(app, teacher, { workId }), withdraw(app, student, { workId })]);
      const held = taken.status === 'fulfilled' && taken.value.outcome === 'held';
      expect(back).toMatchObject({ status: 'fulfilled', value: { outcome: held ? 'too-late' : 'withdrawn' } });
      await app.db.work.deleteMany({ where: { taskId } });
    }
  });

  test('is no way round a decision', async () => {
    await handInText(app, student, taskId);
    const workId = await grade(app, teacher, student, taskId, [1, 1]);
    expect((await withdraw(app, student, { workId })).outcome).toBe('too-late');
  });

  test('is for its own student: another’s work is not there', async () => {
    await handInText(app, student, taskId);
    const other = (await aStudent(app)).actor;
    await expect(withdraw(app, other, { workId: await lastId() })).rejects.toMatchObject({ code: 'REVIEWS_NOT_FOUND' });
  });
});
