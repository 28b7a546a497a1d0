import { randomUUID } from 'node:crypto';
import type { CheckoutInput, ProviderId } from '#shared/payments.ts';
import { checkout } from '../features/payments/orders/actions.ts';
import { recordSnapshot } from '../features/payments/record/actions.ts';
import { jobHandlers } from '../jobs.ts';
import type { App } from '../platform/app.ts';
import type { PaymentSnapshot } from '../platform/payments.ts';
import { aCourse, type MadeCourse } from './course.ts';
import { aFakeProvider, aSnapshot, type FakeProvider } from './fake-provider.ts';
import { aSchool, type School, type Student } from './world.ts';

export interface PayingSchool extends School {
  bank: { tbank: FakeProvider; cloudpayments: FakeProvider };
}

/** A school that takes payments by both providers, which are fakes. */
export async function aPayingSchool(options: Parameters<typeof aSchool>[0] = {}): Promise<PayingSchool> {
  const env = {
    PAYMENTS_TBANK_TERMINAL: 'Terminal',
    PAYMENTS_TBANK_PASSWORD: 'password of the terminal',
    PAYMENTS_CLOUDPAYMENTS_PUBLIC_ID: 'pk_test',
    PAYMENTS_CLOUDPAYMENTS_SECRET: 'secret of the site',
    ...options.env,
  };
  const school = await aSchool({ ...options, env });
  const bank = { tbank: aFakeProvider('tbank'), cloudpayments: aFakeProvider('cloudpayments', { currencies: ['RUB', 'KZT'] }) };
  school.app.payments = { all: Object.values(bank), provider: (id) => bank[id] };
  return { ...school, bank };
}

/** A course that is sold, once for 1 990 ₽ and by the month for 290 ₽ where a test says nothing else. */
export async function aPaidCourse(
  app: App,
  {
    monthlyMinor = 29_000,
    priceMinor = 199_000,
    currency = 'RUB',
    ...plan
  }: Parameters<typeof aCourse>[1] & { monthlyMinor?: number; currency?: string } = {},
): Promise<MadeCourse> {
  const course = await aCourse(app, { priceMinor, ...plan });
  await app.db.course.update({ where: { id: course.id }, data: { monthlyMinor, currency }, select: { id: true } });
  return course;
}

export interface MadeOrder {
  id: string;
  /** Of its newest attempt. */
  attemptId: string;
  providerPaymentId: string;
  amountMinor: number;
  currency: string;
  personId: string;
  provider: ProviderId;
}

/** An order as the checkout leaves it, with its page open at the provider. */
export async function anOrder(
  app: App,
  student: Pick<Student, 'actor'>,
  course: Pick<MadeCourse, 'id' | 'slug'>,
  over: Partial<CheckoutInput> = {},
): Promise<MadeOrder> {
  const { plan = 'once', provider = 'tbank' } = over;
  const prices = await app.db.course.findUniqueOrThrow({ where: { id: course.id }, select: { priceMinor: true, monthlyMinor: true } });
  const { orderId } = await checkout(app, student.actor, {
    clientId: randomUUID(),
    course: course.slug,
    plan,
    provider,
    expectedMinor: plan === 'once' ? prices.priceMinor : prices.monthlyMinor,
    agreesToCharges: plan === 'month',
    locale: 'ru',
    ...over,
  });
  await runJobs(app, ['payments.open', 'payments.withdraw']);
  return theOrder(app, orderId);
}

/** An order and its newest attempt. What CloudPayments has not numbered yet is numbered here. */
export async function theOrder(app: App, id: string): Promise<MadeOrder> {
  const row = await app.db.paymentOrder.findUniqueOrThrow({
    where: { id },
    select: {
      personId: true,
      amountMinor: true,
      currency: true,
      attempts: {
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: 1,
        select: { id: true, provider: true, providerPaymentId: true },
      },
    },
  });
  const [attempt] = row.attempts;
  if (!attempt || !row.personId) throw new Error('the order has no attempt, or nobody’s');
  return {
    id,
    attemptId: attempt.id,
    providerPaymentId: attempt.providerPaymentId ?? `8${attempt.id.replaceAll(/\D/g, '').slice(0, 12)}`,
    amountMinor: row.amountMinor,
    currency: row.currency,
    personId: row.personId,
    provider: attempt.provider as ProviderId,
  };
}

/** What the provider says of the newest attempt of an order. */
export function snapshotOf(app: App, order: MadeOrder, over: Partial<PaymentSnapshot> = {}): PaymentSnapshot {
  const provider = app.payments?.provider(order.provider);
  if (!provider) throw new Error('the school has no such provider');
  return aSnapshot(provider, { ...order, customerId: order.personId }, over);
}

/** The order is paid, as the provider confirmed it. */
export async function paid(app: App, order: MadeOrder, over: Partial<PaymentSnapshot> = {}): Promise<void> {
  const snapshot = snapshotOf(app, order, over);
  const provider = app.payments?.provider(order.provider);
  if (provider && 'known' in provider) (provider as FakeProvider).known.set(order.attemptId, snapshot);
  await recordSnapshot(app, snapshot);
}

/** A card that comes with a payment. */
export const aCard = (token = randomUUID()) => ({ token, providerRef: `card-${token.slice(0, 8)}`, mask: '•• 4242', expires: '1230' });

/**
 * Works off the jobs that wait, by hand and one after the other, with those they queue. Jobs for a later time wait on; those that run by themselves
 * (a cron line) are not begun here.
 * @param only names; left out: all of payments
 * @returns how often each one failed and would be tried again: it is gone from the queue here
 */
export async function runJobs(app: App, only?: string[]): Promise<{ name: string; error: unknown }[]> {
  const handlers = new Map(jobHandlers(app.config).map((handler) => [handler.kind.name, handler]));
  const failed: { name: string; error: unknown }[] = [];
  for (;;) {
    const { rows } = await app.pool.query<{ name: string; data: unknown }>(
      `DELETE FROM pgboss.job WHERE id = (SELECT id FROM pgboss.job WHERE state = 'created' AND start_after <= now()
        AND CASE WHEN $1::text[] IS NULL THEN name LIKE 'payments.%' ELSE name = ANY ($1) END ORDER BY created_on, id LIMIT 1) RETURNING name, data`,
      [only ?? null],
    );
    const [job] = rows;
    if (!job) return failed;
    try {
      await handlers.get(job.name)?.run(app, job.data);
    } catch (error) {
      failed.push({ name: job.name, error });
    }
  }
}
