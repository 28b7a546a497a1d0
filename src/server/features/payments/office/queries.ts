import type { Prisma } from '#prisma/generated/client.ts';
import type { SubscriptionState } from '#prisma/generated/enums.ts';
import { AppError } from '#shared/errors.ts';
import { declineClasses, issueKinds, paymentProviders } from '#shared/payments.ts';
import { type AttemptDto, type PaymentDetailsDto, refundCauses } from '#shared/payments-office.ts';
import type { Actor, App } from '../../../platform/app.ts';
import { foundData } from '../issues/queries.ts';
import { orderSelect, toOrderDto } from '../orders/queries.ts';
import { refundable } from '../refunds/rules.ts';
import { isCaptured, known } from '../state.ts';
import { toPerson } from './list/queries.ts';

/** Teachers by id, as the office calls them: «Мария Ковалёва». Who is gone is not in it. */
export async function namesOf(app: App, ids: (string | null)[]): Promise<Map<string, string>> {
  const wanted = ids.filter((id) => id !== null);
  if (wanted.length === 0) return new Map();
  const people = await app.db.person.findMany({
    where: { id: { in: wanted } },
    select: { id: true, firstName: true, lastName: true },
  });
  return new Map(people.map(({ id, firstName, lastName }) => [id, `${firstName} ${lastName}`]));
}

const attemptSelect = {
  id: true,
  provider: true,
  providerPaymentId: true,
  kind: true,
  state: true,
  amountMinor: true,
  capturedMinor: true,
  refundedMinor: true,
  currency: true,
  paidWith: true,
  receiptUrl: true,
  declineCode: true,
  declineClass: true,
  heldReason: true,
  test: true,
  createdAt: true,
  capturedAt: true,
  sentAt: true,
  refunds: {
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    select: {
      id: true,
      amountMinor: true,
      cause: true,
      reason: true,
      byId: true,
      state: true,
      endsAccess: true,
      createdAt: true,
      doneAt: true,
      error: true,
    },
  },
  ledger: { select: { id: true, at: true, kind: true, amountMinor: true, attemptId: true } },
} satisfies Prisma.PaymentAttemptSelect;

/** Messages of a provider that are shown: the newest; a payment has a handful. */
const mostEvents = 100;

/**
 * All there is about an order. What every change of the office answers.
 * @throws AppError PAYMENTS_NOT_FOUND
 */
export async function getPayment(app: App, actor: Actor, id: string): Promise<PaymentDetailsDto> {
  if (actor.kind === 'person' && actor.role !== 'moderator') throw new AppError('AUTH_FORBIDDEN');
  const [order, attempts] = await Promise.all([
    app.db.paymentOrder.findUnique({
      where: { id },
      select: {
        ...orderSelect,
        person: { select: { id: true, firstName: true, lastName: true, email: true } },
        promoCode: { select: { code: true } },
        subscriptionId: true,
        subscription: { select: { state: true, cancelledAt: true } },
        entitlement: { select: { fromAt: true, untilAt: true, endedAt: true } },
      },
    }),
    app.db.paymentAttempt.findMany({ where: { orderId: id }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], select: attemptSelect }),
  ]);
  if (!order) throw new AppError('PAYMENTS_NOT_FOUND');
  const ids = attempts.map((attempt) => attempt.id);
  const [events, issues, names] = await Promise.all([
    app.db.paymentEvent.findMany({
      where: { attemptId: { in: ids } },
      orderBy: { id: 'desc' },
      take: mostEvents,
      select: { id: true, provider: true, kind: true, receivedAt: true, outcome: true },
    }),
    app.db.paymentIssue.findMany({
      where: { attemptId: { in: ids } },
      orderBy: [{ firstSeenAt: 'desc' }, { id: 'desc' }],
      select: { id: true, kind: true, data: true, resolvedAt: true },
    }),
    namesOf(
      app,
      attempts.flatMap(({ refunds }) => refunds.map(({ byId }) => byId)),
    ),
  ]);
  const { person, promoCode, subscriptionId, subscription, entitlement } = order;
  return {
    order: toOrderDto(order, app.clock.now()),
    person: toPerson(person),
    promo: promoCode?.code ?? null,
    subscriptionId,
    subscriptionIn: subscription && listOf(subscription),
    entitlement: entitlement && {
      from: entitlement.fromAt.toISOString(),
      until: entitlement.untilAt?.toISOString() ?? null,
      endedAt: entitlement.endedAt?.toISOString() ?? null,
    },
    attempts: attempts.map((attempt) => toAttemptDto(attempt, names)),
    ledger: attempts
      .flatMap(({ ledger }) => ledger)
      .sort((one, other) => Number(other.id - one.id))
      .map(({ at, kind, amountMinor, attemptId }) => ({
        at: at.toISOString(),
        kind: known(['payment', 'refund', 'chargeback'], kind),
        amountMinor,
        attemptId,
      })),
    events: events.map(({ id: eventId, provider, receivedAt, ...event }) => ({
      id: String(eventId),
      provider: known(paymentProviders, provider),
      receivedAt: receivedAt.toISOString(),
      ...event,
    })),
    issues: issues.map(({ id: issueId, kind, data, resolvedAt }) => ({
      id: issueId,
      kind: known(issueKinds, kind),
      detail: foundData.parse(data).detail,
      resolvedAt: resolvedAt?.toISOString() ?? null,
    })),
  };
}

/** The list of the office that has a subscription. */
function listOf({ state, cancelledAt }: { state: SubscriptionState; cancelledAt: Date | null }): PaymentDetailsDto['subscriptionIn'] {
  if (state === 'pending') return null;
  return state !== 'ended' && cancelledAt !== null ? 'cancelled' : state;
}

type AttemptRow = Prisma.PaymentAttemptGetPayload<{ select: typeof attemptSelect }>;

function toAttemptDto(row: AttemptRow, names: Map<string, string>): AttemptDto {
  const { provider, kind, declineCode, declineClass, createdAt, capturedAt, sentAt, refunds, ledger: _, ...attempt } = row;
  return {
    ...attempt,
    provider: known(paymentProviders, provider),
    kind: known(['page', 'saved'], kind),
    refundableMinor: isCaptured(row.state) ? refundable(row) : 0,
    decline:
      declineCode === null && declineClass === null
        ? null
        : { code: declineCode ?? '', class: known(declineClasses, declineClass ?? 'other') },
    createdAt: createdAt.toISOString(),
    capturedAt: capturedAt?.toISOString() ?? null,
    inDoubt: sentAt !== null,
    refunds: refunds.map(({ byId, cause, createdAt: askedAt, doneAt, ...refund }) => ({
      ...refund,
      cause: known(refundCauses, cause),
      by: byId && (names.get(byId) ?? null),
      createdAt: askedAt.toISOString(),
      doneAt: doneAt?.toISOString() ?? null,
    })),
  };
}
