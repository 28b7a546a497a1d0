import { createHmac } from 'node:crypto';
import type { CloudPaymentsWebhook } from '#shared/payments.ts';
import type { Fields } from '../http.ts';
import type { Payment, Refund } from '../types.ts';
import type { World } from '../world.ts';
import { decimalOf } from './amounts.ts';
import { paymentModel } from './model.ts';
import { secret } from './site.ts';

/** «2026-11-24 12:00:00», UTC. */
const dateTime = (at: number) => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

/** Check, Pay and Fail say the same of a payment, but for what became of it. */
function paymentFields(world: World, payment: Payment, wrongAmount: boolean): Fields {
  const model = paymentModel(payment);
  const amount = decimalOf(wrongAmount ? 1 : payment.amountMinor);
  const { CardFirstSix, CardLastFour, CardType, CardExpDate, IssuerBankCountry, PaymentMethod } = model;
  return {
    TransactionId: payment.id,
    Amount: amount,
    Currency: payment.currency,
    PaymentAmount: amount,
    PaymentCurrency: payment.currency,
    DateTime: dateTime(payment.createdAt),
    ...{ CardFirstSix, CardLastFour, CardType, CardExpDate, IssuerBankCountry, PaymentMethod },
    TestMode: payment.test ? '1' : '0',
    OperationType: 'Payment',
    InvoiceId: payment.attemptId,
    AccountId: payment.customerId,
    Email: payment.email,
    IpAddress: '127.0.0.1',
    IpCountry: 'RU',
    Description: payment.description,
    Status: payment.status,
    Issuer: world.options.test === false ? 'Банк' : 'Тестовый банк',
  };
}

/** May it be paid? No answer, or one that is not understood, is a no. @returns null: yes; else why not, as a code of a decline */
export async function askCheck(world: World, payment: Payment): Promise<string | null> {
  const url = urlOf(world, 'check');
  if (url === null) return null;
  const { headers, body } = written(world, { ...paymentFields(world, payment, false), Status: 'Completed' });
  const answer = await world.post.ask(url, headers, body);
  const [, code] = /^\s*\{\s*"code"\s*:\s*(\d+)\s*\}\s*$/.exec(answer ?? '') ?? [];
  if (code === '0') return null;
  const declines: Record<string, string> = { 10: '3001', 11: '3002', 12: '3003', 13: '3004', 20: '3006' };
  return declines[code ?? ''] ?? '3008';
}

export async function tellPay(world: World, payment: Payment): Promise<void> {
  const wrongAmount = world.faults.chance(world.faults.current().wrongAmount);
  await send(world, payment, 'pay', {
    ...paymentFields(world, payment, wrongAmount),
    GatewayName: 'Stand-in',
    AuthCode: 'A1B2C3',
    Token: payment.token,
    TotalFee: '0.00',
    Rrn: payment.id,
  });
}

export async function tellFail(world: World, payment: Payment): Promise<void> {
  const { Reason, ReasonCode } = paymentModel(payment);
  await send(world, payment, 'fail', { ...paymentFields(world, payment, false), Status: undefined, Reason, ReasonCode });
}

/** It says no currency: that of the payment. */
export async function tellRefund(world: World, payment: Payment, { id, amountMinor, at }: Refund): Promise<void> {
  await send(world, payment, 'refund', {
    TransactionId: id,
    PaymentTransactionId: payment.id,
    Amount: decimalOf(amountMinor),
    DateTime: dateTime(at),
    OperationType: 'Refund',
    InvoiceId: payment.attemptId,
    AccountId: payment.customerId,
    Email: payment.email,
    Rrn: id,
  });
}

export async function tellReceipt(world: World, payment: Payment, amountMinor: number, type: 'Income' | 'IncomeReturn'): Promise<void> {
  const id = world.nextId();
  await send(world, payment, 'receipt', {
    Id: `receipt${id}`,
    DocumentNumber: id,
    SessionNumber: '1',
    FiscalSign: id,
    Amount: decimalOf(amountMinor),
    Type: type,
    TransactionId: payment.id,
    InvoiceId: payment.attemptId,
    AccountId: payment.customerId,
    Url: `${world.base}/receipts/${payment.id}`,
    DateTime: dateTime(world.now()),
  });
}

const urlOf = (world: World, type: CloudPaymentsWebhook) => world.options.webhooks?.cloudpayments?.(type) ?? null;

function send(world: World, payment: Payment, type: CloudPaymentsWebhook, fields: Fields): Promise<void> {
  return world.post.send({
    provider: 'cloudpayments',
    kind: type,
    paymentId: payment.id,
    url: urlOf(world, type),
    ...written(world, fields),
  });
}

/** As the site's settings say: a form or JSON, UTF-8 or Windows-1251, signed twice. */
function written(world: World, fields: Fields): { headers: Record<string, string>; body: Buffer } {
  const { encoding = 'utf-8', format = 'form' } = world.faults.current();
  const given = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const encoded = encoding === 'utf-8' ? (text: string) => new URLSearchParams({ '': text }).toString().slice(1) : encoded1251;
  const text =
    format === 'json'
      ? JSON.stringify(Object.fromEntries(given))
      : given.map(([name, value]) => `${name}=${encoded(String(value))}`).join('&');
  const body = format === 'json' && encoding !== 'utf-8' ? Buffer.from([...text].map(byte1251)) : Buffer.from(text);
  const decoded = format === 'json' ? text : given.map(([name, value]) => `${name}=${value}`).join('&');
  const type = format === 'json' ? 'application/json' : 'application/x-www-form-urlencoded';
  return {
    body,
    headers: { 'content-type': `${type}; charset=${encoding}`, 'content-hmac': hmac(body), 'x-content-hmac': hmac(decoded) },
  };
}

const hmac = (text: string | Buffer) => createHmac('sha256', secret).update(text).digest('base64');

/** Letters of Russian and what stands around them; anything else is a question mark, as everywhere in that encoding. */
function byte1251(letter: string): number {
  const code = letter.codePointAt(0) ?? 63;
  if (code < 128) return code;
  if (code >= 0x410 && code <= 0x44f) return code - 0x350;
  const others: Record<string, number> = {
    Ё: 0xa8,
    ё: 0xb8,
    '«': 0xab,
    '»': 0xbb,
    '–': 0x96,
    '—': 0x97,
    '№': 0xb9,
    '…': 0x85,
    '\u00a0': 0xa0,
  };
  return others[letter] ?? 63;
}

function encoded1251(text: string): string {
  return [...text]
    .map((letter) =>
      /[\w.*-]/.test(letter) ? letter : letter === ' ' ? '+' : `%${byte1251(letter).toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .join('');
}
