/** Orders and subscriptions in plain SQL, and what CloudPayments says of them. */
import { createHmac } from 'node:crypto';

/** The attempt that order number `n` is paid by, known to the load without asking. */
export const payAttemptId = (n: number): string => `00000000-0000-4000-a000-${n.toString(16).padStart(12, '0')}`;

export const priceMinor = 1_990_00;

/** Each by a student of its own, with a page at CloudPayments. @param $1 … $2 numbers */
export const insertOrders = `WITH c AS (SELECT id, title FROM course ORDER BY slug LIMIT 1), orders AS (
    INSERT INTO payment_order (person_id, course_id, client_id, title, plan, list_minor, amount_minor, currency, email, created_at, expires_at)
    SELECT p.id, c.id, ('00000000-0000-4000-a000-' || lpad(to_hex(n), 12, '0'))::uuid, c.title, 'once', ${priceMinor}, ${priceMinor}, 'RUB', p.email, now(),
      now() + interval '1 day' FROM c, generate_series($1::int, $2::int) n JOIN person p ON p.email = 'student' || n || '@example.ru'
    RETURNING id, client_id
  )
  INSERT INTO payment_attempt (id, order_id, provider, kind, state, amount_minor, currency, test, pay_url, created_at, expires_at)
  SELECT client_id, id, 'cloudpayments', 'page', 'opened', ${priceMinor}, 'RUB', true, 'http://pay', now(), now() + interval '1 day' FROM orders`;

/** Paid for, and due in three weeks: nothing is to be done for any of them. @param $1 how many */
export const insertSubscriptions = `INSERT INTO subscription
    (person_id, course_id, provider, amount_minor, currency, state, anchor_at, periods, paid_until, next_charge_at, created_at)
  SELECT p.id, c.id, 'cloudpayments', ${priceMinor}, 'RUB', 'active', now() - interval '9 days', 1, now() + interval '21 days', now() + interval '21 days',
    now() - interval '9 days' FROM (SELECT id FROM course ORDER BY slug LIMIT 1) c, generate_series(1, $1::int) n
    JOIN person p ON p.email = 'student' || n || '@example.ru'`;

export interface SignedMessage {
  headers: Record<string, string>;
  body: string;
}

/** «Pay» of order number `n`, as it comes. */
export function payMessage(n: number, personId: string, secret: string): SignedMessage {
  const amount = (priceMinor / 100).toFixed(2);
  const body = new URLSearchParams({
    TransactionId: String(6_000_000_000 + n),
    Amount: amount,
    Currency: 'RUB',
    PaymentAmount: amount,
    PaymentCurrency: 'RUB',
    DateTime: new Date().toISOString().slice(0, 19).replace('T', ' '),
    CardFirstSix: '220200',
    CardLastFour: '3055',
    CardType: 'МИР',
    CardExpDate: '12/30',
    TestMode: '1',
    Status: 'Completed',
    OperationType: 'Payment',
    GatewayName: 'Bench',
    InvoiceId: payAttemptId(n),
    AccountId: personId,
    Description: 'Курс «Математика 80»',
    Token: `tk_${n}`,
  }).toString();
  const hmac = createHmac('sha256', secret).update(body).digest('base64');
  return { headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-hmac': hmac, 'x-content-hmac': hmac }, body };
}
