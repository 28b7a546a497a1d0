import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anOrder, aPaidCourse, aPayingSchool, type PayingSchool, paid } from '../../../../testing/payments.ts';
import { aModerator, aSchool, aStudent } from '../../../../testing/world.ts';
import { raiseIssue } from '../../issues/steps.ts';
import { stopProvider } from '../../switches/actions.ts';
import { getOverview } from './queries.ts';

let school: PayingSchool;
beforeAll(async () => {
  school = await aPayingSchool();
});
afterAll(() => school.close());

const day = 24 * 60 * 60_000;

test('a school that takes payments since today', async () => {
  expect(await getOverview(school.app)).toMatchObject({
    providers: [
      { id: 'tbank', test: false, currencies: ['RUB'], stoppedAt: null, stoppedBy: null, lastEventAt: null },
      { id: 'cloudpayments', currencies: ['RUB', 'KZT'], stoppedAt: null },
    ],
    sums: [],
    subscriptions: { active: 0, pastDue: 0, cancelled: 0 },
    openIssues: 0,
  });
});

test('thirty days by currency, what is open, and who has stopped what', async () => {
  const { app, clock } = school;
  const [roubles, tenge] = [await aPaidCourse(app), await aPaidCourse(app, { currency: 'KZT' })];
  const buy = async (course: typeof roubles, provider: 'tbank' | 'cloudpayments' = 'tbank') => {
    const order = await anOrder(app, await aStudent(app), course, { provider });
    await paid(app, order);
    return order;
  };
  await buy(roubles);
  clock.forward(31 * day);
  const second = await buy(roubles);
  await buy(roubles);
  await buy(tenge, 'cloudpayments');
  await paid(app, second, {
    state: 'partly_refunded',
    refundedMinor: 49_000,
    refunds: [{ providerRefundId: randomUUID(), amountMinor: 49_000, at: null }],
  });
  const issue = { kind: 'unknown-payment', provider: 'tbank' } as const;
  await app.db.$transaction(async (tx) => {
    await raiseIssue(app, tx, { ...issue, key: 'open' });
    await raiseIssue(app, tx, { ...issue, key: 'mended', mended: true });
  });
  const { actor } = await aModerator(app);
  await stopProvider(app, actor, 'cloudpayments');
  const event = { provider: 'tbank', kind: 'CONFIRMED', body: Buffer.from(''), contentType: 'application/json', ip: '10.0.0.1' };
  const receivedAt = [new Date(clock.now().getTime() - day), clock.now()];
  await app.db.paymentEvent.createMany({ data: receivedAt.map((at) => ({ ...event, dedupeKey: at.toISOString(), receivedAt: at })) });

  const overview = await getOverview(app);
  expect(overview.sums).toEqual([
    { currency: 'RUB', paidMinor: 398_000, refundedMinor: 49_000, payments: 2 },
    { currency: 'KZT', paidMinor: 199_000, refundedMinor: 0, payments: 1 },
  ]);
  expect(overview.openIssues).toBe(1);
  expect(overview.providers).toMatchObject([
    { id: 'tbank', stoppedAt: null, lastEventAt: clock.now().toISOString() },
    { id: 'cloudpayments', stoppedAt: clock.now().toISOString(), stoppedBy: expect.stringMatching(/\S+ \S+/), lastEventAt: null },
  ]);
});

test('where the school takes no payments there is nothing to look at', async () => {
  const free = await aSchool();
  await expect(getOverview(free.app)).rejects.toMatchObject({ code: 'PAYMENTS_OFF' });
  await free.close();
});
