/** The adapter against the stand-in acquirer, whose books say what really happened. */
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startAcquirer } from '../../../acquirer/server.ts';
import type { Acquirer, CallFault, PayWith } from '../../../acquirer/types.ts';
import type { BookedOperation, NewPage, PaymentProvider, ProviderTerms, SavedCharge, WebhookReading } from '../../payments.ts';
import { createCloudPayments } from './cloudpayments.ts';

let acquirer: Acquirer;
let provider: PaymentProvider;
let sink: Server;
/** What came to the school's door, as the adapter reads it. */
const heard: WebhookReading[] = [];
let clock = Date.parse('2026-11-24T12:00:00Z');

beforeAll(async () => {
  sink = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const path = (req.url ?? '').replace('/api/payments/', '');
      heard.push(provider.readWebhook({ path, headers: req.headers, raw: Buffer.concat(chunks), ip: '127.0.0.1' }));
      const last = heard.at(-1);
      const { status, contentType, body } = last?.ok ? last.ack : (last?.answer ?? { status: 500, contentType: 'text/plain', body: '' });
      res.writeHead(status, { 'content-type': contentType }).end(body);
    });
  });
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve));
  const { port } = sink.address() as AddressInfo;
  acquirer = await startAcquirer({
    webhooks: { cloudpayments: (type) => `http://127.0.0.1:${port}/api/payments/cloudpayments/${type}` },
    webhookRetryMs: 20,
    now: () => clock,
  });
  provider = aProvider();
});
afterAll(async () => {
  await acquirer.stop();
  await new Promise((resolve) => sink.close(resolve));
});
beforeEach(() => {
  clock += 86_400_000;
  heard.length = 0;
});
afterEach(() => acquirer.setFaults({}));

const noReceipts: ProviderTerms = { receipts: null, checkNetworks: false, timeoutMs: 300 };
function aProvider(terms: Partial<ProviderTerms> = {}, over: { secret?: string; apiRoot?: string } = {}): PaymentProvider {
  const { url: apiRoot, publicId, secret } = acquirer.cloudpayments;
  return createCloudPayments({ publicId, secret, apiRoot, currencies: ['RUB', 'KZT'], test: true, ...over }, { ...noReceipts, ...terms });
}

const aPage = (over: Partial<NewPage> = {}): NewPage => ({
  attemptId: randomUUID(),
  amountMinor: 199_000,
  currency: 'RUB',
  description: 'Курс «Русский язык» – 80+',
  customerId: randomUUID(),
  email: 'student@example.ru',
  saveMethod: true,
  items: [{ label: 'Курс «Русский язык»', amountMinor: over.amountMinor ?? 199_000 }],
  returnUrl: 'http://localhost/payments/1',
  notificationUrl: 'http://localhost/nowhere',
  expiresAt: new Date(clock + 3_600_000),
  locale: 'ru',
  ...over,
});

async function aPaid(over: Partial<NewPage> = {}, how?: PayWith) {
  const page = aPage(over);
  const { providerPageId } = await provider.createPage(page);
  const { providerPaymentId } = await acquirer.pay(page.attemptId, how);
  return { page, providerPageId, providerPaymentId };
}

async function aSavedCard() {
  const { page } = await aPaid();
  const found = await provider.find({ attemptId: page.attemptId, providerPaymentId: null });
  return { customerId: page.customerId, token: found?.method?.token ?? '' };
}

const aCharge = (card: { customerId: string; token: string }, over: Partial<SavedCharge> = {}): SavedCharge => ({
  ...{
    attemptId: randomUUID(),
    providerPaymentId: null,
    amountMinor: 69_000,
    currency: 'RUB',
    description: 'Месяц',
    email: 'a@example.ru',
  },
  ...{ items: [], notificationUrl: '', locale: 'ru' as const, ...card, ...over },
});

