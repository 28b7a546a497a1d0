/** What a provider says becomes what the school knows: the cases of payments that are about recording. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PaymentState } from '#shared/payments.ts';
import type { App } from '../../../platform/app.ts';
import type { PaymentSnapshot } from '../../../platform/payments.ts';
import type { MadeCourse } from '../../../testing/course.ts';
import {
  aCard,
  anOrder,
  aPaidCourse,
  aPayingSchool,
  type MadeOrder,
  type PayingSchool,
  paid,
  runJobs,
  snapshotOf,
  theOrder,
} from '../../../testing/payments.ts';
import { aModerator, aStudent, type Student } from '../../../testing/world.ts';
import { getCourse } from '../../courses/queries.ts';
import { cancelOrder, retryOrder } from '../orders/actions.ts';
import { getOrder } from '../orders/queries.ts';
import { lookAtOpen } from '../reconcile/actions.ts';
import { askProvider, recordSnapshot } from './actions.ts';

let school: PayingSchool;
let app: App;
let course: MadeCourse;
beforeAll(async () => {
  school = await aPayingSchool();
  app = school.app;
  course = await aPaidCourse(app);
  await aModerator(app);
});
afterAll(() => school.close());

const decline = { code: '1051', class: 'funds', again: 'later' } as const;

/** All that a payment may leave, of one order. */
async function booksOf({ id }: Pick<MadeOrder, 'id'>) {
  const { attempts, ...order } = await app.db.paymentOrder.findUniqueOrThrow({
    where: { id },
    select: {
      state: true,
      personId: true,
      courseId: true,
      attempts: {
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
        select: {
          id: true,
          state: true,
          capturedMinor: true,
          refundedMinor: true,
          heldReason: true,
          sentAt: true,
          nextCheckAt: true,
          refunds: { select: { cause: true, amountMinor: true, state: true } },
          ledger: { select: { kind: true, amountMinor: true }, orderBy: { id: 'asc' } },
        },
      },
      entitlement: { select: { untilAt: true, endedAt: true } },
    },
  });
  const issues = await app.db.paymentIssue.findMany({
    where: { attemptId: { in: attempts.map((attempt) => attempt.id) } },
    orderBy: { firstSeenAt: 'asc' },
    select: { kind: true, resolvedAt: true },
  });
  const { personId, courseId } = order;
  const key = personId && courseId ? { personId, courseId } : null;
  const enrolled = key && (await app.db.enrolment.findUnique({ where: { personId_courseId: key }, select: { how: true, endsAt: true } }));
  return {
    state: order.state,
    attempts: attempts.map(({ id: _, ...attempt }) => attempt),
    ledger: attempts.flatMap(({ ledger }) => ledger),
    entitlement: order.entitlement,
    enrolled,
    issues: issues.map(({ kind }) => kind),
    notices: await app.db.notice.count({ where: { about: `paid:${id}` } }),
    deliveries: await app.db.delivery.count({ where: { notice: { about: `paid:${id}` }, channel: 'site' } }),
  };
}

async function aBuyer(over: Parameters<typeof anOrder>[3] = {}): Promise<{ student: Student; order: MadeOrder }> {
  const student = await aStudent(app);
  return { student, order: await anOrder(app, student, course, over) };
}

const given = {
  state: 'paid',
  ledger: [{ kind: 'payment', amountMinor: 199_000 }],
  entitlement: { untilAt: null, endedAt: null },
  enrolled: { how: 'paid', endsAt: null },
  notices: 1,
  deliveries: 1,
};
const nothing = { ledger: [], entitlement: null, enrolled: null, notices: 0, deliveries: 0 };

