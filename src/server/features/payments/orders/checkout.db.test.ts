import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CheckoutInput, checkoutInput, orderInput } from '#shared/payments.ts';
import type { App } from '../../../platform/app.ts';
import type { MadeCourse } from '../../../testing/course.ts';
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
import { aModerator, aStudent, type Student } from '../../../testing/world.ts';
import { grantCourse, revokeCourse } from '../../people/students/actions.ts';
import { getOffer } from '../offers/queries.ts';
import { recordSnapshot } from '../record/actions.ts';
import { startProvider, stopProvider } from '../switches/actions.ts';
import { cancelOrder, checkOrder, checkout, retryOrder } from './actions.ts';
import { getOrder } from './queries.ts';

let school: PayingSchool;
let app: App;
let course: MadeCourse;
let moderator: Student;
beforeAll(async () => {
  school = await aPayingSchool();
  app = school.app;
  course = await aPaidCourse(app);
  moderator = await aModerator(app);
});
afterAll(() => school.close());

const form = (over: Partial<CheckoutInput> = {}): CheckoutInput => ({
  clientId: randomUUID(),
  course: course.slug,
  plan: 'once',
  provider: 'tbank',
  expectedMinor: over.plan === 'month' ? 29_000 : 199_000,
  agreesToCharges: over.plan === 'month',
  locale: 'ru',
  ...over,
});
const buy = (student: Student, over: Partial<CheckoutInput> = {}) => checkout(app, student.actor, form(over));
const view = async (student: Student, id: string) => (await getOrder(app, student.actor, id)).view;
const aCode = (over: { percent?: number; perPerson?: number } = {}) =>
  app.db.promoCode.create({
    data: { code: `C${randomUUID().slice(0, 8).toUpperCase()}`, percent: 25, createdAt: app.clock.now(), ...over },
    select: { id: true, code: true },
  });

