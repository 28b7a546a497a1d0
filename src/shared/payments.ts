/** Paying for courses: providers, orders as students see them, subscriptions, and what the office does with money. */
import * as z from 'zod';
import { localeSchema } from './auth.ts';
import { searchInput } from './search.ts';

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

/* What students do. */

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

/* What the office does. */

export const paymentsOverviewDto = z.object({
  providers: z.array(
    z.object({
      id: provider,
      test: z.boolean(),
      currencies: z.array(z.string()),
      stoppedAt: z.string().nullable(),
      stoppedBy: z.string().nullable(),
      /** Addresses to be entered in the provider's cabinet. */
      webhooks: z.array(z.object({ name: z.string(), url: z.string() })),
      lastEventAt: z.string().nullable(),
    }),
  ),
  /** Of the last thirty days, by currency. */
  sums: z.array(z.object({ currency, paidMinor: z.int(), refundedMinor: z.int(), payments: z.int() })),
  subscriptions: z.object({ active: z.int(), pastDue: z.int(), cancelled: z.int() }),
  openIssues: z.int(),
});
export type PaymentsOverviewDto = z.infer<typeof paymentsOverviewDto>;

export const orderFilters = ['all', 'paid', 'open', 'declined', 'refunded', 'attention'] as const;
export const paymentsListInput = z.strictObject({
  filter: z.enum(orderFilters).default('all'),
  provider: provider.optional(),
  courseId: id.optional(),
  personId: id.optional(),
  /** Number of the order, name, e-mail, or id of the provider. */
  search: searchInput(200),
  cursor,
  direction,
});
export type PaymentsListInput = z.infer<typeof paymentsListInput>;
export const paymentRowDto = z.object({
  id: z.string(),
  number: z.int(),
  at: z.string(),
  /** Null: the account is gone. */
  person: z.object({ id: z.string(), name: z.string(), email: z.string() }).nullable(),
  title: z.string(),
  plan,
  provider: provider.nullable(),
  amountMinor: z.int(),
  refundedMinor: z.int(),
  currency,
  view: z.enum(orderViews),
  attention: z.boolean(),
});
export type PaymentRowDto = z.infer<typeof paymentRowDto>;
export const paymentsListDto = z.object({ items: z.array(paymentRowDto), nextCursor: z.string().nullable() });

export const subscriptionFilters = ['active', 'past_due', 'cancelled', 'ended'] as const;
export const refundCauses = ['moderator', 'double', 'provider', 'chargeback'] as const;
export const refundDto = z.object({
  id: z.string(),
  amountMinor: z.int(),
  cause: z.enum(refundCauses),
  reason: z.string(),
  by: z.string().nullable(),
  state: z.enum(['waiting', 'sent', 'done', 'failed']),
  endsAccess: z.boolean(),
  createdAt: z.string(),
  doneAt: z.string().nullable(),
  error: z.string().nullable(),
});
export const attemptDto = z.object({
  id: z.string(),
  provider,
  providerPaymentId: z.string().nullable(),
  kind: z.enum(['page', 'saved']),
  state: z.enum(paymentStates),
  amountMinor: z.int(),
  capturedMinor: z.int(),
  refundedMinor: z.int(),
  /** What may still be given back: nothing twice, also of what is under way. */
  refundableMinor: z.int(),
  currency,
  paidWith: z.string().nullable(),
  receiptUrl: z.string().nullable(),
  decline: z.object({ code: z.string(), class: z.enum(declineClasses) }).nullable(),
  heldReason: z.string().nullable(),
  test: z.boolean(),
  createdAt: z.string(),
  capturedAt: z.string().nullable(),
  /** Its outcome is not known. */
  inDoubt: z.boolean(),
  refunds: z.array(refundDto),
});
export type AttemptDto = z.infer<typeof attemptDto>;
export const paymentDetailsDto = z.object({
  order: orderDto,
  person: z.object({ id: z.string(), name: z.string(), email: z.string() }).nullable(),
  promo: z.string().nullable(),
  subscriptionId: z.string().nullable(),
  /** Which list of subscriptions has it; null: none yet. */
  subscriptionIn: z.enum(subscriptionFilters).nullable(),
  /** The right to the course that it bought. */
  entitlement: z.object({ from: z.string(), until: z.string().nullable(), endedAt: z.string().nullable() }).nullable(),
  /** Newest first. */
  attempts: z.array(attemptDto),
  ledger: z.array(
    z.object({ at: z.string(), kind: z.enum(['payment', 'refund', 'chargeback']), amountMinor: z.int(), attemptId: z.string() }),
  ),
  events: z.array(z.object({ id: z.string(), provider, kind: z.string(), receivedAt: z.string(), outcome: z.string().nullable() })),
  issues: z.array(z.object({ id: z.string(), kind: z.enum(issueKinds), detail: z.string().nullable(), resolvedAt: z.string().nullable() })),
});
export type PaymentDetailsDto = z.infer<typeof paymentDetailsDto>;

