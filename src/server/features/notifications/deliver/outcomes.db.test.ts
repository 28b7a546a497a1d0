/** What becomes of a delivery by what the other side says, and by what has changed since it was written. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { App } from '../../../platform/app.ts';
import { MailError } from '../../../platform/mail.ts';
import { TelegramError, type TelegramTrouble } from '../../../platform/telegram.ts';
import { aPump, aTelegram, journalOf, linkTelegram, tell } from '../../../testing/deliveries.ts';
import { aSchool, aStudent, type School, type Student } from '../../../testing/world.ts';

const hour = 3_600_000;
let school: School;
let app: App;
const telegram = aTelegram();
/** What the next letters meet. */
const postmen: (Error | undefined)[] = [];
beforeAll(async () => {
  school = await aSchool({ env: { TELEGRAM_TOKEN: '7000000000:stand-in-for-tests' } });
  const mail: App['mail'] = {
    async send(letter) {
      const error = postmen.shift();
      if (error) throw error;
      await school.app.mail.send(letter);
    },
    close: async () => {},
  };
  app = { ...school.app, telegram, mail };
});
let day = 0;
beforeEach(() => {
  day += 7;
  // Three in the afternoon in Moscow: nobody sleeps, whatever the test before did with the clock.
  school.clock.set(new Date(Date.parse('2026-11-24T12:00:00Z') + day * 86_400_000));
});
afterEach(() => {
  telegram.answers.length = 0;
  postmen.length = 0;
});
afterAll(() => school.close());

async function aLinked(): Promise<Student & { chat: bigint }> {
  const student = await aStudent(app);
  return { ...student, chat: await linkTelegram(app, student.actor.id) };
}

const lettersTo = ({ email }: Student) => school.letters.filter(({ to }) => to === email);
const saidTo = ({ chat }: { chat: bigint }) => telegram.said.filter(({ chatId }) => chatId === chat);
const linkOf = ({ actor }: Student) => app.db.telegramLink.findUnique({ where: { personId: actor.id } });
const refusing =
  (trouble: TelegramTrouble, retryAfterMs: number | null = null) =>
  () =>
    new TelegramError(trouble, 'no', retryAfterMs);
const rowOf = (noticeId: string, channel: 'telegram' | 'email') => app.db.delivery.findFirstOrThrow({ where: { noticeId, channel } });

test('what Telegram takes is sent, once, and no letter goes', async () => {
  const student = await aLinked();
  const notice = await tell(app, [student.actor.id]);
  expect(await aPump(app).run()).toBe(1);
  expect(await aPump(app).run()).toBe(0);
  expect(await journalOf(app, notice)).toEqual(['telegram sent']);
  expect(saidTo(student).map(({ html }) => html)).toEqual([expect.stringContaining('Занятие переносится')]);
  expect(lettersTo(student)).toEqual([]);
});

test('without a sound, where that was chosen', async () => {
  const [loud, silent] = [await aLinked(), await aLinked()];
  await app.db.noticeSetting.create({ data: { personId: silent.actor.id, kind: 'news', channel: 'telegram', mode: 'silent' } });
  await tell(app, [loud.actor.id, silent.actor.id]);
  await aPump(app).run();
  expect([loud, silent].flatMap(saidTo).map((message) => message.silent)).toEqual([false, true]);
});

test('a letter says why it comes, and how it is switched off with one click', async () => {
  const student = await aStudent(app);
  const notice = await tell(app, [student.actor.id], { bulk: true });
  await aPump(app).run();
  expect(await journalOf(app, notice)).toEqual(['email sent']);
  const [letter] = lettersTo(student);
  const { id } = await rowOf(notice, 'email');
  const url = /<(.*)>/.exec(letter?.headers?.['List-Unsubscribe'] ?? '')?.[1] ?? '';
  expect(url).toContain(`${app.config.publicUrl}/unsubscribe/`);
  expect(letter).toMatchObject({
    id: `delivery:${id}`,
    subject: 'Новости',
    headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click', 'List-Id': '<news.localhost>', Precedence: 'bulk' },
  });
  for (const part of [letter?.text, letter?.html]) {
    expect(part).toContain('Занятие переносится');
    expect(part).toContain(url);
    expect(part).toContain('/profile/notifications');
  }
});

