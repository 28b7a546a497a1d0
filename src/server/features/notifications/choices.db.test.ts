/** What people choose, see and switch off: settings, the bell, links in letters, addresses that take no mail. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditActions } from '#shared/audit.ts';
import { bellPageSize } from '#shared/notifications.ts';
import type { App } from '../../platform/app.ts';
import { createSecrets } from '../../platform/secrets.ts';
import { aBrowser } from '../../testing/browser.ts';
import { anOpenChat } from '../../testing/chat.ts';
import { aPost, journalOf, linkTelegram, tell } from '../../testing/deliveries.ts';
import { allIsHeard } from '../../testing/hints.ts';
import { aMachine, aModerator, aSchool, aStudent, codeFor, limitsElapse, type School, type Student } from '../../testing/world.ts';
import { requestCode, verifyCode } from '../auth/actions.ts';
import { countUnseen, listBell } from './bell/queries.ts';
import { forgetOldNotices } from './journal/actions.ts';
import { rememberMessage } from './telegram/replies/actions.ts';
import { readUnsubscription, unsubscribeHref } from './unsubscribe/token.ts';

let school: School;
let app: App;
let moderator: Student;
beforeAll(async () => {
  school = await aSchool({ env: { TELEGRAM_TOKEN: '7000000000:stand-in-for-tests' } });
  ({ app } = school);
  moderator = await aModerator(app);
});
afterAll(() => school.close());

const pageOf = ({ cookie }: Student) => aBrowser(app, { cookie }).call.notifications;

/** The hints that a person's tabs hear while something is done. */
async function hintsOf(student: Student, work: () => Promise<unknown>): Promise<number> {
  let heard = 0;
  // Of what was done before some may still be on its way.
  await allIsHeard(app);
  const unfollow = app.bus.follow(`person:${student.actor.id}`, (hint) => {
    if (typeof hint === 'object' && hint.kind === 'notices') heard += 1;
  });
  await work();
  await allIsHeard(app);
  unfollow();
  return heard;
}

test('who has chosen nothing has the defaults of their role', async () => {
  const student = await aStudent(app, { timeZone: 'Asia/Omsk' });
  const usual = { site: 'on', telegram: 'on', email: 'instead' };
  expect(await pageOf(student).settings()).toEqual({
    kinds: ['answer', 'grade', 'topic', 'news', 'week'].map((kind) => ({ kind, ...usual })),
    quiet: { fromMin: 1320, toMin: 480 },
    timeZone: 'Asia/Omsk',
    email: student.email,
    emailBlocked: null,
    telegram: { state: 'none', botName: null, linkedAt: null },
  });
  expect((await pageOf(moderator).settings()).kinds).toEqual([
    { kind: 'question', site: 'on', telegram: 'on', email: 'off' },
    { kind: 'news', ...usual },
  ]);
});

test('what is chosen stays, the last of two counts, and other tabs hear of it', async () => {
  const student = await aStudent(app);
  const page = pageOf(student);
  const heard = await hintsOf(student, async () => {
    await page.setMode({ kind: 'week', channel: 'email', mode: 'daily' });
    await page.setMode({ kind: 'week', channel: 'email', mode: 'off' });
    await page.setQuiet({ fromMin: 60, toMin: 60 });
  });
  expect(heard).toBe(3);
  await Promise.all([
    page.setMode({ kind: 'news', channel: 'telegram', mode: 'silent' }),
    page.setMode({ kind: 'news', channel: 'telegram', mode: 'silent' }),
  ]);
  const { kinds, quiet } = await page.settings();
  expect(quiet).toEqual({ fromMin: 60, toMin: 60 });
  expect(kinds.find(({ kind }) => kind === 'week')).toEqual({ kind: 'week', site: 'on', telegram: 'on', email: 'off' });
  expect(kinds.find(({ kind }) => kind === 'news')).toEqual({ kind: 'news', site: 'on', telegram: 'silent', email: 'instead' });
  const other = await pageOf(await aStudent(app)).settings();
  expect(other.kinds.every(({ email }) => email === 'instead')).toBe(true);
});

