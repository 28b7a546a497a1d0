import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { aChatUpload, aMessage, anOpenChat } from '../../../testing/chat.ts';
import { aCourse, aNumber, type MadeCourse } from '../../../testing/course.ts';
import { messagesFor } from '../../../testing/notices.ts';
import { aModerator, aSchool, aStudent, type School, type Student } from '../../../testing/world.ts';
import { markRead } from '../../chat/actions.ts';
import { closeThread, takeThread } from '../../chat/inbox/actions.ts';
import { deleteMessage, editMessage } from '../../chat/messages/actions.ts';
import { answer } from './answer.ts';
import { question } from './question.ts';

let school: School;
let course: MadeCourse;
let teacher: Student;
let colleague: Student;
let student: Student;
let threadId: string;
beforeAll(async () => {
  school = await aSchool();
  course = await aCourse(school.app, { topics: [{ tasks: [aNumber('1'), aNumber('2')] }] });
  teacher = await aModerator(school.app);
  colleague = await aModerator(school.app);
});
afterAll(() => school.close());
beforeEach(async () => {
  student = await aStudent(school.app);
  threadId = await anOpenChat(school.app, student, { taskId: course.task(0, 1), opener: teacher });
});

const write = (by: Student, body: string, uploadIds: string[] = []) => aMessage(school.app, by.actor, threadId, { body, uploadIds });
const told = async () => (await messagesFor(school.app, student.actor.id, 'answer', answer)).at(-1);
const asked = async (who = teacher) => (await messagesFor(school.app, who.actor.id, 'question', question)).at(-1);

describe('an answer', () => {
  test('tells all that is unread, oldest first, and leads to the task; a reply lands in the thread', async () => {
    await write(teacher, 'Посмотрите на **знак**');
    await write(colleague, 'И на порядок', [
      await aChatUpload(school.app, colleague, threadId),
      await aChatUpload(school.app, colleague, threadId),
    ]);
    expect(await told()).toMatchObject({
      title: 'Ответ преподавателя: задание 2, Тема 1',
      body: expect.stringMatching(/^Посмотрите на \*\*знак\*\*\n\nИ на порядок\n\n_2\sфайла – на сайте_$/),
      button: { url: `/courses/${course.slug}/topic-1?chat#task-2` },
      replyTo: threadId,
    });
  });

  test('says what a message says by now, and nothing of what was taken back or read', async () => {
    const first = await write(teacher, 'Первое');
    const second = await write(teacher, 'Втрое');
    const third = await write(teacher, 'Третье');
    await editMessage(school.app, teacher.actor, { threadId, seq: second.seq, body: 'Второе', rev: second.rev });
    await deleteMessage(school.app, teacher.actor, { threadId, seq: third.seq });
    await markRead(school.app, student.actor, { threadId, seq: first.seq });
    expect((await told())?.body).toBe('Второе');
    await deleteMessage(school.app, teacher.actor, { threadId, seq: second.seq });
    expect(await told()).toBeNull();
  });

  test('is nothing to tell once it is read', async () => {
    const { seq } = await write(teacher, 'Посмотрите на знак');
    await markRead(school.app, student.actor, { threadId, seq });
    expect(await told()).toBeNull();
  });

  test('of a long talk carries the newest messages and counts the others', async () => {
    for (let n = 1; n <= 13; n++) await write(teacher, `Письмо ${n}`);
    const body = (await told())?.body ?? '';
    expect(body).toMatch(/^_Ещё 3\sсообщения раньше – на сайте_\n\nПисьмо 4\n/);
    expect(body.endsWith('Письмо 13')).toBe(true);
  });

  test('a program that nobody closed takes in nothing of the next message', async () => {
    await write(teacher, '```python\nprint(1)');
    await write(teacher, 'И **так**');
    expect((await told())?.body).toBe('```python\nprint(1)\n```\n\nИ **так**');
  });

  test('is told to nobody else: another student with the same notice hears nothing', async () => {
    await write(teacher, 'Посмотрите на знак');
    const stranger = await aStudent(school.app);
    const notice = await school.app.db.notice.findFirstOrThrow({ where: { kind: 'answer', about: { startsWith: threadId } } });
    const row = { id: notice.id, kind: 'answer', data: { threadId, seq: 1 }, createdAt: notice.createdAt } as const;
    const recipient = { id: stranger.actor.id, role: 'student', firstName: 'Пётр', locale: 'ru', timeZone: 'Europe/Moscow' } as const;
    expect(await answer.message(school.app, row, recipient)).toBeNull();
  });
});

describe('a question', () => {
  test('is told to teachers only, in Telegram and behind the bell', async () => {
    await write(student, 'Почему минус?');
    const { id, createdAt } = await school.app.db.notice.findFirstOrThrow({ where: { kind: 'question', about: { startsWith: threadId } } });
    const row = { id, kind: 'question', data: { threadId, seq: 1 }, createdAt } as const;
    const recipient = { id: teacher.actor.id, role: 'moderator', firstName: 'Пётр', locale: 'ru', timeZone: 'Europe/Moscow' } as const;
    const toldTo = async (role: 'student' | 'moderator') => [
      await question.message(school.app, row, { ...recipient, role }),
      (await question.lines(school.app, [row], { ...recipient, role })).size,
    ];
    expect(await toldTo('moderator')).toEqual([expect.anything(), 1]);
    expect(await toldTo('student')).toEqual([null, 0]);
  });

  test('names the student by the first name only', async () => {
    await write(student, 'Почему минус?');
    const message = await asked();
    expect(message).toMatchObject({ title: 'Вопрос: задание 2, Тема 1', button: { url: `/admin/inbox/${threadId}` }, replyTo: threadId });
    expect(message?.body).toMatch(/Илья[\s\S]*Почему минус\?$/);
    expect(JSON.stringify(message)).not.toContain('Соколов');
  });

  test('is nothing to tell once it is answered or closed, or while a colleague sits over it', async () => {
    await write(student, 'Почему минус?');
    await takeThread(school.app, colleague.actor, { threadId });
    expect([await asked(), await asked(colleague)]).toEqual([null, expect.anything()]);
    await write(colleague, 'Потому что корень меньше нуля');
    expect(await asked(colleague)).toBeNull();
    await write(student, 'А второй?');
    expect(await asked(colleague)).toMatchObject({ body: expect.stringContaining('А второй?') });
    await closeThread(school.app, colleague.actor, { threadId, closed: true });
    expect(await asked(colleague)).toBeNull();
  });
});
