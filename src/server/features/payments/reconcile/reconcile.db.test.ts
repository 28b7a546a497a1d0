/** Our books beside those of the banks: one file, because its cases share one school and the books of its played banks. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { IssueKind, ProviderId } from '#shared/payments.ts';
import type { App } from '../../../platform/app.ts';
import { type BookedOperation, type PaymentSnapshot, ProviderError } from '../../../platform/payments.ts';
import type { MadeCourse } from '../../../testing/course.ts';
import { anOrder, aPaidCourse, aPayingSchool, type MadeOrder, type PayingSchool, paid, snapshotOf } from '../../../testing/payments.ts';
import { aModerator, aStudent, type Student } from '../../../testing/world.ts';
import { listIssues } from '../issues/queries.ts';
import { lookAtDay, lookAtOpen, lookAtWeek, runCheck } from './actions.ts';
import { alone } from './looks/lock.ts';
import { listChecks } from './queries.ts';

let school: PayingSchool;
let app: App;
let moderator: Student;
let course: MadeCourse;
beforeAll(async () => {
  school = await aPayingSchool({ env: { PAYMENTS_TAXATION: 'usn_income', PAYMENTS_VAT: 'none' } });
  app = school.app;
  moderator = await aModerator(app);
  course = await aPaidCourse(app);
});
afterAll(() => school.close());

const minute = 60_000;
const hour = 60 * minute;

/** Each test has a week of its own. */
beforeEach(async () => {
  school.clock.forward(15 * 24 * hour);
  await app.db.paymentIssue.deleteMany({});
  await app.db.paymentAttempt.updateMany({ where: { nextCheckAt: { not: null } }, data: { nextCheckAt: null } });
  for (const provider of Object.values(school.bank)) {
    provider.books = [];
    provider.calls = [];
  }
});

async function ordered(provider: ProviderId): Promise<MadeOrder> {
  return anOrder(app, await aStudent(app), course, { provider });
}

async function bought(provider: ProviderId): Promise<MadeOrder> {
  const order = await ordered(provider);
  await paid(app, order);
  return order;
}

/** What the bank says when it is asked. */
const says = (order: MadeOrder, over: Partial<PaymentSnapshot> = {}) =>
  void school.bank[order.provider].known.set(order.attemptId, snapshotOf(app, order, over));

function lineOf(order: MadeOrder, over: Partial<BookedOperation> = {}): BookedOperation {
  const { providerPaymentId, attemptId, amountMinor, currency } = order;
  const at = app.clock.now();
  return {
    kind: 'payment',
    providerPaymentId,
    ofPaymentId: null,
    attemptId,
    state: 'captured',
    amountMinor,
    currency,
    at,
    hasReceipt: null,
    ...over,
  };
}
const inBooks = (...lines: BookedOperation[]) => void school.bank.cloudpayments.books.push(...lines);

const issues = async (open = true) => (await listIssues(app, { open })).items;
const found = async (open = true) => (await issues(open)).map(({ kind }) => kind).toSorted();
const enrolled = async ({ personId }: MadeOrder) =>
  (await app.db.enrolment.count({ where: { personId, courseId: course.id, how: 'paid' } })) === 1;
const alerts = () => app.db.notice.count({ where: { kind: 'alert' } });