describe('money that comes', () => {
  test('case 16: the same event a hundred times at once is one entry, one right, one notice', async () => {
    const { order } = await aBuyer();
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => recordSnapshot(app, snapshotOf(app, order))));
    expect(outcomes.filter((outcome) => outcome === 'applied')).toHaveLength(1);
    expect(new Set(outcomes)).toEqual(new Set(['applied', 'nothing-new']));
    expect(await booksOf(order)).toMatchObject({ ...given, issues: [] });
  });

  test('case 17: held and taken told at the same time', async () => {
    const { order } = await aBuyer();
    const states: PaymentState[] = ['authorized', 'captured', 'authorized', 'captured', 'authorized', 'captured'];
    await Promise.all(states.map((state) => recordSnapshot(app, snapshotOf(app, order, { state }))));
    expect(await booksOf(order)).toMatchObject({ ...given, attempts: [{ state: 'captured', sentAt: null, nextCheckAt: null }] });
  });

  test('case 18: taken is told before held', async () => {
    const { order } = await aBuyer();
    expect(await recordSnapshot(app, snapshotOf(app, order))).toBe('applied');
    expect(await recordSnapshot(app, snapshotOf(app, order, { state: 'authorized' }))).toBe('nothing-new');
    expect(await booksOf(order)).toMatchObject({ ...given, attempts: [{ state: 'captured' }] });
  });

  test('held money gives nothing; let go, it is over', async () => {
    const { student, order } = await aBuyer();
    await recordSnapshot(app, snapshotOf(app, order, { state: 'authorized' }));
    expect(await booksOf(order)).toMatchObject({ state: 'open', ...nothing, attempts: [{ state: 'authorized', capturedMinor: 0 }] });
    expect(await getOrder(app, student.actor, order.id)).toMatchObject({ view: 'checking', payUrl: null });
    expect(await recordSnapshot(app, snapshotOf(app, order, { state: 'voided' }))).toBe('applied');
    // A message that was late.
    expect(await recordSnapshot(app, snapshotOf(app, order, { state: 'authorized' }))).toBe('nothing-new');
    expect(await booksOf(order)).toMatchObject({ state: 'open', ...nothing, attempts: [{ state: 'voided', nextCheckAt: null }] });
  });

  test('case 19: given back is told before it is told that it was taken', async () => {
    const { order } = await aBuyer();
    const back = { refundedMinor: 199_000, refunds: [{ providerRefundId: randomUUID(), amountMinor: 199_000, at: null }] };
    await recordSnapshot(app, snapshotOf(app, order, { state: 'refunded', ...back }));
    expect(await recordSnapshot(app, snapshotOf(app, order))).toBe('nothing-new');
    const books = await booksOf(order);
    expect(books).toMatchObject({ state: 'paid', attempts: [{ state: 'refunded', capturedMinor: 199_000, refundedMinor: 199_000 }] });
    expect(books.ledger).toEqual([
      { kind: 'payment', amountMinor: 199_000 },
      { kind: 'refund', amountMinor: -199_000 },
    ]);
  });

  test('case 20: declined, and then paid on the same page', async () => {
    const { student, order } = await aBuyer({ provider: 'cloudpayments' });
    await recordSnapshot(app, snapshotOf(app, order, { state: 'failed', providerPaymentId: '501', decline }));
    expect(await getOrder(app, student.actor, order.id)).toMatchObject({ view: 'declined', decline: 'funds' });
    const card = { code: '5054', class: 'card', again: 'never' } as const;
    expect(await recordSnapshot(app, snapshotOf(app, order, { state: 'failed', providerPaymentId: '502', decline: card }))).toBe('applied');
    expect(await getOrder(app, student.actor, order.id)).toMatchObject({ view: 'declined', decline: 'card' });
    await recordSnapshot(app, snapshotOf(app, order, { providerPaymentId: '503' }));
    // The first message comes once more.
    await recordSnapshot(app, snapshotOf(app, order, { state: 'failed', providerPaymentId: '501', decline }));
    expect(await booksOf(order)).toMatchObject({ ...given, issues: [] });
    expect(await getOrder(app, student.actor, order.id)).toMatchObject({ view: 'paid', decline: null, paidWith: '•• 4242' });
  });

  test('case 21: two attempts of an order are paid: the second goes back by itself', async () => {
    const { student, order } = await aBuyer();
    await recordSnapshot(app, snapshotOf(app, order, { state: 'failed', decline }));
    school.bank.tbank.cancels = false;
    await retryOrder(app, student.actor, { id: order.id, provider: 'tbank' });
    await runJobs(app, ['payments.open']);
    school.bank.tbank.cancels = true;
    const second = await theOrder(app, order.id);
    expect(second.attemptId).not.toBe(order.attemptId);
    await Promise.all([recordSnapshot(app, snapshotOf(app, order)), recordSnapshot(app, snapshotOf(app, second))]);
    const books = await booksOf(order);
    expect(books).toMatchObject({ state: 'paid', entitlement: given.entitlement, notices: 1, issues: ['double'] });
    expect(books.ledger).toHaveLength(2);
    expect(books.attempts.flatMap(({ refunds }) => refunds)).toEqual([{ cause: 'double', amountMinor: 199_000, state: 'waiting' }]);
    expect(await getOrder(app, student.actor, order.id)).toMatchObject({ view: 'paid', refundedMinor: 0, refunds: [] });
  });

  test('case 21: one page that takes money twice: the second payment gets a row and goes back', async () => {
    const { order } = await aBuyer({ provider: 'cloudpayments' });
    const twice = [snapshotOf(app, order, { providerPaymentId: '601' }), snapshotOf(app, order, { providerPaymentId: '602' })];
    await Promise.all([...twice, ...twice, ...twice].map((snapshot) => recordSnapshot(app, snapshot)));
    const books = await booksOf(order);
    expect(books).toMatchObject({
      state: 'paid',
      attempts: [{ state: 'captured' }, { state: 'captured' }],
      notices: 1,
      issues: ['double'],
    });
    expect(books.attempts.flatMap(({ refunds }) => refunds)).toHaveLength(1);
  });

  test('an order that was given up is paid, and the course is theirs by another: it goes back, and the course stays', async () => {
    const { student, order } = await aBuyer();
    await cancelOrder(app, student.actor, order.id);
    const next = await anOrder(app, student, course, { provider: 'cloudpayments' });
    await paid(app, next);
    await recordSnapshot(app, snapshotOf(app, order));
    expect(await booksOf(order)).toMatchObject({
      state: 'closed',
      entitlement: null,
      issues: ['double'],
      attempts: [{ state: 'captured', refunds: [{ cause: 'double', amountMinor: 199_000 }] }],
    });
    expect(await getOrder(app, student.actor, order.id)).toMatchObject({ view: 'refunded' });
    expect(await booksOf(next)).toMatchObject(given);
  });

  test('money after the end of an order gives the course all the same, and calls a person', async () => {
    const { student, order } = await aBuyer();
    await cancelOrder(app, student.actor, order.id);
    expect(await getOrder(app, student.actor, order.id)).toMatchObject({ view: 'closed' });
    await recordSnapshot(app, snapshotOf(app, order, { state: 'expired' }));
    await recordSnapshot(app, snapshotOf(app, order));
    expect(await booksOf(order)).toMatchObject({ ...given, issues: ['late'] });
    expect(await getOrder(app, student.actor, order.id)).toMatchObject({ view: 'paid' });
    const issue = await app.db.paymentIssue.findFirstOrThrow({ where: { attemptId: order.attemptId, kind: 'late' } });
    expect(await app.db.notice.count({ where: { kind: 'alert', about: { startsWith: issue.id } } })).toBe(1);
  });

  test('a process that dies at the last line leaves nothing, and the next one does all of it', async () => {
    const { order } = await aBuyer();
    const dying: App = { ...app, bus: { ...app.bus, publish: () => Promise.reject(new Error('killed')) } };
    await expect(recordSnapshot(dying, snapshotOf(app, order))).rejects.toThrow('killed');
    expect(await booksOf(order)).toMatchObject({ ...nothing, state: 'open', attempts: [{ state: 'opened', capturedMinor: 0 }] });
    await recordSnapshot(app, snapshotOf(app, order));
    expect(await booksOf(order)).toMatchObject(given);
  });

  test('several orders of one person for one course paid at once: one buys it, the others go back', async () => {
    const student = await aStudent(app);
    const orders: MadeOrder[] = [];
    for (const provider of ['tbank', 'cloudpayments', 'tbank', 'cloudpayments'] as const)
      orders.push(await anOrder(app, student, course, { provider }));
    await Promise.all([...orders, ...orders].map((order) => recordSnapshot(app, snapshotOf(app, order))));
    const states = await app.db.paymentOrder.findMany({ where: { personId: student.actor.id }, select: { state: true } });
    const all = await Promise.all(orders.map(booksOf));
    expect(all.flatMap(({ ledger }) => ledger)).toHaveLength(orders.length);
    // One of them bought it, and all the others go back.
    expect(states.filter(({ state }) => state === 'paid')).toHaveLength(1);
    expect(all.flatMap(({ attempts }) => attempts).flatMap(({ refunds }) => refunds)).toHaveLength(orders.length - 1);
  });

  test('case 22: the message comes before the answer with the address of the page was stored', async () => {
    const student = await aStudent(app);
    const { tbank } = school.bank;
    const { createPage } = tbank;
    tbank.createPage = async (page) => {
      const opened = await createPage(page);
      await recordSnapshot(app, {
        ...snapshotOf(app, {
          ...page,
          id: '',
          providerPaymentId: opened.providerPaymentId ?? '',
          personId: page.customerId,
          provider: 'tbank',
        }),
      });
      return opened;
    };
    const order = await anOrder(app, student, course);
    tbank.createPage = createPage;
    expect(await booksOf(order)).toMatchObject({
      ...given,
      attempts: [{ state: 'captured', sentAt: null, nextCheckAt: null }],
      issues: [],
    });
    expect(await getOrder(app, student.actor, order.id)).toMatchObject({ view: 'paid', payUrl: null });
  });
});