describe('a checkout', () => {
  test('writes down what is bought and for how much, and asks for the page', async () => {
    const student = await aStudent(app);
    const { orderId } = await buy(student);
    expect(await getOrder(app, student.actor, orderId)).toMatchObject({
      view: 'opening',
      plan: 'once',
      provider: 'tbank',
      listMinor: 199_000,
      amountMinor: 199_000,
      currency: 'RUB',
      courseSlug: course.slug,
      email: student.email,
      payUrl: null,
      expiresAt: '2026-11-24T13:00:00.000Z',
    });
    await runJobs(app, ['payments.open']);
    const { attemptId } = await theOrder(app, orderId);
    expect(await getOrder(app, student.actor, orderId)).toMatchObject({ view: 'to-pay', payUrl: `https://bank.example/${attemptId}` });
    const { number } = await getOrder(app, student.actor, orderId);
    expect(school.bank.tbank.pages.get(attemptId)).toMatchObject({
      amountMinor: 199_000,
      customerId: student.actor.id,
      email: student.email,
      saveMethod: false,
      returnUrl: `${app.config.publicUrl}/payments/${orderId}`,
      notificationUrl: `${app.config.publicUrl}/api/payments/tbank`,
      items: [{ amountMinor: 199_000 }],
      description: expect.stringContaining(`заказ ${number}`),
    });
  });

  test('a second click is the same order, also at the same moment', async () => {
    const student = await aStudent(app);
    const same = form();
    const orders = await Promise.all([1, 2, 3, 4].map(() => checkout(app, student.actor, same)));
    expect(new Set(orders.map(({ orderId }) => orderId)).size).toBe(1);
    expect(await app.db.paymentAttempt.count({ where: { order: { personId: student.actor.id } } })).toBe(1);
  });

  test('two windows at the same moment go on with one order', async () => {
    const student = await aStudent(app);
    const orders = await Promise.all([1, 2, 3].map(() => buy(student)));
    expect(new Set(orders.map(({ orderId }) => orderId)).size).toBe(1);
  });

  test('one by another provider, plan or code takes the place of an open one, whose page is withdrawn first', async () => {
    const student = await aStudent(app);
    const first = await anOrder(app, student, course);
    for (const over of [{ provider: 'cloudpayments' }, { plan: 'month' }] as const) {
      const { orderId } = await buy(student, over);
      expect(orderId).not.toBe(first.id);
      expect(await view(student, first.id)).toBe('closed');
    }
    await runJobs(app, ['payments.open']);
    expect(school.bank.tbank.pages.has(first.attemptId)).toBe(false);
    const calls = school.bank.tbank.calls.filter(({ with: given }) => JSON.stringify(given).includes(first.attemptId));
    expect(calls.map(({ call }) => call)).toEqual(['createPage', 'cancelPage']);
    expect(await app.db.paymentOrder.count({ where: { personId: student.actor.id, state: 'open' } })).toBe(1);
  });

  test('while money of an order is held, nothing else is begun', async () => {
    const student = await aStudent(app);
    const order = await anOrder(app, student, course);
    await recordSnapshot(app, snapshotOf(app, order, { state: 'authorized' }));
    await expect(buy(student, { provider: 'cloudpayments' })).rejects.toMatchObject({ code: 'PAYMENTS_UNDER_WAY' });
    await expect(cancelOrder(app, student.actor, order.id)).rejects.toMatchObject({ code: 'PAYMENTS_UNDER_WAY' });
    await expect(retryOrder(app, student.actor, { id: order.id, provider: 'cloudpayments' })).rejects.toMatchObject({
      code: 'PAYMENTS_UNDER_WAY',
    });
    expect((await getOffer(app, student.actor, { course: course.slug })).openOrder).toBe(order.id);
  });

  test('nor while a person has to look at it', async () => {
    const student = await aStudent(app);
    const order = await anOrder(app, student, course);
    await recordSnapshot(app, snapshotOf(app, order, { amountMinor: 5 }));
    await expect(buy(student)).rejects.toMatchObject({ code: 'PAYMENTS_UNDER_WAY' });
    await expect(retryOrder(app, student.actor, { id: order.id, provider: 'tbank' })).rejects.toMatchObject({ code: 'PAYMENTS_STATE' });
  });

  const refusals: [string, Partial<CheckoutInput>, string, object][] = [
    ['another price than the page showed', { expectedMinor: 100 }, 'PAYMENTS_PRICE_CHANGED', { amountMinor: 199_000, currency: 'RUB' }],
    ['a code that there is not', { promo: 'NOSUCHCODE' }, 'PAYMENTS_PROMO', { reason: 'unknown' }],
    ['a month without the consent', { plan: 'month', agreesToCharges: false }, 'INPUT_INVALID', {}],
    ['a course that there is not', { course: 'no-such-course' }, 'COURSES_NOT_FOUND', {}],
  ];
  test.each(refusals)('%s is refused', async (_, over, code, data) => {
    const student = await aStudent(app);
    await expect(buy(student, over)).rejects.toMatchObject({ code, data });
    expect(await app.db.paymentOrder.count({ where: { personId: student.actor.id } })).toBe(0);
  });

  test.each([
    ['not published', { published: false }, 'COURSES_NOT_FOUND'],
    ['free', { priceMinor: 0, monthlyMinor: 0 }, 'PAYMENTS_OWNED'],
    ['sold by the month only', { priceMinor: 0 }, 'PAYMENTS_NOT_FOR_SALE'],
    ['sold in a currency that this provider does not take', { currency: 'KZT' }, 'PAYMENTS_NOT_FOR_SALE'],
  ] as const)('a course that is %s is refused', async (_, plan, code) => {
    const student = await aStudent(app);
    const other = await aPaidCourse(app, plan);
    await expect(buy(student, { course: other.slug })).rejects.toMatchObject({ code });
  });

  test('what is theirs is refused; by the month it may be bought for good, and ends the subscription', async () => {
    const student = await aStudent(app);
    const month = await anOrder(app, student, course, { plan: 'month' });
    await paid(app, month, { method: aCard() });
    await expect(buy(student, { plan: 'month' })).rejects.toMatchObject({ code: 'PAYMENTS_OWNED' });
    const once = await anOrder(app, student, course, { plan: 'once' });
    await paid(app, once);
    await expect(buy(student)).rejects.toMatchObject({ code: 'PAYMENTS_OWNED' });
    expect(await app.db.subscription.findMany({ where: { personId: student.actor.id } })).toMatchObject([
      { state: 'ended', endReason: 'replaced', nextChargeAt: null },
    ]);
    expect(await app.db.enrolment.findMany({ where: { personId: student.actor.id } })).toMatchObject([{ how: 'paid', endsAt: null }]);
  });

  test('teachers have every course', async () => {
    await expect(buy(moderator)).rejects.toMatchObject({ code: 'PAYMENTS_OWNED' });
  });

  test('a provider that is stopped begins nothing; another one does, and pages that are open go on', async () => {
    const student = await aStudent(app);
    const before = await anOrder(app, student, await aPaidCourse(app));
    const { orderId } = await buy(student);
    await stopProvider(app, moderator.actor, 'tbank');
    await runJobs(app, ['payments.open']);
    expect(await getOrder(app, student.actor, orderId)).toMatchObject({ view: 'declined', decline: 'technical' });
    await expect(buy(student)).rejects.toMatchObject({ code: 'PAYMENTS_STOPPED' });
    await expect(retryOrder(app, student.actor, { id: orderId, provider: 'tbank' })).rejects.toMatchObject({ code: 'PAYMENTS_STOPPED' });
    expect((await getOffer(app, student.actor, { course: course.slug })).providers.map(({ id }) => id)).toEqual(['cloudpayments']);
    await retryOrder(app, student.actor, { id: orderId, provider: 'cloudpayments' });
    await paid(app, before);
    expect(await view(student, before.id)).toBe('paid');
    await startProvider(app, moderator.actor, 'tbank');
  });
});

