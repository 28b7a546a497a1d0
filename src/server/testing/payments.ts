import { randomUUID } from 'node:crypto';
import type { CheckoutInput, PaymentWay, ProviderId } from '#shared/payments.ts';
import { checkout } from '../features/payments/orders/actions.ts';
import { recordSnapshot } from '../features/payments/record/actions.ts';
import { jobHandlers } from '../jobs.ts';
import type { App } from '../platform/app.ts';
import { readRegistryFile } from '../platform/payments/tbank/registry-file.ts';
import {
  type BookedOperation,
  type NewPage,
  type NewRefund,
  type PaymentProvider,
  type PaymentSnapshot,
  ProviderError,
  type ProviderTrouble,
  type RefundTaken,
  type SavedCharge,
} from '../platform/payments.ts';
import { aCourse, type MadeCourse } from './course.ts';
import { aSchool, type School, type Student } from './world.ts';

type Call = 'createPage' | 'cancelPage' | 'chargeSaved' | 'refund' | 'find' | 'forgetMethod' | 'ping';

/** An acquirer in memory that a test drives. The dialects of real ones are kept by src/server/acquirer. */
export interface FakeProvider extends PaymentProvider {
  /** Every call, oldest first. */
  calls: { call: Call; with: unknown }[];
  /** Pages by attempt, as they were asked for; one that was withdrawn is gone. */
  pages: Map<string, NewPage>;
  /** What `find` answers, by attempt. */
  known: Map<string, PaymentSnapshot>;
  /** What the next calls of a kind meet before they do anything; a trouble is thrown as a ProviderError, and null is nothing. */
  next: { [C in Call]?: (ProviderTrouble | Error | null)[] };
  /** The same behind it: the call has done its work, and its answer is lost. */
  nextAfter: { [C in Call]?: (ProviderTrouble | Error | null)[] };
  /** How charges of saved cards end. Default: captured. */
  onCharge: (charge: SavedCharge, providerPaymentId: string) => Partial<PaymentSnapshot>;
  onRefund: (refund: NewRefund) => RefundTaken;
  /** Can pages be withdrawn? */
  cancels: boolean;
  /** What `list` tells. */
  books: BookedOperation[];
  /** Numbers a payment of this provider. */
  newPaymentId(): string;
}

export function aFakeProvider(id: ProviderId, over: { currencies?: string[]; ways?: PaymentWay[]; test?: boolean } = {}): FakeProvider {
  let payments = 0;
  const meet = (call: Call, given: unknown, which: 'next' | 'nextAfter') => {
    if (which === 'next') fake.calls.push({ call, with: given });
    const trouble = fake[which][call]?.shift();
    if (trouble instanceof Error) throw trouble;
    if (trouble) throw new ProviderError(trouble, `the bank: ${trouble}`, trouble === 'refused' ? '99' : null);
  };
  async function through<T>(call: Call, given: unknown, work: () => T | Promise<T>): Promise<T> {
    meet(call, given, 'next');
    const done = await work();
    meet(call, given, 'nextAfter');
    return done;
  }
  const fake: FakeProvider = {
    id,
    currencies: over.currencies ?? ['RUB'],
    ways: over.ways ?? ['card', 'sbp'],
    test: over.test ?? false,
    lists: id === 'cloudpayments',
    webhooks: [],
    calls: [],
    pages: new Map(),
    known: new Map(),
    next: {},
    nextAfter: {},
    onCharge: () => ({ state: 'captured' }),
    onRefund: ({ amountMinor }) => ({ state: 'done', providerRefundId: randomUUID(), refundedMinor: amountMinor }),
    cancels: true,
    books: [],
    newPaymentId() {
      payments += 1;
      return `${id === 'tbank' ? '7' : '8'}${Math.floor(Math.random() * 1e9)}${payments}`;
    },
    createPage: (page) =>
      through('createPage', page, () => {
        fake.pages.set(page.attemptId, page);
        const providerPaymentId = id === 'tbank' ? fake.newPaymentId() : null;
        // T-Bank knows a payment from the moment its page is made, CloudPayments from the first try to pay it.
        if (providerPaymentId) fake.known.set(page.attemptId, aSnapshot(fake, { ...page, providerPaymentId }, { state: 'opened' }));
        return {
          payUrl: `https://bank.example/${page.attemptId}`,
          providerPaymentId,
          providerPageId: providerPaymentId ? null : `page-${page.attemptId}`,
        };
      }),
    cancelPage: (page) =>
      through('cancelPage', page, () => {
        const known = fake.known.get(page.attemptId);
        if (!fake.cancels || (known && known.state !== 'opened' && known.state !== 'failed')) return false;
        fake.pages.delete(page.attemptId);
        if (known) fake.known.set(page.attemptId, { ...known, state: 'voided' });
        return true;
      }),
    chargeSaved: (charge, onPaymentId) =>
      through('chargeSaved', charge, async () => {
        const providerPaymentId = charge.providerPaymentId ?? fake.newPaymentId();
        await onPaymentId(providerPaymentId);
        const snapshot = aSnapshot(fake, { ...charge, providerPaymentId }, fake.onCharge(charge, providerPaymentId));
        fake.known.set(charge.attemptId, snapshot);
        return snapshot;
      }),
    refund: (refund) => through('refund', refund, () => fake.onRefund(refund)),
    find: (of) => through('find', of, () => fake.known.get(of.attemptId) ?? null),
    async *list(from, to) {
      for (const one of fake.books) if (one.at >= from && one.at < to) yield one;
    },
    ...(id === 'tbank' && { readRegistry: readRegistryFile }),
    forgetMethod: (method) => through('forgetMethod', method, () => {}),
    ping: () => through('ping', null, () => {}),
    readWebhook: () => ({ ok: false, answer: { status: 404, contentType: 'text/plain', body: '' }, reason: 'unknown-path' }),
  };
  return fake;
}

/** What a provider says of a payment: by itself, that all of it came. */
export function aSnapshot(
  provider: Pick<PaymentProvider, 'id' | 'test'>,
  of: { attemptId: string; amountMinor: number; currency: string; customerId: string | null; providerPaymentId: string },
  over: Partial<PaymentSnapshot> = {},
): PaymentSnapshot {
  const { attemptId, amountMinor, currency, customerId, providerPaymentId } = of;
  return {
    provider: provider.id,
    attemptId,
    providerPaymentId,
    state: 'captured',
    amountMinor,
    currency,
    refundedMinor: 0,
    refunds: [],
    customerId,
    test: provider.test,
    paidWith: '•• 4242',
    method: null,
    decline: null,
    receiptUrl: null,
    at: null,
    ...over,
  };
}

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
