/** Money given back, from every side: one file, because its cases share one school and one pair of played banks. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ProviderId } from '#shared/payments.ts';
import type { PaymentSnapshot, ProviderTrouble } from '../../../platform/payments.ts';
import {
  anOrder,
  aPaidCourse,
  aPayingSchool,
  type MadeOrder,
  type PayingSchool,
  paid,
  runJobs,
  snapshotOf,
} from '../../../testing/payments.ts';
import { aMinute, aSubscription, endAll, theSubscription } from '../../../testing/subscriptions.ts';
import { aModerator, aStudent, type Student } from '../../../testing/world.ts';
import { closeAccess } from '../office/actions.ts';
import { recordSnapshot } from '../record/actions.ts';
import { askRefund, recordRefund, settleHeld } from './actions.ts';
import { sendRefund } from './jobs.ts';

let school: PayingSchool;
let moderator: Student;
beforeAll(async () => {
  school = await aPayingSchool();
  moderator = await aModerator(school.app);
});
afterEach(async () => {
  await endAll(school);
  for (const bank of Object.values(school.bank)) bank.onRefund = tookIt;
});
afterAll(() => school.close());

const tookIt = () => ({ state: 'done', providerRefundId: null, refundedMinor: null }) as const;
const price = 199_000;

interface Paid extends MadeOrder {
  student: Student;
  courseId: string;
}
async function aPaidOrder(provider: ProviderId = 'tbank'): Promise<Paid> {
  const { app } = school;
  const [student, course] = [await aStudent(app), await aPaidCourse(app)];
  const order = await anOrder(app, student, course, { provider });
  await paid(app, order);
  return { ...order, student, courseId: course.id };
}

const input = (order: MadeOrder, amountMinor: number, over: { clientId?: string; endsAccess?: boolean } = {}) => ({
  attemptId: order.attemptId,
  clientId: randomUUID(),
  amountMinor,
  reason: 'по просьбе',
  endsAccess: false,
  ...over,
});
const ask = (order: MadeOrder, amountMinor: number, over: { clientId?: string; endsAccess?: boolean } = {}) =>
  askRefund(school.app, moderator.actor, input(order, amountMinor, over));
const send = () => runJobs(school.app, ['payments.refund']);
const refundsOf = (order: MadeOrder) =>
  school.app.db.paymentRefund.findMany({ where: { attemptId: order.attemptId }, orderBy: [{ createdAt: 'asc' }, { amountMinor: 'asc' }] });
const attemptOf = (order: MadeOrder) => school.app.db.paymentAttempt.findUniqueOrThrow({ where: { id: order.attemptId } });
const ledgerOf = async (order: MadeOrder) => {
  const rows = await school.app.db.ledgerEntry.findMany({ where: { attemptId: order.attemptId }, orderBy: { id: 'asc' } });
  return rows.map(({ kind, amountMinor }) => [kind, amountMinor]);
};
const issuesOf = async (order: MadeOrder) => {
  const rows = await school.app.db.paymentIssue.findMany({
    where: { attemptId: order.attemptId, resolvedAt: null },
    orderBy: { firstSeenAt: 'asc' },
  });
  return rows.map(({ kind }) => kind);
};
const hasCourse = async ({ student, courseId }: Paid) =>
  (await school.app.db.enrolment.count({ where: { personId: student.actor.id, courseId } })) > 0;
const toldOf = (order: Paid) =>
  school.app.db.delivery.count({
    where: { personId: order.student.actor.id, channel: 'site', notice: { kind: 'payment', about: { startsWith: 'refund:' } } },
  });
const says = (order: MadeOrder, over: Partial<PaymentSnapshot>) => recordSnapshot(school.app, snapshotOf(school.app, order, over));
const calls = (order: MadeOrder) =>
  school.bank[order.provider].calls.filter(
    ({ call, with: refund }) => call === 'refund' && (refund as { attemptId: string }).attemptId === order.attemptId,
  );

describe('a refund', () => {
  test('of all, with the access: sent once, counted when the provider has said so', async () => {
    const order = await aPaidOrder();
    const clientId = randomUUID();
    const shown = await ask(order, price, { clientId, endsAccess: true });
    await ask(order, price, { clientId, endsAccess: true });
    expect(shown.attempts[0]).toMatchObject({ refundableMinor: 0, refundedMinor: 0, state: 'captured' });
    expect(await ledgerOf(order)).toEqual([['payment', price]]);
    expect(await hasCourse(order)).toBe(true);
    await send();
    expect(calls(order).map((call) => call.with)).toEqual([
      expect.objectContaining({
        amountMinor: price,
        capturedMinor: price,
        whole: true,
        again: false,
        providerPaymentId: order.providerPaymentId,
      }),
    ]);
    expect(await attemptOf(order)).toMatchObject({ state: 'refunded', refundedMinor: price });
    expect(await ledgerOf(order)).toEqual([
      ['payment', price],
      ['refund', -price],
    ]);
    expect(await hasCourse(order)).toBe(false);
    expect(await toldOf(order)).toBe(1);
    const notes = await school.app.db.auditEntry.findMany({
      where: { subject: order.id },
      select: { action: true, actor: true, after: true },
    });
    expect(notes).toEqual([
      {
        action: 'payment.refund',
        actor: moderator.actor.id,
        after: { amountMinor: price, currency: 'RUB', reason: 'по просьбе', endsAccess: true },
      },
    ]);
  });

  test('of a part leaves the course, and a moderator may leave it with all of the money too', async () => {
    const [part, all] = [await aPaidOrder(), await aPaidOrder('cloudpayments')];
    await ask(part, 50_000);
    await ask(all, price);
    await send();
    expect(await attemptOf(part)).toMatchObject({ state: 'partly_refunded', refundedMinor: 50_000 });
    expect(await attemptOf(all)).toMatchObject({ state: 'refunded' });
    expect([await hasCourse(part), await hasCourse(all)]).toEqual([true, true]);
    expect(calls(part)).toMatchObject([{ with: { whole: false } }]);
  });

  test('of a month with the access ends the subscription', async () => {
    const made = await aSubscription(school);
    await ask(made.order, 29_000, { endsAccess: true });
    await send();
    expect(await theSubscription(school.app, made.id)).toMatchObject({ state: 'ended', endReason: 'refunded', nextChargeAt: null });
    expect(await school.app.db.enrolment.count({ where: { personId: made.student.actor.id, courseId: made.course.id } })).toBe(0);
  });

  test('case 44: above what is left is refused, and of two at once one', async () => {
    const order = await aPaidOrder();
    await expect(ask(order, price + 1)).rejects.toMatchObject({
      code: 'PAYMENTS_REFUND_TOO_MUCH',
      data: { leftMinor: price, currency: 'RUB' },
    });
    const both = await Promise.allSettled([ask(order, 150_000), ask(order, 150_000)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(ask(order, 49_001)).rejects.toMatchObject({ data: { leftMinor: 49_000 } });
    await ask(order, 49_000);
    await send();
    await aMinute(school.app);
    expect(await attemptOf(order)).toMatchObject({ state: 'refunded', refundedMinor: price });
    expect(calls(order)).toHaveLength(2);
    await expect(ask(order, 1)).rejects.toMatchObject({ data: { leftMinor: 0 } });
  });

  test('sent again after a lost answer, with another sum, is neither done nor said to be done', async () => {
    const order = await aPaidOrder();
    const clientId = randomUUID();
    await ask(order, 50_000, { clientId });
    await ask(order, 50_000, { clientId });
    await expect(ask(order, 60_000, { clientId })).rejects.toMatchObject({ code: 'PAYMENTS_STATE' });
    expect(await refundsOf(order)).toMatchObject([{ amountMinor: 50_000 }]);
  });

  test('of what was not paid, and of nothing that there is', async () => {
    const { app } = school;
    const order = await anOrder(app, await aStudent(app), await aPaidCourse(app));
    await expect(ask(order, 100)).rejects.toMatchObject({ code: 'PAYMENTS_STATE' });
    await expect(ask({ ...order, attemptId: randomUUID() }, 100)).rejects.toMatchObject({ code: 'PAYMENTS_NOT_FOUND' });
  });

  test('goes on while the provider is stopped for new payments', async () => {
    const order = await aPaidOrder();
    await school.app.db.paymentSwitch.create({ data: { provider: 'tbank', stoppedAt: new Date(), byId: randomUUID() } });
    await ask(order, 100);
    await send();
    await school.app.db.paymentSwitch.deleteMany();
    expect(await attemptOf(order)).toMatchObject({ refundedMinor: 100 });
  });

  test('that the provider refuses is failed, its money is there again, and a person is called', async () => {
    const order = await aPaidOrder();
    school.bank.tbank.next = { refund: ['refused'] };
    await ask(order, 1000);
    await send();
    expect(await refundsOf(order)).toMatchObject([{ state: 'failed', error: 'the bank: refused', nextTryAt: null }]);
    expect(await issuesOf(order)).toEqual(['refund-failed']);
    expect(await ledgerOf(order)).toEqual([['payment', price]]);
    await ask(order, price);
    await send();
    expect(await attemptOf(order)).toMatchObject({ state: 'refunded' });
  });
});

describe('a refund whose outcome is not known', () => {
  test.each<ProviderTrouble>(['busy', 'unreachable', 'keys'])('«%s»: nothing happened, so it is sent again', async (trouble) => {
    const order = await aPaidOrder();
    school.bank.tbank.next = { refund: [trouble] };
    await ask(order, 1000);
    await send();
    expect(await refundsOf(order)).toMatchObject([{ state: 'waiting', sentAt: null }]);
    school.clock.forward(120_000);
    await aMinute(school.app);
    expect(await attemptOf(order)).toMatchObject({ refundedMinor: 1000 });
    expect(calls(order)).toMatchObject([{ with: { again: false } }, { with: { again: false } }]);
  });

  const places = [
    ['the answer was lost', { nextAfter: { refund: ['unknown'] } }],
    ['the request was lost', { next: { refund: ['unknown'] } }],
    ['killed before the call', { next: { refund: [new Error('killed')] } }],
    ['killed behind the call', { nextAfter: { refund: [new Error('killed')] } }],
  ] as const;
  test.each(places)('%s: asked for again under its own key, and counted once', async (_, trouble) => {
    const order = await aPaidOrder();
    Object.assign(school.bank.tbank, structuredClone(trouble));
    await ask(order, 1000);
    await ask(order, 2000);
    await send();
    const [first] = await refundsOf(order);
    // The other one of this payment waits: what is left is not known.
    expect((await refundsOf(order)).map(({ state }) => state)).toEqual(['sent', 'waiting']);
    for (let look = 0; look < 3; look += 1) {
      school.clock.forward(120_000);
      await aMinute(school.app);
    }
    expect(await ledgerOf(order)).toEqual([
      ['payment', price],
      ['refund', -1000],
      ['refund', -2000],
    ]);
    const keys = calls(order).map(({ with: refund }) => (refund as { refundId: string }).refundId);
    expect(keys.filter((key) => key === first?.id)).toHaveLength(2);
    expect(new Set(keys).size).toBe(2);
  });

  test('that the provider refuses to say how it stands leaves it in doubt: its money is not given back a second time', async () => {
    const order = await aPaidOrder();
    school.bank.tbank.nextAfter = { refund: ['unknown'] };
    await ask(order, 1000);
    await send();
    school.bank.tbank.next = { find: ['refused'] };
    school.clock.forward(120_000);
    await aMinute(school.app);
    expect(await refundsOf(order)).toMatchObject([{ state: 'sent', sentAt: expect.any(Date) }]);
    expect(await issuesOf(order)).toEqual([]);
    expect(calls(order)).toHaveLength(1);
  });

  test('by SBP, of which T-Bank knows no keys: asked for again only when its books have shown for long that it was not made', async () => {
    const order = await aPaidOrder();
    school.bank.tbank.known.set(order.attemptId, snapshotOf(school.app, order, { paidWith: 'СБП' }));
    school.bank.tbank.next = { refund: ['unknown'] };
    await ask(order, 1000);
    await send();
    for (let look = 0; look < 6; look += 1) {
      school.clock.forward(120_000);
      await aMinute(school.app);
    }
    expect(calls(order)).toHaveLength(1);
    school.clock.forward(600_000);
    await aMinute(school.app);
    expect(calls(order)).toHaveLength(2);
    expect(await attemptOf(order)).toMatchObject({ refundedMinor: 1000 });
  });

  test('that does not fit any more, because money went back in the cabinet meanwhile, is not even sent', async () => {
    const order = await aPaidOrder();
    await ask(order, price);
    await says(order, {
      state: 'partly_refunded',
      refundedMinor: 1000,
      refunds: [{ providerRefundId: 'r1', amountMinor: 1000, at: null }],
    });
    await send();
    expect(await refundsOf(order)).toMatchObject([
      { state: 'done', amountMinor: 1000, cause: 'provider' },
      { state: 'failed', amountMinor: price },
    ]);
    expect([calls(order), await issuesOf(order)]).toEqual([[], ['refund-failed']]);
  });

  test('at CloudPayments behind the hour of its key: only the books decide', async () => {
    const order = await aPaidOrder('cloudpayments');
    const { bank, clock, app } = school;
    bank.cloudpayments.nextAfter = { refund: ['unknown'] };
    await ask(order, 1000);
    await send();
    const known = snapshotOf(app, order);
    // What was given back is not told: it is neither asked for again nor given up.
    bank.cloudpayments.known.set(order.attemptId, { ...known, refundedMinor: null });
    clock.forward(3_600_000);
    await aMinute(app);
    expect(calls(order)).toHaveLength(1);
    expect(await refundsOf(order)).toMatchObject([{ state: 'sent' }]);
    // Then they show it.
    bank.cloudpayments.known.set(order.attemptId, {
      ...known,
      state: 'partly_refunded',
      refundedMinor: 1000,
      refunds: [{ providerRefundId: 'r-1', amountMinor: 1000, at: null }],
    });
    clock.forward(3_600_000);
    await aMinute(app);
    expect(calls(order)).toHaveLength(1);
    expect(await refundsOf(order)).toMatchObject([{ state: 'done', providerRefundId: 'r-1' }]);
  });

  test('at CloudPayments behind the hour of its key, when the books show that it was not made: sent anew', async () => {
    const order = await aPaidOrder('cloudpayments');
    school.bank.cloudpayments.next = { refund: ['unknown'], find: Array.from({ length: 20 }, () => 'unreachable' as const) };
    await ask(order, 1000);
    await send();
    school.clock.forward(3_600_000);
    await aMinute(school.app);
    expect(calls(order)).toHaveLength(1);
    school.bank.cloudpayments.next = {};
    school.clock.forward(3_600_000);
    await aMinute(school.app);
    expect(calls(order)).toHaveLength(2);
    expect(await attemptOf(order)).toMatchObject({ refundedMinor: 1000 });
  });

  test('money on its way (SBP) counts when it has arrived', async () => {
    const order = await aPaidOrder();
    const { bank, clock, app } = school;
    bank.tbank.onRefund = () => ({ state: 'pending', providerRefundId: null, refundedMinor: null });
    await ask(order, price, { endsAccess: true });
    await send();
    expect(await refundsOf(order)).toMatchObject([{ state: 'sent' }]);
    expect([await hasCourse(order), await ledgerOf(order)]).toEqual([true, [['payment', price]]]);
    bank.tbank.known.set(order.attemptId, snapshotOf(app, order, { state: 'refunded', refundedMinor: null }));
    clock.forward(120_000);
    await aMinute(app);
    expect(await attemptOf(order)).toMatchObject({ state: 'refunded', refundedMinor: price });
    expect(await hasCourse(order)).toBe(false);
  });

  test('several processes at once send it once', async () => {
    const order = await aPaidOrder();
    school.bank.tbank.known.set(order.attemptId, snapshotOf(school.app, order));
    await ask(order, 1000);
    const [refund] = await refundsOf(order);
    await Promise.all(Array.from({ length: 4 }, () => sendRefund(school.app, { refundId: refund?.id ?? '' })));
    // Whoever came second asked under the same key.
    expect(new Set(calls(order).map(({ with: one }) => (one as { refundId: string }).refundId)).size).toBe(1);
    expect(await ledgerOf(order)).toEqual([
      ['payment', price],
      ['refund', -1000],
    ]);
  });
});

describe('what the provider tells', () => {
  test('case 19: refunded before it was told as paid: both are written down, and nobody has the course', async () => {
    const { app } = school;
    const [student, course] = [await aStudent(app), await aPaidCourse(app)];
    const order = { ...(await anOrder(app, student, course)), student, courseId: course.id };
    expect(await says(order, { state: 'refunded', refundedMinor: null })).toBe('applied');
    expect(await says(order, { state: 'captured' })).toBe('nothing-new');
    expect(await attemptOf(order)).toMatchObject({ state: 'refunded', capturedMinor: price, refundedMinor: price });
    expect(await ledgerOf(order)).toEqual([
      ['payment', price],
      ['refund', -price],
    ]);
    expect(await hasCourse(order)).toBe(false);
    expect(await refundsOf(order)).toMatchObject([{ cause: 'provider', state: 'done', byId: null }]);
  });

  test('case 26: three equal refunds in the cabinet are three, however often they are told', async () => {
    const order = await aPaidOrder('cloudpayments');
    const told = (count: number) => ({
      state: 'partly_refunded' as const,
      refundedMinor: count * 100,
      refunds: ['r1', 'r2', 'r3'].slice(0, count).map((providerRefundId) => ({ providerRefundId, amountMinor: 100, at: null })),
    });
    for (const count of [1, 2, 2, 3, 1, 3]) await says(order, told(count));
    expect(await attemptOf(order)).toMatchObject({ state: 'partly_refunded', refundedMinor: 300 });
    expect(await ledgerOf(order)).toEqual([
      ['payment', price],
      ['refund', -100],
      ['refund', -100],
      ['refund', -100],
    ]);
    expect(await hasCourse(order)).toBe(true);
  });

  test('case 26: of T-Bank, who tells no sums: our own three are three, and one of the cabinet wants a person', async () => {
    const [own, foreign] = [await aPaidOrder(), await aPaidOrder()];
    for (let count = 0; count < 3; count += 1) {
      await ask(own, 100);
      await send();
      await says(own, { state: 'partly_refunded', refundedMinor: null });
      await says(own, { state: 'partly_refunded', refundedMinor: null });
    }
    expect(await attemptOf(own)).toMatchObject({ refundedMinor: 300 });
    expect(await issuesOf(own)).toEqual([]);

    await says(foreign, { state: 'partly_refunded', refundedMinor: null });
    await says(foreign, { state: 'partly_refunded', refundedMinor: null });
    expect(await issuesOf(foreign)).toEqual(['refund-differs']);
    expect(await refundsOf(foreign)).toEqual([]);
    const shown = await recordRefund(school.app, moderator.actor, input(foreign, 700));
    expect(shown.attempts[0]).toMatchObject({ refundedMinor: 700, state: 'partly_refunded' });
    expect(await issuesOf(foreign)).toEqual([]);
    expect(await refundsOf(foreign)).toMatchObject([{ cause: 'provider', byId: moderator.actor.id, reason: 'по просьбе', state: 'done' }]);
  });

  test('our own refund by message before its answer: once', async () => {
    const order = await aPaidOrder('cloudpayments');
    const { bank } = school;
    bank.cloudpayments.onRefund = () => ({ state: 'done', providerRefundId: 'r-9', refundedMinor: null });
    const { refund } = bank.cloudpayments;
    bank.cloudpayments.refund = async (asked) => {
      const taken = await refund(asked);
      await says(order, {
        state: 'partly_refunded',
        refundedMinor: 100,
        refunds: [{ providerRefundId: 'r-9', amountMinor: 100, at: null }],
      });
      return taken;
    };
    await ask(order, 100);
    await send();
    bank.cloudpayments.refund = refund;
    expect(await refundsOf(order)).toMatchObject([{ state: 'done', providerRefundId: 'r-9', cause: 'moderator' }]);
    expect(await ledgerOf(order)).toEqual([
      ['payment', price],
      ['refund', -100],
    ]);
    expect(await toldOf(order)).toBe(1);
  });

  test('more than was asked for was given back: the rest was made in the cabinet', async () => {
    const order = await aPaidOrder();
    school.bank.tbank.onRefund = () => ({ state: 'done', providerRefundId: null, refundedMinor: 900 });
    await ask(order, 400);
    await send();
    expect((await refundsOf(order)).map(({ cause, amountMinor }) => [cause, amountMinor])).toEqual([
      ['moderator', 400],
      ['provider', 500],
    ]);
    expect(await attemptOf(order)).toMatchObject({ refundedMinor: 900 });
  });

  test('all of it taken back in the cabinet: the course goes with it', async () => {
    const order = await aPaidOrder();
    await says(order, { state: 'refunded', refundedMinor: null });
    expect(await hasCourse(order)).toBe(false);
    expect(await toldOf(order)).toBe(1);
  });

  test('a refund in doubt that a person has found in the cabinet is that one', async () => {
    const order = await aPaidOrder();
    school.bank.tbank.nextAfter = { refund: ['unknown'] };
    await ask(order, 100);
    await send();
    await recordRefund(school.app, moderator.actor, input(order, 100));
    expect(await refundsOf(order)).toMatchObject([{ state: 'done', cause: 'moderator' }]);
    expect(await attemptOf(order)).toMatchObject({ refundedMinor: 100 });
    await expect(recordRefund(school.app, moderator.actor, input(order, price))).rejects.toMatchObject({
      code: 'PAYMENTS_REFUND_TOO_MUCH',
    });
  });
});

describe('a held payment', () => {
  async function aHeldOrder(over: Partial<PaymentSnapshot>): Promise<Paid> {
    const { app } = school;
    const [student, course] = [await aStudent(app), await aPaidCourse(app)];
    const order = await anOrder(app, student, course);
    await recordSnapshot(app, snapshotOf(app, order, over));
    return { ...order, student, courseId: course.id };
  }
  const settle = (order: MadeOrder, accept: boolean) =>
    settleHeld(school.app, moderator.actor, { attemptId: order.attemptId, accept, reason: 'разобрались' });

  test('is taken for the order at a moderator’s word', async () => {
    const order = await aHeldOrder({ amountMinor: 100 });
    expect([await hasCourse(order), await issuesOf(order)]).toEqual([false, ['held']]);
    const shown = await settle(order, true);
    expect(shown.order).toMatchObject({ view: 'paid' });
    expect([await hasCourse(order), await issuesOf(order)]).toEqual([true, []]);
    expect(await ledgerOf(order)).toEqual([['payment', 100]]);
    await expect(settle(order, true)).rejects.toMatchObject({ code: 'PAYMENTS_STATE' });
    expect(await school.app.db.auditEntry.count({ where: { action: 'payment.settle', subject: order.id } })).toBe(1);
  });

  test('or goes back, all of it', async () => {
    const order = await aHeldOrder({ amountMinor: 100 });
    await settle(order, false);
    await send();
    expect([await hasCourse(order), await issuesOf(order)]).toEqual([false, []]);
    expect(await ledgerOf(order)).toEqual([
      ['payment', 100],
      ['refund', -100],
    ]);
    await expect(settle(order, true)).rejects.toMatchObject({ code: 'PAYMENTS_STATE' });
  });

  test('is not taken for an order whose course is theirs by another one meanwhile: it goes back', async () => {
    const order = await aHeldOrder({ amountMinor: 100 });
    await paid(school.app, order);
    const { student, courseId } = order;
    // Begun in another window before the first one was held.
    const { id } = await school.app.db.paymentOrder.create({
      data: {
        ...{ personId: student.actor.id, courseId, clientId: randomUUID(), title: 'Тот же курс', plan: 'once', email: student.email },
        ...{ listMinor: 1, amountMinor: 1, currency: 'RUB', createdAt: school.clock.now(), expiresAt: school.clock.now(), state: 'paid' },
      },
    });
    await school.app.db.entitlement.create({ data: { orderId: id, personId: student.actor.id, courseId, fromAt: school.clock.now() } });
    await expect(settle(order, true)).rejects.toMatchObject({ code: 'PAYMENTS_STATE' });
    await settle(order, false);
    await send();
    expect(await attemptOf(order)).toMatchObject({ state: 'refunded' });
  });

  test('is none where nothing is held: nothing goes back by that door', async () => {
    const order = await aPaidOrder();
    for (const accept of [true, false]) await expect(settle(order, accept)).rejects.toMatchObject({ code: 'PAYMENTS_STATE' });
    expect(await refundsOf(order)).toEqual([]);
  });

  test('of a test card brought nothing: it is only refused', async () => {
    const order = await aHeldOrder({ test: true });
    await expect(settle(order, true)).rejects.toMatchObject({ code: 'PAYMENTS_STATE' });
    const shown = await settle(order, false);
    expect(shown.order).toMatchObject({ view: 'closed' });
    expect([await refundsOf(order), await issuesOf(order), await ledgerOf(order)]).toEqual([[], [], []]);
    // The provider's books go on to show it, every night: nobody is called again.
    expect(await says(order, { test: true })).toBe('nothing-new');
    expect([await issuesOf(order), (await attemptOf(order)).heldReason]).toEqual([[], null]);
  });
});

describe('a course is closed without a refund', () => {
  const close = (order: MadeOrder) => closeAccess(school.app, moderator.actor, { id: order.id, reason: 'оспорил платёж' });

  test('where its money is gone, once, and written down', async () => {
    const order = await aPaidOrder('cloudpayments');
    // Money that is there goes back by a refund.
    await expect(close(order)).rejects.toMatchObject({ code: 'PAYMENTS_STATE' });
    await ask(order, price);
    await send();
    expect(await hasCourse(order)).toBe(true);
    expect(await close(order)).toMatchObject({ entitlement: { endedAt: expect.any(String) } });
    expect(await hasCourse(order)).toBe(false);
    await expect(close(order)).rejects.toMatchObject({ code: 'PAYMENTS_STATE' });
    await expect(close({ ...order, id: randomUUID() })).rejects.toMatchObject({ code: 'PAYMENTS_NOT_FOUND' });
    const entries = await school.app.db.auditEntry.findMany({ where: { action: 'payment.close-access', subject: order.id } });
    expect(entries).toMatchObject([{ actor: moderator.actor.id, after: { reason: 'оспорил платёж' } }]);
  });

  test('a month with its subscription', async () => {
    const made = await aSubscription(school);
    await ask(made.order, made.order.amountMinor);
    await send();
    expect(await theSubscription(school.app, made.id)).toMatchObject({ state: 'active' });
    await close(made.order);
    expect(await theSubscription(school.app, made.id)).toMatchObject({ state: 'ended', endReason: 'refunded', nextChargeAt: null });
  });
});

test('a second payment of an order goes back whole, by itself', async () => {
  const order = await aPaidOrder('cloudpayments');
  const second = `8${Date.now()}`;
  await says(order, { providerPaymentId: second });
  await says(order, { providerPaymentId: second });
  await send();
  const attempt = await school.app.db.paymentAttempt.findFirstOrThrow({
    where: { providerPaymentId: second },
    select: { state: true, refunds: true },
  });
  expect(attempt).toMatchObject({ state: 'refunded', refunds: [{ cause: 'double', amountMinor: price, state: 'done' }] });
  expect(await hasCourse(order)).toBe(true);
});

describe('a second payment of an order that goes back in the cabinet too', () => {
  async function aSecond() {
    const order = await aPaidOrder('cloudpayments');
    const providerPaymentId = `8${Date.now()}`;
    await says(order, { providerPaymentId });
    const { id } = await school.app.db.paymentAttempt.findFirstOrThrow({ where: { providerPaymentId } });
    const refund = (amountMinor: number) => ({
      state: amountMinor < price ? ('partly_refunded' as const) : ('refunded' as const),
      refundedMinor: amountMinor,
      refunds: [{ providerRefundId: `r${amountMinor}`, amountMinor, at: null }],
    });
    return { second: { ...order, attemptId: id, providerPaymentId }, refund };
  }

  test('all of it, before ours was sent: that is it, and nothing is sent', async () => {
    const { second, refund } = await aSecond();
    await says(second, refund(price));
    await send();
    expect(await refundsOf(second)).toMatchObject([{ cause: 'double', state: 'done', amountMinor: price }]);
    expect([calls(second), await issuesOf(second)]).toEqual([[], []]);
  });

  test('some of it: the rest is sent', async () => {
    const { second, refund } = await aSecond();
    await says(second, refund(1000));
    await send();
    expect(calls(second)).toMatchObject([{ with: { amountMinor: price - 1000, whole: true } }]);
    expect(await attemptOf(second)).toMatchObject({ state: 'refunded', refundedMinor: price });
  });
});