test.each([
  { choose: {}, linked: false, becomes: ['email waiting'] },
  { choose: {}, linked: true, becomes: ['telegram waiting'] },
  { choose: { telegram: 'off' }, linked: true, becomes: ['email waiting'] },
  { choose: { email: 'always' }, linked: true, becomes: ['telegram waiting', 'email waiting'] },
  { choose: { email: 'off' }, linked: false, becomes: [] },
  { choose: { email: 'off', telegram: 'off', site: 'off' }, linked: true, becomes: [] },
] as const)('chosen $choose, Telegram linked: $linked', async ({ choose, linked, becomes }) => {
  const student = await aStudent(app);
  if (linked) await linkTelegram(app, student.actor.id);
  for (const [channel, mode] of Object.entries(choose)) {
    await app.db.noticeSetting.create({ data: { personId: student.actor.id, kind: 'news', channel: channel as 'site', mode } });
  }
  const notice = await tell(app, [student.actor.id]);
  expect((await journalOf(app, notice)).toSorted()).toEqual([...becomes].toSorted());
  expect(await countUnseen(app, student.actor)).toEqual({ count: 'site' in choose ? 0 : 1 });
  const silent = await app.db.delivery.count({ where: { noticeId: notice, silent: true } });
  expect(silent).toBe(0);
});

test('the state of Telegram and of the address are told', async () => {
  const student = await aStudent(app);
  await linkTelegram(app, student.actor.id);
  await app.db.mailBlock.create({ data: { email: student.email, reason: 'domain', answer: '550', blockedAt: app.clock.now() } });
  expect(await pageOf(student).settings()).toMatchObject({
    emailBlocked: 'domain',
    telegram: { state: 'linked', linkedAt: app.clock.now().toISOString() },
  });
  await app.db.telegramLink.update({ where: { personId: student.actor.id }, data: { brokenAt: app.clock.now() } });
  expect(await pageOf(student).settings()).toMatchObject({ telegram: { state: 'broken' } });
});

test('behind the bell: newest first, page by page, what is gone is left out and does not keep the bell ringing', async () => {
  const student = await aStudent(app);
  const page = pageOf(student);
  expect([await page.list({}), await page.unseen()]).toEqual([{ items: [], nextCursor: null, newest: null }, { count: 0 }]);
  const posts: string[] = [];
  for (let at = 0; at < bellPageSize + 3; at += 1) {
    const post = await aPost(app, { title: `Новость ${at}` });
    posts.push(post);
    await tell(app, [student.actor.id], { postId: post });
  }
  const [newest = '', second = ''] = posts.toReversed();
  await app.db.newsPost.update({ where: { id: newest }, data: { deletedAt: app.clock.now() } });
  const first = await page.list({});
  expect(first.items).toHaveLength(bellPageSize - 1);
  expect(first.items[0]).toMatchObject({ kind: 'news', title: `Новость ${bellPageSize + 1}`, seen: false, href: `/news/${second}` });
  const rest = await page.list({ cursor: first.nextCursor ?? '' });
  expect(rest.items.map(({ title }) => title)).toEqual(['Новость 2', 'Новость 1', 'Новость 0']);
  expect(rest.nextCursor).toBeNull();
  expect(await page.unseen()).toEqual({ count: bellPageSize + 3 });

  const other = await aStudent(app);
  await pageOf(other).markSeen({ upTo: first.newest ?? '' });
  expect(await page.unseen()).toEqual({ count: bellPageSize + 3 });
  const tail = rest.items[0]?.id ?? '';
  await page.markSeen({ upTo: tail });
  expect(await page.unseen()).toEqual({ count: bellPageSize });
  expect(await hintsOf(student, () => page.markSeen({ upTo: first.newest ?? '' }))).toBe(1);
  expect(await hintsOf(student, () => page.markSeen({ upTo: first.newest ?? '' }))).toBe(0);
  expect(await page.unseen()).toEqual({ count: 0 });
  expect((await page.list({})).items.every(({ seen }) => seen)).toBe(true);
});

test('a kind of a newer version is not shown', async () => {
  const student = await aStudent(app);
  const notice = await tell(app, [student.actor.id]);
  await app.db.notice.update({ where: { id: notice }, data: { kind: 'party' } });
  expect((await listBell(app, student.actor, {})).items).toEqual([]);
});

const tokenOf = (href: string) => href.split('/').at(-1) ?? '';

