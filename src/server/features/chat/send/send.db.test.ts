import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTaskChatInput } from '#shared/chat.ts';
import { aChatUpload, aMessage, anOpenChat, theCommonRoom } from '../../../testing/chat.ts';
import { aCourse, aNumber, type MadeCourse } from '../../../testing/course.ts';
import { anExam, begin, finish } from '../../../testing/exam.ts';
import { answer } from '../../../testing/solve.ts';
import { aModerator, aSchool, aStudent, type School, type Student } from '../../../testing/world.ts';
import { openTask } from '../actions.ts';
import { deleteMessage, editMessage } from '../messages/actions.ts';
import { getHistory } from '../messages/queries.ts';
import { getUnread } from '../queries.ts';

let school: School;
let teacher: Student;
let colleague: Student;
beforeAll(async () => {
  school = await aSchool();
  teacher = await aModerator(school.app);
  colleague = await aModerator(school.app);
});
afterAll(() => school.close());

const threadOf = (id: string) =>
  school.app.db.chatThread.findUniqueOrThrow({
    where: { id },
    select: { lastSeq: true, rev: true, waitingSince: true, closedAt: true, assigneeId: true, heldById: true, heldUntil: true },
  });

describe('a task’s chat', () => {
  let course: MadeCourse;
  beforeAll(async () => {
    course = await aCourse(school.app, {
      chatAfter: 2,
      topics: [{ tasks: [aNumber('1'), aNumber('2')] }, { opensIn: 1, tasks: [aNumber('1')] }],
    });
  });

  test('opens after enough wrong answers, and says how many are missing', async () => {
    const { actor } = await aStudent(school.app);
    const taskId = course.task(0, 0);
    await answer(school.app, actor, taskId, '5');
    await expect(openTask(school.app, actor, { taskId })).rejects.toMatchObject({ code: 'CHAT_LOCKED', data: { wrongLeft: 1 } });
    await answer(school.app, actor, taskId, '6');
    const { threadId } = await openTask(school.app, actor, { taskId });
    expect(await openTask(school.app, actor, { taskId })).toEqual({ threadId });
    // The other task counts for itself.
    await expect(openTask(school.app, actor, { taskId: course.task(0, 1) })).rejects.toMatchObject({ code: 'CHAT_LOCKED' });
  });

  test('opens for whoever has solved it', async () => {
    const { actor } = await aStudent(school.app);
    await answer(school.app, actor, course.task(0, 0), '1');
    expect(await openTask(school.app, actor, { taskId: course.task(0, 0) })).toMatchObject({ threadId: expect.any(String) });
  });

  test('opens by hand at once, is written down once, and is the student’s from then on', async () => {
    const student = await aStudent(school.app);
    const taskId = course.task(1, 0);
    await expect(openTask(school.app, student.actor, { taskId })).rejects.toMatchObject({ code: 'TOPICS_NOT_OPEN' });
    const [threadId, again] = await Promise.all([
      anOpenChat(school.app, student, { taskId, opener: teacher }),
      anOpenChat(school.app, student, { taskId, opener: colleague }),
    ]);
    expect(again).toBe(threadId);
    const journal = await school.app.db.auditEntry.findMany({
      where: { action: 'chat.open', subject: threadId },
      select: { label: true, after: true },
    });
    const { title } = await school.app.db.task.findUniqueOrThrow({ where: { id: taskId }, select: { title: true } });
    expect(journal).toEqual([{ label: 'Соколов Илья', after: { task: title } }]);
    // Although its topic is closed.
    expect(await anOpenChat(school.app, student, { taskId })).toBe(threadId);
    expect(await aMessage(school.app, student.actor, threadId)).toMatchObject({ seq: 1, html: '<p>Здравствуйте</p>' });
  });

  test('is of students only', async () => {
    const taskId = course.task(0, 0);
    const refused = [{}, { studentId: colleague.actor.id }, { studentId: randomUUID() }];
    for (const plan of refused)
      await expect(openTask(school.app, teacher.actor, { taskId, ...plan })).rejects.toMatchObject({ code: 'CHAT_NOT_FOUND' });
    const [one, two] = [await aStudent(school.app), await aStudent(school.app)];
    await expect(openTask(school.app, one.actor, { taskId, studentId: two.actor.id })).rejects.toMatchObject({ code: 'CHAT_NOT_FOUND' });
    await expect(openTask(school.app, teacher.actor, { taskId: randomUUID(), studentId: one.actor.id })).rejects.toMatchObject({
      code: 'TASKS_NOT_FOUND',
    });
  });

  test('is one, however its task’s id is written', async () => {
    const student = await aStudent(school.app);
    const bank = await aCourse(school.app, { topics: [{ tasks: [aNumber('1')] }] });
    const taskId = bank.task(0, 0);
    const input = openTaskChatInput.parse({ taskId: taskId.toUpperCase(), studentId: student.actor.id });
    const { threadId } = await openTask(school.app, teacher.actor, input);
    expect(await anOpenChat(school.app, student, { taskId })).toBe(threadId);
  });

  test('is silent while an exam asks the task', async () => {
    const student = await aStudent(school.app);
    const bank = await aCourse(school.app, { topics: [{ tasks: [aNumber('1')] }] });
    const taskId = bank.task(0, 0);
    const threadId = await anOpenChat(school.app, student, { taskId, opener: teacher });
    const { seq, rev } = await aMessage(school.app, student.actor, threadId);
    const exam = await anExam(school.app, bank);
    const { id } = await begin(school.app, student.actor, exam);
    const inExam = { code: 'TASKS_IN_EXAM', data: { attemptId: id } };
    await expect(aMessage(school.app, student.actor, threadId)).rejects.toMatchObject(inExam);
    await expect(anOpenChat(school.app, student, { taskId })).rejects.toMatchObject(inExam);
    await expect(editMessage(school.app, student.actor, { threadId, seq, rev, body: 'ещё' })).rejects.toMatchObject(inExam);
    await finish(school.app, student.actor, id);
    expect(await aMessage(school.app, student.actor, threadId)).toMatchObject({ seq: 2 });
  });
});

