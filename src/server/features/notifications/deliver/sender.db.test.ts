/** How what is due is taken and sent: order, once whatever happens to processes, closed ways, pieces and pictures, few statements. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { App } from '../../../platform/app.ts';
import { TelegramError, type TelegramTrouble } from '../../../platform/telegram.ts';
import { aPost, aPump, aTelegram, journalOf, linkTelegram, tell } from '../../../testing/deliveries.ts';
import { statementsOf } from '../../../testing/statements.ts';
import { aSchool, aStudent, type School, type Student } from '../../../testing/world.ts';
import { mailChannel } from '../channels/mail.ts';
import { telegramChannel } from '../channels/telegram.ts';
import { claimDue, freeAbandoned } from './claim.ts';
import { telegramPump } from './pump.ts';
import { writeResults } from './results.ts';
import { createSender } from './sender.ts';
import { mailInstead } from './without-telegram.ts';

const minute = 60_000;
const patient = { timeout: 10_000, interval: 50 };
let school: School;
let app: App;
const telegram = aTelegram();
/** Linked; enough of them for a small broadcast. */
let many: string[];
beforeAll(async () => {
  school = await aSchool({ env: { TELEGRAM_TOKEN: '7000000000:stand-in-for-tests' } });
  app = { ...school.app, telegram };
  const { rows } = await app.pool.query<{ id: string }>(
    `INSERT INTO person (role, email, first_name, last_name)
     SELECT 'student', 'many' || n || '@example.ru', 'Анна', 'Иванова' FROM generate_series(1, 60) n RETURNING id`,
  );
  many = rows.map(({ id }) => id);
  await app.pool.query(
    'INSERT INTO telegram_link (person_id, telegram_id, linked_at) SELECT id, 500000 + row_number() OVER (), now() FROM unnest($1::uuid[]) AS t (id)',
    [many],
  );
});
let day = 0;
beforeEach(() => {
  day += 7;
  school.clock.set(new Date(Date.parse('2026-11-24T12:00:00Z') + day * 86_400_000));
});
afterEach(() => {
  telegram.answers.length = 0;
  telegram.said.length = 0;
});
afterAll(() => school.close());

async function aLinked(): Promise<Student & { chat: bigint }> {
  const student = await aStudent(app);
  return { ...student, chat: await linkTelegram(app, student.actor.id) };
}
const refusing =
  (trouble: TelegramTrouble, retryAfterMs: number | null = null) =>
  () =>
    new TelegramError(trouble, 'no', retryAfterMs);
const always = (error: () => TelegramError): App['telegram'] => ({ ...telegram, send: async () => Promise.reject(error()) });
const chatsOf = () => telegram.said.map(({ chatId }) => chatId);
const times = async (notice: string) => {
  const found = await journalOf(app, notice);
  return Object.fromEntries(Object.entries(Object.groupBy(found, (line) => line)).map(([line, all]) => [line, all?.length]));
};

test('what is for one person goes before what is for many, however long that waits', async () => {
  const student = await aLinked();
  await tell(app, many, { bulk: true });
  school.clock.forward(minute);
  await tell(app, [student.actor.id]);
  // Of those that begin together any may be the first to arrive: here they go one by one.
  await createSender(app, { ...telegramChannel(telegram, 1_000), parallel: 1 }).sendDue();
  expect(chatsOf()[0]).toBe(student.chat);
  expect(telegram.said).toHaveLength(61);
});

test('one person with many keeps nobody else waiting: theirs come one after the other', async () => {
  const [crowded, other] = [await aLinked(), await aLinked()];
  for (let count = 0; count < 40; count += 1) await tell(app, [crowded.actor.id]);
  school.clock.forward(minute);
  await tell(app, [other.actor.id]);
  const startedAt = performance.now();
  await createSender(app, telegramChannel(telegram, 30)).sendDue();
  expect(performance.now() - startedAt).toBeLessThan(5_000);
  expect(chatsOf()).toContain(other.chat);
  const { rows } = await app.pool.query<{ waiting: number; times: number }>(
    `SELECT count(*)::int AS waiting, count(DISTINCT due_at)::int AS times FROM delivery WHERE person_id = $1 AND channel = 'telegram' AND state = 'waiting'`,
    [crowded.actor.id],
  );
  expect(rows[0]?.waiting).toBeGreaterThan(30);
  expect(rows[0]?.times).toBeGreaterThan(20);
  school.clock.forward(2 * minute);
  await app.pool.query(`UPDATE delivery SET state = 'cancelled' WHERE state = 'waiting'`);
});

