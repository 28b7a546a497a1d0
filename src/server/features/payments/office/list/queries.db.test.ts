import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { paymentsPageSize } from '#shared/payments.ts';
import { type PaymentsListInput, paymentsListInput } from '#shared/payments-office.ts';
import type { MadeCourse } from '../../../../testing/course.ts';
import { anOrder, aPaidCourse, aPayingSchool, type MadeOrder, type PayingSchool, paid } from '../../../../testing/payments.ts';
import { statementsOf } from '../../../../testing/statements.ts';
import { aModerator, aStudent, type Student } from '../../../../testing/world.ts';
import { raiseIssue } from '../../issues/steps.ts';
import { getPayment } from '../queries.ts';
import { listPayments } from './queries.ts';

let school: PayingSchool;
let course: MadeCourse;
let other: MadeCourse;
const students: Record<'anna' | 'boris' | 'vera' | 'gleb' | 'dina', Student> = Object.create(null);
const orders: Record<keyof typeof students, MadeOrder> = Object.create(null);
const minute = 60_000;

const list = (input: Partial<PaymentsListInput> = {}) => listPayments(school.app, paymentsListInput.parse({ search: '', ...input }));
const numbers = async (input: Partial<PaymentsListInput>) => (await list(input)).items.map(({ id }) => nameOf(id));
const nameOf = (id: string) => Object.entries(orders).find(([, order]) => order.id === id)?.[0] ?? '?';

// Anna has paid, Boris was declined, Vera’s page is open, Gleb got a part back, and what came of Dina is not what was asked.
beforeAll(async () => {
  school = await aPayingSchool();
  const { app, clock } = school;
  [course, other] = [await aPaidCourse(app), await aPaidCourse(app)];
  const names = { anna: 'Аистова', boris: 'Белов', vera: 'Волкова', gleb: 'Громов', dina: 'Дёмина' };
  for (const [key, lastName] of Object.entries(names) as [keyof typeof students, string][]) {
    clock.forward(minute);
    students[key] = await aStudent(app, { lastName });
    const provider = key === 'boris' || key === 'gleb' ? 'cloudpayments' : 'tbank';
    orders[key] = await anOrder(app, students[key], key === 'gleb' ? other : course, { provider });
  }
  await paid(app, orders.anna);
  await paid(app, orders.boris, { state: 'failed', decline: { code: '5051', class: 'funds', again: 'later' } });
  await paid(app, orders.gleb, {});
  await paid(app, orders.gleb, {
    state: 'partly_refunded',
    refundedMinor: 50_000,
    refunds: [{ providerRefundId: randomUUID(), amountMinor: 50_000, at: null }],
  });
  await paid(app, orders.dina, { amountMinor: 100 });
});
afterAll(() => school.close());

describe('filters', () => {
  test.each([
    [{}, ['dina', 'gleb', 'vera', 'boris', 'anna']],
    [{ filter: 'paid' }, ['gleb', 'anna']],
    [{ filter: 'open' }, ['dina', 'vera', 'boris']],
    [{ filter: 'declined' }, ['boris']],
    [{ filter: 'refunded' }, ['gleb']],
    [{ filter: 'attention' }, ['dina']],
    [{ provider: 'cloudpayments' }, ['gleb', 'boris']],
    [{ provider: 'cloudpayments', filter: 'paid' }, ['gleb']],
    [{ search: 'волков' }, ['vera']],
    [{ search: 'дёмина илья' }, ['dina']],
    [{ search: 'волков', filter: 'paid' }, []],
    [{ search: 'никто' }, []],
    [{ search: '%' }, []],
  ] as const)('%j', async (input, expected) => {
    expect(await numbers(input)).toEqual(expected);
  });

  test('by a course and by a student', async () => {
    expect(await numbers({ courseId: other.id })).toEqual(['gleb']);
    expect(await numbers({ personId: students.anna.actor.id })).toEqual(['anna']);
  });
});

