import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { aCard, aPayingSchool, type PayingSchool, runJobs, snapshotOf } from '../../../testing/payments.ts';
import { aSubscription, endAll, theMonthEnds } from '../../../testing/subscriptions.ts';
import { aStudent } from '../../../testing/world.ts';
import { recordSnapshot } from '../record/actions.ts';
import { cancelSubscription, resumeSubscription } from '../subscriptions/actions.ts';
import { getMyPayments } from '../subscriptions/queries.ts';
import { forgetMethod } from './actions.ts';
import { keepMethod, tokenOf } from './steps.ts';

let school: PayingSchool;
beforeAll(async () => {
  school = await aPayingSchool();
});
afterEach(() => endAll(school));
afterAll(() => school.close());

const keep = (personId: string, method: ReturnType<typeof aCard>, provider: 'tbank' | 'cloudpayments' = 'tbank') =>
  school.app.db.$transaction((tx) => keepMethod(school.app, tx, { personId, provider, method }));
const methodsOf = (personId: string) => school.app.db.paymentMethod.findMany({ where: { personId } });

test('a card is kept once, sealed, however often and at how many doors it comes', async () => {
  const { actor } = await aStudent(school.app);
  const card = aCard();
  const ids = await Promise.all(Array.from({ length: 5 }, () => keep(actor.id, card)));
  expect(new Set(ids.map(({ methodId }) => methodId)).size).toBe(1);
  // The same letters at another provider, or another person's, are another card.
  const other = await aStudent(school.app);
  const elsewhere = [await keep(actor.id, card, 'cloudpayments'), await keep(other.actor.id, card)];
  expect(new Set([...ids, ...elsewhere].map(({ methodId }) => methodId)).size).toBe(3);
  const rows = await methodsOf(actor.id);
  expect(JSON.stringify(rows)).not.toContain(card.token);
  expect(rows.map((row) => tokenOf(school.app, row))).toEqual([card.token, card.token]);
});

test('a card that is charged cannot be forgotten before the subscription is cancelled; then its token is gone at once', async () => {
  const token = randomUUID();
  const made = await aSubscription(school, { card: aCard(token) });
  const { app, bank } = school;
  const { actor } = made.student;
  const [method] = await methodsOf(actor.id);
  const id = method?.id ?? '';
  await expect(forgetMethod(app, actor, id)).rejects.toMatchObject({ code: 'PAYMENTS_METHOD_IN_USE' });
  await expect(forgetMethod(app, (await aStudent(app)).actor, id)).rejects.toMatchObject({ code: 'PAYMENTS_NOT_FOUND' });
  await cancelSubscription(app, actor, made.id);
  await forgetMethod(app, actor, id);
  await forgetMethod(app, actor, id);
  expect(await methodsOf(actor.id)).toMatchObject([{ token: '', forgottenAt: school.clock.now() }]);
  expect((await getMyPayments(app, actor)).methods).toEqual([]);
  await runJobs(app, ['payments.forget-method']);
  expect(bank.tbank.calls.filter(({ call }) => call === 'forgetMethod').map(({ with: of }) => of)).toEqual([
    { customerId: actor.id, providerRef: `card-${token.slice(0, 8)}` },
  ]);
  // Nothing could be charged from it any more.
  await expect(resumeSubscription(app, actor, made.id)).rejects.toMatchObject({ code: 'PAYMENTS_STATE' });
});

test('a forgotten card does not come back by an old message, and does by a new payment', async () => {
  const token = randomUUID();
  const made = await aSubscription(school, { card: aCard(token) });
  const { app } = school;
  const { actor } = made.student;
  const [method] = await methodsOf(actor.id);
  await cancelSubscription(app, actor, made.id);
  await forgetMethod(app, actor, method?.id ?? '');
  await recordSnapshot(app, snapshotOf(app, made.order, { method: aCard(token) }));
  expect(await methodsOf(actor.id)).toMatchObject([{ token: '' }]);
  const again = await keep(actor.id, aCard(token));
  expect(again).toEqual({ methodId: method?.id });
  expect((await getMyPayments(app, actor)).methods).toMatchObject([{ id: method?.id, inUse: false }]);
});

test('a card is not forgotten while it is being charged', async () => {
  const made = await aSubscription(school);
  school.bank.tbank.nextAfter = { chargeSaved: ['unknown'] };
  await theMonthEnds(school, made);
  await cancelSubscription(school.app, made.student.actor, made.id);
  const [method] = await methodsOf(made.student.actor.id);
  await expect(forgetMethod(school.app, made.student.actor, method?.id ?? '')).rejects.toMatchObject({ code: 'PAYMENTS_METHOD_IN_USE' });
});

test('forgetting and resuming at once: either the card is there, or the subscription does not go on', async () => {
  for (let round = 0; round < 4; round += 1) {
    const made = await aSubscription(school);
    const { actor } = made.student;
    const [method] = await methodsOf(actor.id);
    await cancelSubscription(school.app, actor, made.id);
    await Promise.allSettled([forgetMethod(school.app, actor, method?.id ?? ''), resumeSubscription(school.app, actor, made.id)]);
    const [shown] = (await getMyPayments(school.app, actor)).subscriptions;
    const [kept] = await methodsOf(actor.id);
    expect(kept?.token === '').toBe(shown?.cancelledAt !== null);
  }
});
