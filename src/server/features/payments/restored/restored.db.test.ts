/** A restored school knows nothing of what it charged and gave back after its backup. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { aSnapshot } from '../../../testing/fake-provider.ts';
import { anOrder, aPaidCourse, aPayingSchool, type PayingSchool, paid, runJobs } from '../../../testing/payments.ts';
import { aMinute, aSubscription, chargeCalls, chargesOf, dayMs, endAll, theSubscription } from '../../../testing/subscriptions.ts';
import { aModerator, aStudent, type Student } from '../../../testing/world.ts';
import { askRefund } from '../refunds/actions.ts';
import { sweep } from '../subscriptions/jobs.ts';
import { startProvider } from '../switches/actions.ts';
import { holdMoney } from './actions.ts';

let school: PayingSchool;
let moderator: Student;
beforeAll(async () => {
  school = await aPayingSchool();
  moderator = await aModerator(school.app);
});
afterEach(async () => {
  await endAll(school);
  await school.app.pool.query('DELETE FROM payment_switch');
});
afterAll(() => school.close());

test('no charge that fell due is made, however long it takes, until a moderator has started the provider', async () => {
  const { app, clock } = school;
  const made = await aSubscription(school);
  clock.set(new Date(made.paidUntil.getTime() - 3 * dayMs));
  await aMinute(app);
  const backupAt = clock.now();
  clock.set(new Date(made.paidUntil.getTime() + 3_600_000));
  expect(await holdMoney(app, backupAt)).toBe(1);
  for (const days of [0, 1, 2, 7]) {
    clock.forward(days * dayMs);
    await aMinute(app);
  }
  expect(await chargeCalls(school, made)).toBe(0);
  expect(await theSubscription(app, made.id)).toMatchObject({ state: 'active' });
  await startProvider(app, moderator.actor, 'tbank');
  await aMinute(app);
  expect(await chargeCalls(school, made)).toBe(1);
  const { rows } = await app.pool.query(
    `SELECT actor, action FROM audit_entry WHERE action LIKE 'payment.st%' AND subject = 'tbank' ORDER BY id`,
  );
  expect(rows).toEqual([
    { actor: 'system', action: 'payment.stop' },
    { actor: moderator.actor.id, action: 'payment.start' },
  ]);
});

test('a charge that was about to be sent, and was sent since, is asked about and counts once', async () => {
  const { app, clock } = school;
  const made = await aSubscription(school);
  clock.set(new Date(made.paidUntil.getTime() - 3 * dayMs));
  await aMinute(app);
  clock.set(made.paidUntil);
  await sweep(app);
  const [attempt] = await chargesOf(app, made.id);
  if (!attempt) throw new Error('nothing is about to be charged');
  // What the other life of the school did behind the backup.
  const about = { amountMinor: attempt.amountMinor, currency: attempt.currency, customerId: made.student.actor.id };
  made.bank.known.set(attempt.id, aSnapshot(made.bank, { ...about, attemptId: attempt.id, providerPaymentId: made.bank.newPaymentId() }));
  const backupAt = clock.now();
  clock.forward(2 * dayMs);
  await holdMoney(app, backupAt);
  await aMinute(app);
  expect(await chargeCalls(school, made)).toBe(0);
  expect((await theSubscription(app, made.id)).paidUntil?.getTime()).toBeGreaterThan(made.paidUntil.getTime());
});

test('a refund that waited, and was made since, is not made again', async () => {
  const { app, clock, bank } = school;
  const student = await aStudent(app);
  const order = await anOrder(app, student, await aPaidCourse(app), { provider: 'cloudpayments' });
  await paid(app, order);
  const input = { attemptId: order.attemptId, clientId: randomUUID(), amountMinor: 500, reason: 'по просьбе', endsAccess: false };
  await askRefund(app, moderator.actor, input);
  const { amountMinor, currency, providerPaymentId } = await app.db.paymentAttempt.findUniqueOrThrow({ where: { id: order.attemptId } });
  const about = {
    attemptId: order.attemptId,
    amountMinor,
    currency,
    customerId: student.actor.id,
    providerPaymentId: providerPaymentId ?? '',
  };
  bank.cloudpayments.known.set(order.attemptId, aSnapshot(bank.cloudpayments, about, { refundedMinor: 500 }));
  const backupAt = clock.now();
  clock.forward(2 * dayMs);
  await holdMoney(app, backupAt);
  await aMinute(app);
  await runJobs(app, ['payments.refund']);
  expect(bank.cloudpayments.calls.filter(({ call }) => call === 'refund')).toEqual([]);
  expect(await app.db.paymentRefund.findMany({ select: { state: true, amountMinor: true } })).toEqual([
    { state: 'done', amountMinor: 500 },
  ]);
});