describe('case 50: every class is found, once, in what is seeded', () => {
  /** What goes wrong, and whether the server mends it by itself. */
  const classes: [IssueKind, ProviderId, 'mended' | 'open', () => Promise<MadeOrder | null>][] = [
    [
      'paid-not-granted',
      'cloudpayments',
      'mended',
      async () => {
        const order = await ordered('cloudpayments');
        says(order);
        inBooks(lineOf(order));
        return order;
      },
    ],
    [
      'paid-not-granted',
      'tbank',
      'mended',
      async () => {
        const order = await ordered('tbank');
        says(order);
        return order;
      },
    ],
    [
      'granted-not-paid',
      'cloudpayments',
      'open',
      async () => {
        const order = await bought('cloudpayments');
        school.bank.cloudpayments.known.delete(order.attemptId);
        return order;
      },
    ],
    [
      'granted-not-paid',
      'tbank',
      'open',
      async () => {
        const order = await bought('tbank');
        says(order, { state: 'failed' });
        return order;
      },
    ],
    [
      'amount-differs',
      'cloudpayments',
      'open',
      async () => {
        const order = await bought('cloudpayments');
        inBooks(lineOf(order, { amountMinor: order.amountMinor - 100 }));
        return order;
      },
    ],
    [
      'amount-differs',
      'tbank',
      'open',
      async () => {
        const order = await bought('tbank');
        says(order, { amountMinor: order.amountMinor - 100 });
        return order;
      },
    ],
    [
      'unknown-payment',
      'cloudpayments',
      'open',
      async () => {
        inBooks(
          lineOf({ ...(await ordered('cloudpayments')), attemptId: '00000000-0000-4000-8000-000000000001', providerPaymentId: '990011' }),
        );
        return null;
      },
    ],
    [
      'refund-differs',
      'cloudpayments',
      'open',
      async () => {
        const order = await bought('cloudpayments');
        inBooks(
          lineOf(order),
          lineOf(order, { kind: 'refund', providerPaymentId: '7700', ofPaymentId: order.providerPaymentId, amountMinor: 5000 }),
        );
        return order;
      },
    ],
    [
      'refund-differs',
      'tbank',
      'open',
      async () => {
        const order = await bought('tbank');
        says(order, { state: 'partly_refunded', refundedMinor: null });
        return order;
      },
    ],
    [
      'receipt-missing',
      'cloudpayments',
      'open',
      async () => {
        const order = await bought('cloudpayments');
        inBooks(lineOf(order, { hasReceipt: false }));
        return order;
      },
    ],
    [
      'receipt-missing',
      'tbank',
      'open',
      async () => {
        await app.db.paymentEvent.create({
          data: {
            provider: 'tbank',
            dedupeKey: 'RECEIPT:of another',
            kind: 'RECEIPT',
            body: Buffer.alloc(0),
            contentType: '',
            ip: '',
            receivedAt: app.clock.now(),
          },
        });
        return bought('tbank');
      },
    ],
  ];

  test.each(classes)('%s at %s', async (kind, provider, how, seed) => {
    const order = await seed();
    school.clock.forward(25 * hour);
    const before = await alerts();
    await lookAtWeek(app);
    expect(await found(how === 'open')).toEqual([kind]);
    const [issue] = await issues(how === 'open');
    expect(issue).toMatchObject({ provider, attemptId: order?.attemptId ?? null, resolvedBy: null });
    expect((await alerts()) - before).toBe(how === 'open' ? 1 : 0);
    if (order) expect(await enrolled(order)).toBe(true);
    const look = (await listChecks(app)).find((one) => one.kind === 'week' && one.provider === provider);
    expect(look).toMatchObject({ found: 1, error: null });
    // Found again it is the same one, and nobody is called again.
    await lookAtWeek(app);
    expect(await found(true)).toEqual(how === 'open' ? [kind] : []);
    expect(await found(false)).toEqual(how === 'open' ? [] : [kind]);
    expect((await alerts()) - before).toBe(how === 'open' ? 1 : 0);
  });

  test('where both books agree nothing is found', async () => {
    const orders = [await bought('cloudpayments'), await bought('tbank')];
    inBooks(...orders.filter(({ provider }) => provider === 'cloudpayments').map((order) => lineOf(order)));
    school.clock.forward(2 * hour);
    await lookAtDay(app);
    await lookAtWeek(app);
    expect([await found(true), await found(false)]).toEqual([[], []]);
  });

  test('all at once in one hourly look', async () => {
    const [late, less, undone] = [await ordered('cloudpayments'), await bought('cloudpayments'), await bought('cloudpayments')];
    says(late);
    says(undone, { state: 'failed' });
    inBooks(lineOf(late), lineOf(less, { amountMinor: 100, hasReceipt: null }), lineOf(undone, { state: 'failed' }));
    inBooks(lineOf(less, { providerPaymentId: '123', attemptId: null }));
    school.clock.forward(hour);
    await lookAtDay(app);
    expect(await found(true)).toEqual(['amount-differs', 'granted-not-paid', 'unknown-payment']);
    expect(await found(false)).toEqual(['paid-not-granted']);
  });
});