describe('promo codes', () => {
  test('take something off the price that was shown', async () => {
    const [student, { code }] = [await aStudent(app), await aCode()];
    await expect(buy(student, { promo: code })).rejects.toMatchObject({ code: 'PAYMENTS_PRICE_CHANGED', data: { amountMinor: 149_250 } });
    const { orderId } = await buy(student, { promo: code, expectedMinor: 149_250 });
    expect(await getOrder(app, student.actor, orderId)).toMatchObject({ listMinor: 199_000, amountMinor: 149_250 });
    await expect(buy(await aStudent(app), { promo: code, expectedMinor: 149_250, clientId: randomUUID() })).resolves.toBeDefined();
  });

  test('an order that is gone on with, or takes the place of another, does not take a second use', async () => {
    const [student, { code }] = [await aStudent(app), await aCode()];
    const [one, same] = [
      await buy(student, { promo: code, expectedMinor: 149_250 }),
      await buy(student, { promo: code, expectedMinor: 149_250 }),
    ];
    expect(same).toEqual(one);
    const other = await buy(student, { promo: code, expectedMinor: 149_250, provider: 'cloudpayments' });
    expect(other).not.toEqual(one);
  });

  test('the whole price off: the course is theirs at once, without a bank', async () => {
    const [student, { code }] = [await aStudent(app), await aCode({ percent: 100 })];
    const { orderId } = await buy(student, { promo: code, expectedMinor: 0 });
    expect(await getOrder(app, student.actor, orderId)).toMatchObject({ view: 'paid', amountMinor: 0, provider: null });
    expect(await app.db.enrolment.findMany({ where: { personId: student.actor.id } })).toMatchObject([{ how: 'paid', endsAt: null }]);
    expect(await app.db.notice.count({ where: { about: `paid:${orderId}` } })).toBe(1);
    expect(await app.db.paymentAttempt.count({ where: { orderId } })).toBe(0);
  });

  test('take something off the first month only', async () => {
    const [student, { code }] = [await aStudent(app), await aCode()];
    const order = await anOrder(app, student, course, { plan: 'month', promo: code, expectedMinor: 21_750 });
    await paid(app, order, { method: aCard() });
    expect(await app.db.subscription.findMany({ where: { personId: student.actor.id } })).toMatchObject([
      { state: 'active', amountMinor: 29_000 },
    ]);
  });
});

