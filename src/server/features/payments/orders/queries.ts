import type { Prisma } from '#prisma/generated/client.ts';
import { AppError } from '#shared/errors.ts';
import type { OrderDto, PaymentPlan, ProviderId } from '#shared/payments.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { declineOf, isCaptured, orderView } from '../state.ts';

/** What an order is shown from, attempts and refunds newest first. */
export const orderSelect = {
  id: true,
  number: true,
  title: true,
  plan: true,
  listMinor: true,
  amountMinor: true,
  currency: true,
  email: true,
  state: true,
  closedReason: true,
  createdAt: true,
  expiresAt: true,
  paidAt: true,
  periodStart: true,
  periodEnd: true,
  course: { select: { slug: true } },
  attempts: {
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    select: {
      provider: true,
      kind: true,
      state: true,
      payUrl: true,
      sentAt: true,
      heldReason: true,
      capturedMinor: true,
      refundedMinor: true,
      declineClass: true,
      paidWith: true,
      receiptUrl: true,
      test: true,
      refunds: {
        where: { state: { not: 'failed' } },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        select: { id: true, amountMinor: true, cause: true, state: true, createdAt: true, doneAt: true },
      },
    },
  },
} satisfies Prisma.PaymentOrderSelect;

type OrderRow = Prisma.PaymentOrderGetPayload<{ select: typeof orderSelect }>;

/** An order as its buyer sees it: no ids of the provider, no reasons why something is held. */
export function toOrderDto(row: OrderRow, now: Date): OrderDto {
  const attempts = row.attempts.map((attempt) => ({ ...attempt, double: attempt.refunds.some(({ cause }) => cause === 'double') }));
  const view = orderView(row, attempts, now);
  // By which it was paid, or is looked at: one that paid it twice is none of it.
  const counted = row.state === 'paid' ? attempts.filter(({ state, double }) => isCaptured(state) && !double) : attempts;
  const [shown] = counted;
  const period = row.periodStart && row.periodEnd;
  return {
    id: row.id,
    number: row.number,
    view,
    title: row.title,
    courseSlug: row.course?.slug ?? null,
    // Both are written from the lists of src/shared/payments.ts only.
    plan: row.plan as PaymentPlan,
    provider: (shown?.provider ?? null) as ProviderId | null,
    listMinor: row.listMinor,
    amountMinor: row.amountMinor,
    refundedMinor: counted.reduce((sum, { refundedMinor }) => sum + refundedMinor, 0),
    currency: row.currency,
    createdAt: row.createdAt.toISOString(),
    paidAt: row.paidAt?.toISOString() ?? null,
    period: row.periodStart && period ? { from: row.periodStart.toISOString(), until: period.toISOString() } : null,
    payUrl: view === 'to-pay' ? (shown?.payUrl ?? null) : null,
    expiresAt: row.expiresAt.toISOString(),
    decline: view === 'declined' ? declineOf(attempts) : null,
    paidWith: shown?.paidWith ?? null,
    receiptUrl: shown?.receiptUrl ?? null,
    email: row.email,
    test: attempts.some(({ test }) => test),
    refunds: counted
      .flatMap(({ refunds }) => refunds)
      .map(({ id, amountMinor, state, createdAt, doneAt }) => ({
        id,
        amountMinor,
        at: (doneAt ?? createdAt).toISOString(),
        done: state === 'done',
      })),
  };
}

/** @throws AppError PAYMENTS_NOT_FOUND, also for an order of somebody else */
export async function getOrder(app: App, actor: PersonActor, id: string): Promise<OrderDto> {
  const row = await app.db.paymentOrder.findUnique({ where: { id, personId: actor.id }, select: orderSelect });
  if (!row) throw new AppError('PAYMENTS_NOT_FOUND');
  return toOrderDto(row, app.clock.now());
}
