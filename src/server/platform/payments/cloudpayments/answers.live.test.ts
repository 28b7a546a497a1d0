/** Answers that the stand-in never gives, as the documents have them, from a server that says what it is told. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { BookedOperation, PaymentProvider } from '../../payments.ts';
import { createCloudPayments } from './cloudpayments.ts';

const attemptId = '5f0c7a54-6f6e-4a0e-9a3c-0f7a3f1f2b11';
let server: Server;
let provider: PaymentProvider;
/** By method: each answer in turn, the last one for good. */
let script: Record<string, unknown[]> = {};
const asked: { method: string; body: Record<string, unknown>; key: string | undefined }[] = [];

beforeAll(async () => {
  server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const method = (req.url ?? '').slice(1);
      asked.push({ method, body: JSON.parse(Buffer.concat(chunks).toString()), key: req.headers['x-request-id']?.toString() });
      const answers = script[method] ?? [{ Success: false, Message: 'Not found' }];
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      res.setHeader('content-type', 'application/json');
      res.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const apiRoot = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const config = { publicId: 'pk_test', secret: 'secret', apiRoot, currencies: ['RUB'], test: false } as const;
  const receipts = { taxation: 'patent', vat: 'none', method: 'full_prepayment' } as const;
  provider = createCloudPayments(config, { receipts, checkNetworks: false });
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  script = {};
  asked.length = 0;
});

const ok = (Model: unknown) => ({ Success: true, Message: null, Model });
const no = (Model: unknown, Message: string | null = null) => ({ Success: false, Message, Model });
const transaction = (over: Record<string, unknown> = {}) => ({
  ...{ TransactionId: 504, Amount: 690, Currency: 'RUB', Status: 'Completed', Type: 0, InvoiceId: attemptId, AccountId: 'student-1' },
  ...{ TestMode: false, ReasonCode: 0, Refunded: false, CreatedDateIso: '2026-11-24T12:00:00', ...over },
});

const charge = () =>
  provider.chargeSaved(
    {
      ...{ attemptId, providerPaymentId: null, amountMinor: 69_000, currency: 'RUB', description: 'Месяц', customerId: 'student-1' },
      ...{ email: 'a@example.ru', token: 'tk_secret', notificationUrl: '', locale: 'ru' },
      items: [{ label: `${'Месяц курса '.repeat(10)}в полях 🌾🌾🌾`, amountMinor: 69_000 }],
    },
    async () => {},
  );
const find = () => provider.find({ attemptId, providerPaymentId: '504' });
const page = () =>
  provider.createPage({
    ...{ attemptId, amountMinor: 69_000, currency: 'RUB', description: 'Курс', customerId: 'student-1', email: 'a@example.ru' },
    ...{ saveMethod: false, items: [{ label: 'Курс', amountMinor: 69_000 }], returnUrl: 'https://school.example/payments/1' },
    ...{ notificationUrl: '', expiresAt: new Date(), locale: 'ru' },
  });

test.each([
  ['https://orders.cloudpayments.ru/d/abc', 'none'],
  ['javascript:alert(document.cookie)', 'unknown'],
  ['file:///etc/passwd', 'unknown'],
  ['orders.cloudpayments.ru/d/abc', 'unknown'],
  [undefined, 'unknown'],
])('a page at %s: %s', async (Url, trouble) => {
  script = { 'orders/create': [ok({ Id: 'f2K8LV6reGE9WBFn', Url })] };
  const told = await page().then(
    () => 'none',
    (error: { trouble?: string }) => error.trouble,
  );
  expect(told).toBe(trouble);
});

describe('a charge', () => {
  test('is asked for as a charge by the school and by a plan, under the attempt’s key, with its receipt', async () => {
    script = { 'payments/tokens/charge': [ok(transaction())] };
    expect(await charge()).toMatchObject({ state: 'captured', amountMinor: 69_000, test: false });
    const { body, key } = asked.find(({ method }) => method === 'payments/tokens/charge') ?? {};
    expect(key).toBe(attemptId);
    expect(body).toEqual({
      ...{ Amount: 690, Currency: 'RUB', InvoiceId: attemptId, Description: 'Месяц', AccountId: 'student-1', Email: 'a@example.ru' },
      ...{ Token: 'tk_secret', TrInitiatorCode: 0, PaymentScheduled: 1 },
      JsonData: {
        cloudpayments: {
          CustomerReceipt: {
            Items: [
              // Cut before the flower that does not fit, not within it.
              { label: `${'Месяц курса '.repeat(10)}в полях…`, price: 690, quantity: 1, amount: 690, vat: null, method: 1, object: 4 },
            ],
            taxationSystem: 5,
            email: 'a@example.ru',
            amounts: { electronic: 690 },
          },
        },
      },
    });
  });

  test.each([
    [
      'Success does not describe the payment',
      ok(transaction({ Status: 'Declined', ReasonCode: 5051 })),
      { state: 'failed', decline: { class: 'funds' } },
    ],
    ['a hold is no money', ok(transaction({ Status: 'Authorized' })), { state: 'authorized' }],
    ['a word that is new is nothing final', ok(transaction({ Status: 'Pending' })), { state: 'opened', decline: null }],
    ['SBP: the end comes by a message', no(transaction({ Status: 'AwaitingAuthentication' })), { state: 'opened' }],
    [
      'a reason that is new',
      no(transaction({ Status: 'Declined', ReasonCode: 5999 })),
      { decline: { code: '5999', class: 'other', again: 'later' } },
    ],
    ['no reason at all', no(transaction({ Status: 'Declined', ReasonCode: null })), { decline: { code: 'unknown', class: 'other' } }],
    [
      'the bank wants 3-D Secure, and nobody is there',
      no({ TransactionId: 504, PaReq: 'eJx', AcsUrl: 'https://acs.example' }),
      { state: 'failed', providerPaymentId: '504', amountMinor: 69_000, decline: { code: '3ds', class: 'three-ds', again: 'never' } },
    ],
    [
      'an id longer than a double holds',
      JSON.stringify(ok(transaction())).replace('504', '12345678901234567890'),
      { providerPaymentId: '12345678901234567890' },
    ],
  ])('%s', async (_name, answer, expected) => {
    script = { 'payments/tokens/charge': [answer] };
    expect(await charge()).toMatchObject(expected);
  });

  test.each([
    ['a sum that is none', ok(transaction({ Amount: 'NaN' })), 'unknown'],
    ['a sum with a third digit', ok(transaction({ Amount: 690.001 })), 'unknown'],
    ['no currency', ok(transaction({ Currency: null })), 'unknown'],
    ['no transaction, though it worked', ok(null), 'unknown'],
    ['JSON of somebody else', [], 'unknown'],
    ['JSON without a word on how it went', { Model: transaction() }, 'unknown'],
    ['a refusal', no(null, 'Amount is required'), 'refused'],
  ])('%s: %s', async (_name, answer, trouble) => {
    script = { 'payments/tokens/charge': [answer] };
    await expect(charge()).rejects.toMatchObject({ trouble });
  });

  test('that the question for an earlier charge is refused does not mean that there was none', async () => {
    script = { 'v2/payments/find': [no(null, 'Too many requests')] };
    await expect(charge()).rejects.toMatchObject({ trouble: 'unknown' });
    expect(asked.some(({ method }) => method === 'payments/tokens/charge')).toBe(false);
  });

  test('what a refusal says goes into logs: without anything that could be a card or a token', async () => {
    script = {
      'payments/tokens/charge': [no(null, `Token tk_020a924486aa4df254331afa33f2a of 4242424242424242 unknown. ${'x'.repeat(500)}`)],
    };
    const error = await charge().catch((fault: unknown) => fault);
    expect(String(error)).toMatch(/Token … of … unknown/);
    expect(String(error).length).toBeLessThan(300);
  });
});

