import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startAcquirer } from '../../../acquirer/server.ts';
import type { Acquirer } from '../../../acquirer/types.ts';
import { type NewPage, type PaymentProvider, type PaymentSnapshot, ProviderError, type SavedCharge } from '../../payments.ts';
import { createTbank } from './create-tbank.ts';

/* The adapter and the stand-in were written by different hands after the same documents. */

const receipts = { taxation: 'usn_income', vat: 'none', method: 'full_payment' } as const;
let acquirer: Acquirer;
/** Where messages go; what they said is read from the stand-in. */
let school: Server;
let notificationUrl = '';
let tbank: PaymentProvider;
/** Does not wait for what will never be answered. */
let impatient: PaymentProvider;

beforeAll(async () => {
  school = createServer((_, response) => response.end('OK'));
  await new Promise<void>((ready) => school.listen(0, '127.0.0.1', ready));
  const address = school.address();
  notificationUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
  acquirer = await startAcquirer({ receiptsRequired: true });
  const config = { terminalKey: acquirer.tbank.terminalKey, password: acquirer.tbank.password, apiRoot: acquirer.tbank.url, test: true };
  tbank = createTbank(config, { receipts, checkNetworks: false });
  impatient = createTbank(config, { receipts, checkNetworks: false, timeoutMs: 200 });
});
afterAll(async () => {
  await acquirer.stop();
  school.closeAllConnections();
  school.close();
});
beforeEach(() => acquirer.setFaults({}));

const items = (amountMinor: number) => [{ label: 'Химия', amountMinor }];
const newPage = (more: Partial<NewPage> = {}): NewPage => ({
  attemptId: randomUUID(),
  amountMinor: 199900,
  currency: 'RUB',
  description: 'Курс «Химия» 🧪',
  customerId: randomUUID(),
  email: 'a@example.ru',
  saveMethod: false,
  items: items(more.amountMinor ?? 199900),
  returnUrl: 'http://127.0.0.1/pay',
  notificationUrl,
  expiresAt: new Date(Date.now() + 3_600_000),
  locale: 'ru',
  ...more,
});

/** What T-Bank has told of a payment so far, read as the school reads it. */
function toldOf(providerPaymentId: string): PaymentSnapshot[] {
  return acquirer
    .notifications()
    .filter(({ paymentId }) => paymentId === providerPaymentId)
    .map(({ body }) => tbank.readWebhook({ path: 'tbank', headers: {}, raw: body, ip: '127.0.0.1' }))
    .flatMap((reading) => (reading.ok && reading.event.tells.t === 'payment' ? [reading.event.tells.snapshot] : []));
}

const troubleOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'none',
    (fault: unknown) => (fault instanceof ProviderError ? fault.trouble : String(fault)),
  );

async function paidPage(more: Partial<NewPage> = {}, card: 'ok' | 'sbp' | 'once' = 'ok') {
  const page = newPage(more);
  const { providerPaymentId } = await tbank.createPage(page);
  await acquirer.pay(page.attemptId, { card });
  return { page, paymentId: providerPaymentId ?? '' };
}

