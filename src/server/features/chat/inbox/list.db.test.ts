import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RegisterInput } from '#shared/auth.ts';
import { type InboxInput, type InboxRowDto, inboxInput, inboxPageSize } from '#shared/inbox.ts';
import type { App } from '../../../platform/app.ts';
import { aCourse, aNumber, type MadeCourse } from '../../../testing/course.ts';
import { statementsOf } from '../../../testing/statements.ts';
import { aModerator, aSchool, aStudent, type School, type Student } from '../../../testing/world.ts';
import { blockStudent } from '../../people/students/actions.ts';
import { markRead, openSupport, openTask } from '../actions.ts';
import { deleteMessage } from '../messages/actions.ts';
import { createRoom } from '../rooms/actions.ts';
import { sendMessage } from '../send/actions.ts';
import { closeThread, takeThread } from './actions.ts';
import { countInbox, listInbox } from './queries.ts';

let school: School;
let app: App;
let teacher: Student;
let colleague: Student;
let course: MadeCourse;
beforeAll(async () => {
  school = await aSchool();
  app = school.app;
  teacher = await aModerator(app);
  colleague = await aModerator(app);
  course = await aCourse(app, { topics: [{ tasks: [aNumber('1'), { ...aNumber('2'), examNumber: 15 }] }] });
});
beforeEach(async () => {
  await app.db.chatThread.deleteMany({ where: { studentId: { not: null } } });
});
afterAll(() => school.close());

const list = (input: InboxInput = {}, who = teacher) => listInbox(app, who.actor, inboxInput.parse(input));
const rowsOf = async (input: InboxInput = {}, who = teacher) => (await list(input, who)).rows;
const say = (threadId: string, body: string, who: Student) =>
  sendMessage(app, who.actor, { threadId, clientId: randomUUID(), body, uploadIds: [] });
const minutes = (count: number) => school.clock.forward(count * 60_000);

/** A student who asked support one thing. */
async function aQuestion(body = 'Вопрос', over: Partial<RegisterInput> = {}): Promise<{ student: Student; threadId: string }> {
  const student = await aStudent(app, over);
  const { threadId } = await openSupport(app, student.actor, {});
  await say(threadId, body, student);
  return { student, threadId };
}

/** The same under the second task of the course. */
async function aTaskQuestion(body = 'Почему 18?'): Promise<{ student: Student; threadId: string }> {
  const student = await aStudent(app);
  const { threadId } = await openTask(app, teacher.actor, { taskId: course.task(0, 1), studentId: student.actor.id });
  await say(threadId, body, student);
  return { student, threadId };
}

test('a row says who asks, about what, since when; the list takes one statement', async () => {
  const { student, threadId } = await aTaskQuestion('# Импликация\n\nПочему **18**?');
  const at = school.clock.now().toISOString();
  expect(await rowsOf()).toEqual<InboxRowDto[]>([
    {
      threadId,
      kind: 'task',
      student: { id: student.actor.id, firstName: 'Илья', lastName: 'Соколов', blocked: false },
      task: { id: course.task(0, 1), number: 2, examNumber: 15, topicTitle: 'Тема 1', courseTitle: `Курс ${course.slug}` },
      excerpt: 'Импликация Почему 18?',
      files: 0,
      lastByTeacher: false,
      lastAt: at,
      waitingSince: at,
      holder: null,
      closed: false,
      unread: 1,
    },
  ]);
  expect(await statementsOf(app, () => list({ search: 'соколов', courseId: course.id }))).toHaveLength(1);
});