test('who is to be tried again in two seconds is, though nothing else is due for long', async () => {
  const student = await aLinked();
  const notice = await tell(app, [student.actor.id]);
  telegram.answers.push(refusing('busy', 200));
  const [ending, started] = [new AbortController(), school.clock.now().getTime()];
  const begun = performance.now();
  const running = createSender(
    { ...app, clock: { ...app.clock, now: () => new Date(started + performance.now() - begun) } },
    telegramChannel(telegram, 30),
  ).run(ending.signal);
  await vi.waitFor(async () => expect(await journalOf(app, notice)).toEqual(['telegram sent']), patient);
  ending.abort();
  await running;
});

test('two that send at once never send anything twice', async () => {
  const notice = await tell(app, many, { bulk: true });
  const letters = await Promise.all(Array.from({ length: 12 }, () => aStudent(app)));
  const byMail = await tell(
    app,
    letters.map(({ actor }) => actor.id),
  );
  await Promise.all([aPump(app).run(), aPump(app).run(), aPump(app).run()]);
  expect(new Set(chatsOf()).size).toBe(60);
  expect(telegram.said).toHaveLength(60);
  expect(await times(notice)).toEqual({ 'telegram sent': 60 });
  expect(await times(byMail)).toEqual({ 'email sent': 12 });
  const sentTo = school.letters.map(({ to }) => to).filter((to) => letters.some(({ email }) => email === to));
  expect(sentTo.toSorted()).toEqual(letters.map(({ email }) => email).toSorted());
});

test('a broadcast takes few statements: some to take rows and write results, one for its words', async () => {
  const notice = await tell(app, many, { bulk: true });
  const pump = aPump(app);
  const statements = await statementsOf(app, () => pump.run());
  expect(await times(notice)).toEqual({ 'telegram sent': 60 });
  expect(statements.filter((text) => text.includes('news_post')).length).toBeLessThanOrEqual(2);
  expect(statements.length).toBeLessThanOrEqual(60);
});

describe('a process dies', () => {
  test('over letters: they go when its lease is over, by whoever is there', async () => {
    const student = await aStudent(app);
    const notice = await tell(app, [student.actor.id]);
    expect(await claimDue(app, mailChannel, 10)).toHaveLength(1);
    expect(await aPump(app).run()).toBe(0);
    expect(await journalOf(app, notice)).toEqual(['email sending']);
    school.clock.forward(mailChannel.leaseMs);
    await aPump(app).run();
    expect(await journalOf(app, notice)).toEqual(['email sent']);
  });

  test('over messages: the next leader sends them at once', async () => {
    const notice = await tell(app, many.slice(0, 5));
    await claimDue(app, telegramChannel(telegram, 30), 3);
    const ending = new AbortController();
    const leading = telegramPump(app)?.(ending.signal);
    await expect.poll(() => times(notice)).toEqual({ 'telegram sent': 5 });
    ending.abort();
    await leading;
    expect(telegram.said).toHaveLength(5);
  });

  test('it was only slow: what it says late is not lost, and overwrites nothing', async () => {
    const [left, right] = [await aLinked(), await aLinked()];
    const notice = await tell(app, [left.actor.id, right.actor.id]);
    const channel = telegramChannel(telegram, 30);
    const [first, second] = (await claimDue(app, channel, 10)).flat();
    if (!first || !second) throw new Error('nothing was taken');
    await freeAbandoned(app, 'telegram', true);
    const again = (await claimDue(app, channel, 10)).flat();
    expect(again.map(({ attempts }) => attempts)).toEqual([2, 2]);
    await writeResults(app, [
      { delivery: first, state: 'sent', reason: null },
      { delivery: second, state: 'failed', reason: 'refused', instead: true },
    ]);
    expect((await journalOf(app, notice)).toSorted()).toEqual(['telegram sending', 'telegram sent']);
  });

  test('over the same one again and again: it is given up', async () => {
    const student = await aLinked();
    const notice = await tell(app, [student.actor.id]);
    for (let deaths = 0; deaths < 12; deaths += 1) {
      await claimDue(app, telegramChannel(telegram, 30), 10);
      await freeAbandoned(app, 'telegram', true);
    }
    await aPump(app).run();
    expect(await journalOf(app, notice)).toEqual(['telegram failed refused', 'email sent instead']);
  });
});

