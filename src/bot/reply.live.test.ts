/** What is replied to messages of the bot lands in chats. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rememberMessage } from '#server/features/notifications/telegram/replies/actions.ts';
import { aMessage, anOpenChat } from '#server/testing/chat.ts';
import { aPump } from '#server/testing/deliveries.ts';
import { aJpeg, ask, aTelegramOf, aTelegramSchool, hear, type TelegramSchool } from '#server/testing/telegram-school.ts';
import { aModerator, aStudent, type Student } from '#server/testing/world.ts';
import { catalogues } from '#shared/i18n/server.ts';
import type { Person, StandInMessage } from './stand-in/types.ts';

const ru = catalogues.ru.bot;

let school: TelegramSchool;
let teacher: Student;
let stopHearing: () => Promise<void>;
beforeAll(async () => {
  school = await aTelegramSchool();
  teacher = await aModerator(school.app);
  stopHearing = hear(school.app);
});
afterAll(async () => {
  await stopHearing();
  await school.close();
});

const bodiesIn = async (threadId: string) =>
  (await school.app.db.chatMessage.findMany({ where: { threadId }, orderBy: { seq: 'asc' }, select: { body: true } })).map(
    ({ body }) => body,
  );

/** A message of the bot that can be replied to, as the channel of notices sends one. */
async function aNoticeAbout(person: Person, threadId: string): Promise<StandInMessage> {
  const sent = await school.app.telegram?.send(BigInt(person.id), { html: 'Ответ' });
  const messageId = sent?.messageIds[0] ?? 0;
  await rememberMessage(school.app, { botId: school.app.telegram?.botId ?? 0n, telegramId: BigInt(person.id), messageId }, threadId);
  return person.waitFor((message) => message.message_id === messageId);
}

test('a closed account is told so, whatever it asks', async () => {
  const student = await aStudent(school.app);
  const person = await aTelegramOf(school, student);
  const threadId = await anOpenChat(school.app, student);
  const notice = await aNoticeAbout(person, threadId);
  await school.app.db.person.update({ where: { id: student.actor.id }, data: { blockedAt: school.clock.now() } });
  expect((await ask(person, '/stats')).text).toBe(catalogues.ru.errors.byCode.AUTH_BLOCKED);
  const after = person.say('Пустите', { replyTo: notice });
  expect((await person.waitFor(() => true, { after })).text).toBe(catalogues.ru.errors.byCode.AUTH_BLOCKED);
  expect(await bodiesIn(threadId)).toEqual([]);
});

test('a reply lands in the thread as it was typed, once, marks it as read, and can be gone on from', async () => {
  const student = await aStudent(school.app);
  const person = await aTelegramOf(school, student);
  const threadId = await anOpenChat(school.app, student);
  await aMessage(school.app, teacher.actor, threadId, { body: 'Что у вас вышло?' });
  const notice = await aNoticeAbout(person, threadId);
  // Everything is handed over twice.
  school.telegram.setFaults({ seed: 1, duplicates: 1, unknownFields: true });
  const said = person.say('*не* курсив, 2_3_4\n# и не заголовок', { replyTo: notice });
  const confirmation = await person.waitFor(({ text }) => text === ru.reply.sent, { after: said });
  expect(confirmation.reply_to_message?.message_id).toBe(said.message_id);
  person.say('И ещё', { replyTo: confirmation });
  await expect.poll(() => bodiesIn(threadId)).toHaveLength(3);
  await ask(person, '/help');
  school.telegram.setFaults({});
  expect(await bodiesIn(threadId)).toHaveLength(3);
  const [, first = ''] = await bodiesIn(threadId);
  const html = school.app.markdown.renderMessage(first, 's-');
  expect(html).toContain('*не* курсив, 2_3_4<br>');
  expect(html).not.toMatch(/<em>|<h\d|<strong>/);
  const reader = { threadId_personId: { threadId, personId: student.actor.id } };
  await expect.poll(async () => (await school.app.db.chatReader.findUnique({ where: reader, select: { readSeq: true } }))?.readSeq).toBe(3);
});

test('a question goes to a teacher, the reply to the student, and theirs back: from Telegram to Telegram', async () => {
  const student = await aStudent(school.app);
  const asker = await aTelegramOf(school, student);
  const colleague = await aModerator(school.app);
  const teaching = await aTelegramOf(school, colleague);
  const pump = aPump(school.app);
  const send = async () => {
    school.clock.forward(61_000);
    await pump.run();
  };
  expect((await ask(asker, '/support Почему <b> не жирное?')).text).toBe(ru.reply.sent);
  await send();
  const question = await teaching.waitFor(({ text }) => text?.includes('Почему <b> не жирное?') === true);
  teaching.say('Потому что это *текст*', { replyTo: question });
  await teaching.waitFor(({ text }) => text === ru.reply.sent, { after: question });
  await send();
  const answered = await asker.waitFor(({ text }) => text?.includes('Потому что это *текст*') === true);
  asker.say('Спасибо', { replyTo: answered });
  await asker.waitFor(({ text }) => text === ru.reply.sent, { after: answered });
  // Whoever has replied has read: the next answer is told of anew.
  const again = teaching.say('Не за что', { replyTo: question });
  await teaching.waitFor(({ text }) => text === ru.reply.sent, { after: again });
  await send();
  const last = await asker.waitFor(({ text }) => text?.includes('Не за что') === true, { after: answered });
  expect(last.text).not.toContain('Потому что');
});