describe('what a bank, a student or a letter calls an order finds it', () => {
  const words: [string, () => Promise<string> | string][] = [
    ['its number', async () => String((await getPayment(school.app, { kind: 'system' }, orders.vera.id)).order.number)],
    ['its number with the sign', async () => `№ ${(await getPayment(school.app, { kind: 'system' }, orders.vera.id)).order.number}`],
    ['the attempt, as the bank has it', () => orders.vera.attemptId.toUpperCase()],
    ['the order itself', () => orders.vera.id],
    ['the payment at the bank', () => orders.vera.providerPaymentId],
    ['an e-mail', () => students.vera.email],
    ['an e-mail in capitals', () => students.vera.email.toUpperCase()],
    ['a piece of an e-mail', () => students.vera.email.slice(0, 20)],
  ];
  test.each(words)('%s', async (_name, word) => {
    expect(await numbers({ search: await word() })).toEqual(['vera']);
  });

  test('the address of the receipt is found where the account is gone, and so is nobody', async () => {
    const { app } = school;
    const gone = await aStudent(app);
    const { id } = await anOrder(app, gone, course);
    await app.db.person.delete({ where: { id: gone.actor.id } });
    const { items } = await list({ search: gone.email });
    expect(items).toMatchObject([{ id, person: null }]);
    await app.db.paymentAttempt.deleteMany({ where: { orderId: id } });
    await app.db.paymentOrder.delete({ where: { id } });
  });
});

test('a row says what an order is, and whether somebody has to look', async () => {
  const [dina, gleb] = (await list()).items;
  expect(dina).toMatchObject({
    person: { id: students.dina.actor.id, name: 'Дёмина Илья', email: students.dina.email },
    plan: 'once',
    provider: 'tbank',
    amountMinor: 199_000,
    currency: 'RUB',
    view: 'held',
    attention: true,
  });
  expect(gleb).toMatchObject({ view: 'paid', refundedMinor: 50_000, attention: false });
});

describe('attention', () => {
  const attention = () => numbers({ filter: 'attention' });

  test('a call whose outcome is not known wants a person after an hour, not before', async () => {
    const { app, clock } = school;
    const { attemptId } = orders.vera;
    await app.db.paymentAttempt.update({ where: { id: attemptId }, data: { sentAt: clock.now() } });
    expect(await attention()).toEqual(['dina']);
    clock.forward(61 * minute);
    expect(await attention()).toEqual(['dina', 'vera']);
    await app.db.paymentAttempt.update({ where: { id: attemptId }, data: { sentAt: null } });
    expect(await attention()).toEqual(['dina']);
  });

  test('an issue until it is resolved', async () => {
    const { app, clock } = school;
    const issue = { kind: 'receipt-missing', key: 'one', provider: 'tbank', attemptId: orders.anna.attemptId } as const;
    await app.db.$transaction((tx) => raiseIssue(app, tx, issue));
    expect(await attention()).toEqual(['dina', 'anna']);
    expect((await list({ search: 'аистова' })).items).toMatchObject([{ attention: true, view: 'paid' }]);
    await app.db.paymentIssue.updateMany({ where: { kind: issue.kind }, data: { resolvedAt: clock.now() } });
    expect(await attention()).toEqual(['dina']);
  });
});

