/** What the student's doors to orders, offers and the history answer, to whom, and in how many statements. */
import { randomUUID } from 'node:crypto';
import { TRPCError } from '@trpc/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { paymentsPageSize } from '#shared/payments.ts';
import type { App } from '../../../platform/app.ts';
import { aBrowser, type Browser } from '../../../testing/browser.ts';
import type { MadeCourse } from '../../../testing/course.ts';
import { aCard, anOrder, aPaidCourse, aPayingSchool, type PayingSchool, paid, runJobs, snapshotOf } from '../../../testing/payments.ts';
import { statementsOf } from '../../../testing/statements.ts';
import { aModerator, aStudent, type Student } from '../../../testing/world.ts';
import { wireError } from '../../../trpc/init.ts';
import { grantCourse } from '../../people/students/actions.ts';
import { listHistory } from '../history/queries.ts';
import { getOffer } from '../offers/queries.ts';
import { recordSnapshot } from '../record/actions.ts';
import { cancelOrder } from './actions.ts';
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

const session = 'AUTH_SESSION_REQUIRED';
const mine = (owner: string) => ({ guest: session, stranger: 'PAYMENTS_NOT_FOUND', owner, moderator: 'PAYMENTS_NOT_FOUND' });
const buying = (over: object = {}) => ({
  clientId: randomUUID(),
  course: course.slug,
  plan: 'once' as const,
  provider: 'tbank' as const,
  expectedMinor: 199_000,
  agreesToCharges: false,
  locale: 'ru' as const,
  ...over,
});

describe('who is let in', () => {
  type Answers = Record<'guest' | 'stranger' | 'owner' | 'moderator', string>;
  const doors: [string, (call: Browser['call']['payments'], id: string) => Promise<unknown>, Answers][] = [
    ['offer', (call) => call.offer({ course: course.slug }), { guest: session, stranger: 'ok', owner: 'ok', moderator: 'ok' }],
    [
      'offer of none',
      (call) => call.offer({ course: 'none' }),
      { guest: session, stranger: 'COURSES_NOT_FOUND', owner: 'COURSES_NOT_FOUND', moderator: 'COURSES_NOT_FOUND' },
    ],
    ['checkout', (call) => call.checkout(buying()), { guest: session, stranger: 'ok', owner: 'ok', moderator: 'PAYMENTS_OWNED' }],
    [
      'checkout of a price of one’s own',
      (call) => call.checkout(buying({ clientId: randomUUID(), expectedMinor: 1 })),
      { guest: session, stranger: 'PAYMENTS_PRICE_CHANGED', owner: 'PAYMENTS_PRICE_CHANGED', moderator: 'PAYMENTS_OWNED' },
    ],
    ['order', (call, id) => call.order({ id }), mine('ok')],
    ['check', (call, id) => call.check({ id }), mine('ok')],
    ['retry', (call, id) => call.retry({ id, provider: 'tbank' }), mine('ok')],
    ['cancelOrder', (call, id) => call.cancelOrder({ id }), mine('ok')],
    ['history', (call) => call.history({}), { guest: session, stranger: 'ok', owner: 'ok', moderator: 'ok' }],
    [
      'history behind nothing',
      (call) => call.history({ cursor: 'x' }),
      { guest: session, stranger: 'INPUT_INVALID', owner: 'INPUT_INVALID', moderator: 'INPUT_INVALID' },
    ],
  ];
  test.each(doors)('%s', async (_, knock, answers) => {
    const [owner, stranger] = [await aStudent(app), await aStudent(app)];
    const { id } = await anOrder(app, owner, course);
    const heard: Record<string, string> = {};
    for (const [who, person] of Object.entries({ guest: null, stranger, moderator, owner })) {
      const browser = aBrowser(app, person ? { cookie: person.cookie } : {});
      heard[who] = await knock(browser.call.payments, id).then(
        () => 'ok',
        (error: unknown) => (error instanceof TRPCError ? wireError(error, '').code : String(error)),
      );
    }
    expect(heard).toEqual(answers);
  });
});

