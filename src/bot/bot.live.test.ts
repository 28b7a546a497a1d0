/** What the bot says and does, with real grammY over HTTP against the stand-in. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startLink, unlink } from '#server/features/notifications/telegram/linking/actions.ts';
import { aCourse, aNumber } from '#server/testing/course.ts';
import { allIsHeard } from '#server/testing/hints.ts';
import { ask, aTelegramOf, aTelegramSchool, hear, type TelegramSchool } from '#server/testing/telegram-school.ts';
import { aModerator, aStudent, type Student } from '#server/testing/world.ts';
import { catalogues } from '#shared/i18n/server.ts';
import { toCallbackData } from './callback-data.ts';
import type { Person, StandInMessage } from './stand-in/types.ts';

const ru = catalogues.ru.bot;
const en = catalogues.en.bot;

let school: TelegramSchool;
let stopHearing: () => Promise<void>;
beforeAll(async () => {
  school = await aTelegramSchool();
  stopHearing = hear(school.app);
});
afterAll(async () => {
  await stopHearing();
  await school.close();
});

async function tokenOf(student: Pick<Student, 'actor'>): Promise<string> {
  await expect.poll(() => school.app.telegram?.botName()).toBe(school.telegram.username);
  const { url } = await startLink(school.app, student.actor);
  return new URL(url).searchParams.get('start') ?? '';
}
async function start(person: Person, token?: string): Promise<StandInMessage> {
  const after = person.start(token);
  return person.waitFor(() => true, { after });
}
const linkOf = (student: Student) => school.app.db.telegramLink.findUnique({ where: { personId: student.actor.id } });

test('the menu of commands stands in both languages', async () => {
  const commands = (words: typeof ru) => Object.entries(words.commands).map(([command, description]) => ({ command, description }));
  await expect.poll(() => school.telegram.commands('ru')).toEqual(commands(ru));
  await expect.poll(() => school.telegram.commands('en')).toEqual(commands(en));
});

test('whoever is not linked hears how to link, in the language of their Telegram', async () => {
  const stranger = school.telegram.people.make({ languageCode: 'en' });
  expect((await start(stranger)).text).toBe(en.start.unlinked.join('\n\n'));
  expect((await ask(stranger, '/stats')).text).toBe(en.needsLink);
  expect((await ask(stranger, 'Hello?')).text).toBe(en.needsLink);
  const russian = school.telegram.people.make();
  expect((await ask(russian, '/help')).text).toContain(ru.help.title);
});

test('every command answers a student, in the language of the account', async () => {
  const student = await aStudent(school.app, { locale: 'en' });
  const course = await aCourse(school.app, { topics: [{ tasks: [aNumber('1'), aNumber('2')] }] });
  const { slug } = await school.app.db.course.update({
    where: { id: course.id },
    data: { title: 'Профиль <80+>' },
    select: { slug: true },
  });
  const person = await aTelegramOf(school, student);
  expect((await ask(person, '/courses')).text).toBe(en.courses.none);
  await school.app.db.enrolment.create({
    data: { personId: student.actor.id, courseId: course.id, enrolledAt: school.clock.now() },
    select: { courseId: true },
  });
  const courses = await ask(person, '/courses');
  expect(courses.text).toBe(`${en.courses.title}\n\nПрофиль <80+>\n${en.courses.tasks(0, 2)}, ${en.courses.topics(0, 1)}`);
  expect(courses.reply_markup?.inline_keyboard).toEqual([[{ text: 'Профиль <80+>', url: expect.stringContaining(`/courses/${slug}`) }]]);
  expect((await ask(person, '/stats')).text).toBe(
    [en.stats.title, '', en.stats.week(0), en.stats.streak(0, 0), en.stats.all('0', '2')].join('\n'),
  );
  expect((await ask(person, '/news')).text).toBe(en.news.none);
  expect((await ask(person, '/help')).text).toContain(en.help.reply);
  expect((await ask(person, '/start')).text).toContain(en.start.hello('Илья'));
  expect((await ask(person, '/nonsense')).text).toBe(en.unknownCommand);
  expect((await ask(person, 'a question into the blue')).text).toBe(en.reply.how);
});

test('/settings shows what comes here, and a button changes it and shows the change', async () => {
  const student = await aStudent(school.app);
  const person = await aTelegramOf(school, student);
  const shown = await ask(person, '/settings');
  const label = (kind: 'news' | 'week', on: boolean) => `${ru.settings.kinds[kind]}: ${on ? ru.settings.on : ru.settings.off}`;
  const labels = () =>
    person
      .received()
      .at(-1)
      ?.reply_markup?.inline_keyboard.flat()
      .map(({ text }) => text);
  expect(labels()).toHaveLength(6);
  expect(labels()).toEqual(expect.arrayContaining([label('news', true), label('week', true), ru.settings.button]));
  // Pressed twice in a row it is off all the same.
  const [first, second] = await Promise.all([person.press(shown, label('news', true)), person.press(shown, label('news', true))]);
  expect([first.text, second.text]).toEqual([label('news', false), label('news', false)]);
  await expect.poll(labels).toEqual(expect.arrayContaining([label('news', false), label('week', true)]));
  const where = { personId: student.actor.id };
  expect(await school.app.db.noticeSetting.findMany({ where, select: { kind: true, channel: true, mode: true } })).toEqual([
    { kind: 'news', channel: 'telegram', mode: 'off' },
  ]);
  await person.press(shown, label('news', false));
  await expect.poll(labels).toEqual(expect.arrayContaining([label('news', true)]));
  const teachers = await aTelegramOf(school, await aModerator(school.app));
  const office = await ask(teachers, '/settings');
  expect(office.reply_markup?.inline_keyboard).toHaveLength(3);
});

test('a teacher hears what waits', async () => {
  const person = await aTelegramOf(school, await aModerator(school.app));
  expect((await ask(person, '/stats')).text).toContain(ru.stats.reviews(0));
  expect((await ask(person, '/support')).text).toBe(ru.support.moderator);
  expect((await ask(person, '/courses')).text).toBe(ru.courses.moderator);
  expect((await ask(person, 'просто так')).text).toBe(ru.reply.howModerator);
  const { text: help = '' } = await ask(person, '/help');
  expect(help).toContain(`/stats – ${ru.statsModerator}`);
  expect(help).not.toContain('/support');
  expect((await ask(person, '/stop')).text).toBe(ru.stop.doneModerator);
});

test('a link of the site links after a question, tells the site, and works once', async () => {
  const student = await aStudent(school.app, { firstName: 'Аня <b>' });
  const person = school.telegram.people.make({ firstName: 'Кто угодно' });
  const token = await tokenOf(student);
  const told: unknown[] = [];
  await allIsHeard(school.app);
  const unfollow = school.app.bus.follow(`person:${student.actor.id}`, (hint) => told.push(hint));
  const question = await start(person, token);
  expect(question.text).toBe([ru.link.ask('Аня <b>'), ru.link.beware].join('\n\n'));
  expect(await linkOf(student)).toBeNull();

  await person.press(question, ru.link.yes);
  await expect.poll(() => person.received().at(-1)?.text).toBe(ru.link.done);
  expect(person.received().at(-1)?.reply_markup).toBeUndefined();
  expect(await linkOf(student)).toMatchObject({ telegramId: BigInt(person.id), brokenAt: null });
  await expect.poll(() => told).toContainEqual({ kind: 'notices', threadId: null });
  unfollow();

  // Opened again by the same Telegram it is said to be done; by another one it is not theirs.
  expect((await start(person, token)).text).toBe(ru.link.linked);
  expect((await start(school.telegram.people.make(), token)).text).toBe(ru.link.another);
  await unlink(school.app, student.actor);
  expect((await start(person, token)).text).toBe(ru.link.over);
});

test('the first Telegram that opens a link owns it; a declined one is over', async () => {
  const student = await aStudent(school.app);
  const [first, second] = [school.telegram.people.make(), school.telegram.people.make()];
  const token = await tokenOf(student);
  const question = await start(first, token);
  expect((await start(second, token)).text).toBe(ru.link.another);
  await first.press(question, ru.link.no);
  await expect.poll(() => first.received().at(-1)?.text).toBe(ru.link.declined);
  expect((await start(first, token)).text).toBe(ru.link.over);
  expect(await linkOf(student)).toBeNull();
});

test('a link that is old, replaced by a newer one, or made up leads nowhere', async () => {
  const student = await aStudent(school.app);
  const person = school.telegram.people.make();
  const older = await tokenOf(student);
  const newer = await tokenOf(student);
  expect((await start(person, older)).text).toBe(ru.link.over);
  const question = await start(person, newer);
  school.clock.forward(16 * 60_000);
  expect((await start(person, newer)).text).toBe(ru.link.over);
  await person.press(question, ru.link.yes);
  await expect.poll(() => person.received().some(({ text }) => text === ru.link.over && text !== question.text)).toBe(true);
  expect(await linkOf(student)).toBeNull();
  expect((await start(person, 'a'.repeat(64))).text).toBe(ru.link.over);
});

test('a Telegram that is another account’s moves after being asked, and so does an account with another Telegram', async () => {
  const [first, second] = [await aStudent(school.app), await aStudent(school.app)];
  const phone = await aTelegramOf(school, first);
  const question = await start(phone, await tokenOf(second));
  expect(question.text).toContain(ru.link.moves);
  await phone.press(question, ru.link.yes);
  await expect.poll(() => linkOf(second)).toMatchObject({ telegramId: BigInt(phone.id) });
  expect(await linkOf(first)).toBeNull();

  const tablet = school.telegram.people.make();
  const again = await start(tablet, await tokenOf(second));
  expect(again.text).toContain(ru.link.replaces);
  await tablet.press(again, ru.link.yes);
  await expect.poll(() => linkOf(second)).toMatchObject({ telegramId: BigInt(tablet.id) });
});

test('/stop unlinks, and one press takes it back', async () => {
  const student = await aStudent(school.app);
  const person = await aTelegramOf(school, student);
  const said = await ask(person, '/stop');
  expect(said.text).toBe(ru.stop.done);
  expect(await linkOf(student)).toBeNull();
  await person.press(said, ru.stop.undo);
  await expect.poll(() => linkOf(student)).toMatchObject({ telegramId: BigInt(person.id) });
});

test('stopping the bot breaks the link, writing to it mends it', async () => {
  const student = await aStudent(school.app);
  const person = await aTelegramOf(school, student);
  person.block();
  await expect.poll(() => linkOf(student)).toMatchObject({ brokenWhy: 'blocked' });
  person.unblock();
  await expect.poll(() => linkOf(student)).toMatchObject({ brokenAt: null, brokenWhy: null });
});

test('old buttons are answered, groups are not, and updates of tomorrow are passed by', async () => {
  const student = await aStudent(school.app);
  const person = await aTelegramOf(school, student);
  const sent = await school.app.telegram?.send(BigInt(person.id), { html: 'x' });
  const message = await person.waitFor(({ message_id }) => message_id === sent?.messageIds[0]);
  message.reply_markup = { inline_keyboard: [[{ text: 'Старая', callback_data: 'v0:something' }]] };
  expect(await person.press(message, 'Старая')).toEqual({ text: ru.stale, alert: true });
  // Pressed while the bot was away: Telegram takes no answer any more, and what was pressed holds all the same.
  const data = toCallbackData({ do: 'setting', kind: 'week', on: false });
  school.telegram.pushUpdate({
    callback_query: { id: '404', from: person.user, chat_instance: '1', message: { ...message, message_id: 1 }, data },
  });
  await person.waitFor(({ text }) => text?.startsWith(ru.settings.title) === true);
  person.sayInGroup('Привет, бот');
  school.telegram.pushUpdate({ thing_of_tomorrow: { from: person.user } });
  school.telegram.pushUpdate({ message: { message_id: 5, date: 0, chat: { id: person.id, type: 'private' } } });
  const before = person.received().length;
  await ask(person, '/help');
  expect(person.received()).toHaveLength(before + 1);
});

test('too much is too much, and is said once', async () => {
  const person = await aTelegramOf(school, await aStudent(school.app));
  for (let number = 0; number < 70; number++) person.say('/help');
  await person.waitFor(({ text }) => text === ru.tooMany);
  await expect.poll(() => school.telegram.pendingUpdates()).toBe(0);
  expect(person.received().filter(({ text }) => text === ru.tooMany)).toHaveLength(1);
  expect(person.received()).toHaveLength(61);
});
