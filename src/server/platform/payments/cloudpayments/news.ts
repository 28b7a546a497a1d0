import type { CloudPaymentsWebhook } from '#shared/payments.ts';
import type { PaymentSnapshot, WebhookEvent, WebhookNews } from '../../payments.ts';
import { toMinor } from '../amounts.ts';
import type { Fields } from './body.ts';
import { declineOf } from './declines.ts';
import { attemptIdOf, instantOf, methodOf, paidWithOf, stateOf } from './transaction.ts';

interface Told {
  /** Null: the same message is known by `type:TransactionId`. */
  dedupeKey?: string;
  providerPaymentId?: string | null;
  tells: WebhookNews;
}

/**
 * What a message tells. Its kind is in the address it came to, and a setting of the cabinet may be wrong, or somebody replays a message elsewhere: what it
 * says has to be what such a message says, else the provider is asked (`sure: false`), and nothing is taken from it.
 * @returns null: not readable
 */
export function readNews(type: CloudPaymentsWebhook, fields: Fields, trusted: boolean): WebhookEvent | null {
  const transactionId = numberIn(fields, 'TransactionId');
  const attemptId = attemptIdOf(fields.get('InvoiceId'));
  const told = type === 'recurrent' ? subscription(fields) : transactionId === null ? null : read(type, fields, trusted, transactionId);
  if (!told) return null;
  const { dedupeKey = `${type}:${transactionId}`, providerPaymentId = transactionId, tells } = told;
  return { dedupeKey, kind: type, attemptId, providerPaymentId, tells };
}

function read(type: Exclude<CloudPaymentsWebhook, 'recurrent'>, fields: Fields, trusted: boolean, id: string): Told | null {
  switch (type) {
    case 'check':
      return check(fields);
    case 'pay':
    case 'confirm':
      return sayingSo(id, type, paid(fields, type, id), trusted, fields);
    case 'fail':
      return fields.get('OperationType') === 'Refund' || fields.get('OperationType') === 'CardPayout'
        ? { tells: { t: 'nothing' } }
        : sayingSo(id, type, failed(fields, id), trusted, fields);
    case 'refund':
      return refund(fields, trusted, id);
    case 'cancel':
      // A hold that was let go. We hold nothing, so this is rare: the provider is asked.
      return sayingSo(id, type, null, trusted, fields);
    case 'receipt':
      return receipt(fields, trusted, id);
  }
}

/** What is sure, or a reason to ask: then under another key, so that the true message is not taken for a repetition of this one. */
function sayingSo(id: string, type: string, snapshot: PaymentSnapshot | null, trusted: boolean, fields: Fields): Told | null {
  if (snapshot && trusted) return { tells: { t: 'payment', snapshot, sure: true } };
  const plain = snapshotOf(fields, id, 'opened');
  return plain && { dedupeKey: `${type}:${id}:unsure`, tells: { t: 'payment', snapshot: plain, sure: false } };
}

function snapshotOf(fields: Fields, providerPaymentId: string, state: PaymentSnapshot['state']): PaymentSnapshot | null {
  const amountMinor = toMinor(fields.get('Amount') ?? '');
  const card = {
    Token: fields.get('Token'),
    CardLastFour: fields.get('CardLastFour'),
    CardExpDate: fields.get('CardExpDate'),
    PaymentMethod: fields.get('PaymentMethod'),
  };
  if (amountMinor === null) return null;
  return {
    provider: 'cloudpayments',
    attemptId: attemptIdOf(fields.get('InvoiceId')),
    providerPaymentId,
    state,
    amountMinor,
    currency: fields.get('Currency') ?? '',
    refundedMinor: null,
    refunds: [],
    customerId: fields.get('AccountId') || null,
    test: isTest(fields),
    paidWith: paidWithOf(card.CardLastFour, card.PaymentMethod),
    method: state === 'captured' || state === 'authorized' ? methodOf(card) : null,
    decline: null,
    receiptUrl: null,
    at: instantOf(fields.get('DateTime')),
  };
}