test('a teacher’s reply answers the student; whom another teacher answers they are told', async () => {
  const student = await aStudent(school.app);
  const threadId = await anOpenChat(school.app, student);
  await aMessage(school.app, student.actor, threadId, { body: 'Не сходится' });
  const person = await aTelegramOf(school, await aModerator(school.app));
  const notice = await aNoticeAbout(person, threadId);
  const thread = { id: threadId };
  await school.app.db.chatThread.update({
    where: thread,
    data: { heldById: teacher.actor.id, heldUntil: new Date(school.clock.now().getTime() + 60_000) },
  });
  const held = person.say('Проверьте знак', { replyTo: notice });
  expect((await person.waitFor(() => true, { after: held })).text).toBe(ru.reply.notSent(catalogues.ru.errors.byCode.CHAT_HELD));
  await school.app.db.chatThread.update({ where: thread, data: { heldById: null, heldUntil: null } });
  const said = person.say('Проверьте знак', { replyTo: notice });
  expect((await person.waitFor(() => true, { after: said })).text).toBe(ru.reply.sent);
  expect(await school.app.db.chatThread.findUnique({ where: thread, select: { waitingSince: true } })).toEqual({ waitingSince: null });
});

test('a picture comes along, an album says once that it was sent, and what a chat has no place for is refused', async () => {
  const student = await aStudent(school.app);
  const person = await aTelegramOf(school, student);
  const threadId = await anOpenChat(school.app, student);
  const notice = await aNoticeAbout(person, threadId);
  const said = person.sendPhoto(await aJpeg(), { caption: 'Моё решение', replyTo: notice });
  await person.waitFor(({ text }) => text === ru.reply.sent, { after: said });
  expect(await bodiesIn(threadId)).toEqual(['Моё решение']);
  const [file] = await school.app.db.chatFile.findMany({ where: { threadId } });
  expect(file).toMatchObject({ name: 'photo.jpg', mime: 'image/jpeg', width: 20, height: 20 });
  expect(await school.app.storage.find(file?.storageKey ?? '')).not.toBeNull();

  for (const kind of ['sticker', 'voice'] as const) {
    const other = person.sendOther(kind, { replyTo: notice });
    expect((await person.waitFor(() => true, { after: other })).text).toBe(ru.reply.kinds);
  }
  const { photo } = said;
  const from = person.user;
  const common = { date: said.date, chat: said.chat, from, photo, media_group_id: '17' };
  const before = person.received().length;
  school.telegram.pushUpdate({ message: { ...common, message_id: 900_001, caption: 'Альбом', reply_to_message: notice } });
  school.telegram.pushUpdate({ message: { ...common, message_id: 900_002 } });
  await expect.poll(() => bodiesIn(threadId)).toEqual(['Моё решение', 'Альбом', '']);
  await ask(person, '/help');
  expect(person.received().length - before).toBe(2);
});

test('a document that cannot be taken, a file that Telegram does not hand out, and a message changed later are told of', async () => {
  const student = await aStudent(school.app);
  const person = await aTelegramOf(school, student);
  const threadId = await anOpenChat(school.app, student);
  const notice = await aNoticeAbout(person, threadId);
  const message = (id: number, document: object) => ({
    message_id: id,
    date: notice.date,
    chat: notice.chat,
    from: person.user,
    reply_to_message: notice,
    document,
  });
  school.telegram.pushUpdate({ message: message(910_001, { file_id: 'x', file_unique_id: 'x', file_name: 'virus.exe', file_size: 10 }) });
  await person.waitFor(({ text }) => text === ru.reply.notSent(catalogues.ru.errors.upload.type));
  school.telegram.pushUpdate({ message: message(910_002, { file_id: 'x', file_unique_id: 'x', file_name: 'a.pdf', file_size: 10 }) });
  await person.waitFor(({ text }) => text === ru.reply.notSent(ru.reply.download));
  expect(await bodiesIn(threadId)).toEqual([]);

  const said = person.say('Опечатк', { replyTo: notice });
  await person.waitFor(({ text }) => text === ru.reply.sent, { after: said });
  person.edit(said, 'Опечатка');
  person.edit(said, 'Опечатка снова');
  await person.waitFor(({ text }) => text === ru.reply.edited);
  await ask(person, '/help');
  expect(person.received().filter(({ text }) => text === ru.reply.edited)).toHaveLength(1);
  expect(await bodiesIn(threadId)).toEqual(['Опечатк']);
});

test('/support opens the way to the teachers, with or without a question behind it', async () => {
  const student = await aStudent(school.app);
  const person = await aTelegramOf(school, student);
  const asked = await ask(person, '/support');
  expect(asked.text).toBe(ru.support.ask);
  const said = person.say('Не открывается тема', { replyTo: asked });
  await person.waitFor(({ text }) => text === ru.reply.sent, { after: said });
  expect((await ask(person, '/support И видео тоже')).text).toBe(ru.reply.sent);
  const thread = await school.app.db.chatThread.findFirstOrThrow({ where: { studentId: student.actor.id, about: 'support' } });
  expect(await bodiesIn(thread.id)).toEqual(['Не открывается тема', 'И видео тоже']);
});