describe('a message', () => {
  test('of a student waits for an answer, that of a teacher ends the wait and counts it', async () => {
    const student = await aStudent(school.app);
    const threadId = await anOpenChat(school.app, student);
    await aMessage(school.app, student.actor, threadId);
    const since = school.clock.now();
    school.clock.forward(90_000);
    await aMessage(school.app, student.actor, threadId);
    expect(await threadOf(threadId)).toMatchObject({ waitingSince: since, assigneeId: null });
    school.clock.forward(30_000);
    await aMessage(school.app, teacher.actor, threadId);
    expect(await threadOf(threadId)).toMatchObject({ lastSeq: 3, rev: 3, waitingSince: null, assigneeId: teacher.actor.id });
    await aMessage(school.app, teacher.actor, threadId);
    const answers = await school.app.db.chatAnswer.findMany({ where: { threadId }, select: { waitedSeconds: true, authorId: true } });
    expect(answers).toEqual([{ waitedSeconds: 120, authorId: teacher.actor.id }]);
  });

  test('is read by its author, but not what came while they were writing', async () => {
    const student = await aStudent(school.app);
    const threadId = await anOpenChat(school.app, student);
    const readBy = async ({ actor: { id: personId } }: Student) =>
      (await school.app.db.chatReader.findUnique({ where: { threadId_personId: { threadId, personId } }, select: { readSeq: true } }))
        ?.readSeq;
    await aMessage(school.app, student.actor, threadId);
    await aMessage(school.app, student.actor, threadId);
    expect(await readBy(student)).toBe(2);
    // The answer comes while the next message waits in the browser for a connection.
    await aMessage(school.app, teacher.actor, threadId);
    await aMessage(school.app, student.actor, threadId);
    expect(await readBy(student)).toBe(2);
    expect(await getUnread(school.app, student.actor)).toMatchObject({ messages: 1 });
    // Who answers a student has read what they say.
    expect(await readBy(teacher)).toBe(3);
    await aMessage(school.app, teacher.actor, threadId);
    expect(await readBy(teacher)).toBe(5);
  });

  test('of a student opens a closed thread again, that of a teacher does not', async () => {
    const student = await aStudent(school.app);
    const threadId = await anOpenChat(school.app, student);
    await aMessage(school.app, student.actor, threadId);
    await school.app.db.chatThread.updateMany({ where: { id: threadId }, data: { closedAt: school.clock.now(), waitingSince: null } });
    await aMessage(school.app, teacher.actor, threadId);
    expect((await threadOf(threadId)).closedAt).not.toBeNull();
    await aMessage(school.app, student.actor, threadId);
    expect(await threadOf(threadId)).toMatchObject({ closedAt: null, waitingSince: school.clock.now() });
  });

  test('does not come between the teacher who took the thread and their student', async () => {
    const student = await aStudent(school.app);
    const threadId = await anOpenChat(school.app, student);
    const until = new Date(school.clock.now().getTime() + 60_000);
    await school.app.db.chatThread.updateMany({ where: { id: threadId }, data: { heldById: colleague.actor.id, heldUntil: until } });
    const held = { code: 'CHAT_HELD', data: { name: 'Ольга Громова', until: until.toISOString() } };
    await expect(aMessage(school.app, teacher.actor, threadId)).rejects.toMatchObject(held);
    await expect(aMessage(school.app, student.actor, threadId)).resolves.toMatchObject({ seq: 1 });
    expect(await threadOf(threadId)).toMatchObject({ heldById: colleague.actor.id, lastSeq: 1 });
    await aMessage(school.app, colleague.actor, threadId);
    expect(await threadOf(threadId)).toMatchObject({ heldById: null, heldUntil: null, lastSeq: 2 });
    await expect(aMessage(school.app, teacher.actor, threadId)).resolves.toMatchObject({ seq: 3 });
  });

  test('may be sent to a thread whose lock has run out', async () => {
    const student = await aStudent(school.app);
    const threadId = await anOpenChat(school.app, student);
    await school.app.db.chatThread.updateMany({
      where: { id: threadId },
      data: { heldById: colleague.actor.id, heldUntil: school.clock.now() },
    });
    await expect(aMessage(school.app, teacher.actor, threadId)).resolves.toMatchObject({ seq: 1 });
  });

  test('carries what was looked for once, above itself, until a teacher has spoken', async () => {
    const student = await aStudent(school.app);
    const threadId = await anOpenChat(school.app, student);
    const query = 'какие документы <b>нужны</b>';
    expect(await aMessage(school.app, student.actor, threadId, { query })).toMatchObject({ seq: 2, rev: 2 });
    await aMessage(school.app, student.actor, threadId, { query });
    await aMessage(school.app, student.actor, threadId, { query: 'другое' });
    await aMessage(school.app, student.actor, threadId, { query: '\u200B' });
    await aMessage(school.app, teacher.actor, threadId, { query: 'учитель не ищет' });
    await aMessage(school.app, student.actor, threadId, { query: 'другое' });
    const { messages } = await getHistory(school.app, teacher.actor, { threadId });
    expect(messages.map(({ seq, kind, body }) => [seq, kind === 'search' ? body : kind])).toEqual([
      [1, query],
      [2, 'text'],
      [3, 'text'],
      [4, 'другое'],
      [5, 'text'],
      [6, 'text'],
      [7, 'text'],
      [8, 'другое'],
      [9, 'text'],
    ]);
    expect(messages[0]?.html).toBe('<p>какие документы &lt;b&gt;нужны&lt;/b&gt;</p>');
  });

  test('to a closed room is refused', async () => {
    const id = randomUUID();
    await school.app.db.chatThread.create({
      data: { id, kind: 'room', about: id, title: 'Старая', createdAt: school.clock.now(), closedAt: school.clock.now() },
    });
    await expect(aMessage(school.app, teacher.actor, id)).rejects.toMatchObject({ code: 'CHAT_ROOM_CLOSED' });
    await expect(aMessage(school.app, teacher.actor, await theCommonRoom(school.app))).resolves.toMatchObject({ seq: expect.any(Number) });
  });
});