describe('a page', () => {
  it('is paid, and what was told agrees with what is found', async () => {
    const { page, paymentId } = await paidPage({ saveMethod: true });
    const found = await tbank.find({ attemptId: page.attemptId, providerPaymentId: paymentId });
    expect(found).toMatchObject({ attemptId: page.attemptId, state: 'captured', amountMinor: 199900, refundedMinor: 0, test: true });
    expect(await tbank.find({ attemptId: page.attemptId, providerPaymentId: null })).toMatchObject({
      providerPaymentId: paymentId,
      state: 'captured',
    });
    const told = toldOf(paymentId);
    expect(told.map(({ state }) => state).sort()).toEqual(['authorized', 'captured']);
    expect(told[0]).toMatchObject({
      customerId: page.customerId,
      amountMinor: 199900,
      method: { mask: expect.stringMatching(/^•• \d{4}$/) },
    });
  });

  it('keeps no card of somebody who was not asked', async () => {
    const { page, paymentId } = await paidPage();
    expect(toldOf(paymentId).map(({ method }) => method)).toEqual([null, null]);
    expect(acquirer.cards().some(({ customerId }) => customerId === page.customerId)).toBe(false);
  });

  it('is paid by SBP', async () => {
    const { page, paymentId } = await paidPage({}, 'sbp');
    expect(await tbank.find({ attemptId: page.attemptId, providerPaymentId: paymentId })).toMatchObject({
      state: 'captured',
      paidWith: 'СБП',
    });
  });

  it('is declined, with a reason', async () => {
    const page = newPage();
    const { providerPaymentId } = await tbank.createPage(page);
    await acquirer.pay(page.attemptId, { card: 'funds' });
    expect(await tbank.find({ attemptId: page.attemptId, providerPaymentId })).toMatchObject({
      state: 'failed',
      decline: { class: 'funds' },
    });
  });

  it('is withdrawn before, and not after it was paid', async () => {
    const page = newPage();
    const { providerPaymentId } = await tbank.createPage(page);
    const of = { attemptId: page.attemptId, providerPaymentId, providerPageId: null };
    expect(await tbank.cancelPage(of)).toBe(true);
    expect(await tbank.find(of)).toMatchObject({ state: 'voided' });
    const paid = await paidPage();
    expect(await tbank.cancelPage({ attemptId: paid.page.attemptId, providerPaymentId: paid.paymentId, providerPageId: null })).toBe(false);
    expect(acquirer.payment(paid.paymentId)).toMatchObject({ status: 'CONFIRMED', refundedMinor: 0 });
  });

  it('case 41: Init that T-Bank did and never answered', async () => {
    const page = newPage();
    acquirer.failNext({ provider: 'tbank', method: 'Init', kind: 'silentAfter' });
    expect(await troubleOf(impatient.createPage(page))).toBe('unknown');
    expect(await troubleOf(tbank.createPage(page))).toBe('unknown');
    const of = { attemptId: page.attemptId, providerPaymentId: null };
    expect(await tbank.find(of)).toMatchObject({ state: 'opened' });
    expect(await tbank.cancelPage({ ...of, providerPageId: null })).toBe(true);
    expect(acquirer.payments('tbank').filter(({ attemptId }) => attemptId === page.attemptId)).toHaveLength(1);
  });

  it.each([
    ['tooMany', 'busy'],
    ['serverErrorAfter', 'unknown'],
    ['htmlPage', 'unknown'],
    ['cutAfter', 'unknown'],
    ['redirect', 'unknown'],
  ] as const)('case 43: %s is «%s»', async (kind, trouble) => {
    acquirer.failNext({ provider: 'tbank', method: 'Init', kind });
    expect(await troubleOf(tbank.createPage(newPage()))).toBe(trouble);
    // Case 48: nobody followed the redirect.
    expect(acquirer.statistics().followed).toBe(0);
  });
});

describe('a saved card', () => {
  async function aCard(card: 'ok' | 'once' = 'ok') {
    const { page, paymentId } = await paidPage({ saveMethod: true }, card);
    const method = toldOf(paymentId).find((told) => told.method)?.method;
    return { customerId: page.customerId, token: method?.token ?? '', providerRef: method?.providerRef ?? null };
  }
  const newCharge = ({ customerId, token }: { customerId: string; token: string }): SavedCharge => ({
    attemptId: randomUUID(),
    providerPaymentId: null,
    amountMinor: 99000,
    currency: 'RUB',
    description: 'Химия, декабрь',
    customerId,
    email: 'a@example.ru',
    token,
    items: items(99000),
    notificationUrl,
    locale: 'ru',
  });
  const ids: string[] = [];
  const onPaymentId = async (id: string) => {
    ids.push(id);
  };
  const taken = (attemptId: string) =>
    acquirer
      .payments('tbank')
      .filter((one) => one.attemptId === attemptId)
      .reduce((sum, one) => sum + one.capturedMinor, 0);

  it('is charged', async () => {
    const charge = newCharge(await aCard());
    expect(await tbank.chargeSaved(charge, onPaymentId)).toMatchObject({
      state: 'captured',
      amountMinor: 99000,
      attemptId: charge.attemptId,
    });
    expect(taken(charge.attemptId)).toBe(99000);
  });

  it('is declined', async () => {
    const charge = newCharge(await aCard('once'));
    expect(await tbank.chargeSaved(charge, onPaymentId)).toMatchObject({ state: 'failed', decline: { code: expect.any(String) } });
  });

  it.each(['cutAfter', 'cutBefore', 'serverErrorAfter', 'htmlPageAfter'] as const)(
    'case 42: %s at Charge, asked again: charged once',
    async (kind) => {
      const charge = newCharge(await aCard());
      acquirer.failNext({ provider: 'tbank', method: 'Charge', kind });
      ids.length = 0;
      expect(await troubleOf(tbank.chargeSaved(charge, onPaymentId))).toBe('unknown');
      const [providerPaymentId = null] = ids;
      expect(providerPaymentId).not.toBeNull();
      expect(await tbank.chargeSaved({ ...charge, providerPaymentId }, onPaymentId)).toMatchObject({
        state: 'captured',
        providerPaymentId,
      });
      expect(taken(charge.attemptId)).toBe(99000);
      expect(ids).toHaveLength(1);
    },
  );

  it('where charging is not switched on', async () => {
    const charge = newCharge(await aCard());
    acquirer.setFaults({ chargeBlocked: true });
    const fault = await tbank.chargeSaved(charge, onPaymentId).catch((error: unknown) => error);
    expect(fault).toMatchObject({ trouble: 'refused', code: '10' });
    expect(taken(charge.attemptId)).toBe(0);
  });

  it('is removed', async () => {
    const card = await aCard();
    await tbank.forgetMethod(card);
    await tbank.forgetMethod(card);
    expect(acquirer.cards().find(({ token }) => token === card.token)).toMatchObject({ removed: true });
  });
});