describe('a look', () => {
  test.each([
    ['an answer that is none', ok(null)],
    ['another refusal', no(null, 'Too many requests')],
    ['no words', no(null)],
  ])('%s does not mean that there is no payment', async (_name, answer) => {
    script = { 'v2/payments/find': [answer] };
    await expect(provider.find({ attemptId, providerPaymentId: null })).rejects.toMatchObject({ trouble: 'refused' });
  });

  test('a list that does not know its own end, and refunds of long ago: what cannot be told is not made up', async () => {
    const refund = { Type: 1, OriginalTransactionId: 504, Amount: 100, TransactionId: 600 };
    script = {
      'payments/get': [ok(transaction({ Refunded: true }))],
      'v2/payments/find': [ok(transaction({ ...refund, CreatedDateIso: '2027-03-24T12:00:00' }))],
    };
    expect(await find()).toMatchObject({ state: 'captured', refundedMinor: null, refunds: [] });
    script = { ...script, 'v2/payments/find': [ok(transaction({ ...refund, CreatedDateIso: '2026-11-25T12:00:00' }))] };
    script['v2/payments/list'] = [
      ok([
        transaction(),
        transaction({ ...refund, TransactionId: 599 }),
        transaction({ ...refund, Status: 'Declined', TransactionId: 598 }),
        transaction(refund),
      ]),
    ];
    expect(await find()).toMatchObject({ state: 'partly_refunded', refundedMinor: 20_000 });
    expect(asked.filter(({ method }) => method === 'v2/payments/list')).toHaveLength(2);
  });

  test('a hold that was let go, and a payout, are no money', async () => {
    script = { 'v2/payments/find': [no(transaction({ Status: 'Cancelled' }))], 'v2/payments/list': [ok([])] };
    expect(await provider.find({ attemptId, providerPaymentId: null })).toMatchObject({ state: 'voided' });
    script = { 'v2/payments/find': [ok(transaction({ Type: 2 }))] };
    expect(await provider.find({ attemptId, providerPaymentId: null })).toBeNull();
  });
});

test('claims of banks as the documents have them: those that were withdrawn and fines are none, and what is not understood is said', async () => {
  const claim = {
    ChargeBackId: '6811d4a17bab1c4b44c19371',
    TransactionId: 504,
    Amount: 100,
    Currency: 'RUB',
    Type: 'Chargeback',
    Operation: 'Presentment',
    Date: '/Date(1745960400000)/',
  };
  const empty = ok([]);
  const list = async () => {
    const listed: BookedOperation[] = [];
    for await (const one of provider.list(new Date(0), new Date())) listed.push(one);
    return listed;
  };
  script = {
    'v2/payments/list': [empty],
    'chargebacks/list': [ok([claim, { ...claim, Operation: 'Representment' }, { ...claim, Type: 'Fee' }]), empty],
  };
  expect(await list()).toEqual([
    {
      ...{ kind: 'chargeback', providerPaymentId: '6811d4a17bab1c4b44c19371', ofPaymentId: '504', attemptId: null, state: 'captured' },
      ...{ amountMinor: 10_000, currency: 'RUB', at: new Date(1_745_960_400_000), hasReceipt: null },
    },
  ]);
  for (const broken of [{ ...claim, Amount: 'much' }, { ...claim, Date: 'yesterday' }, { Type: 'Chargeback' }]) {
    script = { 'v2/payments/list': [empty], 'chargebacks/list': [ok([broken]), empty] };
    await expect(list()).rejects.toMatchObject({ trouble: 'unknown' });
  }
  script = { 'v2/payments/list': [no(null, 'Forbidden')] };
  await expect(list()).rejects.toMatchObject({ trouble: 'refused' });
});
