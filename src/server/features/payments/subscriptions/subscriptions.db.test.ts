/** Months, charges and declines of subscriptions: one file, because its cases share one school, its clock and its played banks. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  aCard,
  anOrder,
  aPaidCourse,
  aPayingSchool,
  type PayingSchool,
  paid,
  runJobs,
  snapshotOf,
  theOrder,
} from '../../../testing/payments.ts';
import {
  aMinute,
  aSubscription,
  chargeCalls,
  chargesOf,
  dayMs,
  endAll,
  theMonthEnds,
  theSubscription,
} from '../../../testing/subscriptions.ts';
import { aModerator, aStudent } from '../../../testing/world.ts';
import { grantCourse } from '../../people/students/actions.ts';
import { endEntitlement, followEntitlements, holdRights } from '../entitlements/steps.ts';
import { cancelOrder } from '../orders/actions.ts';
import { askProvider, recordSnapshot } from '../record/actions.ts';
import { cancelSubscription, endSubscription, payPeriod, resumeSubscription } from './actions.ts';
import { getMyPayments } from './queries.ts';
import { beginSubscription, endSubscriptionsOf } from './steps.ts';

let school: PayingSchool;
beforeAll(async () => {
  school = await aPayingSchool();
});
afterEach(() => endAll(school));
afterAll(() => school.close());

const noticesOf = async (personId: string) => {
  const rows = await school.app.db.delivery.findMany({
    where: { personId, channel: 'site', notice: { kind: 'payment' } },
    orderBy: { notice: { createdAt: 'asc' } },
    select: { notice: { select: { data: true } } },
  });
  return rows.map(({ notice }) => {
    const data = notice.data as { subscription?: { event: string }; order?: { event: string }; refund?: object };
    return data.subscription?.event ?? data.order?.event ?? 'refunded';
  });
};
const enrolmentOf = (made: { student: { actor: { id: string } }; course: { id: string } }) =>
  school.app.db.enrolment.findUnique({ where: { personId_courseId: { personId: made.student.actor.id, courseId: made.course.id } } });
const later = (at: Date, ms: number) => new Date(at.getTime() + ms);

describe('a subscription', () => {
  test('begins with the first month, and is charged when it ends, after it was announced', async () => {
    const made = await aSubscription(school);
    const { app, clock } = school;
    const began = clock.now();
    expect(await theSubscription(app, made.id)).toMatchObject({
      state: 'active',
      anchorAt: began,
      periods: 1,
      amountMinor: 29_000,
      nextChargeAt: made.paidUntil,
    });
    // The days of grace are in the enrolment, so that a card declined once closes nothing.
    expect((await enrolmentOf(made))?.endsAt).toEqual(later(made.paidUntil, 4 * dayMs));

    clock.set(later(made.paidUntil, -3 * dayMs - 1));
    await aMinute(app);
    expect(await noticesOf(made.student.actor.id)).toEqual(['paid']);
    clock.forward(1);
    await aMinute(app);
    await aMinute(app);
    expect(await noticesOf(made.student.actor.id)).toEqual(['paid', 'charge-soon']);
    clock.set(later(made.paidUntil, -1));
    await aMinute(app);
    expect(await chargeCalls(school, made)).toBe(0);

    clock.set(made.paidUntil);
    await aMinute(app);
    await aMinute(app);
    expect(await chargeCalls(school, made)).toBe(1);
    const [charge] = await chargesOf(app, made.id);
    expect(charge).toMatchObject({ state: 'captured', capturedMinor: 29_000, sentAt: null, nextCheckAt: null });
    const renewed = await theSubscription(app, made.id);
    expect(renewed).toMatchObject({ state: 'active', periods: 2, tries: 0 });
    expect(renewed.paidUntil).toEqual(renewed.nextChargeAt);
    expect((await enrolmentOf(made))?.endsAt).toEqual(later(renewed.paidUntil ?? began, 4 * dayMs));
    expect(await noticesOf(made.student.actor.id)).toEqual(['paid', 'charge-soon', 'paid']);
    // The provider is told who pays, and no more than it needs.
    const asked = made.bank.calls.findLast(({ call }) => call === 'chargeSaved')?.with;
    expect(asked).toMatchObject({ customerId: made.student.actor.id, email: made.student.email, amountMinor: 29_000 });
  });

  test('keeps its price, whatever the course costs others by now, and whatever the first month cost', async () => {
    const made = await aSubscription(school);
    await school.app.db.course.update({ where: { id: made.course.id }, data: { monthlyMinor: 99_000 } });
    await theMonthEnds(school, made);
    expect((await chargesOf(school.app, made.id)).map(({ amountMinor }) => amountMinor)).toEqual([29_000]);
  });

  test('is not seen before its first payment, and a second try is the same one', async () => {
    const { app } = school;
    const student = await aStudent(app);
    const course = await aPaidCourse(app);
    await anOrder(app, student, course, { plan: 'month' });
    expect((await getMyPayments(app, student.actor)).subscriptions).toEqual([]);
    const of = { personId: student.actor.id, courseId: course.id, amountMinor: 31_000, currency: 'RUB' };
    const again = await Promise.all(
      (['tbank', 'cloudpayments'] as const).map((provider) => app.db.$transaction((tx) => beginSubscription(app, tx, { ...of, provider }))),
    );
    expect(new Set(again.map(({ subscriptionId }) => subscriptionId)).size).toBe(1);
    await expect(cancelSubscription(app, student.actor, again[0]?.subscriptionId ?? '')).rejects.toMatchObject({
      code: 'PAYMENTS_NOT_FOUND',
    });
  });

  test('that begins at this moment by a page given up before is not begun anew, and keeps what it goes on by', async () => {
    const { app } = school;
    const [student, course] = [await aStudent(app), await aPaidCourse(app)];
    const order = await anOrder(app, student, course, { plan: 'month' });
    await cancelOrder(app, student.actor, order.id);
    const where = { personId: student.actor.id, courseId: course.id };
    let again: Promise<unknown> = Promise.resolve();
    // The payment stands still before its last line.
    await app.db.$transaction(async (tx) => {
      await holdRights(tx, where.personId, where.courseId);
      const pays = paid(app, order, { method: aCard() });
      await sleep(300);
      const other = anOrder(app, student, course, { plan: 'month', provider: 'cloudpayments' });
      again = Promise.all([pays, expect(other).rejects.toMatchObject({ code: 'PAYMENTS_OWNED' })]);
      await sleep(300);
    });
    await again;
    expect(await app.db.subscription.findMany({ where })).toMatchObject([{ state: 'active', provider: 'tbank' }]);
  });

  test('is shown to its student alone', async () => {
    const made = await aSubscription(school);
    const stranger = await aStudent(school.app);
    const { subscriptions, methods } = await getMyPayments(school.app, made.student.actor);
    expect(subscriptions).toEqual([
      {
        id: made.id,
        courseSlug: made.course.slug,
        title: expect.any(String),
        amountMinor: 29_000,
        currency: 'RUB',
        state: 'active',
        mask: '•• 4242',
        paidUntil: made.paidUntil.toISOString(),
        nextChargeAt: made.paidUntil.toISOString(),
        cancelledAt: null,
        openUntil: null,
        charging: false,
      },
    ]);
    expect(methods).toEqual([{ id: expect.any(String), provider: 'tbank', mask: '•• 4242', expires: '12/30', inUse: true }]);
    expect(await getMyPayments(school.app, stranger.actor)).toEqual({ subscriptions: [], methods: [] });
    for (const act of [cancelSubscription, resumeSubscription])
      await expect(act(school.app, stranger.actor, made.id)).rejects.toMatchObject({ code: 'PAYMENTS_NOT_FOUND' });
  });

  test('without a card is over when none can come any more, and the month stays', async () => {
    const made = await aSubscription(school, { card: null });
    const { app, clock } = school;
    const [shown] = (await getMyPayments(app, made.student.actor)).subscriptions;
    expect(shown).toMatchObject({ state: 'active', mask: null, nextChargeAt: null });
    clock.forward(3_600_000);
    await aMinute(app);
    expect(await theSubscription(app, made.id)).toMatchObject({ state: 'ended', endReason: 'no-card', nextChargeAt: null });
    expect(await noticesOf(made.student.actor.id)).toEqual(['paid', 'ended']);
    expect((await enrolmentOf(made))?.endsAt).toEqual(made.paidUntil);
  });

  test('gets the card that comes by a later message than the money', async () => {
    const made = await aSubscription(school, { card: null });
    await recordSnapshot(school.app, snapshotOf(school.app, made.order, { method: aCard() }));
    school.clock.forward(2 * 3_600_000);
    await aMinute(school.app);
    expect(await theSubscription(school.app, made.id)).toMatchObject({ state: 'active', nextChargeAt: made.paidUntil });
    await theMonthEnds(school, made);
    expect((await theSubscription(school.app, made.id)).periods).toBe(2);
  });

  test('that could not be announced in time is announced first, and charged a day later', async () => {
    const made = await aSubscription(school);
    school.clock.set(later(made.paidUntil, 3_600_000));
    await aMinute(school.app);
    expect(await chargesOf(school.app, made.id)).toEqual([]);
    expect(await noticesOf(made.student.actor.id)).toEqual(['paid', 'charge-soon']);
    school.clock.forward(dayMs);
    await aMinute(school.app);
    const renewed = await theSubscription(school.app, made.id);
    // The course was open meanwhile: the month is the one that follows.
    expect(renewed).toMatchObject({ periods: 2, state: 'active' });
    expect((renewed.paidUntil?.getTime() ?? 0) - made.paidUntil.getTime()).toBeLessThan(32 * dayMs);
  });
});

describe('cancelling', () => {
  test('is one click, leaves the course to the end of what is paid, and can be taken back until then', async () => {
    const made = await aSubscription(school);
    const { app, clock } = school;
    const cancelled = await cancelSubscription(app, made.student.actor, made.id);
    expect(cancelled).toMatchObject({ state: 'active', cancelledAt: clock.now().toISOString(), nextChargeAt: null });
    expect((await enrolmentOf(made))?.endsAt).toEqual(made.paidUntil);
    clock.forward(dayMs);
    expect(await cancelSubscription(app, made.student.actor, made.id)).toEqual(cancelled);
    expect(await resumeSubscription(app, made.student.actor, made.id)).toMatchObject({
      cancelledAt: null,
      nextChargeAt: made.paidUntil.toISOString(),
    });
    expect(await resumeSubscription(app, made.student.actor, made.id)).toMatchObject({ cancelledAt: null });
    expect((await enrolmentOf(made))?.endsAt).toEqual(later(made.paidUntil, 4 * dayMs));

    await cancelSubscription(app, made.student.actor, made.id);
    await theMonthEnds(school, made);
    expect(await chargesOf(app, made.id)).toEqual([]);
    expect(await theSubscription(app, made.id)).toMatchObject({ state: 'ended', endReason: 'cancelled' });
    expect(await noticesOf(made.student.actor.id)).toEqual(['paid', 'ended']);
    await expect(resumeSubscription(app, made.student.actor, made.id)).rejects.toMatchObject({ code: 'PAYMENTS_STATE' });
  });

  test('taken back in the last hours: nobody is charged within a day of it', async () => {
    const made = await aSubscription(school);
    const { app, clock } = school;
    // The server stood still: the month is announced just now, so that it is charged a day later.
    clock.set(later(made.paidUntil, -3_600_000));
    await aMinute(app);
    await cancelSubscription(app, made.student.actor, made.id);
    await resumeSubscription(app, made.student.actor, made.id);
    clock.set(made.paidUntil);
    await aMinute(app);
    expect(await chargeCalls(school, made)).toBe(0);
    clock.forward(dayMs);
    await aMinute(app);
    expect(await chargeCalls(school, made)).toBe(1);
  });

  test('by a moderator is written down with the reason, once', async () => {
    const made = await aSubscription(school);
    const { app } = school;
    const moderator = await aModerator(app);
    const input = { id: made.id, reason: 'просьба в чате' };
    await endSubscription(app, moderator.actor, input);
    await endSubscription(app, moderator.actor, input);
    expect(await theSubscription(app, made.id)).toMatchObject({ state: 'active', cancelledAt: school.clock.now(), nextChargeAt: null });
    const notes = await app.db.auditEntry.findMany({ where: { subject: made.id }, select: { action: true, actor: true, after: true } });
    expect(notes).toEqual([{ action: 'subscription.end', actor: moderator.actor.id, after: { reason: 'просьба в чате' } }]);
    await expect(endSubscription(app, moderator.actor, { ...input, id: randomUUID() })).rejects.toMatchObject({
      code: 'PAYMENTS_NOT_FOUND',
    });
  });
});

describe('case 49: a declined month', () => {
  const declined = (code: string, again: 'never' | 'later') => () =>
    ({ state: 'failed', decline: { code, class: 'funds', again } }) as const;

  test('5051 is tried four times, a day apart, with one notice; then it is over', async () => {
    const made = await aSubscription(school);
    const { app, clock, bank } = school;
    bank.tbank.onCharge = declined('5051', 'later');
    await theMonthEnds(school, made);
    expect(await theSubscription(app, made.id)).toMatchObject({ state: 'past_due', tries: 1, nextChargeAt: later(made.paidUntil, dayMs) });
    const [shown] = (await getMyPayments(app, made.student.actor)).subscriptions;
    expect(shown).toMatchObject({ state: 'past_due', openUntil: later(made.paidUntil, 4 * dayMs).toISOString(), charging: false });
    for (const hours of [23.9, 24, 48, 72, 95.9]) {
      clock.set(later(made.paidUntil, hours * 3_600_000));
      await aMinute(app);
    }
    expect(await chargeCalls(school, made)).toBe(4);
    expect((await enrolmentOf(made))?.endsAt).toEqual(later(made.paidUntil, 4 * dayMs));
    clock.set(later(made.paidUntil, 4 * dayMs));
    await aMinute(app);
    expect(await theSubscription(app, made.id)).toMatchObject({ state: 'ended', endReason: 'unpaid' });
    expect(await enrolmentOf(made)).toBeNull();
    expect(await noticesOf(made.student.actor.id)).toEqual(['paid', 'charge-soon', 'charge-failed', 'ended']);
    // One order, four attempts.
    expect(new Set((await chargesOf(app, made.id)).map(({ orderId }) => orderId)).size).toBe(1);
  });

  test('5051 that goes through the second time is an ordinary month', async () => {
    const made = await aSubscription(school);
    school.bank.tbank.onCharge = declined('5051', 'later');
    await theMonthEnds(school, made);
    school.bank.tbank.onCharge = () => ({ state: 'captured' });
    school.clock.forward(dayMs);
    await aMinute(school.app);
    const renewed = await theSubscription(school.app, made.id);
    expect(renewed).toMatchObject({ state: 'active', tries: 0, periods: 2 });
    // Months are counted from the first payment, not from the day the money came.
    expect(renewed.paidUntil?.toISOString().slice(8, 10)).toBe(made.paidUntil.toISOString().slice(8, 10));
  });

  test('5005 is never tried again by itself, and paid by another card, which is charged from then on', async () => {
    const made = await aSubscription(school);
    const { app, clock, bank } = school;
    bank.tbank.onCharge = declined('5005', 'never');
    await theMonthEnds(school, made);
    bank.tbank.onCharge = () => ({ state: 'captured' });
    clock.forward(2 * dayMs);
    await aMinute(app);
    expect(await chargeCalls(school, made)).toBe(1);

    const pay = () => payPeriod(app, made.student.actor, { clientId: randomUUID(), id: made.id, provider: 'cloudpayments', locale: 'ru' });
    const { orderId } = await pay();
    await runJobs(app, ['payments.open']);
    expect(await pay()).toEqual({ orderId });
    const order = await theOrder(app, orderId);
    // Nobody is charged by the old card while the page is open.
    clock.forward(60_000);
    await aMinute(app);
    expect(await chargeCalls(school, made)).toBe(1);
    await paid(app, order, { method: aCard() });
    const renewed = await theSubscription(app, made.id);
    expect(renewed).toMatchObject({ state: 'active', provider: 'cloudpayments', periods: 2 });
    await theMonthEnds(school, { paidUntil: renewed.paidUntil ?? clock.now() });
    // The new card, by its own provider.
    expect((await chargesOf(app, made.id)).map(({ provider, state }) => [provider, state])).toEqual([
      ['tbank', 'failed'],
      ['cloudpayments', 'captured'],
    ]);
    expect((await theSubscription(app, made.id)).periods).toBe(3);
  });

  test('paid by another card that comes by a later message than the money: it is charged from then on', async () => {
    const made = await aSubscription(school);
    const { app, bank } = school;
    bank.tbank.onCharge = declined('5005', 'never');
    await theMonthEnds(school, made);
    const { orderId } = await payPeriod(app, made.student.actor, {
      clientId: randomUUID(),
      id: made.id,
      provider: 'cloudpayments',
      locale: 'ru',
    });
    await runJobs(app, ['payments.open']);
    const order = await theOrder(app, orderId);
    await paid(app, order);
    const old = await theSubscription(app, made.id);
    await recordSnapshot(app, snapshotOf(app, order, { method: aCard() }));
    const renewed = await theSubscription(app, made.id);
    expect(renewed).toMatchObject({ provider: 'cloudpayments', nextChargeAt: old.nextChargeAt });
    expect(renewed.methodId).not.toBe(old.methodId);
  });

  test('declined, and then said to be withdrawn, is declined once', async () => {
    const made = await aSubscription(school);
    const { app, bank } = school;
    bank.tbank.onCharge = declined('5051', 'later');
    await theMonthEnds(school, made);
    const [attempt] = await chargesOf(app, made.id);
    const told = bank.tbank.known.get(attempt?.id ?? '');
    if (!told) throw new Error('the bank was not asked to charge');
    const before = await theSubscription(app, made.id);
    await recordSnapshot(app, { ...told, state: 'voided', decline: null });
    expect(await theSubscription(app, made.id)).toEqual(before);
  });

  test('of which nobody knows for days what became of it is asked about on and on', async () => {
    const made = await aSubscription(school);
    const { app, bank } = school;
    bank.tbank.next = { chargeSaved: ['unknown'] };
    await theMonthEnds(school, made);
    school.clock.forward(9 * dayMs);
    const [attempt] = await chargesOf(app, made.id);
    expect(await askProvider(app, attempt?.id ?? '')).toBe('nothing-new');
    expect(await chargesOf(app, made.id)).toMatchObject([{ state: 'created', sentAt: expect.any(Date), nextCheckAt: expect.any(Date) }]);
  });

  test('5051 is not tried again while the student has a page open to pay by another card', async () => {
    const made = await aSubscription(school);
    const { app, clock, bank } = school;
    bank.tbank.onCharge = declined('5051', 'later');
    await theMonthEnds(school, made);
    clock.set(later(made.paidUntil, dayMs - 60_000));
    await payPeriod(app, made.student.actor, { clientId: randomUUID(), id: made.id, provider: 'tbank', locale: 'ru' });
    await runJobs(app, ['payments.open']);
    clock.forward(2 * 60_000);
    await aMinute(app);
    // Not even begun.
    expect(await chargesOf(app, made.id)).toHaveLength(1);
  });

  test('another card is for a month that is due, and for its own student', async () => {
    const made = await aSubscription(school);
    const stranger = await aStudent(school.app);
    const input = { clientId: randomUUID(), id: made.id, provider: 'tbank', locale: 'ru' } as const;
    await expect(payPeriod(school.app, made.student.actor, input)).rejects.toMatchObject({ code: 'PAYMENTS_STATE' });
    await expect(payPeriod(school.app, stranger.actor, input)).rejects.toMatchObject({ code: 'PAYMENTS_NOT_FOUND' });
  });
});

describe('nobody is charged', () => {
  const reasons: [string, string, (made: Awaited<ReturnType<typeof aSubscription>>) => Promise<unknown>][] = [
    [
      'who is blocked',
      'person-gone',
      ({ student }) => school.app.db.person.update({ where: { id: student.actor.id }, data: { blockedAt: new Date() } }),
    ],
    ['whose account is gone', 'person-gone', ({ student }) => school.app.db.person.delete({ where: { id: student.actor.id } })],
    [
      'for a course that was deleted',
      'course-gone',
      ({ course }) => school.app.db.course.update({ where: { id: course.id }, data: { deletedAt: new Date() } }),
    ],
    [
      'for a course that nobody sees',
      'course-gone',
      ({ course }) => school.app.db.course.update({ where: { id: course.id }, data: { publishedAt: null } }),
    ],
    [
      'for a course that is free now',
      'replaced',
      ({ course }) => school.app.db.course.update({ where: { id: course.id }, data: { priceMinor: 0, monthlyMinor: 0 } }),
    ],
    [
      'for a course that was bought for good',
      'replaced',
      async ({ student, course }) => paid(school.app, await anOrder(school.app, student, course, { plan: 'once' })),
    ],
  ];
  test.each(reasons)('%s', async (_, endReason, happens) => {
    const made = await aSubscription(school);
    await happens(made);
    await theMonthEnds(school, made);
    expect(await chargesOf(school.app, made.id)).toEqual([]);
    expect(await theSubscription(school.app, made.id)).toMatchObject({ state: 'ended', endReason, nextChargeAt: null });
  });

  test('who is given the course at the moment at which the first month is paid', async () => {
    const { app } = school;
    const [student, course, moderator] = [await aStudent(app), await aPaidCourse(app), await aModerator(app)];
    const order = await anOrder(app, student, course, { plan: 'month' });
    const ids = { personId: student.actor.id, courseId: course.id };
    let deeds: Promise<unknown> = Promise.resolve();
    // The payment stands still before its last line, and only then the course is given.
    await app.db.$transaction(async (tx) => {
      await holdRights(tx, ids.personId, ids.courseId);
      const pays = paid(app, order, { method: aCard() });
      await sleep(300);
      deeds = Promise.all([pays, grantCourse(app, moderator.actor, ids)]);
      await sleep(300);
    });
    await deeds;
    expect(await app.db.subscription.findFirst({ where: ids })).toMatchObject({ state: 'ended', endReason: 'replaced' });
    expect(await enrolmentOf({ student, course })).toMatchObject({ how: 'granted', endsAt: null });
  });

  test('is told of no more where the course is theirs for good, and again, with the end of its month, when that money went back', async () => {
    const { app } = school;
    const made = await aSubscription(school);
    const shown = async () => (await getMyPayments(app, made.student.actor)).subscriptions;
    const forGood = await anOrder(app, made.student, made.course, { plan: 'once' });
    await paid(app, forGood);
    expect(await shown()).toEqual([]);
    const takenBack = (orderId: string) =>
      app.db.$transaction(async (tx) => {
        await endEntitlement(app, tx, orderId);
        await followEntitlements(app, tx, made.student.actor.id, made.course.id);
      });
    await takenBack(forGood.id);
    expect(await shown()).toMatchObject([{ id: made.id, state: 'ended', openUntil: made.paidUntil.toISOString() }]);
    // Its own month went back too: nothing is open, whatever was paid until when.
    await takenBack(made.order.id);
    expect(await shown()).toMatchObject([{ id: made.id, state: 'ended', openUntil: null }]);
  });

  test('while the provider is stopped; afterwards the month begins when it is paid', async () => {
    const made = await aSubscription(school);
    const { app, clock } = school;
    await app.db.paymentSwitch.create({ data: { provider: 'tbank', stoppedAt: clock.now(), byId: randomUUID() } });
    await theMonthEnds(school, made);
    clock.set(later(made.paidUntil, 6 * dayMs));
    await aMinute(app);
    expect(await chargesOf(app, made.id)).toEqual([]);
    expect(await theSubscription(app, made.id)).toMatchObject({ state: 'active' });
    await app.db.paymentSwitch.deleteMany();
    await aMinute(app);
    const renewed = await theSubscription(app, made.id);
    // Six days without the course are not paid for.
    expect(renewed).toMatchObject({ periods: 2, anchorAt: clock.now() });
    expect((renewed.paidUntil?.getTime() ?? 0) - clock.now().getTime()).toBeGreaterThan(27 * dayMs);
  });
});

test('ending what pays for a course leaves other courses alone', async () => {
  const { app } = school;
  const made = await aSubscription(school);
  const other = await aSubscription(school, { student: made.student });
  await app.db.$transaction((tx) =>
    endSubscriptionsOf(app, tx, { personId: made.student.actor.id, courseId: made.course.id, reason: 'refunded' }),
  );
  expect(await theSubscription(app, made.id)).toMatchObject({ state: 'ended', endReason: 'refunded' });
  expect(await theSubscription(app, other.id)).toMatchObject({ state: 'active' });
});
