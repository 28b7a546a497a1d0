import { Prisma } from '#prisma/generated/client.ts';
import type { App } from '../../platform/app.ts';
import type { Tx } from '../../platform/db.ts';

/**
 * A transaction that changes money. Many messages of one order wait for each other here, so it has time. Locks are taken in one order everywhere: order,
 * its attempts, purchase (`giveOrder`), subscription, promo code, and the courses of a person last (`followEntitlements`). If two of them still meet, one is begun anew.
 */
export async function moneyTransaction<T>(app: App, work: (tx: Tx) => Promise<T>): Promise<T> {
  const run = () => app.db.$transaction(work, { maxWait: 30_000, timeout: 30_000 });
  try {
    return await run();
  } catch (error) {
    if (!isDeadlock(error)) throw error;
    return run();
  }
}

/** Of an own statement (P2010) and of one of Prisma's (P2034) it looks different. */
function isDeadlock(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && (error.code === 'P2034' || error.message.includes('40P01'));
}

/** Locks an order and all attempts to pay it, in this order. False: there is no such order. */
export async function holdOrder(tx: Tx, orderId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`SELECT 1 FROM payment_order WHERE id = ${orderId}::uuid FOR UPDATE`;
  if (rows.length === 0) return false;
  await tx.$queryRaw`SELECT 1 FROM payment_attempt WHERE order_id = ${orderId}::uuid ORDER BY id FOR UPDATE`;
  return true;
}

const heldOrderSelect = {
  id: true,
  personId: true,
  courseId: true,
  plan: true,
  subscriptionId: true,
  periodStart: true,
  state: true,
  closedReason: true,
  amountMinor: true,
  currency: true,
  createdAt: true,
  expiresAt: true,
  course: { select: { deletedAt: true } },
  attempts: {
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    select: {
      id: true,
      provider: true,
      providerPaymentId: true,
      providerPageId: true,
      kind: true,
      state: true,
      amountMinor: true,
      currency: true,
      capturedMinor: true,
      saveMethod: true,
      methodId: true,
      payUrl: true,
      paidWith: true,
      receiptUrl: true,
      declineCode: true,
      heldReason: true,
      sentAt: true,
      test: true,
      createdAt: true,
      expiresAt: true,
    },
  },
} satisfies Prisma.PaymentOrderSelect;

/** An order and its attempts, newest first, that nobody else changes before this transaction ends. */
export type HeldOrder = Prisma.PaymentOrderGetPayload<{ select: typeof heldOrderSelect }>;
export type HeldAttempt = HeldOrder['attempts'][number];

/** Locks an order with its attempts and reads them. */
export async function heldOrder(tx: Tx, orderId: string): Promise<HeldOrder | null> {
  if (!(await holdOrder(tx, orderId))) return null;
  return tx.paymentOrder.findUnique({ where: { id: orderId }, select: heldOrderSelect });
}

/** Tells the person's open pages that something about their payments has changed. */
export async function tellPayer(app: App, tx: Tx, personId: string | null): Promise<void> {
  if (personId) await app.bus.publish(tx, `person:${personId}`, { kind: 'payments', threadId: null });
}
