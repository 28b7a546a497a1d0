/** What several do with links at the same moment, and what the site asks of them. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { AppError } from '#shared/errors.ts';
import { sha256 } from '../../../../platform/secrets.ts';
import { anOpenChat } from '../../../../testing/chat.ts';
import { aModerator, aSchool, aStudent, limitsElapse, type School, type Student } from '../../../../testing/world.ts';
import { rememberMessage, sendReply } from '../replies/actions.ts';
import { findReplyTarget } from '../replies/queries.ts';
import { forgetOldUpdates, takeUpdate } from '../updates/actions.ts';
import { answerLink, openLink, startLink, unlink, unlinkTelegram } from './actions.ts';
import { findLinked } from './queries.ts';

const botId = 7_000_000_000n;
let school: School;
let lastTelegram = 8_000_000_000n;
const aTelegram = () => {
  lastTelegram += 1n;
  return lastTelegram;
};
beforeAll(async () => {
  school = await aSchool({ env: { TELEGRAM_TOKEN: `${botId}:a-token-of-the-tests` } });
  await school.app.db.telegramState.create({ data: { botId, mode: 'polling', username: 'otlichno_bot' }, select: { botId: true } });
});
afterAll(() => school.close());

async function aToken({ actor }: Student): Promise<string> {
  const { url, expiresAt } = await startLink(school.app, actor);
  expect(url).toMatch(/^https:\/\/t\.me\/otlichno_bot\?start=[\w-]{20,64}$/);
  expect(Date.parse(expiresAt) - school.clock.now().getTime()).toBe(15 * 60_000);
  return new URL(url).searchParams.get('start') ?? '';
}
const links = (personId: string) => school.app.db.telegramLink.findMany({ where: { personId }, select: { telegramId: true } });

test('of many Telegrams that open a link at once one is asked', async () => {
  const token = await aToken(await aStudent(school.app));
  const opened = await Promise.all(Array.from({ length: 8 }, () => openLink(school.app, aTelegram(), token)));
  expect(opened.map(({ outcome }) => outcome).sort()).toEqual([
    'another',
    'another',
    'another',
    'another',
    'another',
    'another',
    'another',
    'ask',
  ]);
});

test('the secret of a link is kept nowhere', async () => {
  const token = await aToken(await aStudent(school.app));
  const rows = await school.app.db.telegramLinkToken.findMany();
  expect(JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? String(value) : value))).not.toContain(token);
  expect(rows.map(({ hash }) => hash)).toContain(sha256(token));
});

test('pressed many times it is linked once, and said to be done each time', async () => {
  const student = await aStudent(school.app);
  const [token, telegramId] = [await aToken(student), aTelegram()];
  await openLink(school.app, telegramId, token);
  const press = () => answerLink(school.app, telegramId, { hash: sha256(token), yes: true });
  expect(await Promise.all([press(), press(), press()])).toEqual(['done', 'done', 'done']);
  expect(await links(student.actor.id)).toEqual([{ telegramId }]);
  expect(await answerLink(school.app, telegramId, { hash: sha256(token), yes: false })).toBe('over');
  expect(await links(student.actor.id)).toHaveLength(1);
});

test('two accounts that take one Telegram at once: it is the account’s that came last', async () => {
  const telegramId = aTelegram();
  const students = await Promise.all([aStudent(school.app), aStudent(school.app)]);
  const tokens = await Promise.all(students.map(aToken));
  for (const token of tokens) await openLink(school.app, telegramId, token);
  const answers = await Promise.all(tokens.map((token) => answerLink(school.app, telegramId, { hash: sha256(token), yes: true })));
  expect(answers).toEqual(['done', 'done']);
  expect((await Promise.all(students.map(({ actor }) => links(actor.id)))).flat()).toEqual([{ telegramId }]);
});

test('whoever has not opened a link cannot answer for it, nor take it back after somebody’s /stop', async () => {
  const student = await aStudent(school.app);
  const [token, mine, other] = [await aToken(student), aTelegram(), aTelegram()];
  expect(await answerLink(school.app, mine, { hash: sha256(token), yes: true })).toBe('over');
  await openLink(school.app, mine, token);
  expect(await answerLink(school.app, other, { hash: sha256(token), yes: true })).toBe('over');
  await answerLink(school.app, mine, { hash: sha256(token), yes: true });
  const undo = (await unlinkTelegram(school.app, mine)) ?? '';
  expect(await answerLink(school.app, other, { hash: undo, yes: true })).toBe('over');
  expect(await links(student.actor.id)).toEqual([]);
  expect(await answerLink(school.app, mine, { hash: undo, yes: true })).toBe('done');
  expect(await unlinkTelegram(school.app, other)).toBeNull();
});

test('a Telegram that opened a link and has not confirmed it is too late once the person unlinks on the site', async () => {
  const student = await aStudent(school.app);
  const [token, telegramId] = [await aToken(student), aTelegram()];
  await openLink(school.app, telegramId, token);
  await unlink(school.app, student.actor);
  expect(await answerLink(school.app, telegramId, { hash: sha256(token), yes: true })).toBe('over');
  expect(await links(student.actor.id)).toEqual([]);
});

test('a name that would become a link in the question does not', async () => {
  const token = await aToken(await aStudent(school.app, { firstName: 'премия.рф' }));
  expect(await openLink(school.app, aTelegram(), token)).toMatchObject({ outcome: 'ask', firstName: 'премия. рф' });
});

describe('a Telegram that was another account’s before', () => {
  async function linked({ actor }: Student, telegramId: bigint) {
    const linkedAt = school.clock.now();
    await school.app.db.telegramLink.deleteMany({ where: { telegramId } });
    await school.app.db.telegramLink.create({ data: { personId: actor.id, telegramId, linkedAt }, select: { personId: true } });
    return findLinked(school.app, telegramId);
  }

  test('is no way into that one’s chats, not for a teacher either', async () => {
    const { app, clock } = school;
    const [student, teacher] = [await aStudent(app), await aModerator(app)];
    const telegramId = aTelegram();
    const threadId = await anOpenChat(app, student);
    const reply = { botId, telegramId, messageId: 1 };
    const notice = { botId, telegramId, messageId: 2 };
    const { id: noticeId } = await app.db.notice.create({
      data: { kind: 'answer', about: threadId, createdAt: clock.now() },
      select: { id: true },
    });
    const { id: deliveryId } = await app.db.delivery.create({
      data: { noticeId, personId: student.actor.id, channel: 'telegram', state: 'sent', dueAt: clock.now() },
      select: { id: true },
    });
    const find = async (who: Student) => {
      const person = await linked(who, telegramId);
      return person && Promise.all([findReplyTarget(app, person, reply), findReplyTarget(app, person, notice)]);
    };
    await linked(student, telegramId);
    await rememberMessage(app, reply, threadId);
    await app.db.telegramMessage.create({ data: { ...notice, threadId, deliveryId, sentAt: clock.now() }, select: { messageId: true } });
    expect(await find(student)).toMatchObject([{ threadId }, { threadId }]);
    clock.forward(1_000);
    expect(await find(teacher)).toEqual([null, null]);
    clock.forward(1_000);
    // Linked again, what the person was told is theirs as before.
    expect(await find(student)).toMatchObject([null, { threadId }]);
  });
});

test('of whoever has sent all that one may send in a day no file is fetched from Telegram', async () => {
  const { app, clock } = school;
  const student = await aStudent(app);
  const threadId = await anOpenChat(app, student);
  await app.limits.take('upload.student', student.actor.id, 1000);
  const load = vi.fn(async () => Buffer.alloc(10));
  const reply = { threadId, clientId: randomUUID(), body: '', file: { name: 'a.pdf', size: undefined, load }, shownUntil: clock.now() };
  await expect(sendReply(app, student.actor, reply)).rejects.toMatchObject({ code: 'FILES_REFUSED', data: { refusal: 'too-much-today' } });
  expect(load).not.toHaveBeenCalled();
});

test('a closed account can be linked no more', async () => {
  const student = await aStudent(school.app);
  const [token, telegramId] = [await aToken(student), aTelegram()];
  await openLink(school.app, telegramId, token);
  await school.app.db.person.update({ where: { id: student.actor.id }, data: { blockedAt: school.clock.now() }, select: { id: true } });
  expect(await openLink(school.app, telegramId, token)).toEqual({ outcome: 'over' });
  expect(await answerLink(school.app, telegramId, { hash: sha256(token), yes: true })).toBe('over');
});

test('links are made so often and no oftener; unlinking twice is no fault', async () => {
  const student = await aStudent(school.app);
  for (let made = 0; made < 20; made++) await aToken(student);
  await expect(aToken(student)).rejects.toThrow(new AppError('AUTH_RATE_LIMITED', { retryAfterSeconds: 3600 }).message);
  await limitsElapse(school.app, 3600);
  await aToken(student);
  expect(await school.app.db.telegramLinkToken.count({ where: { personId: student.actor.id } })).toBe(1);
  await unlink(school.app, student.actor);
  await unlink(school.app, student.actor);
});

test('without a bot, or before it was heard of, there is nothing to link with', async () => {
  const student = await aStudent(school.app);
  const { app } = school;
  await expect(startLink({ ...app, telegram: null, config: { ...app.config, telegram: null } }, student.actor)).rejects.toThrow(
    'TELEGRAM_OFF',
  );
  await app.db.telegramState.update({ where: { botId }, data: { username: null }, select: { botId: true } });
  await expect(startLink(app, student.actor)).rejects.toThrow('TELEGRAM_OFF');
  await app.db.telegramState.update({ where: { botId }, data: { username: 'otlichno_bot' }, select: { botId: true } });
});

test('of many who take an update one has it; old ones and old links are forgotten', async () => {
  const { app, clock } = school;
  const taken = await Promise.all(Array.from({ length: 6 }, () => takeUpdate(app, botId, 77, false)));
  expect(taken.sort()).toEqual(['busy', 'busy', 'busy', 'busy', 'busy', 'mine']);
  await aToken(await aStudent(app));
  clock.forward(6 * 86_400_000);
  await forgetOldUpdates(app);
  expect(await app.db.telegramUpdate.count()).toBe(1);
  clock.forward(2 * 86_400_000);
  await forgetOldUpdates(app);
  expect(await app.db.telegramUpdate.count()).toBe(0);
  expect(await app.db.telegramLinkToken.count()).toBe(0);
});
