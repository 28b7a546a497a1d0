import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ProviderId } from '#shared/payments.ts';
import type { App } from '../../../platform/app.ts';
import type { PaymentSnapshot, WebhookEvent, WebhookNews } from '../../../platform/payments.ts';
import { createSecrets } from '../../../platform/secrets.ts';
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
} from '../../../testing/payments.ts';
import { aModerator, aStudent } from '../../../testing/world.ts';
import { listIssues } from '../issues/queries.ts';
import { lookAtDay } from '../reconcile/actions.ts';
import { answerCheck, forgetBodies, keepEvent, type Received } from './actions.ts';
import { workOffEvent } from './events/actions.ts';

let school: PayingSchool;
let app: App;
let course: MadeCourse;
beforeAll(async () => {
  school = await aPayingSchool();
  app = school.app;
  await aModerator(app);
  course = await aPaidCourse(app);
});
afterAll(() => school.close());

const ordered = async (provider: ProviderId = 'cloudpayments', plan: 'once' | 'month' = 'once') =>
  anOrder(app, await aStudent(app), course, { provider, plan });

function message(order: MadeOrder, tells: WebhookNews, over: Partial<WebhookEvent> = {}): Received {
  const { provider, attemptId, providerPaymentId } = order;
  const event = { dedupeKey: randomUUID(), kind: tells.t, attemptId, providerPaymentId, tells, ...over };
  return {
    provider,
    event,
    raw: Buffer.from(`TransactionId=${providerPaymentId}`),
    contentType: 'application/x-www-form-urlencoded',
    ip: '10.0.0.1',
  };
}
const sure = (order: MadeOrder, over: Partial<PaymentSnapshot> = {}) =>
  message(order, { t: 'payment', snapshot: snapshotOf(app, order, over), sure: true });
const hint = (order: MadeOrder, over: Partial<PaymentSnapshot> = {}) =>
  message(order, { t: 'payment', snapshot: snapshotOf(app, order, over), sure: false });
const says = (order: MadeOrder, over: Partial<PaymentSnapshot> = {}) =>
  void school.bank[order.provider].known.set(order.attemptId, snapshotOf(app, order, over));

/** Brings messages and does what they tell. @returns what became of the last */
async function bring(...messages: Received[]) {
  for (const one of messages) await keepEvent(app, one);
  const failed = await runJobs(app, ['payments.event']);
  const last = messages.at(-1);
  const row = last && (await eventOf(last));
  return { outcome: row?.outcome ?? null, failed };
}
const eventOf = ({ provider, event: { dedupeKey } }: Received) =>
  app.db.paymentEvent.findUniqueOrThrow({ where: { provider_dedupeKey: { provider, dedupeKey } } });
const enrolled = async ({ personId }: MadeOrder) => (await app.db.enrolment.count({ where: { personId, courseId: course.id } })) === 1;
const issuesAbout = async (text: string) =>
  (await listIssues(app, { open: true })).items.filter((one) => JSON.stringify(one).includes(text)).map(({ kind }) => kind);

test('a message that is sure is enough; told again, it is the same one', async () => {
  const order = await ordered();
  const told = sure(order);
  expect(await bring(told, told, told)).toEqual({ outcome: 'applied', failed: [] });
  expect(await enrolled(order)).toBe(true);
  expect(await app.db.paymentEvent.count({ where: { dedupeKey: told.event.dedupeKey } })).toBe(1);
  expect(school.bank.cloudpayments.calls.filter(({ call }) => call === 'find')).toHaveLength(0);
  expect(await bring(sure(order))).toMatchObject({ outcome: 'nothing-new' });
});

test('a hint is asked about before money counts: what the bank says is recorded, with the card that only the message names', async () => {
  const [true1, lie] = [await ordered('tbank', 'month'), await ordered('tbank')];
  const method = aCard();
  says(true1);
  expect(await bring(hint(true1, { state: 'authorized', method }))).toEqual({ outcome: 'applied', failed: [] });
  expect(await enrolled(true1)).toBe(true);
  expect(await app.db.paymentMethod.findMany({ where: { personId: true1.personId } })).toMatchObject([{ mask: method.mask }]);
  says(lie, { state: 'opened' });
  await bring(hint(lie));
  expect(await enrolled(lie)).toBe(false);
});

test('a bank whose word is behind its own message is asked again: the card comes with the message only', async () => {
  const order = await ordered('tbank', 'month');
  const told = hint(order, { method: aCard() });
  await keepEvent(app, told);
  const { id } = await eventOf(told);
  says(order, { state: 'opened' });
  await expect(workOffEvent(app, id)).rejects.toMatchObject({ trouble: 'unknown' });
  expect((await eventOf(told)).processedAt).toBeNull();
  says(order);
  await workOffEvent(app, id);
  expect((await eventOf(told)).outcome).toBe('applied');
  expect(await app.db.subscription.findFirst({ where: { personId: order.personId } })).toMatchObject({ methodId: expect.any(String) });
});