test('what happened within the last minutes is left to the messages that are on their way', async () => {
  const order = await ordered('cloudpayments');
  says(order);
  inBooks(lineOf(order));
  school.clock.forward(9 * minute);
  await lookAtDay(app);
  expect(await enrolled(order)).toBe(false);
  expect(await found(false)).toEqual([]);
  school.clock.forward(2 * minute);
  await lookAtDay(app);
  expect(await enrolled(order)).toBe(true);
});

test('what had come right by itself and is found again calls a person again; what a person has resolved does not', async () => {
  const order = await bought('tbank');
  school.clock.forward(hour);
  says(order, { state: 'failed' });
  await lookAtWeek(app);
  says(order);
  await lookAtWeek(app);
  expect(await found(true)).toEqual([]);
  school.clock.forward(hour);
  says(order, { state: 'failed' });
  const before = await alerts();
  await lookAtWeek(app);
  expect(await found(true)).toEqual(['granted-not-paid']);
  expect((await alerts()) - before).toBe(1);
  await app.db.paymentIssue.updateMany({ data: { resolvedAt: app.clock.now(), resolvedById: moderator.actor.id, note: 'Видел' } });
  await lookAtWeek(app);
  expect([await found(true), (await alerts()) - before]).toEqual([[], 1]);
});

test('a refund made in the cabinet is taken over, and one that we made and the bank does not know is told of', async () => {
  const [theirs, ours] = [await bought('cloudpayments'), await bought('cloudpayments')];
  const refund = { providerRefundId: '4001', amountMinor: 1000, at: app.clock.now() };
  says(theirs, { state: 'partly_refunded', refundedMinor: 1000, refunds: [refund] });
  await paid(app, ours, {
    state: 'partly_refunded',
    refundedMinor: 700,
    refunds: [{ ...refund, providerRefundId: '4002', amountMinor: 700 }],
  });
  says(ours);
  inBooks(
    lineOf(theirs),
    lineOf(ours),
    lineOf(theirs, { kind: 'refund', providerPaymentId: '4001', ofPaymentId: theirs.providerPaymentId, amountMinor: 1000 }),
  );
  school.clock.forward(hour);
  await lookAtDay(app);
  expect(await app.db.paymentAttempt.findUnique({ where: { id: theirs.attemptId } })).toMatchObject({
    refundedMinor: 1000,
    state: 'partly_refunded',
  });
  expect((await issues()).map(({ kind, attemptId, expectedMinor, foundMinor }) => [kind, attemptId, expectedMinor, foundMinor])).toEqual([
    ['refund-differs', ours.attemptId, 700, 0],
  ]);
});

test('a claim of the payer’s bank goes into the ledger once, ends no access, and calls a person', async () => {
  const order = await bought('cloudpayments');
  const claim = lineOf(order, { kind: 'chargeback', providerPaymentId: 'cb-1', ofPaymentId: order.providerPaymentId, attemptId: null });
  inBooks(lineOf(order), claim);
  school.clock.forward(hour);
  await lookAtDay(app);
  await lookAtDay(app);
  expect(await found()).toEqual(['chargeback']);
  const ledger = await app.db.ledgerEntry.findMany({ where: { attemptId: order.attemptId }, orderBy: { id: 'asc' } });
  expect(ledger.map(({ kind, amountMinor }) => [kind, amountMinor])).toEqual([
    ['payment', order.amountMinor],
    ['chargeback', -order.amountMinor],
  ]);
  expect(await enrolled(order)).toBe(true);
  // It is no refund of the provider's, so it is none that is missing there.
  await lookAtWeek(app);
  expect(await found()).toEqual(['chargeback']);
});

