import type * as z from 'zod';
import { AppError } from '#shared/errors.ts';
import { paymentProviders } from '#shared/payments.ts';
import type { PaymentDetailsDto, RefundInput, recordRefundInput, settleHeldInput } from '#shared/payments-office.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/db.ts';
import { type HeldAttempt, type HeldOrder, heldOrder, moneyTransaction, tellPayer } from '../hold.ts';
import { settleIssue } from '../issues/steps.ts';
import { getPayment } from '../office/queries.ts';
import { giveOrder, isPaidElsewhere } from '../record/steps.ts';
import { isCaptured, known } from '../state.ts';
import { refundable } from './rules.ts';
import { addDoneRefund, completeRefund, writeRefund } from './steps.ts';

/** Writes a refund down and has it sent. Asked twice, it is one. @throws AppError PAYMENTS_NOT_FOUND, PAYMENTS_STATE, PAYMENTS_REFUND_TOO_MUCH */
export async function askRefund(app: App, actor: PersonActor, input: RefundInput): Promise<PaymentDetailsDto> {
  const { attemptId, clientId, amountMinor, reason, endsAccess } = input;
  return withPayment(app, actor, attemptId, async (tx, { order, attempt }) => {
    if (await isKnown(tx, input)) return;
    await refuseTooMuch(tx, attempt, amountMinor);
    await writeRefund(app, tx, { attemptId, clientId, amountMinor, cause: 'moderator', reason, byId: actor.id, endsAccess });
    await recordAudit(app, tx, actor, {
      action: 'payment.refund',
      ...(await subjectOf(tx, order)),
      after: { amountMinor, currency: attempt.currency, reason, endsAccess },
    });
  });
}

/**
 * A refund that the provider made without us. Where one of ours of the same sum is in doubt, it is this one.
 * @throws AppError PAYMENTS_NOT_FOUND, PAYMENTS_STATE, PAYMENTS_REFUND_TOO_MUCH
 */
export async function recordRefund(app: App, actor: PersonActor, input: z.output<typeof recordRefundInput>): Promise<PaymentDetailsDto> {
  const { attemptId, clientId, amountMinor, reason, endsAccess } = input;
  return withPayment(app, actor, attemptId, async (tx, { order, attempt }) => {
    if (await isKnown(tx, input)) return;
    const inDoubt = await tx.paymentRefund.findFirst({
      where: { attemptId, state: 'sent', amountMinor },
      select: { id: true, endsAccess: true },
    });
    if (inDoubt) {
      const data = { clientId, endsAccess: endsAccess || inDoubt.endsAccess };
      await tx.paymentRefund.update({ where: { id: inDoubt.id }, data, select: { id: true } });
      await completeRefund(app, tx, inDoubt.id, { providerRefundId: null, at: null });
    } else {
      await refuseTooMuch(tx, attempt, amountMinor);
      const by = { clientId, byId: actor.id, reason, endsAccess };
      await addDoneRefund(app, tx, { ...by, attemptId, amountMinor, cause: 'provider', providerRefundId: null, at: null });
    }
    await settleIssue(app, tx, 'refund-differs', attemptId);
    await recordAudit(app, tx, actor, {
      action: 'payment.record-refund',
      ...(await subjectOf(tx, order)),
      after: { amountMinor, currency: attempt.currency, reason, endsAccess },
    });
  });
}

/**
 * A held payment: what came is taken for the order, or goes back. A test card brought nothing, so that it can only be refused.
 * @throws AppError PAYMENTS_NOT_FOUND, PAYMENTS_STATE
 */
export async function settleHeld(app: App, actor: PersonActor, input: z.output<typeof settleHeldInput>): Promise<PaymentDetailsDto> {
  const { attemptId, accept, reason } = input;
  return withHeld(app, actor, attemptId, async (tx, { order, attempt }) => {
    if (attempt.heldReason === null) throw new AppError('PAYMENTS_STATE');
    if (accept) await acceptHeld(app, tx, order, attempt);
    else await refuseHeld(app, tx, attempt, { reason, byId: actor.id });
    await settleIssue(app, tx, 'held', attemptId);
    await tellPayer(app, tx, order.personId);
    await recordAudit(app, tx, actor, {
      action: 'payment.settle',
      ...(await subjectOf(tx, order)),
      after: { accept, reason, held: attempt.heldReason },
    });
  });
}