test('neither tokens of cards nor names stand in what is kept, nor in the job', async () => {
  const order = await ordered('tbank', 'month');
  const method = aCard('token-that-can-be-charged');
  const told = hint(order, { method });
  await keepEvent(app, told);
  const { body } = await eventOf(told);
  expect(Buffer.from(body).toString()).not.toContain(method.token);
  const { rows } = await app.pool.query<{ data: unknown }>(
    `SELECT data FROM pgboss.job WHERE name = 'payments.event' AND state = 'created'`,
  );
  expect(JSON.stringify(rows)).not.toContain(method.token);
  const open = async () => app.secrets.unseal('payments.event', Buffer.from((await eventOf(told)).body).toString());
  expect(await open()).toContain(method.token);
  says(order);
  await runJobs(app, ['payments.event']);
  // Once it was worked off the card is where cards are, and what the message told besides is still there.
  expect(await app.db.paymentMethod.count({ where: { personId: order.personId } })).toBe(1);
  const left = await open();
  expect(left).not.toContain(method.token);
  expect(left).toContain(order.providerPaymentId);
});

test('a message and its job are there both, or neither', async () => {
  const told = sure(await ordered());
  const broken = { ...app, jobs: { ...app.jobs, enqueue: async () => Promise.reject(new Error('the queue is away')) } };
  await expect(keepEvent(broken, told)).rejects.toThrow('the queue is away');
  expect(await app.db.paymentEvent.count({ where: { dedupeKey: told.event.dedupeKey } })).toBe(0);
});

test('case 23: what the bank does not answer is asked again, and no message is lost', async () => {
  const order = await ordered('tbank');
  says(order);
  school.bank.tbank.next.find = ['unknown'];
  const told = hint(order);
  const first = await bring(told);
  expect(first).toMatchObject({ outcome: null, failed: [{ name: 'payments.event' }] });
  // The job has given up for good: the hourly look has it begun anew.
  school.clock.forward(31 * 60_000);
  await lookAtDay(app);
  await runJobs(app, ['payments.event']);
  expect((await eventOf(told)).outcome).toBe('applied');
  expect(await enrolled(order)).toBe(true);
});

test('case 36: a true message under the name of another order gives nothing', async () => {
  const [mine, theirs] = [await ordered(), await ordered()];
  await bring(sure(mine));
  // The whole of it replayed with another InvoiceId, as if it had been signed so.
  const replayed = sure({ ...theirs, providerPaymentId: mine.providerPaymentId });
  expect(await bring(replayed)).toMatchObject({ outcome: 'unknown-payment' });
  expect(await enrolled(theirs)).toBe(false);
  // And by a hint: the bank says whose payment it is.
  const [paidByTbank, other] = [await ordered('tbank'), await ordered('tbank')];
  says(paidByTbank);
  school.bank.tbank.known.set(other.attemptId, snapshotOf(app, paidByTbank));
  await bring(hint({ ...other, providerPaymentId: paidByTbank.providerPaymentId }));
  expect(await enrolled(other)).toBe(false);
});

test('a message of one provider about an attempt of the other gives nothing', async () => {
  const order = await ordered('tbank');
  const snapshot = { ...snapshotOf(app, order), provider: 'cloudpayments' as const };
  expect(await bring({ ...message(order, { t: 'payment', snapshot, sure: true }), provider: 'cloudpayments' })).toMatchObject({
    outcome: 'unknown-payment',
  });
  expect(await enrolled(order)).toBe(false);
});

test('money that nobody asked for calls a person; what brought none does not', async () => {
  const order = await ordered('tbank');
  const stranger = { ...order, attemptId: randomUUID(), providerPaymentId: '424242' };
  expect(await bring(hint(stranger, { state: 'failed' }))).toMatchObject({ outcome: 'ignored' });
  expect(await issuesAbout('424242')).toEqual([]);
  expect(await bring(hint(stranger))).toMatchObject({ outcome: 'unknown-payment' });
  expect(await issuesAbout('424242')).toEqual(['unknown-payment']);
});

describe('refunds', () => {
  test('of the cabinet, told by the message', async () => {
    const order = await ordered();
    await paid(app, order);
    const tells = { t: 'refund', providerRefundId: '555', amountMinor: 1000, currency: null, at: null } as const;
    expect(await bring(message(order, tells))).toMatchObject({ outcome: 'applied' });
    expect(await bring(message(order, tells))).toMatchObject({ outcome: 'nothing-new' });
    const ledger = await app.db.ledgerEntry.findMany({ where: { attemptId: order.attemptId }, orderBy: { id: 'asc' } });
    expect(ledger.map(({ amountMinor }) => amountMinor)).toEqual([order.amountMinor, -1000]);
  });

  test('case 26: three of the same sum are three', async () => {
    const order = await ordered();
    await paid(app, order);
    const refunds: PaymentSnapshot['refunds'] = [];
    for (const providerRefundId of ['601', '602', '603']) {
      await bring(message(order, { t: 'refund', providerRefundId, amountMinor: 100, currency: 'RUB', at: null }));
      refunds.push({ providerRefundId, amountMinor: 100, at: null });
      says(order, { state: 'partly_refunded', refundedMinor: refunds.length * 100, refunds });
    }
    expect(await app.db.paymentAttempt.findUnique({ where: { id: order.attemptId } })).toMatchObject({ refundedMinor: 300 });
  });
});