test('a claim for more than is left is told of and not written down', async () => {
  const order = await bought('cloudpayments');
  inBooks(lineOf(order));
  inBooks(
    lineOf(order, {
      kind: 'chargeback',
      providerPaymentId: 'cb-2',
      ofPaymentId: order.providerPaymentId,
      amountMinor: order.amountMinor + 1,
    }),
  );
  school.clock.forward(hour);
  await lookAtDay(app);
  expect(await issues()).toMatchObject([{ kind: 'chargeback', expectedMinor: order.amountMinor, foundMinor: order.amountMinor + 1 }]);
  expect(await app.db.ledgerEntry.count({ where: { attemptId: order.attemptId } })).toBe(1);
});

describe('our own tables', () => {
  test('a right, or an enrolment, that was bought and is missing is given', async () => {
    const [right, row] = [await bought('tbank'), await bought('tbank')];
    await app.db.entitlement.deleteMany({ where: { orderId: right.id } });
    await app.db.enrolment.deleteMany({ where: { personId: { in: [right.personId, row.personId] } } });
    await lookAtWeek(app);
    expect([await enrolled(right), await enrolled(row)]).toEqual([true, true]);
    expect(await found(false)).toEqual(['paid-not-granted', 'paid-not-granted']);
    expect(await found(true)).toEqual([]);
  });

  test('a right without money, an enrolment without a right, a ledger that says something else', async () => {
    const [unpaid, torn] = [await ordered('tbank'), await bought('tbank')];
    const { personId } = unpaid;
    await app.db.entitlement.create({ data: { orderId: unpaid.id, personId, courseId: course.id, fromAt: app.clock.now() } });
    const stray = await aStudent(app);
    await app.db.enrolment.create({ data: { personId: stray.actor.id, courseId: course.id, how: 'paid', enrolledAt: app.clock.now() } });
    await app.db.enrolment.create({ data: { personId, courseId: course.id, how: 'paid', enrolledAt: app.clock.now() } });
    await app.db.paymentAttempt.update({ where: { id: torn.attemptId }, data: { capturedMinor: torn.amountMinor + 5 } });
    await lookAtWeek(app);
    expect(await found()).toEqual(['amount-differs', 'granted-not-paid', 'granted-not-paid']);
    expect((await issues()).map(({ detail }) => detail).toSorted()).toEqual(['enrolment', 'ledger', null]);
    await app.db.enrolment.deleteMany({ where: { personId: stray.actor.id } });
    await app.db.entitlement.deleteMany({ where: { orderId: unpaid.id } });
    await app.db.enrolment.deleteMany({ where: { personId } });
    await app.db.paymentAttempt.update({ where: { id: torn.attemptId }, data: { capturedMinor: torn.amountMinor } });
  });
});

