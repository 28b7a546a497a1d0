import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type StudentFilter, studentFilterInput, studentPageSize } from '#shared/students.ts';
import { aCourse, aNumber } from '../../../../testing/course.ts';
import { answer, solve } from '../../../../testing/solve.ts';
import { statementsOf } from '../../../../testing/statements.ts';
import { aModerator, aSchool, aStudent, type School } from '../../../../testing/world.ts';
import { openTopic } from '../../../courses/open-topic.ts';
import { getProgress } from '../../../progress/queries.ts';
import { listStudents } from './queries.ts';

let school: School;
beforeAll(async () => {
  school = await aSchool();
});
afterAll(() => school.close());
beforeEach(async () => {
  await school.app.db.person.deleteMany();
});

const hour = 3_600_000;
const day = 24 * hour;
const admin = { kind: 'system' } as const;
type Input = Partial<StudentFilter>;
const list = (input: Input & { cursor?: string } = {}) => {
  const { cursor, ...filter } = input;
  return listStudents(school.app, admin, { ...studentFilterInput.parse(filter), cursor });
};

let made = 0;
async function students(count: number, over: (index: number) => Record<string, unknown> = () => ({})) {
  const now = school.clock.now().getTime();
  await school.app.db.person.createMany({
    data: Array.from({ length: count }, (_, index) => {
      made += 1;
      return {
        role: 'student' as const,
        email: `p${made}@example.ru`,
        firstName: ['Анна', 'Борис', 'Ёлка', 'Яна'][index % 4] ?? '',
        lastName: ['Ёжиков', 'Жуков', 'Егоров', 'Аистов', 'Яковлев'][index % 5] ?? '',
        // Twins of the same millisecond: only the id parts them.
        registeredAt: new Date(now - Math.floor(index / 3) * hour),
        lastActiveAt: index % 3 === 0 ? null : new Date(now - Math.floor(index / 4) * hour),
        ...over(index),
      };
    }),
  });
}

/** Every page there is. `between` happens after each. */
async function allPages(input: Input, between: () => Promise<void> = async () => {}) {
  const ids: string[] = [];
  let cursor: string | undefined;
  for (;;) {
    const page = await list({ ...input, ...(cursor ? { cursor } : {}) });
    expect(page.rows.length).toBeLessThanOrEqual(studentPageSize);
    ids.push(...page.rows.map(({ id }) => id));
    if (!page.nextCursor) return ids;
    cursor = page.nextCursor;
    await between();
  }
}

const orders = (['registered', 'name', 'active'] as const).flatMap((sort) => (['asc', 'desc'] as const).map((order) => ({ sort, order })));

describe.each(orders)('by $sort $order', ({ sort, order }) => {
  test('all pages together are everybody once, in the order of the whole', async () => {
    await students(90);
    const ids = await allPages({ sort, order });
    const sign = order === 'asc' ? '' : 'DESC';
    const column = {
      registered: `registered_at ${sign}`,
      name: `last_name ${sign}, first_name ${sign}`,
      active: `coalesce(last_active_at, '-infinity') ${sign}`,
    }[sort];
    const { rows } = await school.app.pool.query<{ id: string }>(`SELECT id FROM person ORDER BY ${column}, id ${sign}`);
    expect(ids).toEqual(rows.map(({ id }) => id));
  });

  test('who comes while the list is being read neither doubles nor hides anybody', async () => {
    await students(70);
    const before = (await school.app.db.person.findMany({ select: { id: true } })).map(({ id }) => id);
    const ids = await allPages({ sort, order }, () =>
      students(10, (index) => ({ registeredAt: new Date(school.clock.now().getTime() - index * 5 * hour) })),
    );
    expect(new Set(ids).size).toBe(ids.length);
    expect(before.filter((id) => !ids.includes(id))).toEqual([]);
  });
});

test('names stand as a Russian reader expects', async () => {
  await students(5);
  const { rows } = await list({ sort: 'name', order: 'asc' });
  expect(rows.map(({ lastName }) => lastName)).toEqual(['Аистов', 'Егоров', 'Ёжиков', 'Жуков', 'Яковлев']);
});

test('a page that ends with the last student has no next one', async () => {
  await students(studentPageSize);
  expect((await list()).nextCursor).toBeNull();
  await students(1);
  expect((await list()).nextCursor).not.toBeNull();
});

test('the count comes with the first page only; moderators are not in it', async () => {
  await students(30);
  await aModerator(school.app);
  const first = await list();
  expect(first.total).toEqual({ count: 30, more: false });
  expect((await list({ cursor: first.nextCursor ?? '' })).total).toBeNull();
});

test('beyond ten thousand it is not counted on', async () => {
  await school.app.pool.query(
    `INSERT INTO person (role, email, first_name, last_name) SELECT 'student', 'n' || n || '@example.ru', 'А', 'Б' FROM generate_series(1, 10001) n`,
  );
  expect((await list()).total).toEqual({ count: 10_000, more: true });
  expect((await list({ q: 'n1@' })).total).toEqual({ count: 1, more: false });
});

