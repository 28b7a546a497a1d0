import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  aScriptedBank,
  bankAttemptId,
  created,
  cuts,
  hangs,
  no,
  type Reply,
  type ScriptedBank,
  stands,
  troubleOf,
} from '../../../testing/scripted-bank.ts';
import type { NewPage } from '../../payments.ts';

let bank: ScriptedBank;
beforeAll(async () => {
  bank = await aScriptedBank();
});
beforeEach(() => bank.reset());
afterAll(() => bank.stop());

const item = (amountMinor: number) => [{ label: 'Химия', amountMinor }];
const page: NewPage = {
  attemptId: bankAttemptId,
  amountMinor: 199900,
  currency: 'RUB',
  description: 'Курс «Химия» 🧪',
  customerId: 'person-1',
  email: 'a@example.ru',
  saveMethod: false,
  items: item(199900),
  returnUrl: 'https://school.example/pay/1',
  notificationUrl: 'https://school.example/webhooks/tbank',
  expiresAt: new Date('2026-11-23T09:00:00Z'),
  locale: 'ru',
};

describe('a page', () => {
  it('case 9: is made with all that was asked, and keeps no card', async () => {
    bank.says('Init', created);
    expect(await bank.tbank.createPage(page)).toEqual({ payUrl: 'https://pay.example/x', providerPaymentId: '700', providerPageId: null });
    expect(bank.calls[0]?.[1]).toEqual({
      Token: expect.stringMatching(/^[0-9a-f]{64}$/),
      TerminalKey: 'Terminal',
      Amount: 199900,
      OrderId: bankAttemptId,
      Description: 'Курс «Химия» 🧪',
      PayType: 'O',
      Language: 'ru',
      NotificationURL: page.notificationUrl,
      SuccessURL: page.returnUrl,
      FailURL: page.returnUrl,
      RedirectDueDate: '2026-11-23T12:00:00+03:00',
    });
  });

  it('by the month keeps the card, with a receipt where there are receipts', async () => {
    bank.says('Init', created);
    await bank.withReceipts.createPage({ ...page, saveMethod: true });
    expect(bank.calls[0]?.[1]).toMatchObject({
      Recurrent: 'Y',
      CustomerKey: 'person-1',
      DATA: { OperationInitiatorType: '1' },
      Receipt: { Email: 'a@example.ru', Items: [{ Amount: 199900 }] },
    });
  });

  it.each([19_99, 29, 8_20, 2900_55, 1, 1_000_000_000])('case 29: %i kopecks go out as they are', async (amountMinor) => {
    bank.says('Init', { ...created, Amount: amountMinor });
    await bank.tbank.createPage({ ...page, amountMinor });
    expect(bank.calls[0]?.[1].Amount).toBe(amountMinor);
  });

  it.each<[string, Partial<NewPage>, string]>([
    ['case 30: a receipt of another sum', { items: item(199899) }, 'refused receipt-sum'],
    ['case 31: nothing', { amountMinor: 0 }, 'refused amount'],
    ['case 31: less than nothing', { amountMinor: -5 }, 'refused amount'],
    ['case 31: no number', { amountMinor: Number.NaN }, 'refused amount'],
    ['case 31: too much', { amountMinor: 1e21 }, 'refused amount'],
    ['another currency', { currency: 'KZT' }, 'refused currency'],
  ])('%s is refused before the call', async (_, more, trouble) => {
    expect(await troubleOf(bank.withReceipts.createPage({ ...page, ...more }))).toBe(trouble);
    expect(bank.calls).toEqual([]);
  });

  it.each<[string, Reply, string]>([
    ['wrong keys', no('204'), 'keys 204'],
    ['refused', no('251'), 'refused 251'],
    ['case 43: 200 without success and without a code', { Success: false }, 'unknown'],
    ['case 43: a fault inside T-Bank', no('9999'), 'unknown 9999'],
    ['case 43: 429', (response) => response.writeHead(429).end(), 'busy http-429'],
    ['case 43: 500', (response) => response.writeHead(500).end('{"Success":true}'), 'unknown http-500'],
    ['case 43: a page of HTML', (response) => response.end('<html>'), 'unknown http-200'],
    ['case 48: a redirect', (response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(), 'unknown http-302'],
    ['case 41: no answer', hangs, 'unknown'],
    ['case 41: an order that T-Bank has already', no('20'), 'unknown 20'],
    ['an answer about another amount', { ...created, Amount: 1 }, 'unknown'],
    ['an answer about another order', { ...created, OrderId: 'x' }, 'unknown'],
    ['no address', { ...created, PaymentURL: undefined }, 'refused no-page'],
    ['an address that is a script', { ...created, PaymentURL: 'javascript:alert(1)' }, 'refused no-page'],
  ])('%s', async (_, reply, trouble) => {
    bank.says('Init', reply);
    expect(await troubleOf((reply === hangs ? bank.impatient : bank.tbank).createPage(page))).toBe(trouble);
  });

  it('case 41: after an unknown outcome T-Bank is asked by the order, and the page is withdrawn', async () => {
    const lost = { PaymentId: '700', Amount: 199900, Status: 'NEW', Success: true, ErrorCode: '0' };
    bank.says('Init', cuts);
    expect(await troubleOf(bank.tbank.createPage(page))).toMatch(/^unknown/);
    bank.says('CheckOrder', { Success: true, ErrorCode: '0', OrderId: bankAttemptId, Payments: [lost] });
    const of = { attemptId: bankAttemptId, providerPaymentId: null };
    expect(await bank.tbank.find(of)).toMatchObject({ providerPaymentId: '700', state: 'opened', attemptId: bankAttemptId });
    bank.says('CheckOrder', { Success: true, ErrorCode: '0', OrderId: bankAttemptId, Payments: [lost] });
    bank.says('Cancel', { Success: true, ErrorCode: '0', Status: 'CANCELED', PaymentId: 700, OriginalAmount: 199900, NewAmount: 0 });
    expect(await bank.tbank.cancelPage({ ...of, providerPageId: null })).toBe(true);
    expect(bank.calls.at(-1)?.[1]).toMatchObject({ PaymentId: '700' });
    expect(bank.calls.at(-1)?.[1]).not.toHaveProperty('Amount');
  });
});

describe('withdrawing a page', () => {
  const of = { attemptId: bankAttemptId, providerPaymentId: '700', providerPageId: null };
  it.each<[string, Reply, Reply | null, boolean]>([
    ['shown', stands('FORM_SHOWED'), { Success: true, Status: 'CANCELED' }, true],
    ['cancelled before', stands('CANCELED'), null, true],
    ['expired', stands('DEADLINE_EXPIRED'), null, true],
    ['refused', stands('REJECTED', { Success: false, ErrorCode: '1051' }), null, true],
    ['being paid', stands('AUTHORIZING'), null, false],
    ['paid', stands('CONFIRMED'), null, false],
    ['paid while it was withdrawn', stands('NEW'), { Success: true, Status: 'REFUNDED' }, false],
    ['paid while it was withdrawn, and that is refused', stands('NEW'), no('4'), false],
  ])('%s', async (_, state, reply, gone) => {
    bank.says('GetState', state);
    if (reply) bank.says('Cancel', reply);
    expect(await bank.tbank.cancelPage(of)).toBe(gone);
    expect(bank.methods()).toEqual(reply ? ['GetState', 'Cancel'] : ['GetState']);
  });

  it('case 43: without an answer it may still be paid', async () => {
    bank.says('GetState', stands('NEW'));
    bank.says('Cancel', cuts);
    expect(await troubleOf(bank.tbank.cancelPage(of))).toMatch(/^unknown/);
  });
});
