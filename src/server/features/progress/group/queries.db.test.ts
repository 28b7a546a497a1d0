import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type GroupInput, groupInput, groupPageSize } from '#shared/statistics.ts';
import { aCourse, aNumber, type MadeCourse } from '../../../testing/course.ts';
import { answer, solve } from '../../../testing/solve.ts';
import { statementsOf } from '../../../testing/statements.ts';
import { aModerator, aSchool, aStudent, type School } from '../../../testing/world.ts';
import { getProgress } from '../queries.ts';
import { getGroup, listHardest } from './queries.ts';

let school: School;
let course: MadeCourse;
beforeAll(async () => {
  school = await aSchool();
});
afterAll(() => school.close());
beforeEach(async () => {
  await school.app.db.person.deleteMany();
  course = await aCourse(school.app, {
    topics: [{ tasks: [aNumber('1'), aNumber('2')] }, { tasks: [aNumber('3')] }, { opensIn: 24, tasks: [aNumber('4')] }, { tasks: [] }],
  });
});

const admin = { kind: 'system' } as const;
const day = 24 * 3_600_000;
type Asked = Partial<Omit<GroupInput, 'course'>>;
const table = (asked: Asked = {}) => getGroup(school.app, admin, groupInput.parse({ course: course.slug, ...asked }));
const enrol = (ids: string[], courseId = course.id) =>
  school.app.db.enrolment.createMany({ data: ids.map((personId) => ({ personId, courseId, enrolledAt: school.clock.now() })) });

async function aMember(lastName: string) {
  const student = await aStudent(school.app, { lastName });
  await enrol([student.actor.id]);
  return student;
}

/** Rows alone, `idleDays` since the last answer; null: never. */
async function members(count: number, idleDays: (index: number) => number | null = () => null) {
  const now = school.clock.now().getTime();
  const people = await school.app.db.person.createManyAndReturn({
    data: Array.from({ length: count }, (_, index) => {
      const idle = idleDays(index);
      return {
        role: 'student' as const,
        email: `m${crypto.randomUUID()}@example.ru`,
        firstName: ['Анна', 'Борис', 'Яна'][index % 3] ?? '',
        lastName: ['Ёжиков', 'Жуков', 'Егоров', 'Аистов'][index % 4] ?? '',
        lastActiveAt: idle === null ? null : new Date(now - idle * day),
      };
    }),
    select: { id: true },
  });
  await enrol(people.map(({ id }) => id));
}

