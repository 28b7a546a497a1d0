/** The page of an attempt is asked for once, whatever the provider answers and wherever the process dies. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ProviderId } from '#shared/payments.ts';
import type { App } from '../../../../platform/app.ts';
import { type PaymentProvider, ProviderError, type ProviderTrouble } from '../../../../platform/payments.ts';
import type { MadeCourse } from '../../../../testing/course.ts';
import type { FakeProvider } from '../../../../testing/fake-provider.ts';
import { aPaidCourse, aPayingSchool, type PayingSchool, runJobs, snapshotOf, theOrder } from '../../../../testing/payments.ts';
import { aModerator, aStudent, type Student } from '../../../../testing/world.ts';
import { askProvider, recordSnapshot } from '../../record/actions.ts';
import { cancelOrder, checkout } from '../actions.ts';
import { closeDueOrders } from '../expiry/actions.ts';
import { getOrder } from '../queries.ts';
import { openPage, withdrawPage } from './jobs.ts';

let school: PayingSchool;
let app: App;
let course: MadeCourse;
let student: Student;
beforeAll(async () => {
  school = await aPayingSchool();
  app = school.app;
  course = await aPaidCourse(app);
  await aModerator(app);
});
afterAll(() => school.close());
beforeEach(async () => {
  student = await aStudent(app);
  for (const bank of Object.values(school.bank)) Object.assign(bank, { next: {}, nextAfter: {}, calls: [], cancels: true });
});

/** An order whose page nobody has asked for yet. */
async function begun(provider: ProviderId = 'tbank') {
  const { orderId } = await checkout(app, student.actor, {
    clientId: randomUUID(),
    course: course.slug,
    plan: 'once',
    provider,
    expectedMinor: 199_000,
    agreesToCharges: false,
    locale: 'ru',
  });
  await app.pool.query(`DELETE FROM pgboss.job WHERE name = 'payments.open'`);
  return theOrder(app, orderId);
}
const seen = async (id: string) => getOrder(app, student.actor, id);
const attemptsOf = (orderId: string) =>
  app.db.paymentAttempt.findMany({
    where: { orderId },
    orderBy: { createdAt: 'asc' },
    select: { id: true, state: true, sentAt: true, payUrl: true },
  });
const called = (bank: FakeProvider) => bank.calls.map(({ call }) => call);

test.each(['busy', 'unreachable'] as const)('%s: nothing happened, it is asked again, and the page opens', async (trouble) => {
  const order = await begun();
  school.bank.tbank.next.createPage = [trouble, trouble];
  for (let times = 0; times < 2; times += 1) await expect(openPage(app, order.attemptId)).rejects.toMatchObject({ trouble });
  expect(await seen(order.id)).toMatchObject({ view: 'opening' });
  expect(await attemptsOf(order.id)).toMatchObject([{ state: 'created', sentAt: null }]);
  await openPage(app, order.attemptId);
  expect(await seen(order.id)).toMatchObject({ view: 'to-pay' });
  expect(called(school.bank.tbank)).toEqual(['createPage', 'createPage', 'createPage']);
});

test.each(['busy', 'unreachable', 'unknown'] as const)(
  '%s for a minute: this provider does not work just now, another may be tried',
  async (trouble) => {
    const order = await begun();
    school.clock.forward(61_000);
    school.bank.tbank.next.createPage = [trouble];
    await openPage(app, order.attemptId);
    expect(await seen(order.id)).toMatchObject({ view: 'declined', decline: 'technical', payUrl: null });
    expect(await attemptsOf(order.id)).toMatchObject([{ state: 'failed', sentAt: null }]);
  },
);

test('case 43: refused: the attempt has failed at once', async () => {
  const order = await begun();
  school.bank.tbank.next.createPage = ['refused'];
  await openPage(app, order.attemptId);
  expect(await seen(order.id)).toMatchObject({ view: 'declined', decline: 'technical' });
  await openPage(app, order.attemptId);
  expect(called(school.bank.tbank)).toEqual(['createPage', 'find']);
});

test('the keys are refused: a person is called', async () => {
  const order = await begun();
  school.bank.tbank.next.createPage = ['keys'];
  await openPage(app, order.attemptId);
  expect(await seen(order.id)).toMatchObject({ view: 'declined', decline: 'technical' });
  expect(await app.db.paymentIssue.count({ where: { kind: 'provider-trouble', key: 'tbank', resolvedAt: null } })).toBe(1);
});