export const reasonLimit = 500;
const reason = z.string().trim().min(1).max(reasonLimit);
/** `amountMinor`: of what is left of this attempt. */
export const refundInput = z.strictObject({ attemptId: id, clientId: id, amountMinor, reason, endsAccess: z.boolean() });
export type RefundInput = z.infer<typeof refundInput>;
/** A refund that was made in the provider's cabinet, and of which the provider does not tell the sum. */
export const recordRefundInput = z.strictObject({ attemptId: id, clientId: id, amountMinor, reason, endsAccess: z.boolean() });
/** A payment that was held: what came is taken for the order, or all of it goes back. */
export const settleHeldInput = z.strictObject({ attemptId: id, accept: z.boolean(), reason });
/** A course whose money is not with the school any more is taken without a refund. */
export const closeAccessInput = z.strictObject({ id, reason });

export const issuesInput = z.strictObject({ open: z.boolean(), kind: z.enum(issueKinds).optional(), cursor, direction });
export const issueDto = z.object({
  id: z.string(),
  kind: z.enum(issueKinds),
  provider,
  orderId: z.string().nullable(),
  orderNumber: z.int().nullable(),
  attemptId: z.string().nullable(),
  /** Whose money it is, or whose course, as far as that is known. */
  person: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** Of the course. */
  title: z.string().nullable(),
  providerPaymentId: z.string().nullable(),
  /** What was expected and found, where it is sums. */
  expectedMinor: z.int().nullable(),
  foundMinor: z.int().nullable(),
  currency: currency.nullable(),
  /** One more word of a machine («currency», «payer», «test»), or of the provider. */
  detail: z.string().nullable(),
  firstSeenAt: z.string(),
  lastSeenAt: z.string(),
  resolvedAt: z.string().nullable(),
  /** Null with `resolvedAt`: by the server. */
  resolvedBy: z.string().nullable(),
  note: z.string().nullable(),
});
export type IssueDto = z.infer<typeof issueDto>;
export const issuesDto = z.object({ items: z.array(issueDto), nextCursor: z.string().nullable() });
export const resolveIssueInput = z.strictObject({ id, note: reason });
export const checkKinds = ['open', 'day', 'week', 'registry'] as const;
export const runCheckInput = z.strictObject({ kind: z.enum(['open', 'day', 'week']) });
/** The newest of each kind and provider. */
export const checksDto = z.array(
  z.object({
    kind: z.enum(checkKinds),
    provider: provider.nullable(),
    startedAt: z.string(),
    finishedAt: z.string().nullable(),
    seen: z.int(),
    found: z.int(),
    error: z.string().nullable(),
  }),
);
/** Of T-Bank's file of operations, in base64. */
export const registryBytes = 6 * 1024 * 1024;
export const importRegistryInput = z.strictObject({ content: z.base64().max(Math.ceil((registryBytes * 4) / 3) + 4) });
export const importRegistryDto = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('read'), rows: z.int(), matched: z.int(), issues: z.int() }),
  /** No such file; `line` is the first that is not understood. */
  z.object({ outcome: z.literal('unreadable'), line: z.int() }),
]);

