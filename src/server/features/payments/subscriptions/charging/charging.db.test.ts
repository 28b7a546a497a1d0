import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ProviderTrouble } from '../../../../platform/payments.ts';
import { createSecrets } from '../../../../platform/secrets.ts';
import type { FakeProvider } from '../../../../testing/fake-provider.ts';
import { aPayingSchool, type PayingSchool, runJobs } from '../../../../testing/payments.ts';
import {
  aMinute,
  aSubscription,
  chargeCalls,
  chargesOf,
  dayMs,
  endAll,
  type MadeSubscription,
  theMonthEnds,
  theSubscription,
} from '../../../../testing/subscriptions.ts';
import { cancelSubscription, payPeriod, resumeSubscription } from '../actions.ts';
import { chargeSavedCard, sweep } from '../jobs.ts';
import { getMyPayments } from '../queries.ts';

let school: PayingSchool;
beforeAll(async () => {
  school = await aPayingSchool();
});
const originals = new Map<FakeProvider, FakeProvider['chargeSaved']>();
afterEach(async () => {
  for (const [bank, chargeSaved] of originals) bank.chargeSaved = chargeSaved;
  originals.clear();
  await endAll(school);
});
afterAll(() => school.close());

/** Something happens at a place of the provider's work. */
function around(bank: FakeProvider, at: { between?: () => unknown; after?: () => unknown }) {
  const { chargeSaved } = bank;
  originals.set(bank, chargeSaved);
  bank.chargeSaved = async (charge, onPaymentId) => {
    const snapshot = await chargeSaved(charge, async (id) => {
      await at.between?.();
      await onPaymentId(id);
    });
    await at.after?.();
    return snapshot;
  };
}

const killed = () => new Error('killed');
/** Throws the first time. */
const once = (error: () => Error) => {
  let left = 1;
  return () => {
    left -= 1;
    if (left === 0) throw error();
  };
};
/** Lets time go by, in so many looks. */
const minutes = async (count: number, looks = count) => {
  for (let look = 0; look < looks; look += 1) {
    school.clock.forward((count / looks) * 60_000);
    await aMinute(school.app);
  }
};

/** Times the bank really took the month: what counts in the end. */
async function timesTaken({ bank, id }: MadeSubscription): Promise<number> {
  const attempts = await chargesOf(school.app, id);
  return attempts.filter((attempt) => bank.known.get(attempt.id)?.state === 'captured').length;
}
const ledgerOf = async ({ id }: MadeSubscription) => {
  const rows = await school.app.db.ledgerEntry.findMany({
    where: { attempt: { order: { subscriptionId: id } } },
    select: { amountMinor: true },
  });
  return rows.map(({ amountMinor }) => amountMinor);
};