describe('case 41: the answer is lost after the provider has made the page', () => {
  test('T-Bank knows it without an address: it is withdrawn, and another attempt opens', async () => {
    const order = await begun();
    school.bank.tbank.nextAfter.createPage = ['unknown'];
    await expect(openPage(app, order.attemptId)).rejects.toMatchObject({ trouble: 'unknown' });
    expect(await attemptsOf(order.id)).toMatchObject([{ state: 'created', sentAt: expect.any(Date) }]);
    await openPage(app, order.attemptId);
    await runJobs(app, ['payments.open']);
    expect(await attemptsOf(order.id)).toMatchObject([
      { state: 'voided', sentAt: null, payUrl: null },
      { state: 'opened', sentAt: null },
    ]);
    expect(await seen(order.id)).toMatchObject({ view: 'to-pay' });
    expect(called(school.bank.tbank)).toEqual(['createPage', 'find', 'cancelPage', 'createPage']);
  });

  test('asked about in between, it is opened all the same', async () => {
    const order = await begun();
    school.bank.tbank.nextAfter.createPage = ['unknown'];
    await expect(openPage(app, order.attemptId)).rejects.toMatchObject({ trouble: 'unknown' });
    expect(await askProvider(app, order.attemptId)).toBe('nothing-new');
    await runJobs(app, ['payments.open']);
    expect(await seen(order.id)).toMatchObject({ view: 'to-pay' });
  });

  test('again and again: the student hears that it does not work, and no more pages are made', async () => {
    const order = await begun();
    for (let times = 0; times < 6; times += 1) {
      school.bank.tbank.nextAfter.createPage = ['unknown'];
      const [latest] = (await attemptsOf(order.id)).slice(-1);
      if (latest?.state !== 'created') break;
      await expect(openPage(app, latest.id)).rejects.toMatchObject({ trouble: 'unknown' });
      await openPage(app, latest.id);
    }
    expect(await seen(order.id)).toMatchObject({ view: 'declined', decline: 'technical' });
    expect((await attemptsOf(order.id)).map(({ state }) => state)).toEqual(['voided', 'voided', 'voided', 'failed']);
  });

  test('CloudPayments knows no payment yet: the same page is asked for under the same key', async () => {
    const order = await begun('cloudpayments');
    school.bank.cloudpayments.nextAfter.createPage = ['unknown'];
    await expect(openPage(app, order.attemptId)).rejects.toMatchObject({ trouble: 'unknown' });
    await openPage(app, order.attemptId);
    expect(await attemptsOf(order.id)).toMatchObject([{ id: order.attemptId, state: 'opened', sentAt: null }]);
    expect(called(school.bank.cloudpayments)).toEqual(['createPage', 'find', 'createPage']);
  });

  test('and it was paid meanwhile, by whatever way: that is recorded', async () => {
    const order = await begun('cloudpayments');
    school.bank.cloudpayments.nextAfter.createPage = ['unknown'];
    await expect(openPage(app, order.attemptId)).rejects.toThrow();
    school.bank.cloudpayments.known.set(order.attemptId, snapshotOf(app, order));
    await openPage(app, order.attemptId);
    expect(await seen(order.id)).toMatchObject({ view: 'paid' });
    expect(called(school.bank.cloudpayments)).toEqual(['createPage', 'find']);
  });

  test('the provider says that it has this number already: it is looked for at once', async () => {
    const order = await begun();
    await openPage(app, order.attemptId);
    // As if the process had died before it wrote down that it asked.
    await app.db.paymentAttempt.update({
      where: { id: order.attemptId },
      data: { state: 'created', payUrl: null, providerPaymentId: null, sentAt: null },
    });
    school.bank.tbank.next.createPage = ['refused'];
    await openPage(app, order.attemptId);
    await runJobs(app, ['payments.open']);
    expect(await seen(order.id)).toMatchObject({ view: 'to-pay' });
    expect(await attemptsOf(order.id)).toMatchObject([{ state: 'voided' }, { state: 'opened' }]);
  });
});

