import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chatLockMinutes } from '#shared/inbox.ts';
import type { App } from '../../../platform/app.ts';
import { resync } from '../../../platform/bus.ts';
import { aModerator, aSchool, aStudent, type School, type Student } from '../../../testing/world.ts';
import { listAudit } from '../../audit/queries.ts';
import { blockModerator, removeModerator } from '../../people/moderators.ts';
import { openSupport } from '../actions.ts';
import { createRoom } from '../rooms/actions.ts';
import { sendMessage } from '../send/actions.ts';
import { closeThread, releaseThread, renewThread, takeThread } from './actions.ts';
import { getInboxThread } from './thread/queries.ts';

let school: School;
let app: App;
let teacher: Student;
let colleague: Student;
beforeAll(async () => {
  school = await aSchool();
  app = school.app;
  teacher = await aModerator(app);
  colleague = await aModerator(app);
});
afterAll(() => school.close());

const minutes = (count: number) => school.clock.forward(count * 60_000);
const say = (threadId: string, who: Student, body = 'Текст') =>
  sendMessage(app, who.actor, { threadId, clientId: randomUUID(), body, uploadIds: [] });
const take = (threadId: string, who = teacher) => takeThread(app, who.actor, { threadId });
const close = (threadId: string, closed: boolean, seenSeq?: number, who = teacher) =>
  closeThread(app, who.actor, { threadId, closed, seenSeq });
const stateOf = (threadId: string) =>
  app.db.chatThread.findUniqueOrThrow({
    where: { id: threadId },
    select: { heldById: true, assigneeId: true, waitingSince: true, closedAt: true },
  });
const deeds = async (subject: string) => (await listAudit(app, { subject })).entries.map(({ action }) => action);

async function aQuestion(): Promise<{ student: Student; threadId: string }> {
  const student = await aStudent(app);
  const { threadId } = await openSupport(app, student.actor, {});
  await say(threadId, student);
  return { student, threadId };
}

describe('one answers at a time', () => {
  test('of two who begin at once one has it, and the other hears who', async () => {
    const { threadId } = await aQuestion();
    const results = await Promise.all([take(threadId, teacher), take(threadId, colleague)]);
    expect(results.map(({ outcome }) => outcome).toSorted()).toEqual(['held', 'lost']);
    const { heldById } = await stateOf(threadId);
    expect(results.map(({ holder }) => holder?.id)).toEqual([heldById, heldById]);
    expect(results.map(({ outcome, holder }) => [outcome, holder?.mine]).toSorted()).toEqual([
      ['held', true],
      ['lost', false],
    ]);
  });

  test('whoever has it takes it again, with their time from the beginning', async () => {
    const { threadId } = await aQuestion();
    await take(threadId);
    minutes(10);
    const { outcome, holder } = await take(threadId);
    expect([outcome, holder?.until]).toEqual(['held', new Date(school.clock.now().getTime() + chatLockMinutes * 60_000).toISOString()]);
  });

  test('whoever is blocked has nothing any more', async () => {
    const { threadId } = await aQuestion();
    const blocked = await aModerator(app);
    await take(threadId, blocked);
    const { email } = await app.db.person.findUniqueOrThrow({ where: { id: blocked.actor.id }, select: { email: true } });
    await blockModerator(app, { kind: 'cli' }, { email });
    expect((await stateOf(threadId)).heldById).toBeNull();
    expect(await say(threadId, teacher)).toMatchObject({ seq: 2 });
  });

  test('renewed it stays while one goes on, also after its time, until another takes it', async () => {
    const { threadId } = await aQuestion();
    const renew = () => renewThread(app, teacher.actor, { threadId });
    expect(await renew()).toEqual({ outcome: 'lost', holder: null });
    await take(threadId);
    minutes(chatLockMinutes + 1);
    expect(await renew()).toMatchObject({ outcome: 'held', holder: { mine: true } });
    expect((await take(threadId, colleague)).outcome).toBe('lost');
    minutes(chatLockMinutes);
    expect((await take(threadId, colleague)).outcome).toBe('held');
    expect(await renew()).toMatchObject({ outcome: 'lost', holder: { id: colleague.actor.id } });
  });

  test('let go it is free; what another has cannot be let go', async () => {
    const { threadId } = await aQuestion();
    await take(threadId);
    const release = (who: Student) => releaseThread(app, who.actor, { threadId });
    expect(await release(colleague)).toMatchObject({ outcome: 'lost', holder: { id: teacher.actor.id } });
    expect(await release(teacher)).toEqual({ outcome: 'held', holder: null });
    expect(await release(teacher)).toEqual({ outcome: 'held', holder: null });
    expect((await take(threadId, colleague)).outcome).toBe('held');
  });

  test('an answer of another is refused while it is held, and lets in nobody else', async () => {
    const { threadId } = await aQuestion();
    await take(threadId);
    await expect(say(threadId, colleague)).rejects.toMatchObject({ code: 'CHAT_HELD', data: { name: 'Ольга Громова' } });
    await say(threadId, teacher);
    expect(await stateOf(threadId)).toMatchObject({ heldById: null, assigneeId: teacher.actor.id, waitingSince: null });
    await say(threadId, colleague);
    expect((await stateOf(threadId)).assigneeId).toBe(colleague.actor.id);
  });

  test('taken and answered by another at once: one of the two, never both', async () => {
    const { threadId } = await aQuestion();
    const [taken, sent] = await Promise.allSettled([take(threadId, teacher), say(threadId, colleague)]);
    expect(taken.status).toBe('fulfilled');
    const state = await stateOf(threadId);
    // Sent first, the lock came after it; taken first, the message is refused.
    expect(state.heldById).toBe(teacher.actor.id);
    expect(state.waitingSince === null).toBe(sent.status === 'fulfilled');
  });

  test('a student writes whoever holds it', async () => {
    const { student, threadId } = await aQuestion();
    await take(threadId);
    await say(threadId, student);
    expect((await stateOf(threadId)).heldById).toBe(teacher.actor.id);
  });

  test('with its holder’s account a lock is gone, and so is «mine»', async () => {
    const { threadId } = await aQuestion();
    const gone = await aModerator(app);
    await take(threadId, gone);
    await removeModerator(app, { kind: 'cli' }, { email: gone.email });
    expect(await stateOf(threadId)).toMatchObject({ heldById: null, assigneeId: null });
    expect((await getInboxThread(app, teacher.actor, { threadId })).holder).toBeNull();
    expect((await take(threadId)).outcome).toBe('held');
  });

  test('rooms have none, nor has what never was', async () => {
    const { threadId } = await createRoom(app, teacher.actor, { title: 'Комната' });
    for (const id of [threadId, randomUUID()]) {
      await expect(take(id)).rejects.toMatchObject({ code: 'CHAT_NOT_FOUND' });
      await expect(renewThread(app, teacher.actor, { threadId: id })).rejects.toMatchObject({ code: 'CHAT_NOT_FOUND' });
      await expect(releaseThread(app, teacher.actor, { threadId: id })).rejects.toMatchObject({ code: 'CHAT_NOT_FOUND' });
      await expect(close(id, true)).rejects.toMatchObject({ code: 'CHAT_NOT_FOUND' });
    }
    expect((await stateOf(threadId)).heldById).toBeNull();
  });

  test('all who look hear of it', async () => {
    const { threadId } = await aQuestion();
    const heard: unknown[] = [];
    const stops = [
      app.bus.follow(`thread:${threadId}`, (hint) => heard.push(hint)),
      app.bus.follow('moderators', (hint) => heard.push(hint)),
    ];
    await expect.poll(() => heard).toEqual([resync, resync]);
    heard.length = 0;
    await take(threadId, teacher);
    await expect.poll(() => heard).toEqual([{ kind: 'state' }, { kind: 'inbox', threadId }]);
    // What changed nothing is told to nobody.
    await take(threadId, colleague);
    await close(threadId, true);
    await expect.poll(() => heard).toHaveLength(4);
    for (const stop of stops) stop();
  });
});

