import { afterAll, afterEach, beforeAll, expect, onTestFailed, test } from 'vitest';
import { aRandom } from '../../testing/cutting-proxy.ts';
import { aPayingSchool, type PayingSchool } from '../../testing/payments.ts';
import type { BankPayment } from '../../testing/payments-bank.ts';
import { aPaymentsMachine, type PaymentsMachine } from '../../testing/payments-machine.ts';
import { endAll } from '../../testing/subscriptions.ts';
import { enrolledUntilBy } from './entitlements/rules.ts';

let school: PayingSchool;
beforeAll(async () => {
  school = await aPayingSchool();
});
// The clock of the next machine would charge them as well, at its own banks.
afterEach(() => endAll(school));
afterAll(() => school.close());

const seeds = process.env.MACHINE_SEEDS?.split(',').map(Number) ?? [Math.floor(Math.random() * 2 ** 31), 7];
const steps = Number(process.env.MACHINE_STEPS ?? 40);

test.each(seeds)('whatever happens in whatever order, nothing is given away and nothing is taken twice: seed %i', async (seed) => {
  const machine = await aPaymentsMachine(school, aRandom(seed));
  onTestFailed(() => void process.stdout.write(`MACHINE_SEEDS=${seed} ${machine.log.join(', ')}\n`));
  for (let step = 0; step < steps; step += 1) {
    await machine.step();
    await chargedOnce(machine);
  }
  await machine.quiet();
  await booksAgree(machine);
  await givenIsPaid(machine);
});

const back = ({ refunds }: BankPayment) => refunds.reduce((sum, { amountMinor }) => sum + amountMinor, 0);

/** No saved card is charged twice for a month, not even to be given back. */
async function chargedOnce({ banks }: PaymentsMachine): Promise<void> {
  const charged = banks.flatMap(({ payments }) => payments.filter(({ kind, state }) => kind === 'saved' && state === 'captured'));
  const rows = await school.app.db.paymentAttempt.findMany({
    where: { id: { in: charged.map(({ attemptId }) => attemptId) } },
    select: { orderId: true },
  });
  expect(new Set(rows.map(({ orderId }) => orderId)).size).toBe(charged.length);
}

/** What the banks have stands in the school's books to the kopeck, and nothing else does. */
async function booksAgree({ banks, students }: PaymentsMachine): Promise<void> {
  const attempts = await school.app.db.paymentAttempt.findMany({
    where: { order: { personId: { in: students.map(({ actor }) => actor.id) } } },
    select: {
      id: true,
      providerPaymentId: true,
      state: true,
      capturedMinor: true,
      refundedMinor: true,
      kind: true,
      sentAt: true,
      heldReason: true,
      ledger: { select: { kind: true, amountMinor: true } },
      refunds: { select: { state: true, cause: true, amountMinor: true } },
      order: { select: { state: true, amountMinor: true, id: true } },
    },
  });
  const taken = banks.flatMap(({ payments }) => payments.filter(({ state }) => state === 'captured'));
  const theirs = taken.map((one) => ({ id: one.id, came: one.amountMinor, went: back(one) }));
  const ours = attempts
    .filter(({ capturedMinor }) => capturedMinor > 0)
    .map(({ providerPaymentId, ledger }) => {
      const sum = (kind: string) => ledger.reduce((all, one) => (one.kind === kind ? all + one.amountMinor : all), 0);
      return { id: providerPaymentId, came: sum('payment'), went: 0 - sum('refund') };
    });
  const sorted = <T extends { id: string | null }>(rows: T[]) => rows.sort((a, b) => ((a.id ?? '') < (b.id ?? '') ? -1 : 1));
  expect(sorted(ours)).toEqual(sorted(theirs));
  for (const attempt of attempts) {
    const done = attempt.refunds.filter(({ state }) => state === 'done').reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    expect(attempt.refundedMinor).toBe(done);
    if (attempt.kind === 'saved') expect(attempt.sentAt).toBeNull();
    expect(attempt.refunds.filter(({ state }) => state === 'waiting' || state === 'sent')).toEqual([]);
  }
  // One payment pays an order; what else came went back, unless a person has it in hand.
  for (const [, tries] of Map.groupBy(attempts, ({ order }) => order.id)) {
    const kept = tries.filter(({ capturedMinor, refunds }) => capturedMinor > 0 && !refunds.some(({ cause }) => cause === 'double'));
    const counted = kept.filter(({ heldReason }) => heldReason === null);
    expect(counted.length).toBe(tries[0]?.order.state === 'paid' ? 1 : 0);
  }
}

/** Who has a course has paid for it, and who has paid has it. */
async function givenIsPaid({ students, courses }: PaymentsMachine): Promise<void> {
  const { app } = school;
  for (const { actor } of students) {
    const orders = await app.db.paymentOrder.findMany({
      where: { personId: actor.id },
      select: { id: true, state: true, subscriptionId: true, periodStart: true, periodEnd: true, entitlement: true },
    });
    for (const order of orders) expect(order.entitlement !== null).toBe(order.state === 'paid');
    const months = orders.filter(({ state, subscriptionId }) => state === 'paid' && subscriptionId !== null);
    for (const [, of] of Map.groupBy(months, ({ subscriptionId }) => subscriptionId)) {
      const sorted = of.sort((one, other) => Number(one.periodStart) - Number(other.periodStart));
      for (const [at, month] of sorted.entries())
        if (at > 0) expect(Number(month.periodStart)).toBeGreaterThanOrEqual(Number(sorted[at - 1]?.periodEnd));
    }
    for (const { id: courseId } of courses) {
      const where = { personId: actor.id, courseId };
      const rights = await app.db.entitlement.findMany({ where: { ...where, endedAt: null } });
      const live = await app.db.subscription.findFirst({ where: { ...where, state: { in: ['active', 'past_due'] } } });
      const row = await app.db.enrolment.findUnique({ where: { personId_courseId: where } });
      const until = enrolledUntilBy(
        rights.map(({ untilAt }) => untilAt),
        live,
        app.clock.now(),
      );
      if (row?.how === 'paid') expect(row.endsAt).toEqual(until);
      else if (until !== undefined) expect(row).toMatchObject({ how: 'granted', endsAt: null });
      // What is theirs for good is charged no more.
      if (row && row.endsAt === null) expect(live).toBeNull();
    }
  }
}