describe('another try', () => {
  test('after a decline there is a new page, under an id of its own, for the same price', async () => {
    const student = await aStudent(app);
    const order = await anOrder(app, student, course);
    await recordSnapshot(app, snapshotOf(app, order, { state: 'failed', decline: { code: '1051', class: 'funds', again: 'later' } }));
    expect(await retryOrder(app, student.actor, { id: order.id, provider: 'tbank' })).toEqual({ orderId: order.id });
    await runJobs(app, ['payments.open']);
    const next = await theOrder(app, order.id);
    expect(next.attemptId).not.toBe(order.attemptId);
    expect(await getOrder(app, student.actor, order.id)).toMatchObject({ view: 'to-pay', amountMinor: 199_000 });
    // The page that was declined could be paid all the same: it is gone.
    expect(school.bank.tbank.pages.has(order.attemptId)).toBe(false);
  });

  test('while its page is open it stays the one to pay; by another provider it is withdrawn first', async () => {
    const student = await aStudent(app);
    const order = await anOrder(app, student, course);
    await retryOrder(app, student.actor, { id: order.id, provider: 'tbank' });
    expect(await app.db.paymentAttempt.count({ where: { orderId: order.id } })).toBe(1);
    await Promise.all([1, 2, 3].map(() => retryOrder(app, student.actor, { id: order.id, provider: 'cloudpayments' })));
    await runJobs(app, ['payments.open']);
    expect(
      await app.db.paymentAttempt.findMany({ where: { orderId: order.id }, orderBy: { createdAt: 'asc' }, select: { state: true } }),
    ).toEqual(expect.arrayContaining([{ state: 'voided' }, { state: 'opened' }]));
    expect(await app.db.paymentAttempt.count({ where: { orderId: order.id } })).toBe(2);
  });

  test('of what is paid, given up, too late or somebody else’s there is none', async () => {
    const [student, stranger] = [await aStudent(app), await aStudent(app)];
    const order = await anOrder(app, student, course);
    const again = (who: Student) => retryOrder(app, who.actor, { id: order.id, provider: 'cloudpayments' });
    await expect(again(stranger)).rejects.toMatchObject({ code: 'PAYMENTS_NOT_FOUND' });
    await expect(cancelOrder(app, stranger.actor, order.id)).rejects.toMatchObject({ code: 'PAYMENTS_NOT_FOUND' });
    await expect(checkOrder(app, stranger.actor, order.id)).rejects.toMatchObject({ code: 'PAYMENTS_NOT_FOUND' });
    await expect(getOrder(app, stranger.actor, order.id)).rejects.toMatchObject({ code: 'PAYMENTS_NOT_FOUND' });
    await cancelOrder(app, student.actor, order.id);
    await cancelOrder(app, student.actor, order.id);
    await expect(again(student)).rejects.toMatchObject({ code: 'PAYMENTS_STATE' });
    await paid(app, order);
    await expect(again(student)).rejects.toMatchObject({ code: 'PAYMENTS_STATE' });
    await expect(cancelOrder(app, student.actor, order.id)).rejects.toMatchObject({ code: 'PAYMENTS_STATE' });
  });

  test('nobody has the bank asked without end', async () => {
    const student = await aStudent(app);
    const order = await anOrder(app, student, course);
    const limited = { code: 'AUTH_RATE_LIMITED' };
    for (let time = 0; time < 20; time += 1) await checkOrder(app, student.actor, order.id);
    await expect(checkOrder(app, student.actor, order.id)).rejects.toMatchObject(limited);
    for (let time = 1; time < 40; time += 1) await app.limits.take('payments.checkout', student.actor.id);
    await expect(buy(student)).rejects.toMatchObject(limited);
    await expect(retryOrder(app, student.actor, { id: order.id, provider: 'cloudpayments' })).rejects.toMatchObject(limited);
    await runJobs(app, ['payments.check']);
  });

  test('case 40: coming back from the bank proves nothing; the page may have it asked', async () => {
    const student = await aStudent(app);
    const order = await anOrder(app, student, course);
    // The bank is told to send people back to the order, and nobody can name another place.
    expect(school.bank.tbank.pages.get(order.attemptId)?.returnUrl).toBe(`${app.config.publicUrl}/payments/${order.id}`);
    expect(checkoutInput.safeParse(form()).success).toBe(true);
    expect(checkoutInput.safeParse({ ...form(), returnUrl: 'https://evil.example' }).success).toBe(false);
    expect(orderInput.safeParse({ id: order.id, Success: 'true', Status: 'CONFIRMED' }).success).toBe(false);
    expect(await getOrder(app, student.actor, order.id)).toMatchObject({ view: 'to-pay', paidAt: null });
    await checkOrder(app, student.actor, order.id);
    await runJobs(app, ['payments.check']);
    expect(await view(student, order.id)).toBe('to-pay');
    school.bank.tbank.known.set(order.attemptId, snapshotOf(app, order));
    await checkOrder(app, student.actor, order.id);
    await runJobs(app, ['payments.check']);
    expect(await view(student, order.id)).toBe('paid');
  });
});

describe('a moderator', () => {
  const key = (student: Student) => ({ personId: student.actor.id, courseId: course.id });
  const enrolled = (student: Student) => app.db.enrolment.findMany({ where: key(student), select: { how: true, endsAt: true } });

  test('who grants a course that is paid by the month gives it for good and ends the charges; taken back, what was paid stays', async () => {
    const student = await aStudent(app);
    await paid(app, await anOrder(app, student, course, { plan: 'month' }), { method: aCard() });
    await grantCourse(app, moderator.actor, key(student));
    expect(await enrolled(student)).toEqual([{ how: 'granted', endsAt: null }]);
    expect(await app.db.subscription.findMany({ where: { personId: student.actor.id } })).toMatchObject([
      { state: 'ended', endReason: 'replaced' },
    ]);
    await revokeCourse(app, moderator.actor, key(student));
    expect(await enrolled(student)).toEqual([{ how: 'paid', endsAt: new Date('2026-12-24T12:00:00Z') }]);
  });

  test('cannot take away what was paid for', async () => {
    const student = await aStudent(app);
    await paid(app, await anOrder(app, student, course));
    await expect(revokeCourse(app, moderator.actor, key(student))).rejects.toMatchObject({ code: 'PAYMENTS_STATE' });
    expect(await enrolled(student)).toEqual([{ how: 'paid', endsAt: null }]);
  });
});
