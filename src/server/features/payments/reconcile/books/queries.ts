import type { Prisma } from '#prisma/generated/client.ts';
import type { ProviderId } from '#shared/payments.ts';
import type { App } from '../../../../platform/app.ts';
import type { BookedOperation } from '../../../../platform/payments.ts';
import { isTaken, type Ours } from './rules.ts';

const oursSelect = {
  id: true,
  providerPaymentId: true,
  state: true,
  amountMinor: true,
  capturedMinor: true,
  currency: true,
  heldReason: true,
  refunds: { select: { id: true, providerRefundId: true, amountMinor: true, state: true, cause: true } },
} satisfies Prisma.PaymentAttemptSelect;

function toOurs(row: Prisma.PaymentAttemptGetPayload<{ select: typeof oursSelect }>): Ours {
  const { id, heldReason, capturedMinor, amountMinor, ...rest } = row;
  return { ...rest, attemptId: id, held: heldReason !== null, amountMinor: isTaken(row.state) ? capturedMinor : amountMinor };
}

/** The attempts that lines of the provider's books are about, by the id of the payment and, where that is not known to us yet, by the attempt's own. */
export async function findOursFor(app: App, provider: ProviderId, operations: readonly BookedOperation[]): Promise<OursIndex> {
  const payments = operations.map(paymentOf);
  const attempts = operations.flatMap(({ attemptId }) => (attemptId === null ? [] : [attemptId]));
  const rows = await app.db.paymentAttempt.findMany({
    where: { provider, OR: [{ providerPaymentId: { in: payments } }, { id: { in: attempts } }] },
    select: oursSelect,
  });
  const ours = rows.map(toOurs);
  const byPayment = new Map(ours.map((one) => [one.providerPaymentId, one]));
  const byAttempt = new Map(ours.map((one) => [one.attemptId, one]));
  return { of: (op) => byPayment.get(paymentOf(op)) ?? (op.attemptId === null ? null : (byAttempt.get(op.attemptId) ?? null)) };
}

export interface OursIndex {
  of(op: BookedOperation): Ours | null;
}

/** The payment that a line is about. */
export const paymentOf = (op: BookedOperation): string => op.ofPaymentId ?? op.providerPaymentId;

export async function getOurs(app: App, attemptId: string): Promise<Ours> {
  return toOurs(await app.db.paymentAttempt.findUniqueOrThrow({ where: { id: attemptId }, select: oursSelect }));
}

const pageSize = 200;

/** Attempts made from … to that reached the provider, oldest first, page by page. */
export async function* eachAttempt(app: App, provider: ProviderId, from: Date, to: Date, taken: boolean): AsyncGenerator<Ours> {
  let last: string | undefined;
  for (;;) {
    const rows = await app.db.paymentAttempt.findMany({
      where: {
        provider,
        createdAt: { gte: from, lt: to },
        ...(taken
          ? { state: { in: ['captured', 'partly_refunded', 'refunded'] }, capturedAt: { lt: to } }
          : { providerPaymentId: { not: null } }),
      },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      take: pageSize,
      ...(last === undefined ? {} : { cursor: { id: last }, skip: 1 }),
      select: oursSelect,
    });
    for (const row of rows) yield toOurs(row);
    if (rows.length < pageSize) return;
    last = rows.at(-1)?.id;
  }
}

/** Attempts about which something is open that a look may find settled. */
export async function findDisputed(app: App, provider: ProviderId): Promise<Set<string>> {
  const rows = await app.db.paymentIssue.findMany({
    where: { provider, resolvedAt: null, attemptId: { not: null }, kind: { in: [...settledByLooks] } },
    select: { attemptId: true },
  });
  return new Set(rows.flatMap(({ attemptId }) => (attemptId === null ? [] : [attemptId])));
}

export const settledByLooks = ['paid-not-granted', 'granted-not-paid', 'amount-differs', 'refund-differs'] as const;