const noId = async () => {};
const find = (attemptId: string, providerPaymentId: string | null = null) => provider.find({ attemptId, providerPaymentId });
const chargesOf = (attemptId: string) => acquirer.payments('cloudpayments').filter((payment) => payment.attemptId === attemptId);
const trouble = (promise: Promise<unknown>) =>
  promise.then(
    () => 'none',
    (error: { trouble?: string }) => error.trouble,
  );
async function booksOf(from: number, to: number): Promise<BookedOperation[]> {
  const listed: BookedOperation[] = [];
  for await (const one of provider.list(new Date(from), new Date(to))) listed.push(one);
  return listed;
}

/** A port where nobody listens any more. */
async function aClosedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('a page', () => {
  test('is made, paid, and found: with the card that may be charged again', async () => {
    const page = aPage();
    const made = await provider.createPage(page);
    expect(made).toEqual({
      payUrl: expect.stringMatching(/^http.*\/pay\/cloudpayments\//),
      providerPaymentId: null,
      providerPageId: expect.any(String),
    });
    expect(await find(page.attemptId)).toBeNull();
    const { providerPaymentId, goTo } = await acquirer.pay(made.payUrl, { card: 'three-ds' });
    expect(goTo).toBe(page.returnUrl);
    const expected = {
      ...{
        provider: 'cloudpayments',
        attemptId: page.attemptId,
        providerPaymentId,
        state: 'captured',
        amountMinor: 199_000,
        currency: 'RUB',
      },
      ...{ refundedMinor: 0, refunds: [], customerId: page.customerId, test: true, paidWith: '•• 0004', decline: null },
      method: { token: expect.any(String), providerRef: null, mask: '•• 0004', expires: expect.stringMatching(/^\d{4}$/) },
    };
    expect(await find(page.attemptId)).toMatchObject(expected);
    expect(await find(page.attemptId, providerPaymentId)).toMatchObject(expected);
    await acquirer.settled();
    const told = heard.flatMap((reading) => (reading.ok ? [reading.event] : []));
    expect(told.map(({ kind, tells }) => [kind, tells.t])).toEqual([
      ['check', 'check'],
      ['pay', 'payment'],
    ]);
    // What the message says is what the provider says when asked.
    expect(told[1]?.tells).toMatchObject({ sure: true, snapshot: { ...expected, refundedMinor: null } });
  });

  test.each([1999, 29, 820, 290_055, 100, 1_000_000_000])('case 29: %i kopecks are the same in their books', async (amountMinor) => {
    const { page, providerPaymentId } = await aPaid({ amountMinor, items: [] });
    expect(acquirer.payment(providerPaymentId)?.amountMinor).toBe(amountMinor);
    expect(await find(page.attemptId)).toMatchObject({ amountMinor });
    expect(heard.map((reading) => reading.ok && 'snapshot' in reading.event.tells && reading.event.tells.snapshot.amountMinor)).toContain(
      amountMinor,
    );
  });

  test('other currencies, SBP, no card kept', async () => {
    const tenge = await aPaid({ currency: 'KZT', items: [] });
    expect(await find(tenge.page.attemptId)).toMatchObject({ currency: 'KZT', state: 'captured' });
    const sbp = await aPaid({}, { card: 'sbp' });
    expect(await find(sbp.page.attemptId)).toMatchObject({ paidWith: 'СБП', method: null });
    const shy = await aPaid({}, { save: false });
    expect(await find(shy.page.attemptId)).toMatchObject({ method: null });
  });

  test('asked for twice with one attempt, it is one page', async () => {
    const page = aPage();
    const [first, second] = [await provider.createPage(page), await provider.createPage(page)];
    expect(second).toEqual(first);
    expect(acquirer.pages('cloudpayments').filter(({ attemptId }) => attemptId === page.attemptId)).toHaveLength(1);
  });

  test('withdrawn, it cannot be paid; paid, it cannot be withdrawn', async () => {
    const page = aPage();
    const { providerPageId } = await provider.createPage(page);
    const of = { attemptId: page.attemptId, providerPaymentId: null, providerPageId };
    expect(await provider.cancelPage(of)).toBe(true);
    await expect(acquirer.pay(page.attemptId)).rejects.toThrow();
    const paid = await aPaid();
    expect(await provider.cancelPage({ ...of, attemptId: paid.page.attemptId, providerPageId: paid.providerPageId })).toBe(false);
    expect(await provider.cancelPage({ ...of, providerPageId: null })).toBe(false);
  });

  test('case 20: a decline behind a payment, on the same page, hides no money', async () => {
    const page = aPage();
    await provider.createPage(page);
    const declined = await acquirer.pay(page.attemptId, { card: 'funds' });
    expect(await find(page.attemptId)).toMatchObject({
      state: 'failed',
      decline: { code: '5051', class: 'funds', again: 'later' },
      method: null,
    });
    clock += 60_000;
    const paid = await acquirer.pay(page.attemptId);
    clock += 60_000;
    await acquirer.pay(page.attemptId, { card: 'expired', late: true });
    for (const known of [null, declined.providerPaymentId, paid.providerPaymentId])
      expect(await find(page.attemptId, known)).toMatchObject({ state: 'captured', providerPaymentId: paid.providerPaymentId });
  });
});

describe('a saved card', () => {
  test('case 42: is charged by us, once for one attempt, also after the hour in which the key is remembered', async () => {
    const card = await aSavedCard();
    const charge = aCharge(card);
    const made = await provider.chargeSaved(charge, noId);
    expect(made).toMatchObject({
      state: 'captured',
      attemptId: charge.attemptId,
      amountMinor: 69_000,
      customerId: card.customerId,
      refundedMinor: 0,
    });
    expect(await provider.chargeSaved(charge, noId)).toMatchObject({ providerPaymentId: made.providerPaymentId });
    clock += 2 * 3_600_000;
    expect(await provider.chargeSaved(charge, noId)).toMatchObject({ providerPaymentId: made.providerPaymentId });
    expect(chargesOf(charge.attemptId)).toHaveLength(1);
  });

  test.each([
    ['funds', { code: '5051', class: 'funds', again: 'later' }],
    ['declined', { code: '5005', class: 'bank', again: 'never' }],
    ['expired', { code: '5054', class: 'card', again: 'never' }],
    ['foreign', { code: '5113', class: 'foreign', again: 'never' }],
  ] as const)('case 49: declined for %s, it says whether there is any use in trying again', async (name, decline) => {
    const card = await aSavedCard();
    acquirer.cardBecomes(card.customerId, name);
    expect(await provider.chargeSaved(aCharge(card), noId)).toMatchObject({ state: 'failed', decline, method: null });
  });

  test('a token that is none is refused, and nothing happened', async () => {
    const card = await aSavedCard();
    const charge = aCharge({ ...card, token: 'tk_000000000000000000' });
    await expect(provider.chargeSaved(charge, noId)).rejects.toMatchObject({
      trouble: 'refused',
      message: expect.not.stringContaining('tk_0'),
    });
    expect(chargesOf(charge.attemptId)).toEqual([]);
  });

  test.each(['silentAfter', 'cutAfter', 'serverErrorAfter', 'htmlPageAfter'] as CallFault[])(
    'case 42: charged, and nobody heard of it (%s): unknown, found, and never charged again',
    async (kind) => {
      const charge = aCharge(await aSavedCard());
      acquirer.failNext({ kind, provider: 'cloudpayments', method: 'payments/tokens/charge' });
      expect(await trouble(provider.chargeSaved(charge, noId))).toBe('unknown');
      expect(await find(charge.attemptId)).toMatchObject({ state: 'captured', amountMinor: 69_000 });
      expect(await provider.chargeSaved(charge, noId)).toMatchObject({ state: 'captured' });
      expect(chargesOf(charge.attemptId)).toHaveLength(1);
    },
  );
});

describe('money back', () => {
  const aRefund = (payment: Awaited<ReturnType<typeof aPaid>>, amountMinor: number) => ({
    ...{
      refundId: randomUUID(),
      attemptId: payment.page.attemptId,
      providerPaymentId: payment.providerPaymentId,
      amountMinor,
      currency: 'RUB',
    },
    ...{ whole: amountMinor === 199_000, capturedMinor: 199_000, again: false, email: 'a@example.ru', items: [] },
  });

  test('in parts, and all: each is told apart, and the sum is known', async () => {
    const payment = await aPaid();
    const ids: (string | null)[] = [];
    for (const amountMinor of [50_050, 50_050, 98_900]) {
      clock += 60_000;
      const taken = await provider.refund(aRefund(payment, amountMinor));
      expect(taken).toEqual({ state: 'done', providerRefundId: expect.any(String), refundedMinor: null });
      ids.push(taken.providerRefundId);
      const found = await find(payment.page.attemptId, payment.providerPaymentId);
      expect(found).toMatchObject({
        state: ids.length < 3 ? 'partly_refunded' : 'refunded',
        refundedMinor: [50_050, 100_100, 199_000][ids.length - 1],
      });
      expect(found?.refunds.map(({ providerRefundId }) => providerRefundId)).toEqual(ids);
    }
    // Whoever asks by the invoice finds the payment too, though the last operation is a refund.
    expect(await find(payment.page.attemptId)).toMatchObject({ state: 'refunded', providerPaymentId: payment.providerPaymentId });
    await acquirer.settled();
    const told = heard.flatMap((reading) => (reading.ok && reading.event.tells.t === 'refund' ? [reading.event.tells.amountMinor] : []));
    expect(told).toEqual([50_050, 50_050, 98_900]);
  });

  test('asked twice with one id, it is one refund; more than there is, none', async () => {
    const payment = await aPaid();
    const refund = aRefund(payment, 60_000);
    const [first, second] = [await provider.refund(refund), await provider.refund(refund)];
    expect(second).toEqual(first);
    expect(acquirer.payment(payment.providerPaymentId)?.refundedMinor).toBe(60_000);
    await expect(provider.refund(aRefund(payment, 140_000))).rejects.toMatchObject({ trouble: 'refused' });
  });

  test('given back, and nobody heard of it: it is found', async () => {
    const payment = await aPaid();
    acquirer.failNext({ kind: 'cutAfter', provider: 'cloudpayments', method: 'payments/refund' });
    expect(await trouble(provider.refund(aRefund(payment, 199_000)))).toBe('unknown');
    expect(await find(payment.page.attemptId, payment.providerPaymentId)).toMatchObject({ state: 'refunded', refundedMinor: 199_000 });
  });
});

describe('the books', () => {
  test('list payments, refunds as what they are, and claims of banks, a hundred a page', async () => {
    const from = clock;
    const { page, providerPaymentId } = await aPaid();
    clock += 1000;
    const refund = acquirer.refundInCabinet(providerPaymentId, 10_000);
    clock += 1000;
    const claim = acquirer.chargeback(providerPaymentId, 100_000);
    const card = await aSavedCard();
    for (let n = 0; n < 102; n += 1) {
      clock += 1000;
      if (n % 20 === 0) await provider.chargeSaved(aCharge(card), noId);
    }
    const listed = await booksOf(from, clock + 1000);
    const shared = { attemptId: page.attemptId, currency: 'RUB', hasReceipt: null };
    expect(listed).toContainEqual({
      ...shared,
      kind: 'payment',
      providerPaymentId,
      ofPaymentId: null,
      state: 'captured',
      amountMinor: 199_000,
      at: new Date(from),
    });
    const back = { kind: 'refund', providerPaymentId: refund.id, ofPaymentId: providerPaymentId, state: 'captured', amountMinor: 10_000 };
    expect(listed).toContainEqual({ ...shared, ...back, at: new Date(from + 1000) });
    const taken = { kind: 'chargeback', providerPaymentId: claim.id, ofPaymentId: providerPaymentId, attemptId: null, state: 'captured' };
    expect(listed).toContainEqual({ ...shared, ...taken, amountMinor: 100_000, at: new Date(from + 2000) });
    expect(listed.filter(({ kind }) => kind === 'payment')).toHaveLength(8);
    expect(await booksOf(from - 2000, from - 1000)).toEqual([]);
  });
});

describe('case 43: what is no answer', () => {
  test.each<[CallFault, string]>([
    ['cutBefore', 'unknown'],
    ['cutAfter', 'unknown'],
    ['silentAfter', 'unknown'],
    ['serverError', 'unknown'],
    ['htmlPage', 'unknown'],
    ['redirect', 'unknown'],
    ['tooMany', 'busy'],
    ['refused', 'refused'],
  ])('%s is %s', async (kind, expected) => {
    const page = aPage();
    acquirer.failNext({ kind, provider: 'cloudpayments', method: 'orders/create' });
    expect(await trouble(provider.createPage(page))).toBe(expected);
    // And then it works, with the same attempt.
    expect(await provider.createPage(page)).toMatchObject({ payUrl: expect.any(String) });
    // Asked whether there is a payment, «I do not know» is not «no».
    acquirer.failNext({ kind, provider: 'cloudpayments', method: 'v2/payments/find' });
    expect(await trouble(find(page.attemptId))).toBe(expected);
  });

  test('nobody there: unreachable; wrong keys: keys', async () => {
    expect(await trouble(aProvider({}, { apiRoot: `http://127.0.0.1:${await aClosedPort()}` }).createPage(aPage()))).toBe('unreachable');
    const wrong = aProvider({}, { secret: 'not the secret' });
    const error = await wrong.ping().catch((fault: unknown) => fault);
    expect(error).toMatchObject({ trouble: 'keys' });
    expect(String(error)).not.toMatch(/not the secret|Basic/);
    await provider.ping();
  });

  test('case 48: sent elsewhere, the keys do not go along', async () => {
    acquirer.failNext({ kind: 'redirect', provider: 'cloudpayments', method: 'test' });
    expect(await trouble(provider.ping())).toBe('unknown');
    expect(acquirer.statistics()).toMatchObject({ followed: 0, followedWithSecrets: 0 });
  });
});

describe('receipts', () => {
  const withReceipts = () => aProvider({ receipts: { taxation: 'usn_income', vat: 'vat5', method: 'full_prepayment' } });

  test('case 30: a receipt that is not the amount is refused before anything is sent', async () => {
    const before = acquirer.statistics().calls['cloudpayments orders/create'];
    await expect(withReceipts().createPage(aPage({ items: [{ label: 'Курс', amountMinor: 198_999 }] }))).rejects.toMatchObject({
      trouble: 'refused',
      code: 'receipt-sum',
    });
    expect(acquirer.statistics().calls['cloudpayments orders/create']).toBe(before);
  });

  test('one that is comes with the page, and is told', async () => {
    const page = aPage();
    await withReceipts().createPage(page);
    await acquirer.pay(page.attemptId);
    await acquirer.settled();
    const receipts = heard.flatMap((reading) => (reading.ok && reading.event.kind === 'receipt' ? [reading.event] : []));
    expect(receipts).toMatchObject([{ attemptId: page.attemptId, tells: { t: 'receipt', url: expect.stringContaining('http') } }]);
  });
});

test.each([{ encoding: 'windows-1251' }, { format: 'json' }, { format: 'json', encoding: 'windows-1251' }] as const)(
  'case 12: messages as the cabinet may be set: %j',
  async (how) => {
    acquirer.setFaults(how);
    await aPaid();
    await acquirer.settled();
    expect(heard.map((reading) => reading.ok && reading.event.tells.t)).toEqual(['check', 'payment']);
  },
);

test('case 46: their own subscriptions are never made, changed or cancelled: nothing but this is ever called', () => {
  const known = ['orders/create', 'orders/cancel', 'payments/get', 'payments/refund', 'payments/tokens/charge', 'test'];
  const called = Object.keys(acquirer.statistics().calls).map((name) => name.replace('cloudpayments ', ''));
  expect([...known, 'v2/payments/find', 'v2/payments/list', 'chargebacks/list']).toEqual(expect.arrayContaining(called));
});