describe('what does not fit', () => {
  const misfits: [string, string, Partial<PaymentSnapshot>, number][] = [
    ['case 27: a kopeck for a course of 1 990 ₽', 'amount', { amountMinor: 1 }, 1],
    ['more than was asked', 'amount', { amountMinor: 199_001 }, 199_001],
    ['case 28: the right amount in another currency', 'currency', { currency: 'KZT' }, 199_000],
    ['somebody else’s payment', 'customer', { customerId: randomUUID() }, 199_000],
  ];
  test.each(misfits)('%s is held: written down, nothing given', async (_, reason, over, came) => {
    const { student, order } = await aBuyer();
    expect(await recordSnapshot(app, snapshotOf(app, order, over))).toBe('held');
    await recordSnapshot(app, snapshotOf(app, order, over));
    expect(await booksOf(order)).toMatchObject({
      ...nothing,
      state: 'open',
      attempts: [{ state: 'captured', capturedMinor: came, heldReason: reason }],
      ledger: [{ kind: 'payment', amountMinor: came }],
      issues: ['held'],
    });
    const shown = await getOrder(app, student.actor, order.id);
    expect(shown).toMatchObject({ view: 'held', payUrl: null });
    expect(JSON.stringify(shown)).not.toContain(order.providerPaymentId);
  });

  test('case 28: money of another currency is counted in its own, on its way back too, and no sum is shown under a wrong sign', async () => {
    const { order } = await aBuyer();
    await recordSnapshot(app, snapshotOf(app, order, { currency: 'KZT' }));
    const { data } = await app.db.paymentIssue.findFirstOrThrow({ where: { attemptId: order.attemptId } });
    expect(data).toMatchObject({ expectedMinor: null, foundMinor: 199_000, currency: 'KZT', detail: 'currency' });
    await recordSnapshot(app, snapshotOf(app, order, { currency: 'KZT', state: 'refunded', refundedMinor: 199_000 }));
    const entries = await app.db.ledgerEntry.findMany({ where: { attemptId: order.attemptId }, orderBy: { id: 'asc' } });
    expect(entries.map(({ amountMinor, currency }) => [amountMinor, currency])).toEqual([
      [199_000, 'KZT'],
      [-199_000, 'KZT'],
    ]);
    // Nothing is left to be decided.
    expect(await app.db.paymentIssue.count({ where: { attemptId: order.attemptId, kind: 'held', resolvedAt: null } })).toBe(0);
  });

  test('a test card on a school that sells is no money at all; paid for real after it, it counts', async () => {
    const { order } = await aBuyer();
    expect(await recordSnapshot(app, snapshotOf(app, order, { test: true }))).toBe('held');
    expect(await booksOf(order)).toMatchObject({
      ...nothing,
      state: 'open',
      attempts: [{ state: 'opened', capturedMinor: 0, heldReason: 'test' }],
    });
    await recordSnapshot(app, snapshotOf(app, order));
    const books = await booksOf(order);
    expect(books).toMatchObject({ ...given, attempts: [{ heldReason: null }] });
    expect(await app.db.paymentIssue.count({ where: { attemptId: order.attemptId, kind: 'held', resolvedAt: null } })).toBe(0);
  });

  test('case 25: the account was deleted: the money is written down and waits for a person', async () => {
    const { student, order } = await aBuyer();
    await app.db.person.delete({ where: { id: student.actor.id } });
    expect(await recordSnapshot(app, snapshotOf(app, order))).toBe('held');
    expect(await booksOf(order)).toMatchObject({
      ...nothing,
      attempts: [{ heldReason: 'person-gone' }],
      ledger: given.ledger,
      issues: ['held'],
    });
  });

  test('case 32: a price that changed meanwhile changes nothing', async () => {
    const own = await aPaidCourse(app);
    const student = await aStudent(app);
    const order = await anOrder(app, student, own);
    await app.db.course.update({ where: { id: own.id }, data: { priceMinor: 299_000 } });
    await recordSnapshot(app, snapshotOf(app, order));
    expect(await booksOf(order)).toMatchObject({ ...given, issues: [] });
  });

  test('for a course that was deleted meanwhile it waits for a person', async () => {
    const gone = await aPaidCourse(app);
    const student = await aStudent(app);
    const order = await anOrder(app, student, gone);
    await app.db.course.update({ where: { id: gone.id }, data: { deletedAt: school.clock.now() } });
    await paid(app, order);
    expect(await booksOf(order)).toMatchObject({
      ...nothing,
      ledger: [{ kind: 'payment', amountMinor: 199_000 }],
      attempts: [{ state: 'captured', heldReason: 'course-gone' }],
      issues: ['held'],
    });
  });

  test('case 36: a payment of one order that is said to be another’s', async () => {
    const [one, other] = [await aBuyer(), await aBuyer()];
    await recordSnapshot(app, snapshotOf(app, one.order));
    const replayed = snapshotOf(app, other.order, { providerPaymentId: one.order.providerPaymentId });
    expect(await recordSnapshot(app, replayed)).toBe('unknown-payment');
    expect(await booksOf(other.order)).toMatchObject({ ...nothing, state: 'open', attempts: [{ state: 'opened', heldReason: null }] });
    expect(await booksOf(one.order)).toMatchObject(given);
  });

  test('case 37: an order gives the course it is for, whatever it is shown to', async () => {
    const dear = await aPaidCourse(app, { priceMinor: 9_900_000 });
    const { student, order } = await aBuyer();
    await paid(app, order);
    expect((await getCourse(app, student.actor, course.slug)).mine).toMatchObject({ allowed: true });
    expect((await getCourse(app, student.actor, dear.slug)).mine).toMatchObject({ allowed: false });
  });

  test.each([
    ['that names no attempt', null],
    ['of another shop', 'order-17'],
    ['of an attempt there never was', randomUUID()],
  ])('a payment %s is unknown, and calls a person once where it took money', async (_, attemptId) => {
    const { order } = await aBuyer();
    const providerPaymentId = `foreign-${randomUUID()}`;
    const foreign = snapshotOf(app, order, { attemptId, providerPaymentId });
    const issues = () => app.db.paymentIssue.findMany({ where: { providerPaymentId }, select: { kind: true } });
    expect(await recordSnapshot(app, { ...foreign, state: 'failed' })).toBe('unknown-payment');
    expect(await issues()).toEqual([]);
    expect(await recordSnapshot(app, foreign)).toBe('unknown-payment');
    expect(await recordSnapshot(app, foreign)).toBe('unknown-payment');
    expect(await issues()).toEqual([{ kind: 'unknown-payment' }]);
  });

  test('an attempt of another provider is none of this one’s', async () => {
    const { order } = await aBuyer();
    const foreign = { ...snapshotOf(app, order), provider: 'cloudpayments' as const };
    expect(await recordSnapshot(app, foreign)).toBe('unknown-payment');
    expect(await booksOf(order)).toMatchObject({ ...nothing, state: 'open' });
  });
});