describe('a client id', () => {
  test('sent again is the same message, however late, and counts for no limit', async () => {
    const student = await aStudent(school.app);
    const threadId = await anOpenChat(school.app, student);
    const plan = { clientId: randomUUID(), body: 'Почему **12**?', uploadIds: [await aChatUpload(school.app, student, threadId)] };
    const first = await aMessage(school.app, student.actor, threadId, plan);
    for (let times = 0; times < 40; times += 1) expect(await aMessage(school.app, student.actor, threadId, plan)).toEqual(first);
    await editMessage(school.app, student.actor, { threadId, seq: first.seq, rev: first.rev, body: 'Почему 13?' });
    school.clock.forward(30 * 86_400_000);
    expect(await aMessage(school.app, student.actor, threadId, plan)).toMatchObject({ seq: 1, body: 'Почему 13?' });
    await deleteMessage(school.app, student.actor, { threadId, seq: 1 });
    expect(await aMessage(school.app, student.actor, threadId, plan)).toMatchObject({ seq: 1, deleted: 'author', body: null, files: [] });
    expect(await threadOf(threadId)).toMatchObject({ lastSeq: 1, rev: 3 });
  });

  test('is not taken for another text, other files or another thread', async () => {
    const student = await aStudent(school.app);
    const course = await aCourse(school.app, { topics: [{ tasks: [aNumber('1')] }] });
    const threadId = await anOpenChat(school.app, student);
    const other = await anOpenChat(school.app, student, { taskId: course.task(0, 0), opener: teacher });
    const clientId = randomUUID();
    await aMessage(school.app, student.actor, threadId, { clientId, body: 'а' });
    const reused = { code: 'CHAT_CLIENT_ID_REUSED' };
    await expect(aMessage(school.app, student.actor, threadId, { clientId, body: 'б' })).rejects.toMatchObject(reused);
    await expect(aMessage(school.app, student.actor, other, { clientId, body: 'а' })).rejects.toMatchObject(reused);
    const uploadIds = [await aChatUpload(school.app, student, threadId)];
    await expect(aMessage(school.app, student.actor, threadId, { clientId, body: 'а', uploadIds })).rejects.toMatchObject(reused);
    // Somebody else’s id is theirs.
    await expect(aMessage(school.app, teacher.actor, threadId, { clientId, body: 'в' })).resolves.toMatchObject({ seq: 2 });
  });
});

