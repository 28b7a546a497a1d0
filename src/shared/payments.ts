/** Paying for courses: providers, orders as students see them, subscriptions. What the office does with money: payments-office.ts. */
import * as z from 'zod';
import { localeSchema } from './auth.ts';

export const paymentProviders = ['tbank', 'cloudpayments'] as const;
export type ProviderId = (typeof paymentProviders)[number];

/** ISO 4217; all of them have a hundred minor units. */
export const currencies = ['RUB', 'KZT', 'USD', 'EUR', 'BYN', 'UZS', 'KGS'] as const;
export type Currency = (typeof currencies)[number];

/** Minor units (kopecks, tiyin, cents). Ten digits are what T-Bank takes; we stay within an `integer` of the database. */
export const mostMinor = 1_000_000_000;
export const amountMinor = z.int().min(1).max(mostMinor);
/** 0: not sold so. */
export const priceMinor = z.int().min(0).max(mostMinor);

/** `once`: the course for good; `month`: a subscription. */
export const paymentPlans = ['once', 'month'] as const;
export type PaymentPlan = (typeof paymentPlans)[number];

/** What providers show on their pages besides cards. */
export const paymentWays = ['card', 'sbp', 'tpay', 'sberpay', 'mirpay'] as const;
export type PaymentWay = (typeof paymentWays)[number];

/** As in the database, in the order of their rank: see `rankOf` of the server. */
export const paymentStates = [
  'created',
  'opened',
  'authorized',
  'captured',
  'partly_refunded',
  'refunded',
  'failed',
  'expired',
  'voided',
] as const;
export type PaymentState = (typeof paymentStates)[number];

/**
 * Why a payment was declined, and what helps: `funds` (not enough money), `card` (expired, blocked, wrong data: another card), `limit` (of the card or
 * the bank), `bank` (the bank refuses and says no more), `foreign` (a card of another country), `three-ds` (not confirmed), `technical` (try again), `other`.
 */
export const declineClasses = ['funds', 'card', 'limit', 'bank', 'foreign', 'three-ds', 'technical', 'other'] as const;
export type DeclineClass = (typeof declineClasses)[number];

/**
 * What a look at the books, or a provider's message, may find. The first six are the classes of the reconciliation.
 * - `paid-not-granted`: mended by the server itself; the row says that it was.
 * - `granted-not-paid`, `amount-differs`, `unknown-payment`, `refund-differs`, `receipt-missing`.
 * - `held`: what was paid does not fit what was asked (amount, currency, payer, test card): nothing was given.
 * - `double`: an order was paid twice; the second payment goes back by itself.
 * - `late`: paid after the order was closed; the course was given.
 * - `unknown-outcome`: for an hour nobody knows whether a charge or a refund went through.
 * - `refund-failed`, `chargeback`: as they say. `provider-trouble`: the keys are refused, or nothing is heard for an hour.
 */
export const issueKinds = [
  'paid-not-granted',
  'granted-not-paid',
  'amount-differs',
  'unknown-payment',
  'refund-differs',
  'receipt-missing',
  'held',
  'double',
  'late',
  'unknown-outcome',
  'refund-failed',
  'chargeback',
  'provider-trouble',
] as const;
export type IssueKind = (typeof issueKinds)[number];

export const promoRefusals = ['unknown', 'not-yet', 'over', 'used-up', 'used', 'other-course', 'not-by-month'] as const;
export type PromoRefusal = (typeof promoRefusals)[number];
export const promoCodeText = z
  .string()
  .max(60)
  .transform((typed) =>
    typed
      .normalize('NFKC')
      .replace(/[\s\u200b\u00ad]+/g, '')
      .toUpperCase(),
  )
  .pipe(z.string().regex(/^[\p{L}\d_-]{2,40}$/u));

const id = z.uuid();
const slug = z
  .string()
  .min(1)
  .max(60)
  .regex(/^[a-z0-9-]+$/);
const provider = z.enum(paymentProviders);
const currency = z.string().length(3);
const plan = z.enum(paymentPlans);
const cursor = z.string().max(200).optional();
/** Sent along by the client's paged queries; there is one only. */
const direction = z.literal('forward').optional();

export const offerInput = z.strictObject({ course: slug });
export const subscriptionDto = z.object({
  id: z.string(),
  courseSlug: z.string().nullable(),
  title: z.string(),
  amountMinor: z.int(),
  currency,
  state: z.enum(['active', 'past_due', 'ended']),
  /** The card it is charged from; null: forgotten. */
  mask: z.string().nullable(),
  paidUntil: z.string().nullable(),
  /** Null: cancelled, or over. */
  nextChargeAt: z.string().nullable(),
  cancelledAt: z.string().nullable(),
  /** Past due, or ended and one's own: how long the course stays open. */
  openUntil: z.string().nullable(),
  /** A charge is under way: nothing can be changed for a moment. */
  charging: z.boolean(),
});
export type SubscriptionDto = z.infer<typeof subscriptionDto>;
export const offerDto = z.object({
  course: z.object({ slug: z.string(), title: z.string() }),
  currency,
  /** Prices; null: not sold so. */
  once: z.int().nullable(),
  month: z.int().nullable(),
  /** Those that are configured, not stopped, and take this currency. `test`: no real money moves. */
  providers: z.array(z.object({ id: provider, ways: z.array(z.enum(paymentWays)), test: z.boolean() })),
  /** `free`, or theirs already (`until` null: for good). A subscriber may still buy the course for good. */
  owned: z.object({ how: z.enum(['free', 'granted', 'paid']), until: z.string().nullable() }).nullable(),
  subscription: subscriptionDto.nullable(),
  /** Of the person: where the receipt goes. */
  email: z.string(),
  /** An order of theirs for this course that is still being paid or checked. */
  openOrder: z.string().nullable(),
});
export type OfferDto = z.infer<typeof offerDto>;