test('what cannot be said stops nobody else, is tried four times, and is noted with its delivery', async () => {
  const [student, other] = [await aStudent(app), await aStudent(app)];
  const post = await aPost(app);
  const bad = await tell(app, [student.actor.id], { postId: post });
  const logged: unknown[] = [];
  const broken: App = {
    ...app,
    log: { ...app.log, error: (...said: unknown[]) => void logged.push(said) },
    mail: {
      ...app.mail,
      async send(letter) {
        if (letter.to === student.email) throw Object.assign(new TypeError('a mistake'), { permanent: true });
        await app.mail.send(letter);
      },
    },
  };
  // A mistake of ours throws while the message is made, as the words of a post that cannot be read do.
  const noWords: App = {
    ...broken,
    db: new Proxy(app.db, { get: (db, name) => (name === 'newsPost' ? undefined : Reflect.get(db, name)) }),
  };
  for (let tries = 0; tries < 6; tries += 1) {
    await aPump(noWords).run();
    school.clock.forward(40 * minute);
  }
  expect(await journalOf(app, bad)).toEqual(['email failed refused']);
  expect(logged).toHaveLength(4);
  const good = await tell(app, [other.actor.id]);
  await aPump(app).run();
  expect(await journalOf(app, good)).toEqual(['email sent']);
});

describe('Telegram cannot be reached', () => {
  test('after three in a row nobody is tried but one now and then; after a quarter of an hour all that was due goes by mail', async () => {
    const notice = await tell(app, many.slice(0, 20), { bulk: true });
    let asked = 0;
    const closed = always(() => {
      asked += 1;
      return new TelegramError('unreachable', 'no');
    });
    const away: App = { ...app, telegram: closed };
    const pump = aPump(away);
    await pump.run();
    // As many as were under way when the third said so.
    expect(asked).toBeLessThanOrEqual(67);
    expect(asked).toBeGreaterThanOrEqual(3);
    expect(Object.keys(await times(notice))).toEqual(expect.arrayContaining(['telegram waiting network']));
    const triedAgain = async () => {
      const before = asked;
      await vi.waitFor(async () => {
        await pump.run();
        expect(asked).toBeGreaterThan(before);
      }, patient);
      // One at a time, whatever the number of those that wait.
      expect(asked).toBeLessThanOrEqual(before + 3);
    };
    school.clock.forward(13 * minute);
    await triedAgain();
    const late = await tell(away, many.slice(20, 22), { bulk: true });
    school.clock.forward(3.5 * minute);
    await triedAgain();
    // Which of them is tried, and whether before or after the others are given up, is a matter of milliseconds.
    await vi.waitFor(async () => {
      await pump.run();
      expect(await times(notice)).toEqual({ 'telegram failed unreachable': 20, 'email sent instead': 20 });
    }, patient);
    expect((await journalOf(away, late)).map((line) => line.replace(/ network$/, ''))).toEqual(['telegram waiting', 'telegram waiting']);
    expect(await app.db.telegramLink.count({ where: { brokenAt: { not: null }, personId: { in: many } } })).toBe(0);
  });

  test('a wrong token closes it at once; who takes over does not begin to wait anew', async () => {
    const notice = await tell(app, many.slice(0, 3));
    await app.db.telegramState.create({
      data: { botId: telegram.botId, mode: 'polling', trouble: 'token', troubleAt: new Date(app.clock.now().getTime() - 20 * minute) },
    });
    school.clock.forward(16 * minute);
    await aPump({ ...app, telegram: always(() => new TelegramError('token', 'no')) }).run();
    await app.db.telegramState.deleteMany({});
    expect(await times(notice)).toEqual({ 'telegram failed unreachable': 3, 'email sent instead': 3 });
  });

  test('several who are told to wait: everybody waits, and nobody is asked for nothing', async () => {
    const notice = await tell(app, many.slice(0, 40), { bulk: true });
    telegram.answers.push(...Array.from({ length: 40 }, () => refusing('busy', 400)));
    const sender = createSender(app, { ...telegramChannel(telegram, 30), parallel: 4 });
    await sender.sendDue();
    // Four at a time: the third has closed it for the others, and the fourth was on its way.
    expect(40 - telegram.answers.length).toBeLessThanOrEqual(7);
    telegram.answers.length = 0;
    school.clock.forward(minute);
    await expect
      .poll(async () => {
        await sender.sendDue();
        return times(notice);
      })
      .toEqual({ 'telegram sent': 40 });
  });

  test('a school that has no bot any more writes letters', async () => {
    const notice = await tell(app, many.slice(0, 4));
    const taken = await claimDue(app, telegramChannel(telegram, 30), 1);
    expect(taken).toHaveLength(1);
    school.clock.forward(11 * minute);
    expect(await mailInstead({ ...app, telegram: null })).toBe(4);
    await aPump({ ...app, telegram: null }).run();
    expect(await times(notice)).toEqual({ 'telegram failed unreachable': 4, 'email sent instead': 4 });
  });
});