describe('what is under way', () => {
  test('is asked about when its time has come, and paid without any message', async () => {
    const order = await ordered('tbank');
    await lookAtOpen(app);
    expect(school.bank.tbank.calls.filter(({ call }) => call === 'find')).toHaveLength(0);
    school.clock.forward(4 * minute);
    says(order);
    await lookAtOpen(app);
    expect(await enrolled(order)).toBe(true);
    expect(await found(false)).toEqual([]);
  });

  test('one that the bank says nothing about keeps no other waiting', async () => {
    const [mute, other] = [await ordered('tbank'), await ordered('tbank')];
    school.clock.forward(4 * minute);
    says(other);
    const { tbank } = school.bank;
    const find = tbank.find;
    tbank.find = async (of) => {
      if (of.attemptId === mute.attemptId) throw new ProviderError('unknown', 'T-Bank: no answer in time');
      return find(of);
    };
    await lookAtOpen(app);
    expect(await enrolled(other)).toBe(true);
    expect((await listChecks(app)).find(({ kind, provider }) => kind === 'open' && provider === 'tbank')).toMatchObject({
      seen: 2,
      error: 'T-Bank: no answer in time',
    });
    const asked = await app.db.paymentAttempt.findUniqueOrThrow({ where: { id: mute.attemptId } });
    expect(asked.nextCheckAt?.getTime()).toBeGreaterThan(app.clock.now().getTime());
    tbank.find = find;
  });

  test('refused keys call a person at once, silence after an hour; both are settled when the bank answers again', async () => {
    const { tbank } = school.bank;
    tbank.next.ping = ['keys'];
    await lookAtDay(app);
    expect(await issues()).toMatchObject([{ kind: 'provider-trouble', provider: 'tbank', detail: 'keys' }]);
    await lookAtDay(app);
    expect(await found()).toEqual([]);
    for (const expected of [[], [], ['provider-trouble']]) {
      school.clock.forward(40 * minute);
      tbank.next.ping = ['unreachable'];
      await lookAtDay(app);
      expect(await found()).toEqual(expected);
    }
    school.clock.forward(hour);
    await lookAtDay(app);
    expect(await found()).toEqual([]);
  });

  test('a charge and a refund of which nobody knows for an hour', async () => {
    const [charge, refund] = [await ordered('tbank'), await bought('tbank')];
    const at = app.clock.now();
    await app.db.paymentAttempt.update({ where: { id: charge.attemptId }, data: { kind: 'saved', sentAt: at, nextCheckAt: at } });
    const { id } = await app.db.paymentRefund.create({
      data: {
        attemptId: refund.attemptId,
        amountMinor: 100,
        cause: 'moderator',
        reason: 'Уход',
        state: 'sent',
        createdAt: at,
        sentAt: at,
        nextTryAt: at,
      },
    });
    await lookAtOpen(app);
    expect(await found()).toEqual([]);
    school.clock.forward(hour + minute);
    await lookAtOpen(app);
    expect((await issues()).map(({ kind, detail }) => [kind, detail]).toSorted()).toEqual([
      ['unknown-outcome', 'charge'],
      ['unknown-outcome', 'refund'],
    ]);
    await app.db.paymentRefund.update({ where: { id }, data: { state: 'failed', nextTryAt: null } });
    await app.db.paymentAttempt.update({ where: { id: charge.attemptId }, data: { nextCheckAt: null } });
    await lookAtOpen(app);
    expect(await found()).toEqual([]);
  });
});

describe('case 51: two workers', () => {
  test('one looks, the other leaves it to the first', async () => {
    const order = await bought('cloudpayments');
    inBooks(lineOf(order));
    const { cloudpayments } = school.bank;
    const list = cloudpayments.list;
    let lists = 0;
    let goOn = () => {};
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const begun = new Promise<void>((resolve) => {
      cloudpayments.list = async function* (from, to) {
        lists += 1;
        resolve();
        await held;
        yield* list(from, to);
      };
    });
    const first = lookAtDay(app);
    await begun;
    await lookAtDay(app);
    await runCheck(app, moderator.actor, 'day');
    expect(lists).toBe(1);
    goOn();
    await first;
    cloudpayments.list = list;
    const rows = await app.pool.query(`SELECT 1 FROM pgboss.job WHERE name = 'payments.look-day' AND state = 'created'`);
    expect(rows.rowCount).toBe(0);
    await runCheck(app, moderator.actor, 'day');
    expect((await app.pool.query(`SELECT 1 FROM pgboss.job WHERE name = 'payments.look-day' AND state = 'created'`)).rowCount).toBe(1);
  });

  test('the lock goes with its connection, and what a killed worker left open is closed by the next', async () => {
    await app.db.paymentCheck.create({ data: { kind: 'week', provider: 'tbank', startedAt: app.clock.now() } });
    const inner: boolean[] = [];
    const outer = await alone(app, 'a look', async () => {
      inner.push(await alone(app, 'a look', async () => {}), await alone(app, 'another', async () => {}));
      await app.pool.query(
        `SELECT pg_terminate_backend(l.pid) FROM pg_locks l WHERE l.locktype = 'advisory' AND l.granted
          AND (l.classid::int8 << 32) | l.objid::int8 = hashtextextended('a look', 7316500007)`,
      );
    });
    expect([outer, ...inner]).toEqual([true, false, true]);
    // The database takes a moment to bury a connection.
    await expect.poll(() => alone(app, 'a look', async () => {}), { interval: 10 }).toBe(true);
    await lookAtWeek(app);
    expect(await app.db.paymentCheck.count({ where: { finishedAt: null } })).toBe(0);
    expect(await app.db.paymentCheck.count({ where: { error: 'interrupted' } })).toBe(1);
  });
});