describe('the filters', () => {
  test('a question waits until it is answered; who answered it has it among theirs', async () => {
    const { threadId } = await aQuestion();
    const filters = async (who: Student) => {
      const all = await Promise.all((['waiting', 'mine', 'all', 'closed'] as const).map((filter) => rowsOf({ filter }, who)));
      return all.map(({ length }) => length);
    };
    expect(await filters(teacher)).toEqual([1, 0, 1, 0]);
    expect(await countInbox(app, teacher.actor)).toEqual({ waiting: 1, mine: 0, rooms: 0 });
    await takeThread(app, teacher.actor, { threadId });
    expect(await filters(teacher)).toEqual([1, 1, 1, 0]);
    expect(await filters(colleague)).toEqual([1, 0, 1, 0]);
    await say(threadId, 'Ответ', teacher);
    expect(await filters(teacher)).toEqual([0, 1, 1, 0]);
    expect(await countInbox(app, teacher.actor)).toEqual({ waiting: 0, mine: 1, rooms: 0 });
    expect(await countInbox(app, colleague.actor)).toEqual({ waiting: 0, mine: 0, rooms: 0 });
    await closeThread(app, teacher.actor, { threadId, closed: true });
    expect(await filters(teacher)).toEqual([0, 0, 0, 1]);
    expect(await filters(colleague)).toEqual([0, 0, 0, 1]);
  });

  test('a thread without a message asks nothing, and a room is no student’s', async () => {
    await openSupport(app, (await aStudent(app)).actor, {});
    const room = await createRoom(app, colleague.actor, { title: 'Комната' });
    await say(room.threadId, 'Слово', colleague);
    for (const filter of ['waiting', 'mine', 'all', 'closed'] as const) expect(await rowsOf({ filter })).toEqual([]);
    expect((await countInbox(app, teacher.actor)).rooms).toBe(1);
  });

  test('the longest wait first; the rest by the newest', async () => {
    const first = await aQuestion('Первый');
    minutes(5);
    const second = await aQuestion('Второй');
    minutes(5);
    await say(first.threadId, 'Ещё раз первый', first.student);
    const excerpts = async (filter: InboxInput['filter']) => (await rowsOf({ filter })).map(({ excerpt }) => excerpt);
    expect(await excerpts('waiting')).toEqual(['Ещё раз первый', 'Второй']);
    minutes(5);
    await say(second.threadId, 'Ещё раз второй', second.student);
    expect(await excerpts('all')).toEqual(['Ещё раз второй', 'Ещё раз первый']);
    await closeThread(app, teacher.actor, { threadId: second.threadId, closed: true });
    minutes(5);
    await closeThread(app, teacher.actor, { threadId: first.threadId, closed: true });
    expect(await excerpts('closed')).toEqual(['Ещё раз первый', 'Ещё раз второй']);
  });

  test('by kind and by course', async () => {
    await aQuestion('О поддержке');
    await aTaskQuestion('О задании');
    const other = await aCourse(app);
    const found = async (input: InboxInput) => (await rowsOf(input)).map(({ excerpt }) => excerpt).toSorted();
    expect(await found({ kind: 'task' })).toEqual(['О задании']);
    expect(await found({ kind: 'support' })).toEqual(['О поддержке']);
    expect(await found({ courseId: course.id })).toEqual(['О задании']);
    expect(await found({ courseId: other.id })).toEqual([]);
    expect(await found({})).toEqual(['О задании', 'О поддержке']);
  });

  test.each([
    ['a name, in any order and case', 'ЩУКИН ян'],
    ['ё as е', 'семен'],
    ['an address', 'yan.schukin@'],
    ['one letter of a beginning', 'щ'],
  ])('the search: %s', async (_, search) => {
    await aQuestion('Нет', { firstName: 'Пётр', lastName: 'Белов' });
    await aQuestion('Да', { firstName: 'Ян Семён', lastName: 'Щукин', email: `yan.schukin@${randomUUID()}.ru` });
    expect((await rowsOf({ search })).map(({ excerpt }) => excerpt)).toEqual(['Да']);
    expect(await rowsOf({ search: `${search} тургенев` })).toEqual([]);
  });

  test('a slip in a name is forgiven where nobody has that name', async () => {
    const lastName = 'Достоевский';
    await aQuestion('Да', { firstName: 'Ян', lastName });
    await aQuestion('Нет', { firstName: 'Пётр', lastName: 'Белов' });
    const found = async (search: string, filter?: InboxInput['filter']) => (await rowsOf({ search, filter })).map(({ excerpt }) => excerpt);
    expect(await found('достаевский')).toEqual(['Да']);
    // There is such a name: that they have asked nothing that is closed is the answer.
    expect(await found('белов', 'closed')).toEqual([]);
    expect(await found('шварценеггер')).toEqual([]);
  });

  test('of a search signs of patterns are what they are', async () => {
    await aQuestion();
    expect(await rowsOf({ search: '%' })).toEqual([]);
    expect(await rowsOf({ search: '%%_' })).toEqual([]);
    expect(await rowsOf({ search: '  \0 ' })).toHaveLength(1);
  });
});