test('a cursor of another order, or of nobody, is refused', async () => {
  await students(30);
  const { nextCursor } = await list();
  await expect(list({ sort: 'name', cursor: nextCursor ?? '' })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  await expect(list({ cursor: 'x' })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
});

test('a student and a stranger get no list', async () => {
  const { actor } = await aStudent(school.app);
  await expect(listStudents(school.app, actor, studentFilterInput.parse({}))).rejects.toMatchObject({ code: 'AUTH_FORBIDDEN' });
});

describe('filters', () => {
  const names = async (input: Input) => (await list({ sort: 'name', order: 'asc', ...input })).rows.map(({ lastName }) => lastName);
  beforeEach(async () => {
    const now = school.clock.now().getTime();
    const ago = (days: number) => new Date(now - days * day);
    const person = (lastName: string, over: Record<string, unknown>) => ({
      role: 'student' as const,
      email: `${lastName}@example.ru`,
      firstName: 'А',
      lastName,
      emailVerifiedAt: ago(40),
      ...over,
    });
    await school.app.db.person.createMany({
      data: [
        person('A-today', { lastActiveAt: ago(0) }),
        person('B-seven', { lastActiveAt: ago(7) }),
        person('C-eight', { lastActiveAt: ago(8) }),
        person('D-forty', { lastActiveAt: ago(40) }),
        person('E-never', { lastActiveAt: null }),
        person('F-blocked', { lastActiveAt: ago(1), blockedAt: ago(0) }),
        person('G-unproven', { lastActiveAt: null, emailVerifiedAt: null }),
      ],
    });
  });

  test.each([
    [{ activity: 'active7' }, ['A-today', 'B-seven', 'F-blocked']],
    [{ activity: 'active30' }, ['A-today', 'B-seven', 'C-eight', 'F-blocked']],
    [{ activity: 'inactive14' }, ['D-forty']],
    [{ activity: 'never' }, ['E-never', 'G-unproven']],
    [{ state: 'blocked' }, ['F-blocked']],
    [{ state: 'unverified' }, ['G-unproven']],
    [{ state: 'unverified', activity: 'active7' }, []],
    [{ q: 'e', activity: 'never' }, ['E-never']],
  ] as const)('%j', async (input, expected) => {
    expect(await names(input)).toEqual(expected);
    expect((await list(input)).total).toEqual({ count: expected.length, more: false });
  });

  test.each(['asc', 'desc'] as const)('by activity %s, together with an activity', async (order) => {
    const wanted = ['A-today', 'F-blocked', 'B-seven', 'C-eight'];
    expect(await names({ activity: 'active30', sort: 'active', order })).toEqual(order === 'desc' ? wanted : wanted.toReversed());
    expect(await names({ activity: 'never', sort: 'active', order })).toHaveLength(2);
  });

  test('by a course: who takes it, and nobody for one that does not exist', async () => {
    const course = await aCourse(school.app);
    const other = await aCourse(school.app);
    const of = async (lastName: string) => (await school.app.db.person.findFirstOrThrow({ where: { lastName }, select: { id: true } })).id;
    const enrolledAt = school.clock.now();
    await school.app.db.enrolment.createMany({
      data: [
        { personId: await of('A-today'), courseId: course.id, enrolledAt },
        { personId: await of('E-never'), courseId: course.id, enrolledAt },
        { personId: await of('B-seven'), courseId: other.id, enrolledAt },
      ],
    });
    expect(await names({ course: course.slug })).toEqual(['A-today', 'E-never']);
    expect((await list({ course: course.slug })).total).toEqual({ count: 2, more: false });
    expect(await names({ course: course.slug, activity: 'never' })).toEqual(['E-never']);
    expect(await names({ course: course.slug, q: 'today' })).toEqual(['A-today']);
    expect(await list({ course: 'no-such' })).toMatchObject({ rows: [], total: { count: 0 } });
  });
});

test('a row tells the courses and the tasks of the student’s own profile', async () => {
  const course = await aCourse(school.app, { topics: [{ tasks: [aNumber('1'), aNumber('2'), { ...aNumber('3'), published: false }] }] });
  const hidden = await aCourse(school.app, { topics: [{ tasks: [aNumber('1')] }] });
  const { actor } = await aStudent(school.app);
  for (const { slug } of [course, hidden]) await openTopic(school.app, actor, { course: slug, topic: 'topic-1' });
  await solve(school.app, actor, course.task(0, 0), ['7', '1']);
  await answer(school.app, actor, hidden.task(0, 0), '1');
  await school.app.db.course.update({ where: { id: hidden.id }, data: { deletedAt: school.clock.now() } });
  const [row] = (await list()).rows;
  expect(row).toMatchObject({
    id: actor.id,
    courses: [`Курс ${course.slug}`],
    tasks: { done: 1, total: 2 },
    verified: true,
    blocked: false,
  });
  expect(row?.tasks).toEqual((await getProgress(school.app, actor)).tasks);
});

test('a page takes the statements it takes, however many students there are', async () => {
  const counts = async () => {
    const first = (await statementsOf(school.app, () => list())).length;
    const { nextCursor } = await list();
    return [first, (await statementsOf(school.app, () => list({ cursor: nextCursor ?? '' }))).length];
  };
  await students(30);
  expect(await counts()).toEqual([3, 2]);
  await students(300);
  expect(await counts()).toEqual([3, 2]);
});

test('the day of the last answer is kept to the hour, without a write at every answer', async () => {
  const course = await aCourse(school.app, { topics: [{ tasks: [aNumber('1')] }] });
  const { actor } = await aStudent(school.app);
  const last = async () =>
    (await school.app.db.person.findUniqueOrThrow({ where: { id: actor.id }, select: { lastActiveAt: true } })).lastActiveAt;
  expect(await last()).toBeNull();
  await answer(school.app, actor, course.task(0, 0), 'x');
  expect(await last()).toBeNull();
  const first = school.clock.now();
  await answer(school.app, actor, course.task(0, 0), '5');
  expect(await last()).toEqual(first);
  school.clock.forward(hour - 1);
  await answer(school.app, actor, course.task(0, 0), '6');
  expect(await last()).toEqual(first);
  school.clock.forward(1);
  await answer(school.app, actor, course.task(0, 0), '6');
  expect(await last(), 'a repeat is no answer').toEqual(first);
  await answer(school.app, actor, course.task(0, 0), '8');
  expect(await last()).toEqual(school.clock.now());
});