describe('an offer', () => {
  const offerTo = (student: Student, of = course) => getOffer(app, student.actor, { course: of.slug });

  test('to somebody who has nothing yet', async () => {
    const student = await aStudent(app);
    expect(await offerTo(student)).toMatchObject({
      course: { slug: course.slug },
      currency: 'RUB',
      once: 199_000,
      month: 29_000,
      providers: [
        { id: 'tbank', test: false },
        { id: 'cloudpayments', test: false },
      ],
      owned: null,
      subscription: null,
      email: student.email,
      openOrder: null,
    });
  });

  test('names the ways in which a course is not sold as such, and only who takes its currency', async () => {
    const tenge = await aPaidCourse(app, { priceMinor: 0, currency: 'KZT' });
    expect(await offerTo(await aStudent(app), tenge)).toMatchObject({
      once: null,
      month: 29_000,
      currency: 'KZT',
      providers: [{ id: 'cloudpayments' }],
    });
    // Nobody will take it tomorrow either: it is not «stopped for now».
    const dollars = await aPaidCourse(app, { currency: 'USD' });
    expect(await offerTo(await aStudent(app), dollars)).toMatchObject({ once: null, month: null, providers: [] });
  });

  test('leads back to an order that is open, as long as it can be paid', async () => {
    const student = await aStudent(app);
    const order = await anOrder(app, student, course);
    expect((await offerTo(student)).openOrder).toBe(order.id);
    await cancelOrder(app, student.actor, order.id);
    expect((await offerTo(student)).openOrder).toBeNull();
    const next = await anOrder(app, student, course);
    expect((await offerTo(student)).openOrder).toBe(next.id);
    await paid(app, next);
    expect(await offerTo(student)).toMatchObject({ openOrder: null, owned: { how: 'paid', until: null } });
  });

  test('to a subscriber, and to whom it was granted', async () => {
    const student = await aStudent(app);
    await paid(app, await anOrder(app, student, course, { plan: 'month' }), { method: aCard() });
    expect(await offerTo(student)).toMatchObject({
      owned: { how: 'paid', until: '2026-12-28T12:00:00.000Z' },
      subscription: { state: 'active', paidUntil: '2026-12-24T12:00:00.000Z', mask: '•• 4242' },
    });
    await grantCourse(app, moderator.actor, { personId: student.actor.id, courseId: course.id });
    expect(await offerTo(student)).toMatchObject({ owned: { how: 'granted', until: null }, subscription: null });
  });
});

describe('the history', () => {
  test('has all orders of one person, newest first, in pages', async () => {
    const [student, other] = [await aStudent(app), await aStudent(app)];
    await paid(app, await anOrder(app, other, course));
    const first = await anOrder(app, student, course);
    await paid(app, first, { receiptUrl: 'https://receipt.example/1' });
    const { person, ...row } = {
      person: { personId: student.actor.id, email: student.email },
      ...{
        courseId: course.id,
        title: 'Курс',
        plan: 'once',
        listMinor: 100,
        amountMinor: 100,
        currency: 'RUB',
        state: 'closed' as const,
        closedReason: 'expired',
      },
    };
    // Several of one instant: the id decides among them.
    const at = (index: number) => new Date(app.clock.now().getTime() + Math.floor(index / 3) * 60_000 + 60_000);
    await app.db.paymentOrder.createMany({
      data: Array.from({ length: 2 * paymentsPageSize }, (_, index) => ({
        ...person,
        ...row,
        clientId: randomUUID(),
        createdAt: at(index),
        expiresAt: at(index),
      })),
    });
    const pages = [await listHistory(app, student.actor, {})];
    for (let cursor = pages[0]?.nextCursor; cursor; cursor = pages.at(-1)?.nextCursor)
      pages.push(await listHistory(app, student.actor, { cursor }));
    const items = pages.flatMap((page) => page.items);
    expect(pages.map((page) => page.items.length)).toEqual([paymentsPageSize, paymentsPageSize, 1]);
    expect(new Set(items.map(({ id }) => id)).size).toBe(2 * paymentsPageSize + 1);
    expect(items.map(({ createdAt }) => createdAt)).toEqual(
      items
        .map(({ createdAt }) => createdAt)
        .toSorted()
        .toReversed(),
    );
    expect(items.at(-1)).toMatchObject({
      id: first.id,
      view: 'paid',
      paidWith: '•• 4242',
      receiptUrl: 'https://receipt.example/1',
      courseSlug: course.slug,
    });
  });

  test('what an order tells has nothing of the provider’s in it', async () => {
    const student = await aStudent(app);
    const order = await anOrder(app, student, course);
    await recordSnapshot(app, snapshotOf(app, order, { state: 'failed', decline: { code: '1051', class: 'funds', again: 'later' } }));
    const told = JSON.stringify([await getOrder(app, student.actor, order.id), await listHistory(app, student.actor, {})]);
    for (const secret of [order.attemptId, order.providerPaymentId, '1051', student.actor.id]) expect(told).not.toContain(secret);
  });
});

test('statements do not grow with what there is', async () => {
  const student = await aStudent(app);
  const order = await anOrder(app, student, course);
  const counts = async () => ({
    order: (await statementsOf(app, () => getOrder(app, student.actor, order.id))).length,
    offer: (await statementsOf(app, () => getOffer(app, student.actor, { course: course.slug }))).length,
    history: (await statementsOf(app, () => listHistory(app, student.actor, {}))).length,
  });
  const before = await counts();
  // An order: itself, its course, its attempts, their refunds. An offer: the course, who is stopped, and five for the subscription.
  expect(before).toEqual({ order: 4, offer: 7, history: 4 });
  for (let times = 0; times < 3; times += 1) {
    await recordSnapshot(app, snapshotOf(app, order, { state: 'failed' }));
    await paid(app, await anOrder(app, student, await aPaidCourse(app)));
  }
  await runJobs(app);
  expect(await counts()).toEqual(before);
});