test('a receipt is kept, and the page of the payer is told', async () => {
  const order = await ordered('tbank');
  await paid(app, order);
  const told = message({ ...order, attemptId: randomUUID() }, { t: 'receipt', url: 'https://ofd.example/1' });
  expect(await bring(told)).toMatchObject({ outcome: 'applied' });
  expect(await app.db.paymentAttempt.findUnique({ where: { id: order.attemptId } })).toMatchObject({ receiptUrl: 'https://ofd.example/1' });
  const nobody = message({ ...order, attemptId: randomUUID(), providerPaymentId: '1' }, { t: 'receipt', url: 'https://ofd.example/2' });
  expect(await bring(nobody)).toMatchObject({ outcome: 'ignored' });
});

test('case 47: a subscription at the provider itself is none of the school’s; one that lives calls a person, one that ends settles it', async () => {
  const order = await ordered('cloudpayments', 'month');
  await bring(sure(order, { method: aCard() }));
  const before = await app.db.subscription.findFirst({ where: { personId: order.personId } });
  const news = (status: string) =>
    message({ ...order, attemptId: randomUUID() }, { t: 'subscription', status, id: 'sc_77' }, { providerPaymentId: null });
  await bring(news('Active'));
  expect(await issuesAbout('sc_77')).toEqual(['unknown-payment']);
  expect(await bring(news('Cancelled'))).toMatchObject({ outcome: 'ignored' });
  expect(await issuesAbout('sc_77')).toEqual([]);
  expect(await app.db.subscription.findFirst({ where: { personId: order.personId } })).toEqual(before);
});

test('sealed with another secret, a message is a reason to ask', async () => {
  const order = await ordered('tbank');
  says(order);
  const other = { ...app, secrets: createSecrets('another secret of the school, 32 l') };
  const told = hint(order);
  await keepEvent(other, told);
  await runJobs(app, ['payments.event']);
  expect((await eventOf(told)).outcome).toBe('applied');
});

describe('may this be paid?', () => {
  async function ask(order: MadeOrder, over: Partial<Extract<WebhookNews, { t: 'check' }>> = {}) {
    const { amountMinor, currency, personId: customerId } = order;
    const tells = { t: 'check', amountMinor, currency, customerId, test: false, ...over } as const;
    const told = message(order, tells);
    const answer = await answerCheck(app, told, tells);
    expect(await eventOf(told)).toMatchObject({ outcome: `code-${JSON.parse(answer.body).code}` });
    return answer;
  }

  test('case 33: asked by what stands in the database', async () => {
    const order = await ordered();
    expect(await ask(order)).toEqual({ status: 200, contentType: 'application/json', body: '{"code":0}' });
    expect((await ask(order, { amountMinor: 100 })).body).toBe('{"code":12}');
    expect((await ask(order, { customerId: randomUUID() })).body).toBe('{"code":11}');
    expect((await ask({ ...order, attemptId: randomUUID() })).body).toBe('{"code":10}');
    await app.db.paymentSwitch.create({ data: { provider: 'cloudpayments', stoppedAt: app.clock.now(), byId: order.personId } });
    expect((await ask(order)).body).toBe('{"code":13}');
    await app.db.paymentSwitch.deleteMany({});
    await app.db.course.update({ where: { id: course.id }, data: { deletedAt: app.clock.now() } });
    expect((await ask(order)).body).toBe('{"code":13}');
    await app.db.course.update({ where: { id: course.id }, data: { deletedAt: null } });
    await bring(sure(order));
    expect((await ask(order)).body).toBe('{"code":13}');
  });

  test('a course that is theirs for good already is not paid for again', async () => {
    const order = await ordered();
    const { id } = await app.db.paymentOrder.create({
      data: {
        personId: order.personId,
        courseId: course.id,
        clientId: randomUUID(),
        title: 'Тот же курс',
        plan: 'once',
        listMinor: 1,
        amountMinor: 1,
        currency: 'RUB',
        email: 'a@example.ru',
        state: 'paid',
        createdAt: app.clock.now(),
        expiresAt: app.clock.now(),
      },
    });
    await app.db.entitlement.create({ data: { orderId: id, personId: order.personId, courseId: course.id, fromAt: app.clock.now() } });
    expect((await ask(order)).body).toBe('{"code":13}');
  });
});

test('old messages are emptied: that they came stays', async () => {
  const told = sure(await ordered());
  await bring(told);
  school.clock.forward(179 * 86_400_000);
  await forgetBodies(app);
  expect((await eventOf(told)).body.length).toBeGreaterThan(0);
  school.clock.forward(2 * 86_400_000);
  await forgetBodies(app);
  expect(await eventOf(told)).toMatchObject({ outcome: 'applied', ip: '', body: new Uint8Array() });
});