describe('case 42: a charge whose outcome is not known', () => {
  const places: [string, (bank: FakeProvider) => unknown, number][] = [
    ['the request never arrived', (bank) => Object.assign(bank.next, { chargeSaved: ['unknown'] }), 2],
    ['the answer was lost behind the charge', (bank) => Object.assign(bank.nextAfter, { chargeSaved: ['unknown'] }), 1],
    ['killed before the call', (bank) => Object.assign(bank.next, { chargeSaved: [killed()] }), 2],
    ['killed behind the call, before it was written down', (bank) => Object.assign(bank.nextAfter, { chargeSaved: [killed()] }), 1],
    ['killed before the id of the payment was kept', (bank) => around(bank, { between: once(killed) }), 2],
    [
      'killed between its id and the charge',
      (bank) => {
        const dies = once(killed);
        bank.onCharge = () => {
          dies();
          return { state: 'captured' };
        };
      },
      2,
    ],
    [
      'nobody could say for a while',
      (bank) =>
        Object.assign(bank, {
          nextAfter: { chargeSaved: ['unknown'] },
          next: { find: ['unknown', 'unreachable'] },
        }),
      1,
    ],
  ];

  test.each(places)('%s: charged once', async (_, breaks, calls) => {
    const made = await aSubscription(school);
    const { app, bank } = school;
    breaks(bank.tbank);
    await theMonthEnds(school, made);
    const [attempt] = await chargesOf(app, made.id);
    expect(attempt).toMatchObject({ sentAt: made.paidUntil });
    expect((await getMyPayments(app, made.student.actor)).subscriptions[0]).toMatchObject({ charging: true });
    // A second one is not even begun before the provider has said.
    await minutes(5, 3);
    expect(await chargesOf(app, made.id)).toHaveLength(1);
    expect(await chargeCalls(school, made)).toBe(1);
    await minutes(30, 5);
    expect(await timesTaken(made)).toBe(1);
    expect(await chargeCalls(school, made)).toBe(calls);
    expect(await chargesOf(app, made.id)).toHaveLength(1);
    expect(await theSubscription(app, made.id)).toMatchObject({ state: 'active', periods: 2, tries: 0 });
    expect(await ledgerOf(made)).toEqual([29_000, 29_000]);
  });

  test('stays as it is for as long as the provider is not heard: nothing else takes this month', async () => {
    const made = await aSubscription(school);
    const { app, bank, clock } = school;
    bank.tbank.next = { chargeSaved: ['unknown'], find: Array.from({ length: 200 }, () => 'unreachable' as const) };
    await theMonthEnds(school, made);
    for (let hour = 0; hour < 5; hour += 1) {
      clock.forward(3_600_000);
      await aMinute(app);
    }
    expect(await chargeCalls(school, made)).toBe(1);
    const pay = payPeriod(app, made.student.actor, { clientId: randomUUID(), id: made.id, provider: 'tbank', locale: 'ru' });
    await expect(pay).rejects.toMatchObject({ code: 'PAYMENTS_STATE' });
    // Four days later too: it is not over before that is known.
    clock.set(new Date(made.paidUntil.getTime() + 5 * dayMs));
    await aMinute(app);
    expect(await theSubscription(app, made.id)).toMatchObject({ state: 'active' });
  });

  test('that was declined is a declined one, and is tried again', async () => {
    const made = await aSubscription(school);
    school.bank.tbank.onCharge = () => ({ state: 'failed', decline: { code: '5051', class: 'funds', again: 'later' } });
    school.bank.tbank.nextAfter = { chargeSaved: ['unknown'] };
    await theMonthEnds(school, made);
    await minutes(2);
    expect(await theSubscription(school.app, made.id)).toMatchObject({ state: 'past_due', tries: 1 });
    expect(await chargeCalls(school, made)).toBe(1);
  });
});

describe('a provider that did nothing', () => {
  test.each<ProviderTrouble>(['busy', 'unreachable', 'keys'])('«%s»: the same attempt, a little later', async (trouble) => {
    const made = await aSubscription(school);
    school.bank.tbank.next = { chargeSaved: [trouble, trouble] };
    await theMonthEnds(school, made);
    expect((await chargesOf(school.app, made.id))[0]).toMatchObject({ state: 'created', sentAt: null });
    await minutes(10, 3);
    expect(await chargeCalls(school, made)).toBe(3);
    expect(await chargesOf(school.app, made.id)).toHaveLength(1);
    expect(await theSubscription(school.app, made.id)).toMatchObject({ state: 'active', periods: 2 });
  });

  test('«refused»: no fault of the card, so the school hears of it', async () => {
    const made = await aSubscription(school);
    school.bank.tbank.next = { chargeSaved: ['refused'] };
    await theMonthEnds(school, made);
    expect((await chargesOf(school.app, made.id))[0]).toMatchObject({
      state: 'failed',
      declineClass: 'technical',
      sentAt: null,
      nextCheckAt: null,
    });
    expect(await theSubscription(school.app, made.id)).toMatchObject({ state: 'past_due', tries: 1 });
    expect(await school.app.db.paymentIssue.count({ where: { kind: 'provider-trouble', key: 'tbank:charge:99' } })).toBe(1);
  });
});