async function allPages(asked: Asked) {
  const ids: string[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await table({ ...asked, cursor });
    ids.push(...page.students.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor);
  return ids;
}

describe('the numbers', () => {
  test('of a student are those of their own profile, topic by topic', async () => {
    const { app } = school;
    const quick = await aMember('Быстрова');
    const slow = await aMember('Медленнов');
    const idle = await aMember('Тихий');
    await solve(app, quick.actor, course.task(0, 0), ['1']);
    await solve(app, quick.actor, course.task(0, 1), ['2']);
    await solve(app, quick.actor, course.task(1, 0), ['3']);
    await solve(app, slow.actor, course.task(0, 0), ['7', '8', '1']);
    await solve(app, slow.actor, course.task(1, 0), ['7']);

    const { students, topics } = await table();
    expect(topics).toEqual([
      { slug: 'topic-1', title: 'Тема 1', number: 1, tasks: 2, open: true },
      { slug: 'topic-2', title: 'Тема 2', number: 2, tasks: 1, open: true },
      { slug: 'topic-3', title: 'Тема 3', number: 3, tasks: 1, open: false },
      { slug: 'topic-4', title: 'Тема 4', number: 4, tasks: 0, open: true },
    ]);
    const none = { solved: 0, tried: 0, firstTry: 0 };
    expect(students.map(({ lastName, topics }) => [lastName, topics])).toEqual([
      ['Быстрова', [{ solved: 2, tried: 2, firstTry: 2 }, { solved: 1, tried: 1, firstTry: 1 }, none, none]],
      ['Медленнов', [{ solved: 1, tried: 1, firstTry: 0 }, { solved: 0, tried: 1, firstTry: 0 }, none, none]],
      ['Тихий', [none, none, none, none]],
    ]);
    for (const { actor } of [quick, slow, idle]) {
      const row = students.find(({ id }) => id === actor.id);
      const own = await getProgress(app, actor);
      const sum = (key: 'firstTry' | 'tried') => row?.topics.reduce((total, topic) => total + topic[key], 0) ?? 0;
      expect(row?.tasks).toEqual(own.tasks);
      expect(sum('tried') > 0 ? { done: sum('firstTry'), total: sum('tried') } : null).toEqual(own.firstTry);
      expect(row?.lastActiveAt === null).toBe(own.firstTry === null);
    }
  });

  test('leave out what students do not see, and work in another course', async () => {
    const { app } = school;
    const member = await aMember('Соколов');
    const other = await aCourse(app, { topics: [{ tasks: [aNumber('1')] }] });
    await enrol([member.actor.id], other.id);
    await solve(app, member.actor, other.task(0, 0), ['1']);
    for (const task of [course.task(0, 0), course.task(1, 0)])
      await solve(app, member.actor, task, [task === course.task(0, 0) ? '1' : '3']);
    await app.db.task.update({ where: { id: course.task(0, 0) }, data: { deletedAt: school.clock.now() } });
    await app.db.topic.update({ where: { id: course.topic(1).id }, data: { publishedAt: null } });
    const { topics, students } = await table();
    expect(topics.map(({ number, slug, tasks }) => [number, slug, tasks])).toEqual([
      [1, 'topic-1', 1],
      [2, 'topic-3', 1],
      [3, 'topic-4', 0],
    ]);
    expect(students[0]?.topics.map(({ tried }) => tried)).toEqual([0, 0, 0]);
    expect(students[0]?.tasks).toEqual({ done: 0, total: 2 });
    expect((await getProgress(app, member.actor)).courses.find(({ slug }) => slug === course.slug)?.tasks).toEqual({ done: 0, total: 2 });
  });
});

describe('who is in it', () => {
  test('those who take the course, whose access was closed too; nobody else', async () => {
    const { app } = school;
    const closed = await aMember('Закрытый');
    await aMember('Открытый');
    await aStudent(app, { lastName: 'Чужой' });
    const teacher = await aModerator(app);
    await enrol([teacher.actor.id]);
    await app.db.person.update({ where: { id: closed.actor.id }, data: { blockedAt: school.clock.now() } });
    const { students } = await table();
    expect(students.map(({ lastName, blocked }) => [lastName, blocked])).toEqual([
      ['Закрытый', true],
      ['Открытый', false],
    ]);
  });

  test('nobody yet: topics stand there, and no student', async () => {
    expect(await table()).toMatchObject({ students: [], total: { count: 0, more: false }, nextCursor: null });
  });

  test('a course without topics', async () => {
    course = await aCourse(school.app, { topics: [] });
    await members(1);
    expect(await table()).toMatchObject({ topics: [], students: [{ topics: [], tasks: { done: 0, total: 0 } }] });
  });

  test.each([
    ['all', 6],
    ['week', 2],
    ['idle', 4],
  ] as const)('active: %s', async (active, count) => {
    await members(6, (index) => [0, 7, 7.1, 40, null, null][index] ?? null);
    for (const sort of ['name', 'active'] as const) {
      const { students, total } = await table({ active, sort });
      expect(students).toHaveLength(count);
      expect(total).toEqual({ count, more: false });
    }
  });

  test('a search finds as the list of students does, with its slips', async () => {
    await aMember('Соколов');
    await aMember('Иванов');
    await aStudent(school.app, { lastName: 'Соколовский' });
    expect((await table({ q: 'СОКОЛ' })).students.map(({ lastName }) => lastName)).toEqual(['Соколов']);
    expect(await table({ q: 'сокалов' })).toMatchObject({ similar: true, students: [{ lastName: 'Соколов' }], nextCursor: null });
    expect(await table({ q: 'достоевский' })).toMatchObject({ similar: false, students: [], total: { count: 0 } });
  });
});

describe('page by page', () => {
  test.each([
    ['name', 'p.last_name, p.first_name, p.id'],
    ['active', `coalesce(p.last_active_at, '-infinity') DESC, p.id DESC`],
  ] as const)('by %s: everybody once, in the order of the whole', async (sort, order) => {
    await members(2 * groupPageSize + 20, (index) => (index % 3 === 0 ? null : Math.floor(index / 4)));
    const { rows } = await school.app.pool.query<{ id: string }>(
      `SELECT p.id FROM person p JOIN enrolment e ON e.person_id = p.id WHERE e.course_id = $1 ORDER BY ${order}`,
      [course.id],
    );
    expect(await allPages({ sort })).toEqual(rows.map(({ id }) => id));
  });

  test('the count comes with the first page; a page that ends with the last student has no next one', async () => {
    await members(groupPageSize);
    expect(await table()).toMatchObject({ total: { count: groupPageSize, more: false }, nextCursor: null });
    await members(1);
    const first = await table();
    expect(first.total?.count).toBe(groupPageSize + 1);
    expect((await table({ cursor: first.nextCursor })).total).toBeNull();
  });

  test('the longest names still make a cursor that is taken back', async () => {
    await members(groupPageSize + 1);
    await school.app.db.person.updateMany({ data: { lastName: 'Щ'.repeat(100), firstName: 'Ы'.repeat(100) } });
    expect(await allPages({})).toHaveLength(groupPageSize + 1);
  });

  test('a cursor of another order, or of nobody, is refused', async () => {
    await members(groupPageSize + 1);
    const { nextCursor } = await table();
    await expect(table({ sort: 'active', cursor: nextCursor })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    await expect(table({ cursor: 'x' })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });

  test('statements: four for the first page, three for another, however many students', async () => {
    for (const count of [3, groupPageSize + 5]) {
      await members(count, () => 1);
      for (const sort of ['name', 'active'] as const) {
        const asked = groupInput.parse({ course: course.slug, sort });
        expect((await statementsOf(school.app, () => getGroup(school.app, admin, asked))).length).toBeLessThanOrEqual(
          count === 3 && sort === 'active' ? 5 : 4,
        );
      }
    }
    const { nextCursor } = await table();
    const next = groupInput.parse({ course: course.slug, cursor: nextCursor });
    expect(await statementsOf(school.app, () => getGroup(school.app, admin, next))).toHaveLength(3);
  });
});

describe('the hardest tasks', () => {
  const hardest = () => listHardest(school.app, admin, course.slug);

  async function fiveTry(task: string, answers: string[][]) {
    for (const values of answers) {
      const { actor } = await aMember('Пробующий');
      await solve(school.app, actor, task, values);
    }
  }

  test('fewest solved first; of as many, fewest at the first try; not those that all solved at once, nor those that few tried', async () => {
    const wrong = ['7', '8'];
    await fiveTry(course.task(0, 0), [['7', '1'], ['7', '1'], ['1'], ['1'], ['1']]);
    await fiveTry(course.task(0, 1), [wrong, wrong, wrong, wrong, ['7', '2']]);
    await fiveTry(course.task(1, 0), [['3'], ['3'], ['3'], ['3'], ['3']]);
    const few = await aCourse(school.app, { topics: [{ tasks: [aNumber('1')] }] });
    expect(await hardest()).toEqual([
      { id: course.task(0, 1), title: 'Задание 2', topicTitle: 'Тема 1', examNumber: null, tried: 5, solved: 1, firstTry: 0, wrong: 1.8 },
      { id: course.task(0, 0), title: 'Задание 1', topicTitle: 'Тема 1', examNumber: null, tried: 5, solved: 5, firstTry: 3, wrong: 0.4 },
    ]);
    const { actor } = await aStudent(school.app);
    await enrol([actor.id], few.id);
    await answer(school.app, actor, few.task(0, 0), '9');
    expect(await listHardest(school.app, admin, few.slug)).toEqual([]);
  });

  test('they are counted at most once a minute, each course by itself', async () => {
    expect(await hardest()).toEqual([]);
    await fiveTry(course.task(0, 0), [['7'], ['7'], ['7'], ['7'], ['7']]);
    const asked = await statementsOf(school.app, hardest);
    expect(asked, 'only the course is looked up').toHaveLength(1);
    expect(await hardest()).toEqual([]);
    school.clock.forward(60_000);
    expect(await hardest()).toMatchObject([{ id: course.task(0, 0), tried: 5, solved: 0 }]);
  });

  test('a task that is a draft again is not among them', async () => {
    await fiveTry(course.task(0, 0), [['7'], ['7'], ['7'], ['7'], ['7']]);
    await school.app.db.task.update({ where: { id: course.task(0, 0) }, data: { publishedAt: null } });
    expect(await hardest()).toEqual([]);
  });
});

test('a course that is deleted or never was is not found; a draft has its table; a student gets neither', async () => {
  const { actor } = await aStudent(school.app);
  const asked = groupInput.parse({ course: course.slug });
  await expect(getGroup(school.app, actor, asked)).rejects.toMatchObject({ code: 'AUTH_FORBIDDEN' });
  await expect(listHardest(school.app, actor, course.slug)).rejects.toMatchObject({ code: 'AUTH_FORBIDDEN' });
  await expect(getGroup(school.app, admin, { ...asked, course: 'no-such-course' })).rejects.toMatchObject({ code: 'COURSES_NOT_FOUND' });
  await school.app.db.course.update({ where: { id: course.id }, data: { publishedAt: null } });
  expect((await table()).course.title).toBe(`Курс ${course.slug}`);
  await school.app.db.course.update({ where: { id: course.id }, data: { deletedAt: school.clock.now() } });
  await expect(table()).rejects.toMatchObject({ code: 'COURSES_NOT_FOUND' });
  await expect(listHardest(school.app, admin, course.slug)).rejects.toMatchObject({ code: 'COURSES_NOT_FOUND' });
});