test('a link in a letter switches off its kinds and back to what was chosen, for who has it, signed in or not', async () => {
  const student = await aStudent(app);
  const guest = aBrowser(app).call.notifications.unsubscribe;
  const token = tokenOf(unsubscribeHref(app, { personId: student.actor.id, kinds: ['news', 'week'], mode: 'daily' }));
  expect(await guest.look({ token })).toEqual({ kind: 'news', kinds: ['news', 'week'], off: false });
  expect(await guest.set({ token, off: true })).toMatchObject({ off: true });
  expect(await guest.set({ token, off: true })).toMatchObject({ off: true });
  const modes = async () => (await pageOf(student).settings()).kinds.map(({ kind, email }) => `${kind} ${email}`);
  expect(await modes()).toEqual(['answer instead', 'grade instead', 'topic instead', 'news off', 'week off']);
  expect(await guest.look({ token })).toMatchObject({ off: true });
  expect(await guest.set({ token, off: false })).toMatchObject({ off: false });
  expect(await modes()).toEqual(['answer instead', 'grade instead', 'topic instead', 'news daily', 'week daily']);
});

test('a link of nobody, of another school, changed or cut is none of ours', async () => {
  const student = await aStudent(app);
  const mine = { personId: student.actor.id, kinds: ['news' as const] satisfies ['news'], mode: 'instead' as const };
  const token = tokenOf(unsubscribeHref(app, mine));
  const [person = '', kinds = '', mode = '', signed = ''] = token.split('.');
  const forged = [
    tokenOf(unsubscribeHref({ secrets: createSecrets('the secret of another school, long') }, mine)),
    [person, 'answer', mode, signed].join('.'),
    [person, kinds, 'always', signed].join('.'),
    [tokenOf(unsubscribeHref(app, { ...mine, personId: randomUUID() })).split('.')[0], kinds, mode, signed].join('.'),
    token.slice(0, -1),
    `${token}.more`,
    `${token}a`,
    `${person}.${kinds}.${mode}.`.padEnd(40, '.'),
    tokenOf(unsubscribeHref(app, { ...mine, personId: randomUUID() })),
  ];
  const guest = aBrowser(app).call.notifications.unsubscribe;
  for (const wrong of forged) {
    expect(await guest.look({ token: wrong })).toBeNull();
    expect(await guest.set({ token: wrong, off: true })).toBeNull();
  }
  expect(await guest.look({ token })).toMatchObject({ off: false });
  expect(readUnsubscription(app, '')).toBeNull();
});

test('a code that was used lifts what was noted of the address; a wrong one does not', async () => {
  const student = await aStudent(app);
  await app.db.mailBlock.create({ data: { email: student.email, reason: 'mailbox', answer: '550 5.1.1', blockedAt: app.clock.now() } });
  await limitsElapse(app, 120);
  const from = aMachine();
  const { token } = await requestCode(app, from, { email: student.email, locale: 'ru' });
  const code = await codeFor(app, student.email);
  const wrong = code === '000000' ? '000001' : '000000';
  expect(await verifyCode(app, from, token, wrong)).toMatchObject({ outcome: 'wrong' });
  expect(await app.db.mailBlock.count({ where: { email: student.email } })).toBe(1);
  expect(await verifyCode(app, from, token, code)).toMatchObject({ outcome: 'signed-in' });
  expect(await app.db.mailBlock.count({ where: { email: student.email } })).toBe(0);
});

test('the office sees addresses that take no mail, with whose they are, and lifts a block once', async () => {
  const student = await aStudent(app);
  await app.db.mailBlock.deleteMany({});
  await app.db.mailBlock.createMany({
    data: Array.from({ length: 60 }, (_, at) => ({
      email: `old${at}@example.ru`,
      reason: 'mailbox',
      answer: '550 5.1.1',
      blockedAt: new Date(app.clock.now().getTime() - (1 + (at % 30)) * 60_000),
    })),
  });
  await app.db.mailBlock.create({ data: { email: student.email, reason: 'mailbox', answer: '550 5.1.1', blockedAt: app.clock.now() } });
  const { office } = pageOf(moderator);
  const first = await office.blocked({});
  expect(first.items[0]).toEqual({
    email: student.email,
    reason: 'mailbox',
    answer: '550 5.1.1',
    blockedAt: app.clock.now().toISOString(),
    person: { id: student.actor.id, name: 'Илья Соколов' },
  });
  const rest = await office.blocked({ cursor: first.nextCursor ?? '' });
  expect(new Set([...first.items, ...rest.items].map(({ email }) => email)).size).toBe(61);
  expect(rest.nextCursor).toBeNull();
  expect((await office.overview()).mail.blocked).toBe(61);
  await Promise.all([office.unblock({ email: student.email }), office.unblock({ email: student.email })]);
  const notes = await app.db.auditEntry.findMany({ where: { action: 'mail.unblock' } });
  expect(notes).toMatchObject([{ actor: moderator.actor.id, subject: student.email, before: { reason: 'mailbox', answer: '550 5.1.1' } }]);
  expect(Object.keys(auditActions)).toContain('mail.unblock');
  expect((await pageOf(student).settings()).emailBlocked).toBeNull();
});