describe('Telegram says no', () => {
  const gone = ['blocked', 'deactivated', 'not-found'] as const;
  test.each(gone)('%s: a letter goes instead, and from then on letters only', async (trouble) => {
    const student = await aLinked();
    telegram.answers.push(refusing(trouble));
    const notice = await tell(app, [student.actor.id]);
    const pump = aPump(app);
    await pump.run();
    expect(await journalOf(app, notice)).toEqual([`telegram failed ${trouble}`, 'email sent instead']);
    expect(await linkOf(student)).toMatchObject({ brokenWhy: trouble, brokenAt: app.clock.now() });
    const next = await tell(app, [student.actor.id]);
    await pump.run();
    expect(await journalOf(app, next)).toEqual(['email sent']);
    expect(lettersTo(student)).toHaveLength(2);
  });

  test('to this message: a letter goes instead, and the link stays', async () => {
    const student = await aLinked();
    telegram.answers.push(refusing('refused'));
    const notice = await tell(app, [student.actor.id]);
    await aPump(app).run();
    expect(await journalOf(app, notice)).toEqual(['telegram failed refused', 'email sent instead']);
    expect(await linkOf(student)).toMatchObject({ brokenAt: null });
  });

  test('wait: it waits as long as it was told, which is no try, and goes then', async () => {
    const student = await aLinked();
    telegram.answers.push(refusing('busy', 7_000));
    const notice = await tell(app, [student.actor.id]);
    await aPump(app).run();
    expect(await rowOf(notice, 'telegram')).toMatchObject({
      state: 'waiting',
      reason: 'busy',
      attempts: 0,
      dueAt: new Date(app.clock.now().getTime() + 7_000),
    });
    school.clock.forward(7_000);
    await aPump(app).run();
    expect(await journalOf(app, notice)).toEqual(['telegram sent']);
  });

  test('no connection for this one: again after 2, 5, 15 seconds, and after a quarter of an hour by mail', async () => {
    const student = await aLinked();
    const notice = await tell(app, [student.actor.id]);
    const waits: number[] = [];
    for (let tries = 0; tries < 10; tries += 1) {
      telegram.answers.push(refusing('unreachable'));
      // Another process each time: for this one alone the way is not closed.
      await aPump(app).run();
      const { state, dueAt } = await rowOf(notice, 'telegram');
      if (state !== 'waiting') break;
      waits.push((dueAt.getTime() - app.clock.now().getTime()) / 1_000);
      school.clock.set(dueAt);
    }
    expect(waits).toEqual([2, 5, 15, 60, 180, 300, 300]);
    expect(await journalOf(app, notice)).toEqual(['telegram failed unreachable', 'email sent instead']);
    expect(await linkOf(student)).toMatchObject({ brokenAt: null });
  });

  test('no letter instead where mail is switched off, the address is dead, or the author wants none', async () => {
    const [off, dead, unwanted] = [await aLinked(), await aLinked(), await aLinked()];
    await app.db.noticeSetting.create({ data: { personId: off.actor.id, kind: 'news', channel: 'email', mode: 'off' } });
    await app.db.mailBlock.create({ data: { email: dead.email, reason: 'mailbox', answer: '550', blockedAt: app.clock.now() } });
    const toAll = await tell(app, [off.actor.id, dead.actor.id]);
    const byTelegram = await tell(app, [unwanted.actor.id], { channels: { site: true, telegram: true, email: false } });
    telegram.answers.push(...[1, 2, 3].map(() => refusing('blocked')));
    await aPump(app).run();
    expect(await journalOf(app, toAll)).toEqual(['telegram failed blocked', 'telegram failed blocked']);
    expect(await journalOf(app, byTelegram)).toEqual(['telegram failed blocked']);
    expect([off, dead, unwanted].flatMap(lettersTo)).toEqual([]);
  });

  test('the letter instead waits for the end of quiet hours', async () => {
    const student = await aLinked();
    const notice = await tell(app, [student.actor.id]);
    // 23:30 in Moscow.
    school.clock.forward(8.5 * hour);
    telegram.answers.push(refusing('blocked'));
    await aPump(app).run();
    expect(await rowOf(notice, 'email')).toMatchObject({
      state: 'waiting',
      instead: true,
      dueAt: new Date(app.clock.now().getTime() + 8.5 * hour),
    });
    school.clock.forward(8.5 * hour);
    await aPump(app).run();
    expect(await journalOf(app, notice)).toEqual(['telegram failed blocked', 'email sent instead']);
  });
});