describe('any order', () => {
  const walks: PaymentState[][] = [
    ['opened', 'authorized', 'captured'],
    ['opened', 'failed', 'authorized', 'captured'],
    ['opened', 'expired', 'captured'],
    ['authorized', 'voided'],
    ['opened', 'failed'],
    ['opened', 'expired'],
    ['failed', 'authorized', 'captured', 'refunded'],
  ];
  test.each(walks.map((walk) => [walk.join(' → '), walk] as const))(
    '%s: told in any order, once or twice, the end is the same',
    async (_, walk) => {
      const back = { refundedMinor: 199_000, refunds: [{ providerRefundId: randomUUID(), amountMinor: 199_000, at: null }] };
      const ends = new Set<string>();
      for (const told of someOrders([...walk, ...walk.slice(-1)], 3)) {
        const { order } = await aBuyer();
        for (const state of told) {
          const over = { state, ...(state === 'refunded' ? back : {}), ...(state === 'failed' ? { decline } : {}) };
          await recordSnapshot(app, snapshotOf(app, order, over));
        }
        const { attempts, issues: _issues, ...books } = await booksOf(order);
        ends.add(JSON.stringify({ ...books, attempts: attempts.map(({ nextCheckAt: _next, ...attempt }) => attempt) }));
      }
      expect([...ends]).toHaveLength(1);
    },
  );

  /** In order, backwards, and others of a seeded shuffle. */
  function someOrders<T>(items: T[], count: number): T[][] {
    let seed = 7;
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed / 2_147_483_648;
    };
    const shuffled = () =>
      items
        .map((item) => ({ item, at: random() }))
        .sort((a, b) => a.at - b.at)
        .map(({ item }) => item);
    return [items, [...items].reverse(), ...Array.from({ length: count }, shuffled)];
  }
});

