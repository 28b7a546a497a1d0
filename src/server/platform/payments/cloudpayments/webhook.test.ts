import { createHmac, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { CloudPaymentsWebhook } from '#shared/payments.ts';
import type { WebhookReading, WebhookRequest } from '../../payments.ts';
import { createWebhookReader } from './webhook.ts';

const secret = 'test-api-secret';
const config = { publicId: 'pk_test', secret, apiRoot: 'http://127.0.0.1:1', currencies: ['RUB'], test: false } as const;
const read = createWebhookReader(config, { checkNetworks: false });
const hmac = (bytes: Buffer | string) => createHmac('sha256', secret).update(bytes).digest('base64');

const attemptId = '5f0c7a54-6f6e-4a0e-9a3c-0f7a3f1f2b11';
const pay = {
  TransactionId: '891510444',
  Amount: '1990.00',
  Currency: 'RUB',
  PaymentAmount: '1990.00',
  PaymentCurrency: 'RUB',
  DateTime: '2026-11-23 09:15:00',
  CardFirstSix: '424242',
  CardLastFour: '4242',
  CardType: 'Visa',
  CardExpDate: '12/27',
  TestMode: '0',
  Status: 'Completed',
  OperationType: 'Payment',
  GatewayName: 'Test',
  InvoiceId: attemptId,
  AccountId: 'student-1',
  Description: 'Курс «Русский язык» – 80+',
  AuthCode: 'A1B2C3',
  Token: 'tk_020a924486aa4df254331afa33f2a',
  TotalFee: '77.61',
};
const fail = { ...without(pay, 'Status', 'GatewayName', 'AuthCode', 'Token', 'TotalFee'), Reason: 'InsufficientFunds', ReasonCode: '5051' };
const refund = {
  TransactionId: '891510500',
  PaymentTransactionId: '891510444',
  Amount: '500.00',
  DateTime: '2026-11-24 10:00:00',
  OperationType: 'Refund',
  InvoiceId: attemptId,
  AccountId: 'student-1',
};
const check = without(pay, 'GatewayName', 'AuthCode', 'Token', 'TotalFee');
const recurrent = { Id: 'sc_1', AccountId: 'student-1', Amount: '10.00', Status: 'Cancelled', SuccessfulTransactionsNumber: '3' };

function without(fields: Record<string, string>, ...names: string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();

function request(type: string, body: string | Buffer, headers?: WebhookRequest['headers']): WebhookRequest {
  const raw = Buffer.from(body);
  return {
    path: `cloudpayments/${type}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...(headers ?? { 'content-hmac': hmac(raw) }) },
    raw,
    ip: '127.0.0.1',
  };
}

const told = (type: CloudPaymentsWebhook, fields: Record<string, string>) => event(read(request(type, form(fields))));

function event(reading: WebhookReading) {
  if (!reading.ok) throw new Error(`refused: ${reading.reason}`);
  return reading.event;
}

const refusal = (reading: WebhookReading) => (reading.ok ? null : [reading.answer.status, reading.reason]);

describe('what a message tells', () => {
  test('Pay is money', () => {
    const reading = read(request('pay', form(pay)));
    expect(reading).toMatchObject({ ok: true, ack: { status: 200, body: '{"code":0}' } });
    expect(event(reading)).toEqual({
      dedupeKey: 'pay:891510444',
      kind: 'pay',
      attemptId,
      providerPaymentId: '891510444',
      tells: {
        t: 'payment',
        sure: true,
        snapshot: {
          provider: 'cloudpayments',
          attemptId,
          providerPaymentId: '891510444',
          state: 'captured',
          amountMinor: 199_000,
          currency: 'RUB',
          refundedMinor: null,
          refunds: [],
          customerId: 'student-1',
          test: false,
          paidWith: '•• 4242',
          method: { token: 'tk_020a924486aa4df254331afa33f2a', providerRef: null, mask: '•• 4242', expires: '1227' },
          decline: null,
          receiptUrl: null,
          at: new Date('2026-11-23T09:15:00Z'),
        },
      },
    });
  });

  test('Pay of a hold is none, Confirm of it is', () => {
    expect(told('pay', { ...pay, Status: 'Authorized' }).tells).toMatchObject({ sure: true, snapshot: { state: 'authorized' } });
    expect(told('confirm', without(pay, 'OperationType')).tells).toMatchObject({ sure: true, snapshot: { state: 'captured' } });
  });

  test('what was paid by SBP has no card', () => {
    const { tells } = told('pay', { ...without(pay, 'CardLastFour', 'CardExpDate'), PaymentMethod: 'Sbp' });
    expect(tells).toMatchObject({ snapshot: { paidWith: 'СБП', method: { mask: 'СБП', expires: null } } });
  });

  test('Fail is a decline with its class', () =>
    expect(told('fail', fail)).toMatchObject({
      dedupeKey: 'fail:891510444',
      tells: {
        t: 'payment',
        sure: true,
        snapshot: { state: 'failed', method: null, decline: { code: '5051', class: 'funds', again: 'later' } },
      },
    }));

  test('Fail of a refund says nothing of the payment', () =>
    expect(told('fail', { ...fail, OperationType: 'Refund' }).tells).toEqual({ t: 'nothing' }));

  test('Refund belongs to its payment, and names no currency', () =>
    expect(told('refund', refund)).toEqual({
      dedupeKey: 'refund:891510500',
      kind: 'refund',
      attemptId,
      providerPaymentId: '891510444',
      tells: {
        t: 'refund',
        providerRefundId: '891510500',
        amountMinor: 50_000,
        currency: null,
        at: new Date('2026-11-24T10:00:00Z'),
      },
    }));

  test('case 34: a test payment says that it is one', () =>
    expect(told('pay', { ...pay, TestMode: '1' }).tells).toMatchObject({ snapshot: { test: true } }));

  test('Check asks; unreadable, the answer is no', () => {
    expect(told('check', check).tells).toEqual({ t: 'check', amountMinor: 199_000, currency: 'RUB', customerId: 'student-1', test: false });
    const reading = read(request('check', form({ ...check, Amount: '1,00' })));
    expect(reading).toMatchObject({ ok: false, answer: { status: 200, body: '{"code":13}' } });
  });

  test('case 47: Recurrent is known by its numbers, so that a second change is not the first', () => {
    expect(told('recurrent', recurrent)).toMatchObject({
      dedupeKey: 'recurrent:sc_1:Cancelled:3::',
      attemptId: null,
      providerPaymentId: null,
      tells: { t: 'subscription', status: 'Cancelled', id: 'sc_1' },
    });
    expect(told('recurrent', { ...recurrent, SuccessfulTransactionsNumber: '4' }).dedupeKey).not.toBe(
      told('recurrent', recurrent).dedupeKey,
    );
  });

  test('Receipt of the payment, not of its refund', () => {
    const receipt = {
      Id: 'r1',
      TransactionId: '891510444',
      Amount: '1990.00',
      InvoiceId: attemptId,
      Type: 'Income',
      Url: 'https://ofd.example/1',
    };
    expect(told('receipt', receipt)).toMatchObject({ dedupeKey: 'receipt:r1', tells: { t: 'receipt', url: 'https://ofd.example/1' } });
    expect(told('receipt', { ...receipt, Url: 'javascript:alert(1)' }).tells).toEqual({ t: 'receipt', url: null });
    expect(told('receipt', { ...receipt, Id: 'r2', Type: 'IncomeReturn' }).tells).toEqual({ t: 'nothing' });
  });

  test.each(['ord_42', '', `${attemptId}'; --`, '%00'])('an InvoiceId that we did not write (%j) is none of ours', (InvoiceId) =>
    expect(told('pay', { ...pay, InvoiceId })).toMatchObject({ attemptId: null, tells: { snapshot: { attemptId: null } } }),
  );
});

describe('case 10: the signature is over the bytes as they came', () => {
  const body =
    'TransactionId=891510444&Amount=1990.00&Currency=RUB&InvoiceId=ord_42&AccountId=user%40example.com&Description=%D0%9A%D1%83%D1%80%D1%81+%C2%ABTypeScript%C2%BB&Status=Completed&TestMode=1&Data=%7B%22orderId%22%3A%22ord_42%22%7D';

  test('the vector of our facts', () => {
    expect(read(request('pay', body, { 'content-hmac': 'hWRfxgzgrXUqRA+hvI1bEP2lLDaTCcXfPFbzUr9KBVg=' })).ok).toBe(true);
  });

  test('case 11: only X-Content-HMAC, whatever a plus means there: money is asked for then, not believed', () => {
    for (const digest of ['ZXl05WTpK4F9p06t2RpwxOKe/t4aTZP0g/ZP+z5aKeE=', '3m3oEn2XW2v0aAipTV554F/sM5uBoEvOFQ+/R5WatCU='])
      expect(event(read(request('pay', body, { 'x-content-hmac': digest })))).toMatchObject({ tells: { t: 'payment', sure: false } });
    const whole = form(pay);
    const decoded = decodeURIComponent(whole.replaceAll('+', ' '));
    expect(event(read(request('pay', whole, { 'x-content-hmac': hmac(decoded) })))).toMatchObject({
      dedupeKey: 'pay:891510444:unsure',
      tells: { sure: false, snapshot: { state: 'opened', method: null } },
    });
    expect(
      event(read(request('refund', form(refund), { 'x-content-hmac': hmac(decodeURIComponent(form(refund)).replaceAll('+', ' ')) }))),
    ).toMatchObject({
      dedupeKey: 'refund:891510500:unsure',
      providerPaymentId: '891510444',
      tells: { t: 'payment', sure: false },
    });
  });

  test('case 11: a wrong Content-HMAC is not saved by a right X-Content-HMAC', () => {
    const headers = { 'content-hmac': hmac('other'), 'x-content-hmac': '3m3oEn2XW2v0aAipTV554F/sM5uBoEvOFQ+/R5WatCU=' };
    expect(refusal(read(request('pay', body, headers)))).toEqual([401, 'signature']);
  });

  test('one byte changed, another secret, no header: 401 and not a word', () => {
    const digest = hmac(form(pay));
    const forged = [
      request('pay', form({ ...pay, Amount: '1990.01' }), { 'content-hmac': digest }),
      request('pay', form(pay), { 'content-hmac': createHmac('sha256', 'other').update(form(pay)).digest('base64') }),
      request('pay', form(pay), {}),
    ];
    for (const one of forged)
      expect(read(one)).toEqual({ ok: false, answer: { status: 401, contentType: expect.any(String), body: '' }, reason: 'signature' });
  });

  test('case 13: parsed and written anew by something in between, it is another message', () => {
    const raw = form(pay).replaceAll('+', '%20');
    const again = new URLSearchParams(Object.fromEntries(new URLSearchParams(raw))).toString();
    expect(again).not.toBe(raw);
    expect(refusal(read(request('pay', again, { 'content-hmac': hmac(raw) })))).toEqual([401, 'signature']);
  });

  test.each([
    ['twice', [hmac(form(pay)), hmac(form(pay))]],
    ['twice, joined', `${hmac(form(pay))}, ${hmac(form(pay))}`],
    ['too short', 'AAAA'],
    ['too long', `${'A'.repeat(200)}=`],
    ['no base64', '!!!! not base64 !!!!'],
    ['hex', createHmac('sha256', secret).update(form(pay)).digest('hex')],
    ['empty', ''],
    ['without its end', hmac(form(pay)).slice(0, -1)],
  ])('case 14: a header that is no digest (%s) is refused, not a fault', (_name, header) => {
    for (const name of ['content-hmac', 'x-content-hmac'])
      expect(refusal(read(request('pay', form(pay), { [name]: header })))).toEqual([401, 'signature']);
  });
});

describe('case 12: forms of writing', () => {
  const expected = told('pay', pay);

  test('JSON, with numbers as numbers', () => {
    const body = JSON.stringify({ ...pay, TransactionId: 891510444, Amount: 1990.0, TestMode: 0, Data: { a: 1 }, Name: null });
    const headers = { 'content-type': 'application/json; charset=utf-8', 'content-hmac': hmac(body) };
    expect(event(read(request('pay', body, headers)))).toEqual(expected);
  });

  test('a transaction whose number is too long for a double', () => {
    const body = JSON.stringify(pay).replace('"891510444"', '12345678901234567890');
    const headers = { 'content-type': 'application/json', 'content-hmac': hmac(body) };
    expect(event(read(request('pay', body, headers))).providerPaymentId).toBe('12345678901234567890');
  });

  test.each(['; charset=windows-1251', '; charset="CP1251"', ''])('Windows-1251 in a form (%j)', (charset) => {
    const body = `${form(without(pay, 'Description'))}&Description=%CA%F3%F0%F1+%AB%D0%F3%F1%F1%EA%E8%E9%BB`;
    const headers = { 'content-type': `application/x-www-form-urlencoded${charset}`, 'content-hmac': hmac(body) };
    expect(event(read(request('pay', body, headers)))).toEqual(expected);
    const decoded = Buffer.concat([
      Buffer.from(decodeURIComponent(form(without(pay, 'Description')).replaceAll('+', ' '))),
      Buffer.from('&Description='),
      Buffer.from([0xca, 0xf3, 0xf0, 0xf1, 0x20, 0xab, 0xd0, 0xf3, 0xf1, 0xf1, 0xea, 0xe8, 0xe9, 0xbb]),
    ]);
    for (const text of [decoded, Buffer.from(new TextDecoder('windows-1251').decode(decoded))])
      expect(read(request('pay', body, { 'content-type': headers['content-type'], 'x-content-hmac': hmac(text) })).ok).toBe(true);
  });

  test('Windows-1251 in JSON', () => {
    const [head, tail] = JSON.stringify({ ...pay, Description: '…' }).split('…');
    const body = Buffer.concat([Buffer.from(head ?? ''), Buffer.from([0xca, 0xf3, 0xf0, 0xf1]), Buffer.from(tail ?? '')]);
    const headers = { 'content-type': 'application/json; charset=windows-1251', 'content-hmac': hmac(body) };
    expect(event(read(request('pay', body, headers)))).toEqual(expected);
  });
});

describe('case 38: a message at the wrong address is not taken at its word', () => {
  const bodies = { pay, fail, refund, check };
  test.each([
    ['fail', 'pay'],
    ['refund', 'pay'],
    ['check', 'pay'],
    ['check', 'confirm'],
    ['fail', 'confirm'],
    ['pay', 'fail'],
    ['check', 'fail'],
    ['refund', 'fail'],
    ['pay', 'refund'],
    ['check', 'refund'],
    ['fail', 'cancel'],
  ] as const)('%s at the address of %s: nothing is taken from it', (kind, path) => {
    const { tells, dedupeKey } = told(path, bodies[kind]);
    if (tells.t === 'nothing') return;
    expect(tells).toMatchObject({ t: 'payment', sure: false, snapshot: { state: 'opened', method: null, decline: null } });
    // The true message is still to come, and must not be taken for a repetition.
    expect(dedupeKey).toMatch(/:unsure$/);
  });

  test.each<Record<string, string>>([
    { Reason: 'InsufficientFunds' },
    { ReasonCode: '5051' },
    { Status: 'Declined' },
    { Status: 'completed' },
    { Status: '' },
    { OperationType: 'Refund' },
    { OperationType: 'CardPayout' },
    { PaymentTransactionId: '1' },
    { Currency: '' },
  ])('Pay with %j is not sure', (field) => expect(told('pay', { ...pay, ...field }).tells).toMatchObject({ sure: false }));

  test.each(['', '/pay', 'pay/', 'Pay', 'pay?x=1', '../tbank', 'pay%2Ffail', '__proto__', 'constructor'])(
    'there is no address %j',
    (type) => expect(refusal(read(request(type, form(pay))))).toEqual([404, 'unknown-path']),
  );
});

describe('case 39: hostile bodies, well signed all the same', () => {
  const signed = (body: string | Buffer, contentType = 'application/x-www-form-urlencoded') =>
    read(request('pay', body, { 'content-type': contentType, 'content-hmac': hmac(Buffer.from(body)) }));

  test.each([
    ['a field twice', `${form(pay)}&Amount=0.01`],
    ['a field twice, written otherwise', `${form(pay)}&%41mount=0.01`],
    ['a list instead of the amount', form({ ...without(pay, 'Amount'), 'Amount[]': '1990.00' })],
    ['no number', form({ ...pay, TransactionId: '0x10' })],
    ['a thousand fields', `${form(pay)}${Array.from({ length: 1000 }, (_, n) => `&x${n}=1`).join('')}`],
    ['nothing', ''],
    ['noise', Buffer.from([0, 255, 254, 37, 37, 38, 61])],
  ])('%s: unreadable', (_name, body) => expect(refusal(signed(body))).toEqual([400, 'unreadable']));

  test.each(['1,00', '10.001', '-5', '1e21', 'NaN', ''])('case 31: an amount %j is none', (Amount) =>
    expect(refusal(signed(form({ ...pay, Amount })))).toEqual([400, 'unreadable']),
  );

  test('InvoiceId[]=… is not the InvoiceId', () =>
    expect(event(signed(form({ ...without(pay, 'InvoiceId'), 'InvoiceId[]': attemptId })))).toMatchObject({ attemptId: null }));

  test('fields that mean something to a language are fields like any', () => {
    const reading = signed(`${form(pay)}&__proto__=x&constructor=y&toString=z`);
    expect(event(reading)).toEqual(told('pay', pay));
    expect(Object.getPrototypeOf({})).not.toHaveProperty('x');
  });

  test.each([
    ['__proto__ in JSON', `{"__proto__":{"Amount":"1.00"},${JSON.stringify(pay).slice(1)}`],
    ['deep JSON', `${'['.repeat(15_000)}${']'.repeat(15_000)}`],
    ['a list', '[1]'],
    ['half of it', JSON.stringify(pay).slice(0, 40)],
  ])('%s: unreadable', (_name, body) => expect(refusal(signed(body, 'application/json'))).toEqual([400, 'unreadable']));

  test('8 MB are not looked at', () => expect(refusal(signed(Buffer.alloc(8 * 1024 * 1024, 0x61)))).toEqual([413, 'unreadable']));

  test('a thousand bodies of noise: refused or read, never a fault', () => {
    for (let n = 0; n < 1000; n += 1) {
      const body = Buffer.from(`${randomUUID()}%${randomUUID()}&=${randomUUID()}=%E${n}&${form(pay).slice(n % 200)}`);
      expect(typeof signed(body, n % 2 ? 'application/json' : 'text/plain').ok).toBe('boolean');
    }
  });
});

describe('networks', () => {
  const strict = createWebhookReader(config, { checkNetworks: true });
  test.each([
    ['185.98.81.0', true],
    ['185.98.81.15', true],
    ['185.98.81.16', false],
    ['::ffff:162.55.174.97', true],
    ['162.55.174.98', false],
    ['127.0.0.1', false],
    ['::1', false],
    ['', false],
    ['not an address', false],
  ])('case 35: %s', (ip, known) => {
    expect(refusal(strict({ ...request('pay', form(pay)), ip }))).toEqual(known ? null : [403, 'network']);
    // Being there is not enough.
    expect(strict({ ...request('pay', form(pay), {}), ip }).ok).toBe(false);
  });
});
