import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../platform/app.ts';
import { aBrowser } from '../../testing/browser.ts';
import { aCourse, aNumber, type MadeCourse } from '../../testing/course.ts';
import { solve } from '../../testing/solve.ts';
import { statementsOf } from '../../testing/statements.ts';
import { aModerator, aSchool, aSession, aStudent, type School, type Student } from '../../testing/world.ts';
import { getDashboard } from './queries.ts';

let school: School;
let app: App;
let moderator: Student;
let course: MadeCourse;
let students: Student[];
// Noon in Moscow; midnight there is 21:00 in Greenwich.
const noon = '2026-11-24T09:00:00Z';
beforeAll(async () => {
  school = await aSchool();
  app = school.app;
  school.clock.set('2026-10-01T09:00:00Z');
  moderator = await aModerator(app);
  students = [await aStudent(app)];
  for (const at of [
    '2026-10-25T20:59:00Z',
    '2026-10-26T00:00:00Z',
    '2026-11-17T22:00:00Z',
    '2026-11-23T20:59:59Z',
    '2026-11-23T21:00:00Z',
    noon,
  ]) {
    school.clock.set(at);
    students.push(await aStudent(app));
  }
  course = await aCourse(app, {
    topics: [
      { opensIn: -1200, tasks: [aNumber('1'), aNumber('2'), aNumber('3'), aNumber('4')] },
      { opensIn: 24, tasks: [aNumber('1')] },
      { opensIn: 48, theory: ' \n' },
      { opensIn: 72, published: false, tasks: [{ ...aNumber('1'), published: false }] },
      { opensIn: 24 * 8 },
    ],
  });
});
afterAll(() => school.close());

let turns = 0;
/** As it is when the numbers are counted anew, at an instant at which they never were. */
async function fresh() {
  turns += 1;
  school.clock.forward(61_000 * turns);
  return getDashboard(app);
}

test('registrations by the days of the school, none left out', async () => {
  const { registrations } = await fresh();
  const { days, ...sums } = registrations;
  expect(days).toHaveLength(30);
  expect([days[0]?.on, days.at(-1)?.on]).toEqual(['2026-10-26', '2026-11-24']);
  expect(Object.fromEntries(days.filter(({ count }) => count > 0).map(({ on, count }) => [on, count]))).toEqual({
    '2026-10-26': 1,
    '2026-11-18': 1,
    '2026-11-23': 1,
    '2026-11-24': 2,
  });
  expect(sums).toEqual({ today: 2, week: 4, month: 5, total: 7 });
});

test('active is who answered, each once', async () => {
  const taskId = course.task(0, 0);
  const answerAt = async (at: string, n: number) => {
    school.clock.set(at);
    await solve(app, students[n]?.actor ?? expect.fail(), taskId, ['8', '9']);
  };
  await answerAt('2026-10-20T09:00:00Z', 0);
  await answerAt('2026-11-10T09:00:00Z', 1);
  await answerAt('2026-11-20T09:00:00Z', 2);
  await answerAt('2026-11-23T12:00:00Z', 3);
  school.clock.set(noon);
  expect((await fresh()).active).toEqual({ day: 1, week: 2, month: 3 });
});

describe('the hardest tasks', () => {
  test('are those that most who tried lately have not solved; of fewer than five nothing is said', async () => {
    school.clock.set(noon);
    for (const [index, { actor }] of students.entries()) {
      // All but one fail at the second, two at the third; nobody solves the fourth, which four have tried.
      await solve(app, actor, course.task(0, 1), [index === 0 ? '2' : '7']);
      await solve(app, actor, course.task(0, 2), ['8', ...(index < 5 ? ['3'] : [])]);
      if (index < 4) await solve(app, actor, course.task(0, 3), ['9']);
    }
    const { hardest } = await fresh();
    expect(hardest.map(({ id, tried, unsolved }) => [id, tried, unsolved])).toEqual([
      [course.task(0, 1), 7, 6],
      [course.task(0, 2), 7, 2],
    ]);
    expect(hardest[0]).toMatchObject({ title: 'Задание 2', topicTitle: 'Тема 1' });
  });

  test('a task out of sight is nobody’s trouble, nor are attempts of long ago', async () => {
    await app.db.task.update({ where: { id: course.task(0, 1) }, data: { publishedAt: null } });
    expect((await fresh()).hardest.map(({ id }) => id)).toEqual([course.task(0, 2)]);
    await app.db.task.update({ where: { id: course.task(0, 1) }, data: { publishedAt: new Date(noon) } });
    school.clock.forward(31 * 86_400_000);
    expect((await fresh()).hardest).toEqual([]);
    school.clock.set(noon);
  });
});