describe('closing', () => {
  test('nobody waits any more, and the lock is over; twice is once', async () => {
    const { threadId } = await aQuestion();
    await take(threadId);
    expect(await close(threadId, true)).toEqual({ closed: true });
    expect(await close(threadId, true, undefined, colleague)).toEqual({ closed: true });
    expect(await stateOf(threadId)).toMatchObject({ waitingSince: null, heldById: null, closedAt: school.clock.now() });
    expect((await listAudit(app, { subject: threadId })).entries).toMatchObject([
      { action: 'chat.close', label: 'Соколов Илья', href: `/admin/inbox/${threadId}` },
    ]);
  });

  test('undone the student waits as they did', async () => {
    const { student, threadId } = await aQuestion();
    const asked = school.clock.now();
    minutes(20);
    await say(threadId, student, 'Ау');
    await close(threadId, true);
    minutes(1);
    expect(await close(threadId, false)).toEqual({ closed: false });
    expect(await stateOf(threadId)).toMatchObject({ waitingSince: asked, closedAt: null });
    expect(await deeds(threadId)).toEqual(['chat.reopen', 'chat.close']);
    await say(threadId, teacher);
    await close(threadId, true);
    await close(threadId, false);
    expect((await stateOf(threadId)).waitingSince).toBeNull();
  });

  test('the student’s next message opens it again', async () => {
    const { student, threadId } = await aQuestion();
    await close(threadId, true);
    minutes(5);
    await say(threadId, student);
    expect(await stateOf(threadId)).toMatchObject({ waitingSince: school.clock.now(), closedAt: null });
  });

  test('of a message that the teacher has not seen it stays open', async () => {
    const { student, threadId } = await aQuestion();
    const { seq } = await say(threadId, student, 'И ещё вопрос');
    expect(await close(threadId, true, seq - 1)).toEqual({ closed: false });
    expect(await stateOf(threadId)).toMatchObject({ closedAt: null });
    expect((await stateOf(threadId)).waitingSince).not.toBeNull();
    expect(await close(threadId, true, seq)).toEqual({ closed: true });
    expect(await deeds(threadId)).toEqual(['chat.close']);
  });

  test('closed and asked at once: the question always waits', async () => {
    const { student, threadId } = await aQuestion();
    let closings = 0;
    for (let seen = 1; seen <= 5; seen++) {
      const [{ closed }, { seq }] = await Promise.all([close(threadId, true, seen), say(threadId, student, 'Новый вопрос')]);
      if (closed) closings++;
      expect(seq).toBe(seen + 1);
      expect(await stateOf(threadId)).toMatchObject({ waitingSince: school.clock.now(), closedAt: null });
    }
    expect(await deeds(threadId)).toHaveLength(closings);
  });

  test('while another teacher is answering it is refused', async () => {
    const { threadId } = await aQuestion();
    await take(threadId, colleague);
    await expect(close(threadId, true)).rejects.toMatchObject({ code: 'CHAT_HELD' });
    minutes(chatLockMinutes);
    expect(await close(threadId, true)).toEqual({ closed: true });
  });
});
