import { randomUUID } from 'node:crypto';
import type { PaymentWay, ProviderId } from '#shared/payments.ts';
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