describe('a card that is kept', () => {
  const cardOf = ({ attemptId }: MadeOrder) =>
    app.db.paymentAttempt.findUniqueOrThrow({ where: { id: attemptId }, select: { methodId: true } });

  test('comes with held money, and pays the months after the first', async () => {
    const { student, order } = await aBuyer({ plan: 'month' });
    await recordSnapshot(app, snapshotOf(app, order, { state: 'authorized', method: aCard() }));
    await recordSnapshot(app, snapshotOf(app, order));
    const { methodId } = await cardOf(order);
    expect(methodId).not.toBeNull();
    expect(await app.db.subscription.findMany({ where: { personId: student.actor.id } })).toMatchObject([
      { state: 'active', methodId, periods: 1 },
    ]);
  });

  test('comes by a later message than the money', async () => {
    const { student, order } = await aBuyer({ plan: 'month' });
    await recordSnapshot(app, snapshotOf(app, order));
    expect(await recordSnapshot(app, snapshotOf(app, order, { state: 'authorized', method: aCard() }))).toBe('applied');
    const { methodId } = await cardOf(order);
    expect(methodId).not.toBeNull();
    expect(await app.db.subscription.findMany({ where: { personId: student.actor.id } })).toMatchObject([{ state: 'active', methodId }]);
  });

  test('is not kept where the provider says that somebody else has paid', async () => {
    const { student, order } = await aBuyer({ plan: 'month' });
    await recordSnapshot(app, snapshotOf(app, order, { state: 'authorized', method: aCard(), customerId: randomUUID() }));
    expect(await recordSnapshot(app, snapshotOf(app, order, { method: aCard(), customerId: randomUUID() }))).toBe('held');
    expect(await app.db.paymentMethod.count({ where: { personId: student.actor.id } })).toBe(0);
    expect(await cardOf(order)).toEqual({ methodId: null });
  });

  test('is not kept where a course is bought for good', async () => {
    const { student, order } = await aBuyer();
    await recordSnapshot(app, snapshotOf(app, order, { method: aCard() }));
    expect(await app.db.paymentMethod.count({ where: { personId: student.actor.id } })).toBe(0);
  });

  test('a month gives the course to its end and the grace behind it', async () => {
    const { order } = await aBuyer({ plan: 'month' });
    await paid(app, order, { method: aCard() });
    const { enrolled, entitlement } = await booksOf(order);
    expect(entitlement?.untilAt?.toISOString()).toBe('2026-12-24T12:00:00.000Z');
    expect(enrolled).toEqual({ how: 'paid', endsAt: new Date('2026-12-28T12:00:00Z') });
  });

  test('the page of a first month that was given up, paid after another one: it goes back', async () => {
    const { student, order } = await aBuyer({ plan: 'month' });
    await cancelOrder(app, student.actor, order.id);
    const next = await anOrder(app, student, course, { plan: 'month', provider: 'cloudpayments' });
    await paid(app, next, { method: aCard() });
    await recordSnapshot(app, snapshotOf(app, order, { method: aCard() }));
    expect(await booksOf(order)).toMatchObject({ state: 'closed', issues: ['double'], attempts: [{ refunds: [{ cause: 'double' }] }] });
    expect(await app.db.subscription.findMany({ where: { personId: student.actor.id } })).toMatchObject([{ state: 'active', periods: 1 }]);
  });
});