describe('the mail server says no', () => {
  test('there is nobody: noted, and nothing is sent there any more', async () => {
    const student = await aStudent(app);
    const [first, second] = [await tell(app, [student.actor.id]), await tell(app, [student.actor.id], { delayMs: 60_000 })];
    postmen.push(new MailError('no', true, { code: 550, status: '5.1.1', about: 'address' }));
    const pump = aPump(app);
    await pump.run();
    expect(await journalOf(app, first)).toEqual(['email failed address']);
    expect(await app.db.mailBlock.findUnique({ where: { email: student.email } })).toMatchObject({
      reason: 'mailbox',
      answer: '550 5.1.1',
    });
    school.clock.forward(60_000);
    await pump.run();
    expect(await journalOf(app, second)).toEqual(['email failed suppressed']);
    const third = await tell(app, [student.actor.id]);
    expect(await journalOf(app, third)).toEqual([]);
    expect(lettersTo(student)).toEqual([]);
  });

  test('there is no such domain', async () => {
    const student = await aStudent(app);
    await tell(app, [student.actor.id]);
    postmen.push(new MailError('no', true, { code: 550, status: '5.1.2', about: 'address' }));
    await aPump(app).run();
    expect(await app.db.mailBlock.findUnique({ where: { email: student.email } })).toMatchObject({ reason: 'domain' });
  });

  test('to this letter: the next one goes', async () => {
    const student = await aStudent(app);
    const notice = await tell(app, [student.actor.id]);
    postmen.push(new MailError('no', true, { code: 554, status: '5.7.1', about: 'letter' }));
    await aPump(app).run();
    expect(await journalOf(app, notice)).toEqual(['email failed refused']);
    expect(await app.db.mailBlock.findUnique({ where: { email: student.email } })).toBeNull();
    const next = await tell(app, [student.actor.id]);
    await aPump(app).run();
    expect(await journalOf(app, next)).toEqual(['email sent']);
  });

  test('not now: again after 1, 5, 15 minutes and so on, for two days', async () => {
    const student = await aStudent(app);
    const notice = await tell(app, [student.actor.id]);
    const waits: number[] = [];
    for (let tries = 0; tries < 12; tries += 1) {
      postmen.push(new MailError('greylisted', false, { code: 451, about: 'letter' }));
      await aPump(app).run();
      const { state, dueAt, reason } = await rowOf(notice, 'email');
      if (state !== 'waiting') break;
      expect(reason).toBe('busy');
      waits.push((dueAt.getTime() - app.clock.now().getTime()) / 60_000);
      school.clock.set(dueAt);
    }
    expect(waits).toEqual([1, 5, 15, 60, 180, 360, 720, 1440]);
    expect(await journalOf(app, notice)).toEqual(['email failed too-long']);
  });

  test('our own server is away: others are not tried one after another, and all go when it is back', async () => {
    const people = [await aStudent(app), await aStudent(app), await aStudent(app), await aStudent(app), await aStudent(app)];
    const notice = await tell(
      app,
      people.map(({ actor }) => actor.id),
    );
    let asked = 0;
    let isAway = true;
    const away: App['mail'] = {
      async send(letter) {
        asked += 1;
        if (isAway) throw new MailError('no connection', false, { about: 'school' });
        await school.app.mail.send(letter);
      },
      close: async () => {},
    };
    await aPump({ ...app, mail: away }).run();
    // As many as are under way at the same time.
    expect(asked).toBe(3);
    isAway = false;
    school.clock.forward(61_000);
    await aPump({ ...app, mail: away }).run();
    expect(new Set(await journalOf(app, notice))).toEqual(new Set(['email sent']));
    expect(people.flatMap(lettersTo)).toHaveLength(5);
  });
});