describe('pages', () => {
  test('all together are every order once, whoever buys meanwhile; twins of one moment are told apart by their ids', async () => {
    const { app, clock } = school;
    const at = clock.now();
    const add = (count: number, createdAt: Date) =>
      app.db.paymentOrder.createMany({
        data: Array.from({ length: count }, () => ({
          clientId: randomUUID(),
          title: 'Курс',
          plan: 'once',
          listMinor: 100,
          amountMinor: 100,
          currency: 'RUB',
          email: 'a@example.ru',
          createdAt,
          expiresAt: createdAt,
        })),
      });
    await add(50, at);
    const before = (await app.db.paymentOrder.findMany({ select: { id: true } })).map(({ id }) => id);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list(cursor ? { cursor } : {});
      expect(page.items.length).toBeLessThanOrEqual(paymentsPageSize);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
      await add(2, new Date(at.getTime() + minute));
    } while (cursor);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.toSorted()).toEqual(before.toSorted());
    await app.db.paymentOrder.deleteMany({ where: { email: 'a@example.ru' } });
  });

  test('a cursor of another list is refused', async () => {
    await expect(list({ cursor: 'x' })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });

  test('a page takes the same statements however many it shows', async () => {
    const one = await statementsOf(school.app, () => list({ personId: students.anna.actor.id }));
    const all = await statementsOf(school.app, () => list());
    expect(all.length).toBe(one.length);
    expect(all.length).toBeLessThanOrEqual(6);
  });
});

describe('an order', () => {
  test('is told with its attempts, its money, and what may still be given back', async () => {
    const { app } = school;
    const { actor } = await aModerator(app);
    const details = await getPayment(app, actor, orders.gleb.id);
    expect(details).toMatchObject({
      order: { view: 'paid', refundedMinor: 50_000 },
      person: { id: students.gleb.actor.id },
      entitlement: { until: null, endedAt: null },
      attempts: [
        {
          id: orders.gleb.attemptId,
          state: 'partly_refunded',
          capturedMinor: 199_000,
          refundableMinor: 149_000,
          inDoubt: false,
          refunds: [{ amountMinor: 50_000, cause: 'provider', state: 'done', by: null }],
        },
      ],
    });
    expect(details.ledger.map(({ kind, amountMinor }) => [kind, amountMinor])).toEqual([
      ['refund', -50_000],
      ['payment', 199_000],
    ]);
    const held = await getPayment(app, actor, orders.dina.id);
    expect(held).toMatchObject({
      entitlement: null,
      attempts: [{ heldReason: 'amount', capturedMinor: 100 }],
      issues: [{ kind: 'held', resolvedAt: null }],
    });
    const declined = await getPayment(app, actor, orders.boris.id);
    expect(declined.attempts).toMatchObject([{ state: 'failed', refundableMinor: 0, decline: { code: '5051', class: 'funds' } }]);
  });

  test('what is on its way back is not given back twice', async () => {
    const { app, clock } = school;
    const { attemptId, id } = orders.anna;
    const refund = { attemptId, amountMinor: 60_000, cause: 'moderator', reason: 'просит', createdAt: clock.now() };
    const { id: waiting } = await app.db.paymentRefund.create({ data: refund });
    const left = async () => (await getPayment(app, { kind: 'system' }, id)).attempts[0]?.refundableMinor;
    expect(await left()).toBe(139_000);
    await app.db.paymentRefund.update({ where: { id: waiting }, data: { state: 'failed' } });
    expect(await left()).toBe(199_000);
  });

  test('is nobody’s but the teachers’, and there is no other', async () => {
    const { app } = school;
    await expect(getPayment(app, students.anna.actor, orders.anna.id)).rejects.toMatchObject({ code: 'AUTH_FORBIDDEN' });
    await expect(getPayment(app, { kind: 'system' }, randomUUID())).rejects.toMatchObject({ code: 'PAYMENTS_NOT_FOUND' });
  });
});

test('two sums of one order that are alike stay two lines of the ledger', async () => {
  const { app } = school;
  await paid(app, orders.gleb, {
    state: 'partly_refunded',
    refundedMinor: 100_000,
    refunds: [{ providerRefundId: randomUUID(), amountMinor: 50_000, at: null }],
  });
  const { ledger } = await getPayment(app, { kind: 'system' }, orders.gleb.id);
  expect(ledger.map(({ amountMinor: minor }) => minor)).toEqual([-50_000, -50_000, 199_000]);
});