describe('files', () => {
  test('of another thread, of somebody else, unfinished or for something else send nothing', async () => {
    const [student, other] = [await aStudent(school.app), await aStudent(school.app)];
    const course = await aCourse(school.app, { topics: [{ tasks: [aNumber('1')] }] });
    const threadId = await anOpenChat(school.app, student);
    const elsewhere = await anOpenChat(school.app, student, { taskId: course.task(0, 0), opener: teacher });
    const own = await aChatUpload(school.app, student, threadId);
    const wrong = [await aChatUpload(school.app, student, elsewhere), await aChatUpload(school.app, other, threadId), randomUUID(), own];
    for (const id of wrong) {
      await expect(aMessage(school.app, student.actor, threadId, { uploadIds: [own, id] })).rejects.toMatchObject({
        code: 'FILES_NOT_FOUND',
      });
    }
    expect(await threadOf(threadId)).toMatchObject({ lastSeq: 0, rev: 0, waitingSince: null });
    expect(await aMessage(school.app, student.actor, threadId, { body: '', uploadIds: [own] })).toMatchObject({
      seq: 1,
      files: [{ id: own, name: 'тетрадь.jpg', srcSet: expect.stringContaining('w=480') }],
    });
  });
});

test('who sends too fast hears when to go on, and the school says how fast that is', async () => {
  const slow = await aSchool({ env: { CHAT_MESSAGES_PER_MINUTE: '2' }, databaseUrl: school.databaseUrl, clock: school.clock });
  try {
    const student = await aStudent(slow.app);
    const threadId = await anOpenChat(slow.app, student);
    await aMessage(slow.app, student.actor, threadId);
    await aMessage(slow.app, student.actor, threadId);
    await expect(aMessage(slow.app, student.actor, threadId)).rejects.toMatchObject({
      code: 'AUTH_RATE_LIMITED',
      data: { retryAfterSeconds: expect.any(Number) },
    });
    await expect(aMessage(slow.app, teacher.actor, threadId)).resolves.toMatchObject({ seq: 3 });
  } finally {
    await slow.close();
  }
});
