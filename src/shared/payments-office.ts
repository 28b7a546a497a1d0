/** Payments in the office: what moderators are shown of them, and what they do with money. */
import * as z from 'zod';
import {
  amountMinor,
  currencies,
  declineClasses,
  issueKinds,
  orderDto,
  orderViews,
  paymentPlans,
  paymentProviders,
  paymentStates,
  promoCodeText,
  subscriptionDto,
} from './payments.ts';
import { searchInput } from './search.ts';
import { storableText } from './storable.ts';

const id = z.uuid();
const provider = z.enum(paymentProviders);
const currency = z.string().length(3);
const plan = z.enum(paymentPlans);
const cursor = z.string().max(200).optional();
/** Sent along by the client's paged queries; there is one only. */
const direction = z.literal('forward').optional();

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
const reason = z.string().trim().min(1).max(reasonLimit).transform(storableText);
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
  note: z.string().trim().max(promoNoteLimit).transform(storableText),
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

/*
 * Procedures. Each answers PAYMENTS_OFF where the school takes no payments.
 * Moderators, payments.office: .overview() → PaymentsOverviewDto, .list(paymentsListInput) → paymentsListDto, .get(orderInput) → PaymentDetailsDto,
 * .check(orderInput) → PaymentDetailsDto (asks the provider now), .refund(refundInput) → PaymentDetailsDto (PAYMENTS_REFUND_TOO_MUCH),
 * .recordRefund(recordRefundInput) → PaymentDetailsDto, .settleHeld(settleHeldInput) → PaymentDetailsDto,
 * .closeAccess(closeAccessInput) → PaymentDetailsDto, .issues(issuesInput) → issuesDto,
 * .resolveIssue(resolveIssueInput), .checks() → checksDto, .runCheck(runCheckInput), .importRegistry(importRegistryInput) → importRegistryDto,
 * .stop / .start(providerInput), .subscriptions(subscriptionsInput) → subscriptionsDto, .endSubscription(endSubscriptionInput),
 * .promo.list(promoListInput) → promoListDto, .promo.create(createPromoInput) / .promo.update(updatePromoInput) → PromoRowDto (PROMO_TAKEN,
 * PROMO_NOT_FOUND), .promo.switch(promoSwitchInput) → PromoRowDto. courses.office.setPrices (src/shared/curriculum.ts) works without payments too.
 */