test('works that wait, and since when', async () => {
  expect((await getDashboard(app)).reviews).toEqual({ waiting: 0, oldestAt: null });
  const work = (n: number, state: 'waiting' | 'accepted', handedInAt: string) => ({
    personId: students[n]?.actor.id ?? '',
    taskId: course.task(0, 0),
    clientId: crypto.randomUUID(),
    round: 1,
    text: '',
    state,
    handedInAt: new Date(handedInAt),
    localOn: new Date('2026-11-20'),
  });
  await app.db.work.createMany({
    data: [
      work(0, 'accepted', '2026-11-01T00:00:00Z'),
      work(1, 'waiting', '2026-11-20T10:00:00Z'),
      work(2, 'waiting', '2026-11-21T10:00:00Z'),
    ],
  });
  expect((await getDashboard(app)).reviews).toEqual({ waiting: 2, oldestAt: '2026-11-20T10:00:00.000Z' });
});

test('drafts and pending edits, the last written first; nothing of what was put away', async () => {
  const edit = (kind: 'task' | 'theory' | 'course', subjectId: string, at: string) =>
    app.db.textState.create({ data: { kind, subjectId, draft: 'новый текст', editedBy: moderator.actor.id, editedAt: new Date(at) } });
  await edit('theory', course.topic(0).id, '2026-11-22T10:00:00Z');
  await edit('course', course.id, '2026-11-23T10:00:00Z');
  await edit('task', course.task(0, 0), '2026-11-24T08:00:00Z');
  const gone = await aCourse(app, { published: false, topics: [{ published: false }] });
  await app.db.course.update({ where: { id: gone.id }, data: { deletedAt: new Date(noon) } });
  const { items, total } = (await getDashboard(app)).unfinished;
  expect(items.map(({ kind, state, id }) => [kind, state, id])).toEqual([
    ['task', 'edited', course.task(0, 0)],
    ['description', 'edited', course.id],
    ['theory', 'edited', course.topic(0).id],
    ['task', 'draft', course.task(3, 0)],
    ['topic', 'draft', course.topic(3).id],
  ]);
  expect(items[0]).toMatchObject({ editedBy: 'Ольга Громова', courseSlug: course.slug });
  expect(total).toBe(5);
});

test('topics of the coming week, with what they lack', async () => {
  school.clock.set(noon);
  const { openings } = await getDashboard(app);
  expect(openings.map(({ title, draft, tasks, taskDrafts, theory }) => ({ title, draft, tasks, taskDrafts, theory }))).toEqual([
    { title: 'Тема 2', draft: false, tasks: 1, taskDrafts: 0, theory: true },
    { title: 'Тема 3', draft: false, tasks: 0, taskDrafts: 0, theory: false },
    { title: 'Тема 4', draft: true, tasks: 0, taskDrafts: 1, theory: true },
  ]);
});

test('the numbers are at most a minute old, what waits is never; a glance within the minute takes three statements', async () => {
  await fresh();
  const { total } = (await getDashboard(app)).registrations;
  await aStudent(app);
  await app.db.work.deleteMany({});
  const soon = await getDashboard(app);
  expect([soon.registrations.total, soon.reviews.waiting]).toEqual([total, 0]);
  expect(await statementsOf(app, () => getDashboard(app))).toHaveLength(3);
  school.clock.forward(60_001);
  const statements = await statementsOf(app, () => getDashboard(app));
  expect(statements).toHaveLength(6);
  // It has a row for every student and task, and no order that would bound the reading of it.
  expect(statements.filter((text) => text.includes('task_progress'))).toEqual([]);
  expect((await getDashboard(app)).registrations.total).toBe(total + 1);
});

test('a moderator reads it through the door', async () => {
  const cookie = await aSession(app, moderator.actor.id);
  expect((await aBrowser(app, { cookie }).call.dashboard.get()).registrations.days).toHaveLength(30);
});