/** What only a payment that was made brings along. A Check, sent before anything is taken, has all else of a Pay: also «Completed», its status to be. */
const tracesOfPayment = ['GatewayName', 'AuthCode', 'Rrn', 'TotalFee'];

/** Null: this is not what a payment says. */
function paid(fields: Fields, type: 'pay' | 'confirm', id: string): PaymentSnapshot | null {
  const status = fields.get('Status') ?? '';
  const operation = fields.get('OperationType');
  const right =
    (status === 'Completed' || (status === 'Authorized' && type === 'pay')) &&
    (operation === 'Payment' || (operation === undefined && type === 'confirm')) &&
    tracesOfPayment.some((name) => fields.get(name)) &&
    !saysFailure(fields) &&
    !fields.has('PaymentTransactionId') &&
    fields.get('Currency');
  return right ? snapshotOf(fields, id, stateOf(status)) : null;
}

const saysFailure = (fields: Fields) => fields.has('Reason') || (fields.get('ReasonCode') ?? '0') !== '0';

function failed(fields: Fields, id: string): PaymentSnapshot | null {
  const code = numberIn(fields, 'ReasonCode');
  const status = fields.get('Status');
  if (code === null || Number(code) === 0 || (status !== undefined && status !== 'Declined') || fields.has('PaymentTransactionId'))
    return null;
  const snapshot = snapshotOf(fields, id, 'failed');
  return snapshot && { ...snapshot, refundedMinor: 0, decline: declineOf(Number(code)) };
}

function check(fields: Fields): Told | null {
  const amountMinor = toMinor(fields.get('Amount') ?? '');
  if (amountMinor === null) return null;
  const currency = fields.get('Currency') ?? '';
  return { tells: { t: 'check', amountMinor, currency, customerId: fields.get('AccountId') || null, test: isTest(fields) } };
}

function refund(fields: Fields, trusted: boolean, id: string): Told | null {
  const of = numberIn(fields, 'PaymentTransactionId');
  const amountMinor = toMinor(fields.get('Amount') ?? '');
  const operation = fields.get('OperationType');
  if (of === null || amountMinor === null || !trusted || (operation !== undefined && operation !== 'Refund')) {
    const asked = sayingSo(of ?? id, 'refund', null, trusted, fields);
    return asked && { ...asked, dedupeKey: `refund:${id}:unsure`, providerPaymentId: of ?? id };
  }
  const currency = fields.get('Currency') || null;
  return {
    providerPaymentId: of,
    tells: { t: 'refund', providerRefundId: id, amountMinor, currency, at: instantOf(fields.get('DateTime')) },
  };
}

/** Of their own subscriptions, which we do not make: the status changes, the id stays. */
function subscription(fields: Fields): Told | null {
  const id = fields.get('Id');
  const status = fields.get('Status');
  if (!id || !status) return null;
  const parts = [
    status,
    ...['SuccessfulTransactionsNumber', 'FailedTransactionsNumber', 'NextTransactionDate'].map((name) => fields.get(name)),
  ];
  return {
    dedupeKey: `recurrent:${[id, ...parts.map((part) => part ?? '')].join(':')}`.slice(0, 300),
    providerPaymentId: null,
    tells: { t: 'subscription', status, id },
  };
}

/** Of CloudKassir. The receipt of a refund is not the payment's. */
function receipt(fields: Fields, trusted: boolean, id: string): Told | null {
  const url = ['Url', 'OfdReceiptUrl', 'QrCodeUrl'].map((name) => fields.get(name) ?? '').find((one) => /^https?:\/\/\S{1,500}$/.test(one));
  const isIncome = (fields.get('Type') ?? 'Income') === 'Income';
  return {
    dedupeKey: `receipt:${fields.get('Id')?.slice(0, 100) || id}`,
    tells: isIncome ? { t: 'receipt', url: (trusted && url) || null } : { t: 'nothing' },
  };
}

const isTest = (fields: Fields) => ['1', 'true', 'True'].includes(fields.get('TestMode') ?? '');

function numberIn(fields: Fields, name: string): string | null {
  const value = fields.get(name) ?? '';
  return /^\d{1,20}$/.test(value) ? value : null;
}