describe('giving back', () => {
  const newRefund = (of: { page: NewPage; paymentId: string }, amountMinor: number, more: { whole?: boolean; again?: boolean } = {}) => ({
    refundId: randomUUID(),
    attemptId: of.page.attemptId,
    providerPaymentId: of.paymentId,
    amountMinor,
    capturedMinor: of.page.amountMinor,
    currency: 'RUB',
    whole: false,
    again: false,
    email: of.page.email,
    items: items(amountMinor),
    ...more,
  });

  it('parts, then all that is left', async () => {
    const paid = await paidPage();
    const of = { attemptId: paid.page.attemptId, providerPaymentId: paid.paymentId };
    expect(await tbank.refund(newRefund(paid, 50000))).toMatchObject({ state: 'done', refundedMinor: 50000 });
    expect(await tbank.refund(newRefund(paid, 49900))).toMatchObject({ state: 'done', refundedMinor: 99900 });
    expect(await tbank.find(of)).toMatchObject({ state: 'partly_refunded', refundedMinor: null });
    expect(await troubleOf(tbank.refund(newRefund(paid, 100001)))).toBe('refused');
    expect(await tbank.refund(newRefund(paid, 100000, { whole: true }))).toMatchObject({ state: 'done', refundedMinor: 199900 });
    expect(await tbank.find(of)).toMatchObject({ state: 'refunded' });
  });

  it.each(['ok', 'sbp'] as const)('case 44: an answer that was lost (%s): given back once', async (card) => {
    const paid = await paidPage({}, card);
    const refund = newRefund(paid, 199900, { whole: true });
    acquirer.failNext({ provider: 'tbank', method: 'Cancel', kind: 'cutAfter' });
    expect(await troubleOf(tbank.refund(refund))).toBe('unknown');
    expect(await tbank.refund({ ...refund, again: true })).toMatchObject({ state: 'done', refundedMinor: 199900 });
    expect(acquirer.payment(paid.paymentId)).toMatchObject({ refundedMinor: 199900 });
  });

  it('case 44: a part by card whose answer was lost is given back once', async () => {
    const paid = await paidPage();
    const refund = newRefund(paid, 50000);
    acquirer.failNext({ provider: 'tbank', method: 'Cancel', kind: 'cutAfter' });
    expect(await troubleOf(tbank.refund(refund))).toBe('unknown');
    expect(await tbank.refund({ ...refund, again: true })).toMatchObject({ state: 'done', refundedMinor: 50000 });
    expect(acquirer.payment(paid.paymentId)).toMatchObject({ refundedMinor: 50000 });
  });

  it('case 44: a part by SBP whose answer was lost is not asked for again', async () => {
    const paid = await paidPage({}, 'sbp');
    const refund = newRefund(paid, 50000);
    acquirer.failNext({ provider: 'tbank', method: 'Cancel', kind: 'cutAfter' });
    expect(await troubleOf(tbank.refund(refund))).toBe('unknown');
    expect(await troubleOf(tbank.refund({ ...refund, again: true }))).toBe('unknown');
    expect(acquirer.payment(paid.paymentId)).toMatchObject({ refundedMinor: 50000 });
  });
});

it('the keys open the door, others do not', async () => {
  await tbank.ping();
  const { terminalKey, url } = acquirer.tbank;
  const wrong = createTbank({ terminalKey, password: 'guess', apiRoot: url, test: true }, { receipts: null, checkNetworks: false });
  expect(await troubleOf(wrong.ping())).toBe('keys');
  const foreign = createTbank({ terminalKey: 'Other', password: 'x', apiRoot: url, test: true }, { receipts: null, checkNetworks: false });
  expect(await troubleOf(foreign.ping())).toBe('keys');
});