describe('case 45: cancelled during the charge', () => {
  const cancel = (made: MadeSubscription) => cancelSubscription(school.app, made.student.actor, made.id);
  const over = { state: 'ended', endReason: 'cancelled', periods: 1 };

  test('before the provider is called: nothing is taken', async () => {
    const made = await aSubscription(school);
    school.clock.set(new Date(made.paidUntil.getTime() - dayMs));
    await aMinute(school.app);
    school.clock.set(made.paidUntil);
    await sweep(school.app);
    expect(await chargesOf(school.app, made.id)).toMatchObject([{ state: 'created', sentAt: null }]);
    await cancel(made);
    await runJobs(school.app, ['payments.charge']);
    expect(await chargeCalls(school, made)).toBe(0);
    expect(await chargesOf(school.app, made.id)).toMatchObject([{ state: 'voided', nextCheckAt: null }]);
    expect(await theSubscription(school.app, made.id)).toMatchObject(over);
  });

  test('between the call that begins a payment and the one that charges it: nothing is taken', async () => {
    const made = await aSubscription(school);
    around(made.bank, { between: () => cancel(made) });
    await theMonthEnds(school, made);
    expect(await timesTaken(made)).toBe(0);
    expect(await chargesOf(school.app, made.id)).toMatchObject([{ state: 'voided', sentAt: null, nextCheckAt: null }]);
    await minutes(1);
    expect(await theSubscription(school.app, made.id)).toMatchObject(over);
  });

  test('while it is at the bank: the month is paid, and none follows', async () => {
    const made = await aSubscription(school);
    around(made.bank, { after: () => cancel(made) });
    await theMonthEnds(school, made);
    const subscription = await theSubscription(school.app, made.id);
    expect(subscription).toMatchObject({ state: 'active', periods: 2, cancelledAt: made.paidUntil, nextChargeAt: null });
    const enrolment = await school.app.db.enrolment.findFirst({ where: { personId: made.student.actor.id, courseId: made.course.id } });
    expect(enrolment?.endsAt).toEqual(subscription.paidUntil);
    await theMonthEnds(school, { paidUntil: subscription.paidUntil ?? new Date() });
    expect(await chargeCalls(school, made)).toBe(1);
  });

  test('while nobody knows what became of it: its outcome decides', async () => {
    const made = await aSubscription(school);
    school.bank.tbank.onCharge = () => ({ state: 'failed', decline: { code: '5051', class: 'funds', again: 'later' } });
    school.bank.tbank.nextAfter = { chargeSaved: ['unknown'] };
    await theMonthEnds(school, made);
    await cancel(made);
    expect(await theSubscription(school.app, made.id)).toMatchObject({ state: 'active' });
    await expect(resumeSubscription(school.app, made.student.actor, made.id)).rejects.toMatchObject({ code: 'PAYMENTS_STATE' });
    await minutes(3);
    expect(await theSubscription(school.app, made.id)).toMatchObject(over);
    expect(await chargeCalls(school, made)).toBe(1);
  });
});

test('several processes at once begin and make one charge', async () => {
  const made = await aSubscription(school);
  const { app } = school;
  school.clock.set(new Date(made.paidUntil.getTime() - dayMs));
  await Promise.all([sweep(app), sweep(app), sweep(app)]);
  school.clock.set(made.paidUntil);
  await Promise.all([sweep(app), sweep(app), sweep(app)]);
  const [attempt, ...more] = await chargesOf(app, made.id);
  expect(more).toEqual([]);
  const attemptId = attempt?.id ?? '';
  await Promise.all(Array.from({ length: 5 }, () => chargeSavedCard(app, { attemptId })));
  await aMinute(app);
  expect(await chargeCalls(school, made)).toBe(1);
  expect(await theSubscription(app, made.id)).toMatchObject({ periods: 2 });
  expect(await ledgerOf(made)).toEqual([29_000, 29_000]);
});

test('one that cannot be advanced does not hold up the others', async () => {
  const [bad, good] = [await aSubscription(school), await aSubscription(school)];
  const { app } = school;
  const { chargeSaved } = bad.bank;
  originals.set(bad.bank, chargeSaved);
  bad.bank.chargeSaved = async (charge, onPaymentId) => {
    if (charge.customerId === bad.student.actor.id) throw new Error('a fault of ours');
    return chargeSaved(charge, onPaymentId);
  };
  const failed = await theMonthEnds(school, good);
  expect(failed.map(({ name }) => name)).toEqual(['payments.charge']);
  expect(await theSubscription(app, good.id)).toMatchObject({ periods: 2 });
  expect(await theSubscription(app, bad.id)).toMatchObject({ periods: 1, state: 'active' });
});

test('a card that was kept with another secret is not charged: the school is told, the month is due, and with the secret of before it is paid', async () => {
  const made = await aSubscription(school);
  const { app } = school;
  const { secrets } = app;
  app.secrets = createSecrets('another secret of the school, 32 l');
  expect(await theMonthEnds(school, made)).toEqual([]);
  app.secrets = secrets;
  expect(await chargeCalls(school, made)).toBe(0);
  expect(await chargesOf(app, made.id)).toMatchObject([{ state: 'failed', declineCode: 'secret', sentAt: null }]);
  expect(await theSubscription(app, made.id)).toMatchObject({ state: 'past_due', tries: 1 });
  expect(await app.db.paymentIssue.count({ where: { kind: 'provider-trouble', key: 'tbank:charge:secret', resolvedAt: null } })).toBe(1);
  school.clock.set(new Date(made.paidUntil.getTime() + dayMs));
  await aMinute(app);
  expect(await theSubscription(app, made.id)).toMatchObject({ state: 'active', periods: 2 });
});