describe('asking the provider', () => {
  test('case 41: a page that nobody paid has expired an hour after its end', async () => {
    const { order } = await aBuyer({ provider: 'cloudpayments' });
    for (let asked = 0; asked < 12; asked += 1) {
      school.clock.forward(15 * 60_000);
      await lookAtOpen(app);
    }
    expect(await booksOf(order)).toMatchObject({ ...nothing, attempts: [{ state: 'expired', nextCheckAt: null }] });
    // And money that comes after all is money.
    await recordSnapshot(app, snapshotOf(app, order));
    expect(await booksOf(order)).toMatchObject({ ...given, issues: ['late'] });
  });

  test('a card was declined on a page: when its time is over nothing waits for it any more', async () => {
    const { order } = await aBuyer({ provider: 'cloudpayments' });
    await recordSnapshot(app, snapshotOf(app, order, { state: 'failed', decline }));
    for (let asked = 0; asked < 12; asked += 1) {
      school.clock.forward(15 * 60_000);
      await lookAtOpen(app);
    }
    const attempt = await app.db.paymentAttempt.findUniqueOrThrow({ where: { id: order.attemptId } });
    expect(attempt).toMatchObject({ state: 'failed', payUrl: null, nextCheckAt: null });
  });

  test('one attempt is asked about by its id', async () => {
    const { order } = await aBuyer();
    expect(await askProvider(app, order.attemptId)).toBe('nothing-new');
    school.bank.tbank.known.set(order.attemptId, snapshotOf(app, order));
    expect(await askProvider(app, order.attemptId)).toBe('applied');
    expect(await askProvider(app, randomUUID())).toBe('unknown-payment');
  });
});