export const promoInput = z.strictObject({ course: slug, plan, code: z.string().max(60) });
export const promoDto = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('applied'), code: z.string(), listMinor: z.int(), amountMinor: z.int() }),
  z.object({ outcome: z.literal('refused'), reason: z.enum(promoRefusals) }),
]);
export type PromoDto = z.infer<typeof promoDto>;

export const checkoutInput = z.strictObject({
  /** Made by the browser: asked twice, it is one order. */
  clientId: id,
  course: slug,
  plan,
  provider,
  promo: promoCodeText.optional(),
  /** What the page showed: another price is refused, never charged. */
  expectedMinor: z.int().min(0).max(mostMinor),
  /** By the month: the student agreed to be charged again. */
  agreesToCharges: z.boolean(),
  locale: localeSchema,
});
export type CheckoutInput = z.infer<typeof checkoutInput>;
export const orderStartedDto = z.object({ orderId: z.string() });

export const orderInput = z.strictObject({ id });
export const retryInput = z.strictObject({ id, provider });
/**
 * `opening`: the provider is asked for its page. `to-pay`: `payUrl` leads there. `checking`: the student came back, or money is on its way.
 * `paid`. `declined`: this try failed, another may follow. `held`: paid, but something does not fit: the school looks into it.
 * `closed`: given up, or too late. `refunded`: all of it.
 */
export const orderViews = ['opening', 'to-pay', 'checking', 'paid', 'declined', 'held', 'closed', 'refunded'] as const;
export type OrderView = (typeof orderViews)[number];
export const orderDto = z.object({
  id: z.string(),
  number: z.int(),
  view: z.enum(orderViews),
  title: z.string(),
  /** Null: the course is gone. */
  courseSlug: z.string().nullable(),
  plan,
  provider: provider.nullable(),
  listMinor: z.int(),
  amountMinor: z.int(),
  refundedMinor: z.int(),
  currency,
  createdAt: z.string(),
  paidAt: z.string().nullable(),
  /** Of a month. */
  period: z.object({ from: z.string(), until: z.string() }).nullable(),
  /** The page goes there: a web address, or nothing at all. */
  payUrl: z.url({ protocol: /^https?$/ }).nullable(),
  /** Until when it can be paid. */
  expiresAt: z.string(),
  decline: z.enum(declineClasses).nullable(),
  paidWith: z.string().nullable(),
  receiptUrl: z.string().nullable(),
  email: z.string(),
  test: z.boolean(),
  /** Given back, newest first; those that are under way too. */
  refunds: z.array(z.object({ id: z.string(), amountMinor: z.int(), at: z.string(), done: z.boolean() })),
});
export type OrderDto = z.infer<typeof orderDto>;

export const paymentsPageSize = 20;
export const historyInput = z.strictObject({ cursor, direction });
/** Newest first. */
export const historyDto = z.object({ items: z.array(orderDto), nextCursor: z.string().nullable() });
export const methodDto = z.object({
  id: z.string(),
  provider,
  mask: z.string(),
  /** «12/27» */
  expires: z.string().nullable(),
  /** Charged by a subscription that goes on: it cannot be forgotten before that is cancelled. */
  inUse: z.boolean(),
});
export type MethodDto = z.infer<typeof methodDto>;
export const myPaymentsDto = z.object({ subscriptions: z.array(subscriptionDto), methods: z.array(methodDto) });
export type MyPaymentsDto = z.infer<typeof myPaymentsDto>;
export const subscriptionInput = z.strictObject({ id });
export const payPeriodInput = z.strictObject({ clientId: id, id, provider, locale: localeSchema });
export const methodInput = z.strictObject({ id });

/** Where a provider brings its messages: `/api/payments/tbank`, `/api/payments/cloudpayments/pay` … */
export const webhooksPath = '/api/payments';
export const cloudPaymentsWebhooks = ['check', 'pay', 'fail', 'confirm', 'refund', 'recurrent', 'cancel', 'receipt'] as const;
export type CloudPaymentsWebhook = (typeof cloudPaymentsWebhooks)[number];

/*
 * Procedures. Each answers PAYMENTS_OFF where the school takes no payments. Signed in, payments: .offer(offerInput) → OfferDto (COURSES_NOT_FOUND),
 * .promo(promoInput) → PromoDto (a mutation: counted), .checkout(checkoutInput) → orderStartedDto (PAYMENTS_OWNED, PAYMENTS_NOT_FOR_SALE,
 * PAYMENTS_PRICE_CHANGED, PAYMENTS_STOPPED, PAYMENTS_PROMO, PAYMENTS_UNDER_WAY), .order(orderInput) → OrderDto (PAYMENTS_NOT_FOUND), .check(orderInput)
 * (asks the provider, a few times a minute), .retry(retryInput) → orderStartedDto, .cancelOrder(orderInput), .history(historyInput) → historyDto,
 * .mine() → MyPaymentsDto, .cancelSubscription / .resumeSubscription(subscriptionInput) → SubscriptionDto, .payPeriod(payPeriodInput) → orderStartedDto
 * (past due: the month by another card, which is kept), .forgetMethod(methodInput) (PAYMENTS_METHOD_IN_USE).
 */