export const providerInput = z.strictObject({ provider });

export const subscriptionsInput = z.strictObject({ filter: z.enum(subscriptionFilters), search: searchInput(200), cursor, direction });
export const subscriptionRowDto = subscriptionDto.extend({
  provider,
  person: z.object({ id: z.string(), name: z.string(), email: z.string() }).nullable(),
  periods: z.int(),
  tries: z.int(),
  endReason: z.string().nullable(),
});
export type SubscriptionRowDto = z.infer<typeof subscriptionRowDto>;
export const subscriptionsDto = z.object({ items: z.array(subscriptionRowDto), nextCursor: z.string().nullable() });
export const endSubscriptionInput = z.strictObject({ id, reason });

export const promoNoteLimit = 200;
const promoFields = {
  discount: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('percent'), percent: z.int().min(1).max(100) }),
    z.strictObject({ kind: z.literal('amount'), amountMinor, currency: z.enum(currencies) }),
  ]),
  courseId: id.nullable(),
  validFrom: z.iso.datetime().nullable(),
  validUntil: z.iso.datetime().nullable(),
  limitTotal: z.int().min(1).max(1_000_000).nullable(),
  perPerson: z.int().min(1).max(100),
  note: z.string().trim().max(promoNoteLimit),
};
export const createPromoInput = z.strictObject({ code: promoCodeText, ...promoFields });
export type CreatePromoInput = z.infer<typeof createPromoInput>;
/** The code itself stays: it is printed somewhere. */
export const updatePromoInput = z.strictObject({ id, ...promoFields });
export type UpdatePromoInput = z.infer<typeof updatePromoInput>;
export const promoSwitchInput = z.strictObject({ id, on: z.boolean() });
export const promoListInput = z.strictObject({ search: searchInput(100), cursor, direction });
export const promoRowDto = z.object({
  id: z.string(),
  code: z.string(),
  discount: promoFields.discount,
  course: z.object({ id: z.string(), title: z.string() }).nullable(),
  validFrom: z.string().nullable(),
  validUntil: z.string().nullable(),
  limitTotal: z.int().nullable(),
  perPerson: z.int(),
  note: z.string(),
  /** Paid, and being paid. */
  used: z.int(),
  /** `live`, or why it does not work. */
  state: z.enum(['live', 'not-yet', 'over', 'used-up', 'off']),
});
export type PromoRowDto = z.infer<typeof promoRowDto>;
export const promoListDto = z.object({ items: z.array(promoRowDto), nextCursor: z.string().nullable() });

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
 * Moderators, payments.office: .overview() → PaymentsOverviewDto, .list(paymentsListInput) → paymentsListDto, .get(orderInput) → PaymentDetailsDto,
 * .check(orderInput) → PaymentDetailsDto (asks the provider now), .refund(refundInput) → PaymentDetailsDto (PAYMENTS_REFUND_TOO_MUCH),
 * .recordRefund(recordRefundInput) → PaymentDetailsDto, .settleHeld(settleHeldInput) → PaymentDetailsDto,
 * .closeAccess(closeAccessInput) → PaymentDetailsDto, .issues(issuesInput) → issuesDto,
 * .resolveIssue(resolveIssueInput), .checks() → checksDto, .runCheck(runCheckInput), .importRegistry(importRegistryInput) → importRegistryDto,
 * .stop / .start(providerInput), .subscriptions(subscriptionsInput) → subscriptionsDto, .endSubscription(endSubscriptionInput),
 * .promo.list(promoListInput) → promoListDto, .promo.create(createPromoInput) / .promo.update(updatePromoInput) → PromoRowDto (PROMO_TAKEN,
 * PROMO_NOT_FOUND), .promo.switch(promoSwitchInput) → PromoRowDto. courses.office.setPrices (src/shared/curriculum.ts) works without payments too.
 */
