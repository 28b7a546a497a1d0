import type { ReceiptConfig, TbankConfig } from '../../config.ts';
import { type PaymentSnapshot, ProviderError, type SavedCharge } from '../../payments.ts';
import { refusal, type TbankApi } from './api.ts';
import { findOutcome } from './find.ts';
import { initPayment } from './init.ts';
import { paymentIn, snapshotOf, type TbankPayment } from './snapshot.ts';
import { isOver, stateOf } from './statuses.ts';

/**
 * Charges a saved card: Init, tell the PaymentId, Charge. T-Bank charges a PaymentId once, so whoever comes again with it cannot charge twice; before
 * that happens it is asked how the payment stands.
 * @throws ProviderError
 */
export async function chargeSaved(
  api: TbankApi,
  config: TbankConfig,
  receipts: ReceiptConfig | null,
  charge: SavedCharge,
  onPaymentId: (providerPaymentId: string) => Promise<void>,
): Promise<PaymentSnapshot> {
  const { attemptId } = charge;
  let paymentId = charge.providerPaymentId;
  if (paymentId === null) {
    // R: by the merchant, at a time that was agreed. Without Recurrent: no new consent is given here.
    ({ paymentId } = await initPayment(api, receipts, charge, { DATA: { OperationInitiatorType: 'R' } }));
    await onPaymentId(paymentId);
  } else {
    const before = await findOutcome(api, { attemptId, providerPaymentId: paymentId });
    if (before === null) throw new ProviderError('unknown', 'T-Bank does not know this payment any more', 'no-payment');
    if (before.status !== 'NEW') return settled(before, config);
  }
  const answer = await api.ask('Charge', { PaymentId: paymentId, RebillId: charge.token });
  const told = paymentIn(answer.body);
  if (told?.paymentId === paymentId && isSettled(told)) return snapshotOf(told, config);
  const found = await findOutcome(api, { attemptId, providerPaymentId: paymentId });
  if (found === null) throw new ProviderError('unknown', 'T-Bank does not know what it was asked to charge', answer.code);
  // Still as it was: refused before anything happened (10: charging is not switched on), or a fault that may yet go on.
  if (found.status === 'NEW' && !answer.success) throw refusal('Charge', answer);
  return settled({ ...found, code: found.code ?? answer.code }, config);
}

const isSettled = ({ status }: TbankPayment): boolean =>
  isOver(status) || ['captured', 'partly_refunded', 'refunded'].includes(stateOf(status));

/** Between the states it is not known yet whether money has moved; `find` tells later. */
function settled(payment: TbankPayment, config: TbankConfig): PaymentSnapshot {
  if (isSettled(payment)) return snapshotOf(payment, config);
  throw new ProviderError('unknown', `T-Bank: the charge is under way (${payment.status})`, payment.code);
}
