import type { TbankConfig } from '../../config.ts';
import type { PaymentSnapshot, SavedMethod } from '../../payments.ts';
import { isObject, type JsonObject } from '../json.ts';
import { minorOf, textOf } from './api.ts';
import { declineOf } from './declines.ts';
import { refundedBy, stateOf } from './statuses.ts';

/** A payment as one answer or message of T-Bank shows it. */
export interface TbankPayment {
  paymentId: string;
  orderId: string | null;
  status: string;
  amountMinor: number;
  /** Null: «0». */
  code: string | null;
  /** What it was told in: Pan, RebillId and the rest are looked for here. */
  body: JsonObject;
}

/** Null: this says nothing about a payment. Amounts that are no whole kopecks say nothing either. */
export function paymentIn(body: JsonObject, orderId: string | null = textOf(body.OrderId)): TbankPayment | null {
  const paymentId = textOf(body.PaymentId);
  const amountMinor = minorOf(body.Amount);
  if (paymentId === null || !/^\d{1,20}$/.test(paymentId) || amountMinor === null) return null;
  if (typeof body.Status !== 'string' || !/^[A-Z0-9_]{1,40}$/.test(body.Status)) return null;
  const code = textOf(body.ErrorCode);
  return { paymentId, orderId, status: body.Status, amountMinor, code: code === '0' ? null : code, body };
}

export function snapshotOf(payment: TbankPayment, config: TbankConfig): PaymentSnapshot {
  const { status, amountMinor, body } = payment;
  const state = stateOf(status);
  return {
    provider: 'tbank',
    attemptId: attemptIdOf(payment.orderId),
    providerPaymentId: payment.paymentId,
    state,
    amountMinor,
    currency: 'RUB',
    refundedMinor: refundedBy(status),
    refunds: [],
    customerId: customerIn(body),
    test: isTest(config),
    paidWith: paidWith(body),
    method: methodIn(body),
    decline: state === 'failed' ? declineOf(payment.code ?? status) : null,
    receiptUrl: null,
    at: null,
  };
}

/** Terminals of test cases and the bank's test environment move no money whatever the settings say; so theirs never counts on a school that sells. */
const isTest = ({ test, terminalKey, apiRoot }: TbankConfig): boolean =>
  test || terminalKey.endsWith('DEMO') || /^https:\/\/rest-api-test\./.test(apiRoot);

/** Ours are UUIDs; other orders of the same terminal are none of ours. */
export const attemptIdOf = (orderId: string | null): string | null =>
  orderId !== null && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(orderId) ? orderId : null;

/** T-Bank sends back the CustomerKey of Init, at the root or among DATA. */
function customerIn(body: JsonObject): string | null {
  const data = isObject(body.Data) ? body.Data : isObject(body.DATA) ? body.DATA : {};
  return textOf(body.CustomerKey) ?? textOf(data.CustomerKey);
}

/** «430000******0777» → «•• 0777» */
function maskOf(pan: unknown): string | null {
  const last = typeof pan === 'string' ? /(\d{4})$/.exec(pan)?.[1] : undefined;
  return last === undefined ? null : `•• ${last}`;
}

const sources = new Map([
  ['qrsbp', 'СБП'],
  ['tinkoffpay', 'T-Pay'],
  ['sberpay', 'SberPay'],
  ['mirpay', 'Mir Pay'],
]);

/** «qrsbp» and the like, which GetState tells: as {Source} by the documents of today, as {Key, Value} by those before. */
export function sourceIn(body: JsonObject): string | null {
  const params = Array.isArray(body.Params) ? body.Params.filter(isObject) : [];
  const source = params.map((param) => (param.Key === 'Source' ? param.Value : param.Source)).find((value) => typeof value === 'string');
  return source?.toLowerCase() ?? null;
}

const paidWith = (body: JsonObject): string | null => maskOf(body.Pan) ?? sources.get(sourceIn(body) ?? '') ?? null;

/** RebillId comes with AUTHORIZED or CONFIRMED where Init asked for it. */
function methodIn(body: JsonObject): SavedMethod | null {
  const token = textOf(body.RebillId);
  if (token === null) return null;
  const expires = textOf(body.ExpDate);
  return {
    token,
    providerRef: textOf(body.CardId),
    mask: maskOf(body.Pan) ?? '••',
    expires: expires !== null && /^\d{4}$/.test(expires) ? expires : null,
  };
}
