import { cards, type Decline, firstSix, lastFour, refusedByShop } from '../cards.ts';
import type { Fields } from '../http.ts';
import type { Payment, Refund } from '../types.ts';
import { decimalOf } from './amounts.ts';

const statusCodes: Record<string, number> = { AwaitingAuthentication: 1, Authorized: 2, Completed: 3, Cancelled: 4, Declined: 5 };
const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString().slice(0, 19));
const msDate = (at: number | null) => (at === null ? null : `/Date(${at})/`);

const declines: Decline[] = [...Object.values(cards).flatMap(({ decline, declineLater }) => [decline, declineLater]), refusedByShop].filter(
  (one) => one !== null,
);

/** A transaction as `payments/get` shows it. */
export function paymentModel(payment: Payment): Fields {
  const { id, amountMinor, status, createdAt, paidAt, declineCode, refundedMinor, capturedMinor } = payment;
  const decline = declines.find(({ cloudpayments }) => String(cloudpayments) === declineCode);
  return {
    ...sharedModel(payment),
    TransactionId: Number(id),
    Amount: Number(decimalOf(amountMinor)),
    PaymentAmount: Number(decimalOf(amountMinor)),
    CreatedDate: msDate(createdAt),
    CreatedDateIso: iso(createdAt),
    AuthDate: msDate(paidAt),
    AuthDateIso: iso(paidAt),
    ConfirmDate: msDate(paidAt),
    ConfirmDateIso: iso(paidAt),
    AuthCode: paidAt === null ? null : 'A1B2C3',
    Status: status,
    StatusCode: statusCodes[status] ?? 0,
    Reason: declineCode === null ? 'Approved' : (decline?.reason ?? 'Declined'),
    ReasonCode: declineCode === null ? 0 : Number(declineCode),
    CardHolderMessage: declineCode === null ? 'Оплата успешно проведена' : (decline?.message ?? 'Платёж отклонён'),
    Type: 0,
    OriginalTransactionId: null,
    Refunded: capturedMinor > 0 && refundedMinor === capturedMinor,
    Token: payment.token,
  };
}

/** A refund is a transaction of its own that names the one it belongs to. */
export function refundModel(payment: Payment, { id, amountMinor, at }: Refund): Fields {
  return {
    ...sharedModel(payment),
    TransactionId: Number(id),
    Amount: Number(decimalOf(amountMinor)),
    PaymentAmount: Number(decimalOf(amountMinor)),
    CreatedDate: msDate(at),
    CreatedDateIso: iso(at),
    AuthDate: msDate(at),
    AuthDateIso: iso(at),
    ConfirmDate: msDate(at),
    ConfirmDateIso: iso(at),
    Status: 'Completed',
    StatusCode: 3,
    Reason: 'Approved',
    ReasonCode: 0,
    CardHolderMessage: 'Возврат проведён',
    Type: 1,
    OriginalTransactionId: Number(payment.id),
    Refunded: false,
    Token: null,
  };
}

function sharedModel(payment: Payment): Fields {
  return {
    Currency: payment.currency,
    CurrencyCode: 0,
    PaymentCurrency: payment.currency,
    PaymentCurrencyCode: 0,
    InvoiceId: payment.attemptId || null,
    AccountId: payment.customerId,
    Email: payment.email,
    Description: payment.description,
    JsonData: null,
    TestMode: payment.test,
    Rrn: payment.id,
    IpAddress: '127.0.0.1',
    GatewayName: 'Stand-in',
    CultureName: 'ru',
    ...cardModel(payment),
  };
}

function cardModel({ card: name }: Payment): Fields {
  if (name === null || name === 'sbp')
    return { PaymentMethod: name === 'sbp' ? 'Sbp' : null, CardFirstSix: '', CardLastFour: '', CardType: '' };
  const card = cards[name];
  return {
    PaymentMethod: null,
    CardFirstSix: firstSix(card),
    CardLastFour: lastFour(card),
    CardType: card.type,
    CardExpDate: `${card.expires.slice(0, 2)}/${card.expires.slice(2)}`,
    IssuerBankCountry: name === 'foreign' ? 'US' : 'RU',
  };
}
