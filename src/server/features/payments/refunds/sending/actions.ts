import type { App } from '../../../../platform/app.ts';
import type { Tx } from '../../../../platform/db.ts';
import type { NewRefund, PaymentProvider, ProviderError, RefundTaken } from '../../../../platform/payments.ts';
import { holdOrder, moneyTransaction } from '../../hold.ts';
import { paymentsRefund } from '../../job-kinds.ts';
import { findProvider } from '../../provider.ts';
import { nextTryAt } from '../rules.ts';
import { addDoneRefund, completeRefund, refuseRefund } from '../steps.ts';

/** What the job is to do: send a refund, or find out what became of one that was sent. */
export interface RefundStep {
  kind: 'send' | 'ask';
  provider: PaymentProvider;
  refund: NewRefund;
  /** Since when its outcome is not known. */
  sentAt: Date;
  /** Given back of this payment as far as is known. */
  recordedMinor: number;
}

/**
 * Takes a refund in hand. One of a payment at a time: where the outcome of another is not known, this one waits. Null: nothing is to be done now.
 */
export async function takeRefund(app: App, refundId: string): Promise<RefundStep | null> {
  return withRefund(app, refundId, async (tx, refund) => {
    const { attempt } = refund;
    const provider = findProvider(app, attempt.provider);
    if (!provider || attempt.providerPaymentId === null) return null;
    const now = app.clock.now();
    const others = await tx.paymentRefund.count({ where: { attemptId: refund.attemptId, id: { not: refundId }, state: 'sent' } });
    if (refund.state === 'waiting' && others > 0) {
      await tx.paymentRefund.update({ where: { id: refundId }, data: { nextTryAt: nextTryAt(0, now) }, select: { id: true } });
      return null;
    }
    const kind = refund.state === 'waiting' ? 'send' : 'ask';
    const left = attempt.capturedMinor - attempt.refundedMinor;
    // Some of it went back meanwhile, in the cabinet or by a claim. Of a payment that bought nothing the rest still goes.
    const amountMinor = kind === 'send' && refund.cause === 'double' ? Math.min(refund.amountMinor, left) : refund.amountMinor;
    if (kind === 'send' && (amountMinor === 0 || amountMinor > left)) {
      await refuseRefund(app, tx, refundId, 'more than is left');
      return null;
    }
    const sentAt = (kind === 'ask' ? refund.sentAt : null) ?? now;
    await tx.paymentRefund.update({
      where: { id: refundId },
      data: { state: 'sent', amountMinor, sentAt, tries: { increment: 1 }, nextTryAt: nextTryAt(refund.tries, now) },
      select: { id: true },
    });
    const { providerPaymentId, capturedMinor, refundedMinor, currency, order } = attempt;
    const { attemptId } = refund;
    const about = {
      refundId,
      attemptId,
      providerPaymentId,
      amountMinor,
      capturedMinor,
      currency,
      email: order.email || schoolAddress(app),
    };
    const rest = {
      whole: amountMinor === capturedMinor - refundedMinor,
      again: kind === 'ask',
      items: [{ label: order.title, amountMinor }],
    };
    return { kind, provider, refund: { ...about, ...rest }, sentAt, recordedMinor: refundedMinor };
  });
}

/** The provider took it. `pending`: the money is on its way, and the provider is asked again. */
export async function refundTaken(app: App, refundId: string, taken: RefundTaken): Promise<void> {
  await withRefund(app, refundId, async (tx, { attemptId }) => {
    const { providerRefundId, refundedMinor: totalMinor } = taken;
    if (taken.state === 'pending') {
      if (providerRefundId) await tx.paymentRefund.update({ where: { id: refundId }, data: { providerRefundId }, select: { id: true } });
      return;
    }
    await completeRefund(app, tx, refundId, { providerRefundId, at: null });
    if (totalMinor === null) return;
    const { refundedMinor } = await tx.paymentAttempt.findUniqueOrThrow({ where: { id: attemptId }, select: { refundedMinor: true } });
    const more = totalMinor - refundedMinor;
    // Given back in the cabinet before, and nobody told us.
    if (more > 0)
      await addDoneRefund(app, tx, {
        attemptId,
        amountMinor: more,
        cause: 'provider',
        reason: '',
        providerRefundId: null,
        endsAccess: false,
        at: null,
      });
  });
}

/** The provider did not do it, or it is not known whether it did: then the refund stays as it is, sent. */
export async function refundTroubled(app: App, refundId: string, { trouble, message }: ProviderError): Promise<void> {
  if (trouble === 'unknown') return;
  await withRefund(app, refundId, async (tx, { tries }) => {
    if (trouble === 'refused') return refuseRefund(app, tx, refundId, message);
    const data = { state: 'waiting', sentAt: null, nextTryAt: nextTryAt(tries - 1, app.clock.now()) } as const;
    await tx.paymentRefund.update({ where: { id: refundId }, data, select: { id: true } });
  });
}

/** By the provider's books it was never made: it is made now. */
export async function releaseRefund(app: App, refundId: string, sentAt: Date): Promise<void> {
  await withRefund(app, refundId, async (tx, refund) => {
    if (refund.sentAt?.getTime() !== sentAt.getTime()) return;
    await tx.paymentRefund.update({ where: { id: refundId }, data: { state: 'waiting', sentAt: null }, select: { id: true } });
    await app.jobs.enqueue(tx, paymentsRefund, { refundId });
  });
}

/** Has those refunds looked at whose time has come. */
export async function resumeRefunds(app: App): Promise<void> {
  const now = app.clock.now();
  await moneyTransaction(app, async (tx) => {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      UPDATE payment_refund SET next_try_at = ${new Date(now.getTime() + 5 * 60_000)} WHERE id IN (
        SELECT id FROM payment_refund WHERE next_try_at <= ${now} AND state IN ('waiting', 'sent') ORDER BY next_try_at LIMIT 200 FOR UPDATE SKIP LOCKED)
      RETURNING id`;
    for (const { id } of rows) await app.jobs.enqueue(tx, paymentsRefund, { refundId: id });
  });
}

const refundSelect = {
  attemptId: true,
  amountMinor: true,
  cause: true,
  state: true,
  sentAt: true,
  tries: true,
  attempt: {
    select: {
      orderId: true,
      provider: true,
      providerPaymentId: true,
      capturedMinor: true,
      refundedMinor: true,
      currency: true,
      order: { select: { email: true, title: true } },
    },
  },
} as const;

type HeldRefund = NonNullable<Awaited<ReturnType<typeof readRefund>>>;
const readRefund = (tx: Tx, id: string) => tx.paymentRefund.findUnique({ where: { id }, select: refundSelect });

/** Something with a refund that is not over, under the lock of its order. Null: it is over, or there is none. */
async function withRefund<T>(app: App, refundId: string, work: (tx: Tx, refund: HeldRefund) => Promise<T>): Promise<T | null> {
  return moneyTransaction(app, async (tx) => {
    const known = await readRefund(tx, refundId);
    if (!known || !(await holdOrder(tx, known.attempt.orderId))) return null;
    const refund = await readRefund(tx, refundId);
    return refund && (refund.state === 'waiting' || refund.state === 'sent') ? work(tx, refund) : null;
  });
}

/** The payer was erased, and the provider wants an address for the receipt of the refund: it goes to the school itself. */
function schoolAddress({ config: { mail, publicUrl } }: App): string {
  return mail.kind === 'smtp' ? mail.from.replace(/^.*<([^>]+)>.*$/, '$1') : `school@${new URL(publicUrl).hostname}`;
}