async function acceptHeld(app: App, tx: Tx, order: HeldOrder, attempt: HeldAttempt): Promise<void> {
  // Nothing came, it went back, the order is paid by another payment, or there is nobody to give the course to.
  if (!isCaptured(attempt.state) || attempt.state === 'refunded' || order.state === 'paid' || !order.personId || !order.courseId)
    throw new AppError('PAYMENTS_STATE');
  const onItsWay = await tx.paymentRefund.count({ where: { attemptId: attempt.id, state: { in: ['waiting', 'sent'] } } });
  // Or the course is theirs by another order meanwhile: then this one goes back.
  if (onItsWay > 0 || (await isPaidElsewhere(tx, order))) throw new AppError('PAYMENTS_STATE');
  await tx.paymentAttempt.update({ where: { id: attempt.id }, data: { heldReason: null }, select: { id: true } });
  const { id, methodId, provider } = attempt;
  await giveOrder(app, tx, order, { id, methodId, provider: known(paymentProviders, provider) }, app.clock.now());
}

/** Of money that came the reason stays, so that nothing is given by it later. A test card brought none: the attempt is over. */
async function refuseHeld(app: App, tx: Tx, attempt: HeldAttempt, { reason, byId }: { reason: string; byId: string }): Promise<void> {
  const { id: attemptId } = attempt;
  if (!isCaptured(attempt.state)) {
    const data = { state: 'voided', heldReason: null, payUrl: null, nextCheckAt: null } as const;
    await tx.paymentAttempt.update({ where: { id: attemptId }, data, select: { id: true } });
    return;
  }
  const amountMinor = await leftOf(tx, attempt);
  if (amountMinor === 0) return;
  await writeRefund(app, tx, { attemptId, clientId: null, amountMinor, cause: 'moderator', reason, byId, endsAccess: false });
}

type Payment = { order: HeldOrder; attempt: HeldAttempt };

/** Something with a payment that took money. */
function withPayment(
  app: App,
  actor: PersonActor,
  attemptId: string,
  work: (tx: Tx, payment: Payment) => Promise<void>,
): Promise<PaymentDetailsDto> {
  return withHeld(app, actor, attemptId, async (tx, payment) => {
    if (!isCaptured(payment.attempt.state)) throw new AppError('PAYMENTS_STATE');
    await work(tx, payment);
  });
}

/** Under the locks of an order and its attempts; then it is read as the office shows it. */
async function withHeld(
  app: App,
  actor: PersonActor,
  attemptId: string,
  work: (tx: Tx, payment: Payment) => Promise<void>,
): Promise<PaymentDetailsDto> {
  const orderId = await moneyTransaction(app, async (tx) => {
    const found = await tx.paymentAttempt.findUnique({ where: { id: attemptId }, select: { orderId: true } });
    const order = found && (await heldOrder(tx, found.orderId));
    const attempt = order?.attempts.find(({ id }) => id === attemptId);
    if (!order || !attempt) throw new AppError('PAYMENTS_NOT_FOUND');
    await work(tx, { order, attempt });
    return order.id;
  });
  return getPayment(app, actor, orderId);
}

/**
 * Sent twice, it is one refund. With another sum the second time, the answer to the first one was lost: who asks has to see first what was done.
 * @throws AppError PAYMENTS_STATE
 */
async function isKnown(
  tx: Tx,
  { attemptId, clientId, amountMinor }: Pick<RefundInput, 'attemptId' | 'clientId' | 'amountMinor'>,
): Promise<boolean> {
  const known = await tx.paymentRefund.findUnique({
    where: { attemptId_clientId: { attemptId, clientId } },
    select: { amountMinor: true },
  });
  if (known && known.amountMinor !== amountMinor) throw new AppError('PAYMENTS_STATE');
  return known !== null;
}

async function leftOf(tx: Tx, { id, capturedMinor }: HeldAttempt): Promise<number> {
  const { refundedMinor, refunds } = await tx.paymentAttempt.findUniqueOrThrow({
    where: { id },
    select: { refundedMinor: true, refunds: { select: { amountMinor: true, state: true } } },
  });
  return refundable({ capturedMinor, refundedMinor, refunds });
}

/** @throws AppError PAYMENTS_REFUND_TOO_MUCH */
async function refuseTooMuch(tx: Tx, attempt: HeldAttempt, amountMinor: number): Promise<void> {
  const leftMinor = await leftOf(tx, attempt);
  if (amountMinor > leftMinor) throw new AppError('PAYMENTS_REFUND_TOO_MUCH', { leftMinor, currency: attempt.currency });
}

async function subjectOf(tx: Tx, { id }: HeldOrder): Promise<{ subject: string; label: string }> {
  const { number, title } = await tx.paymentOrder.findUniqueOrThrow({ where: { id }, select: { number: true, title: true } });
  return { subject: id, label: `№ ${number}, ${title}` };
}