describe('long ones and pictures', () => {
  const long = ['первый', 'второй', 'третий'].map((word) => `${word} `.repeat(550).trim()).join('\n\n');

  test('a long text is several messages; when one is refused for now, only the rest is sent again', async () => {
    const student = await aLinked();
    const notice = await tell(app, [student.actor.id], { postId: await aPost(app, { body: long }) });
    telegram.answers.push(() => undefined, refusing('busy', 10));
    const pump = aPump(app);
    await pump.run();
    expect(await journalOf(app, notice)).toEqual(['telegram waiting busy']);
    school.clock.forward(minute);
    // The chat has to rest for a second.
    await vi.waitFor(async () => {
      await pump.run();
      expect(await journalOf(app, notice)).toEqual(['telegram sent']);
    }, patient);
    const said = telegram.said.map(({ html }) => html).join(' ');
    for (const word of ['первый', 'второй', 'третий']) expect(said.match(new RegExp(word, 'g'))).toHaveLength(550);
    expect(telegram.said.length).toBeGreaterThan(2);
  });

  test('a picture is brought once, by whoever is first; all others name it', async () => {
    const post = await aPost(app);
    await app.db.newsFile.create({
      data: {
        postId: post,
        position: 1,
        name: 'class.png',
        alt: 'Класс',
        storageKey: 'news/class.png',
        mime: 'image/png',
        size: 70,
        width: 1,
        height: 1,
      },
    });
    const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    await app.storage.put('news/class.png', Buffer.from(png, 'base64'));
    const notice = await tell(app, many.slice(0, 10), { postId: post, bulk: true });
    await aPump(app).run();
    expect(await times(notice)).toEqual({ 'telegram sent': 10 });
    const brought = telegram.said
      .flatMap(({ pictures = [] }) => pictures)
      .map((picture) => ('fileId' in picture ? picture.fileId : 'bytes'));
    expect(brought.filter((what) => what === 'bytes')).toHaveLength(1);
    expect(new Set(brought)).toEqual(new Set(['bytes', 'file-1']));
    expect(await app.db.newsFile.findFirst({ where: { postId: post } })).toMatchObject({
      telegramFileId: 'file-1',
      telegramBotId: telegram.botId,
    });
    expect(telegram.said[0]?.html).toContain('Занятие переносится');
  });
});

describe('letters of the day', () => {
  const daily = (student: Student) =>
    app.db.noticeSetting.create({ data: { personId: student.actor.id, kind: 'news', channel: 'email', mode: 'daily' } });

  test('one letter at seven in the evening with all of the day, in the person’s zone', async () => {
    const student = await aStudent(app, { timeZone: 'Asia/Yekaterinburg' });
    await daily(student);
    const first = await tell(app, [student.actor.id], { postId: await aPost(app, { title: 'Утро *важно*' }) });
    school.clock.forward(30 * minute);
    const second = await tell(app, [student.actor.id], { postId: await aPost(app, { title: 'День' }), bulk: true });
    const other = await aStudent(app);
    await daily(other);
    await tell(app, [other.actor.id], { postId: await aPost(app, { title: 'Одно' }) });
    await aPump(app).run();
    expect(await journalOf(app, first)).toEqual(['email waiting']);
    // 19:00 in Yekaterinburg; in Moscow it is 17:00.
    school.clock.forward(90 * minute);
    await Promise.all([aPump(app).run(), aPump(app).run()]);
    expect([...(await journalOf(app, first)), ...(await journalOf(app, second))]).toEqual(['email sent', 'email sent']);
    const letters = school.letters.filter(({ to }) => to === student.email);
    expect(letters).toHaveLength(1);
    expect(letters[0]?.subject.replace(/\s/g, ' ')).toBe('За день: 2 уведомления');
    expect(letters[0]?.text).toContain('Утро *важно*');
    expect(letters[0]?.text).toContain('День');
    school.clock.forward(120 * minute);
    await aPump(app).run();
    expect(school.letters.filter(({ to }) => to === other.email).map(({ subject }) => subject)).toEqual(['Одно']);
  });

  test('what has nothing to tell any more is left out, and nothing at all is no letter', async () => {
    const student = await aStudent(app);
    await daily(student);
    const [gone, stays] = [await aPost(app, { title: 'Отменено' }), await aPost(app, { title: 'Остаётся' })];
    const [left, right] = [await tell(app, [student.actor.id], { postId: gone }), await tell(app, [student.actor.id], { postId: stays })];
    await app.db.newsPost.update({ where: { id: gone }, data: { deletedAt: app.clock.now() } });
    school.clock.forward(5 * 60 * minute);
    await aPump(app).run();
    expect([...(await journalOf(app, left)), ...(await journalOf(app, right))]).toEqual(['email skipped gone', 'email sent']);
    expect(school.letters.filter(({ to }) => to === student.email).map(({ subject }) => subject)).toEqual(['Остаётся']);
  });
});