test('the office sees how delivery is', async () => {
  await app.pool.query('TRUNCATE delivery, telegram_link, telegram_state CASCADE');
  const [one, two] = [await aStudent(app), await aStudent(app)];
  await linkTelegram(app, one.actor.id);
  const dueAt = app.clock.now();
  await tell(app, [one.actor.id, two.actor.id]);
  school.clock.forward(60_000);
  await tell(app, [two.actor.id], { delayMs: 60_000 });
  const { office } = pageOf(moderator);
  const { telegram, queues } = await office.overview();
  expect(telegram).toEqual({
    state: 'waiting',
    botName: null,
    mode: null,
    trouble: null,
    details: null,
    since: null,
    linked: 1,
    broken: 0,
  });
  expect(queues).toEqual([
    { channel: 'telegram', due: 1, later: 0, oldestDueAt: dueAt.toISOString(), failedToday: 0, sentToday: 0 },
    { channel: 'email', due: 1, later: 1, oldestDueAt: dueAt.toISOString(), failedToday: 0, sentToday: 0 },
  ]);
  const botId = app.config.telegram?.botId ?? 0n;
  const state = { botId, username: 'school_bot', mode: 'polling', okAt: app.clock.now() };
  await app.db.telegramState.create({ data: state });
  expect((await office.overview()).telegram).toMatchObject({
    state: 'working',
    botName: 'school_bot',
    mode: 'polling',
    since: state.okAt.toISOString(),
  });
  await app.db.telegramState.update({ where: { botId }, data: { trouble: 'token', details: 'Unauthorized', troubleAt: app.clock.now() } });
  expect((await office.overview()).telegram).toMatchObject({ state: 'trouble', trouble: 'token', details: 'Unauthorized' });
  await app.db.telegramState.update({ where: { botId }, data: { trouble: null, details: null, troubleAt: null } });
  school.clock.forward(6 * 60_000);
  expect((await office.overview()).telegram.state).toBe('waiting');
  await app.pool.query(`UPDATE delivery SET state = 'sent', sent_at = $1 WHERE channel = 'telegram'`, [app.clock.now()]);
  await app.pool.query(`UPDATE delivery SET state = 'failed' WHERE channel = 'email' AND due_at <= $1`, [dueAt]);
  expect((await office.overview()).queues).toMatchObject([
    { sentToday: 1, failedToday: 0, due: 0 },
    { sentToday: 0, failedToday: 1, later: 0 },
  ]);
});

test('half a year later notices are taken away, announcements stay', async () => {
  const student = await aStudent(app);
  const stays = await tell(app, [student.actor.id]);
  const goes = await tell(app, [student.actor.id]);
  await app.db.notice.update({ where: { id: goes }, data: { kind: 'week' } });
  await rememberMessage(app, { botId: 1n, telegramId: 2n, messageId: 3 }, await anOpenChat(app, student));
  school.clock.forward(179 * 86_400_000);
  await forgetOldNotices(app);
  expect(await app.db.notice.count({ where: { id: goes } })).toBe(1);
  expect(await app.db.telegramMessage.count({ where: { telegramId: 2n } })).toBe(1);
  school.clock.forward(2 * 86_400_000);
  await forgetOldNotices(app);
  expect(await app.db.telegramMessage.count({ where: { telegramId: 2n } })).toBe(0);
  expect(
    await app.db.delivery.findMany({ where: { noticeId: { in: [stays, goes] }, channel: 'site' }, select: { noticeId: true } }),
  ).toEqual([{ noticeId: stays }]);
});