describe('what a row shows', () => {
  test('the newest message that stands', async () => {
    const { student, threadId } = await aQuestion('Первое');
    const second = await say(threadId, 'Второе', student);
    await deleteMessage(app, student.actor, { threadId, seq: second.seq });
    expect(await rowsOf()).toMatchObject([{ excerpt: 'Первое', unread: 1 }]);
    await say(threadId, 'Ответ', teacher);
    expect(await rowsOf({ filter: 'mine' })).toMatchObject([{ excerpt: 'Ответ', lastByTeacher: true, waitingSince: null }]);
  });

  test('unread is the student’s words, by each teacher', async () => {
    const { student, threadId } = await aQuestion();
    const { seq } = await say(threadId, 'И ещё', student);
    await markRead(app, teacher.actor, { threadId, seq: seq - 1 });
    expect(await rowsOf()).toMatchObject([{ unread: 1 }]);
    expect(await rowsOf({}, colleague)).toMatchObject([{ unread: 2 }]);
    await say(threadId, 'Ответ', teacher);
    expect(await rowsOf({ filter: 'all' })).toMatchObject([{ unread: 0 }]);
    expect(await rowsOf({ filter: 'all' }, colleague)).toMatchObject([{ unread: 2 }]);
  });

  test('who answers now, until their time is over', async () => {
    const { threadId } = await aQuestion();
    await takeThread(app, teacher.actor, { threadId });
    const until = new Date(school.clock.now().getTime() + 30 * 60_000).toISOString();
    const holder = { id: teacher.actor.id, name: 'Ольга Громова', until };
    expect(await rowsOf()).toMatchObject([{ holder: { ...holder, mine: true } }]);
    expect(await rowsOf({}, colleague)).toMatchObject([{ holder: { ...holder, mine: false } }]);
    minutes(30);
    expect(await rowsOf()).toMatchObject([{ holder: null }]);
  });

  test('a blocked student is still there, and marked', async () => {
    const { student } = await aQuestion();
    await blockStudent(app, teacher.actor, { personId: student.actor.id, reason: 'Просьба родителей' });
    expect(await rowsOf()).toMatchObject([{ student: { blocked: true } }]);
  });
});

describe('page by page', () => {
  const count = inboxPageSize * 2 + 5;
  /** Many at one instant: only their ids tell them apart. */
  async function manyThreads() {
    await app.pool.query(
      `WITH student AS (
        INSERT INTO person (role, email, first_name, last_name) SELECT 'student', gen_random_uuid() || '@example.ru', 'Анна', 'Белова' FROM generate_series(1, $1)
        RETURNING id
      )
      INSERT INTO chat_thread (kind, student_id, about, created_at, last_at, waiting_since, assignee_id)
      SELECT 'support', id, 'support', $2, $2, $2, $3 FROM student`,
      [count, school.clock.now(), teacher.actor.id],
    );
  }

  test.each(['waiting', 'mine', 'all', 'closed'] as const)('%s: every thread once, at equal instants too', async (filter) => {
    await manyThreads();
    if (filter === 'closed') await app.pool.query('UPDATE chat_thread SET closed_at = $1, waiting_since = NULL', [school.clock.now()]);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await list({ filter, cursor });
      expect(page.rows.length).toBeLessThanOrEqual(inboxPageSize);
      seen.push(...page.rows.map(({ threadId }) => threadId));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toHaveLength(count);
    expect(new Set(seen).size).toBe(count);
    await app.db.chatThread.updateMany({ where: { studentId: null }, data: { closedAt: null } });
  });

  test('what was answered meanwhile neither shifts the next page nor comes twice', async () => {
    await manyThreads();
    const first = await list();
    const [answered] = first.rows;
    await closeThread(app, teacher.actor, { threadId: answered?.threadId ?? '', closed: true });
    const second = await list({ cursor: first.nextCursor });
    const shown = [...first.rows, ...second.rows].map(({ threadId }) => threadId);
    expect(new Set(shown).size).toBe(inboxPageSize * 2);
  });

  test('a cursor of another order is refused, and so is one that nobody made', async () => {
    await manyThreads();
    const { nextCursor } = await list();
    const invalid = { code: 'INPUT_INVALID' };
    await expect(list({ filter: 'all', cursor: nextCursor })).rejects.toMatchObject(invalid);
    await expect(list({ cursor: 'nonsense' })).rejects.toMatchObject(invalid);
  });
});