describe('a process that dies', () => {
  /** Once, at the n-th call of its kind. */
  function dying(provider: PaymentProvider, call: 'createPage' | 'cancelPage' | 'find', when: 'before' | 'after') {
    const bank = provider as FakeProvider;
    (when === 'before' ? bank.next : bank.nextAfter)[call] = [new Error('killed')];
  }
  test.each([
    ['before it asked', 'createPage', 'before'],
    ['behind it', 'createPage', 'after'],
  ] as const)('%s: the next run opens one page', async (_, call, when) => {
    for (const provider of ['tbank', 'cloudpayments'] as const) {
      const bank = school.bank[provider];
      student = await aStudent(app);
      const order = await begun(provider);
      dying(bank, call, when);
      await expect(openPage(app, order.attemptId)).rejects.toThrow('killed');
      await openPage(app, order.attemptId);
      await runJobs(app, ['payments.open']);
      expect(await seen(order.id)).toMatchObject({ view: 'to-pay' });
      const open = (await attemptsOf(order.id)).filter(({ id }) => bank.pages.has(id));
      expect(open).toMatchObject([{ state: 'opened' }]);
    }
  });

  test('the job is written with the order: one that is lost is made again when the provider is asked', async () => {
    const order = await begun();
    expect(await askProvider(app, order.attemptId)).toBe('nothing-new');
    await runJobs(app, ['payments.open']);
    expect(await seen(order.id)).toMatchObject({ view: 'to-pay' });
  });

  test('two runs of one job at once leave one page', async () => {
    const order = await begun('cloudpayments');
    await Promise.allSettled([openPage(app, order.attemptId), openPage(app, order.attemptId)]);
    await openPage(app, order.attemptId);
    await runJobs(app, ['payments.open']);
    expect(await seen(order.id)).toMatchObject({ view: 'to-pay' });
    expect((await attemptsOf(order.id)).filter(({ state }) => state === 'opened')).toHaveLength(1);
  });
});

describe('the end of an order', () => {
  test('given up before its page opened: it never opens', async () => {
    const order = await begun();
    await cancelOrder(app, student.actor, order.id);
    await openPage(app, order.attemptId);
    await runJobs(app, ['payments.withdraw']);
    expect(called(school.bank.tbank)).toEqual([]);
    expect(await attemptsOf(order.id)).toMatchObject([{ state: 'voided' }]);
  });

  test('given up while its page is being made: it is withdrawn', async () => {
    const order = await begun('cloudpayments');
    const { createPage } = school.bank.cloudpayments;
    school.bank.cloudpayments.createPage = async (page) => {
      await cancelOrder(app, student.actor, order.id);
      return createPage(page);
    };
    await openPage(app, order.attemptId);
    school.bank.cloudpayments.createPage = createPage;
    await runJobs(app, ['payments.withdraw']);
    expect(school.bank.cloudpayments.pages.has(order.attemptId)).toBe(false);
    expect(await attemptsOf(order.id)).toMatchObject([{ state: 'voided', payUrl: null }]);
    expect(await seen(order.id)).toMatchObject({ view: 'closed', payUrl: null });
  });

  test('not paid in an hour: closed, and its page withdrawn', async () => {
    const order = await begun();
    await openPage(app, order.attemptId);
    await closeDueOrders(app);
    expect(await seen(order.id)).toMatchObject({ view: 'to-pay' });
    school.clock.forward(3_600_000);
    expect(await seen(order.id)).toMatchObject({ view: 'closed', payUrl: null });
    await closeDueOrders(app);
    await runJobs(app, ['payments.withdraw']);
    expect(await attemptsOf(order.id)).toMatchObject([{ state: 'voided', payUrl: null }]);
    expect(school.bank.tbank.pages.has(order.attemptId)).toBe(false);
  });

  test('money that is held at that moment is waited for', async () => {
    const order = await begun();
    await openPage(app, order.attemptId);
    await recordSnapshot(app, snapshotOf(app, order, { state: 'authorized' }));
    school.clock.forward(3_600_000);
    await closeDueOrders(app);
    expect(await seen(order.id)).toMatchObject({ view: 'checking' });
    await recordSnapshot(app, snapshotOf(app, order));
    expect(await seen(order.id)).toMatchObject({ view: 'paid' });
    expect(await app.db.paymentIssue.count({ where: { attemptId: order.attemptId } })).toBe(0);
  });

  test('a page that cannot be withdrawn any more was paid: that is found out', async () => {
    const order = await begun();
    await openPage(app, order.attemptId);
    school.bank.tbank.known.set(order.attemptId, snapshotOf(app, order));
    await cancelOrder(app, student.actor, order.id);
    await runJobs(app, ['payments.withdraw']);
    expect(await seen(order.id)).toMatchObject({ view: 'paid' });
  });

  test.each(['busy', 'unknown'] as const)('a provider that is %s is asked again to withdraw a page', async (trouble: ProviderTrouble) => {
    const order = await begun();
    await openPage(app, order.attemptId);
    school.bank.tbank.next.cancelPage = [trouble];
    await expect(withdrawPage(app, order.attemptId)).rejects.toBeInstanceOf(ProviderError);
    await withdrawPage(app, order.attemptId);
    expect(await attemptsOf(order.id)).toMatchObject([{ state: 'voided' }]);
    // Once more is nothing more.
    await withdrawPage(app, order.attemptId);
  });
});