describe('changed since it was written', () => {
  type Change = (student: Awaited<ReturnType<typeof aLinked>>, notice: string) => Promise<unknown>;
  const choose =
    (channel: 'telegram' | 'email', mode: string): Change =>
    (student) =>
      app.db.noticeSetting.create({ data: { personId: student.actor.id, kind: 'news', channel, mode } });
  const changes: { what: string; change: Change; becomes: string[] }[] = [
    {
      what: 'the account was closed',
      change: ({ actor }) => app.db.person.update({ where: { id: actor.id }, data: { blockedAt: app.clock.now() } }),
      becomes: ['telegram skipped closed'],
    },
    {
      what: 'Telegram was switched off for the kind',
      change: choose('telegram', 'off'),
      becomes: ['telegram skipped off', 'email sent instead'],
    },
    {
      what: 'Telegram was unlinked',
      change: ({ actor }) => app.db.telegramLink.delete({ where: { personId: actor.id } }),
      becomes: ['telegram skipped closed', 'email sent instead'],
    },
    {
      what: 'the bot was blocked',
      change: ({ actor }) =>
        app.db.telegramLink.update({ where: { personId: actor.id }, data: { brokenAt: app.clock.now(), brokenWhy: 'blocked' } }),
      becomes: ['telegram failed blocked', 'email sent instead'],
    },
    {
      what: 'paused',
      change: (_, id) => app.db.notice.update({ where: { id }, data: { pausedAt: app.clock.now() } }),
      becomes: ['telegram waiting'],
    },
    {
      what: 'cancelled',
      change: (_, id) => app.db.notice.update({ where: { id }, data: { cancelledAt: app.clock.now() } }),
      becomes: ['telegram waiting'],
    },
    {
      what: 'what it tells of was removed',
      change: () => app.db.newsPost.updateMany({ data: { deletedAt: app.clock.now() } }),
      becomes: ['telegram skipped gone'],
    },
    {
      what: 'written by a newer version',
      change: (_, id) => app.db.notice.update({ where: { id }, data: { kind: 'party' } }),
      becomes: ['telegram skipped read'],
    },
    {
      what: 'its data are not what they were',
      change: (_, id) => app.db.notice.update({ where: { id }, data: { data: { postId: 7 } } }),
      becomes: ['telegram skipped gone'],
    },
  ];
  test.each(changes)('$what', async ({ change, becomes }) => {
    const student = await aLinked();
    const notice = await tell(app, [student.actor.id]);
    await change(student, notice);
    await aPump(app).run();
    expect(await journalOf(app, notice)).toEqual(becomes);
  });

  test('letters were switched off', async () => {
    const student = await aStudent(app);
    const notice = await tell(app, [student.actor.id]);
    await app.db.noticeSetting.create({ data: { personId: student.actor.id, kind: 'news', channel: 'email', mode: 'off' } });
    await aPump(app).run();
    expect(await journalOf(app, notice)).toEqual(['email skipped off']);
  });

  test('cancelled while it was being sent: what did not arrive is not tried again', async () => {
    const student = await aLinked();
    const notice = await tell(app, [student.actor.id]);
    telegram.answers.push(refusing('busy', 1_000));
    const cancelling: App['telegram'] = {
      ...telegram,
      async send(...message) {
        await app.db.notice.update({ where: { id: notice }, data: { cancelledAt: app.clock.now() } });
        return telegram.send(...message);
      },
    };
    await aPump({ ...app, telegram: cancelling }).run();
    expect(await journalOf(app, notice)).toEqual(['telegram cancelled busy']);
  });
});
