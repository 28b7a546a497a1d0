import { type Fields, isFields, text } from '../http.ts';
import type { Payment, Refund } from '../types.ts';
import { pageOf, type World } from '../world.ts';
import { TbankError, wrong } from './error.ts';
import { tell, tellReceipt } from './notices.ts';
import { paymentOf } from './states.ts';

export function cancel(world: World, fields: Fields): Fields {
  const payment = paymentOf(world, fields.PaymentId);
  const key = text(fields.ExternalRequestId);
  if (key !== null && key.length > 256) throw wrong('ExternalRequestId');
  // The same key is the same refund. SBP knows no such keys: asked twice, it gives back twice.
  const before = key === null || payment.card === 'sbp' ? undefined : world.books.answers[`tbank Cancel ${key}`];
  if (before) return before.body;
  const answer = payment.capturedMinor === 0 ? withdraw(world, payment) : giveBack(world, payment, fields, key);
  const whole = { ...answer, ...(key !== null && { ExternalRequestId: key }), OrderId: payment.attemptId, PaymentId: Number(payment.id) };
  if (key !== null) world.books.answers[`tbank Cancel ${key}`] = { at: world.now(), body: whole };
  return whole;
}

function withdraw(world: World, payment: Payment): Fields {
  if (payment.status !== 'NEW') throw new TbankError('8', 'Неверный статус транзакции', { Status: payment.status });
  pageOf(world, payment.id).state = 'cancelled';
  payment.status = 'CANCELED';
  void tell(world, payment, { status: 'CANCELED', amountMinor: payment.amountMinor });
  return { Status: 'CANCELED', OriginalAmount: payment.amountMinor, NewAmount: 0 };
}

function giveBack(world: World, payment: Payment, fields: Fields, key: string | null): Fields {
  const left = payment.capturedMinor - payment.refundedMinor;
  const amount = fields.Amount ?? left;
  if (typeof amount !== 'number' || !Number.isInteger(amount) || amount < 1) throw wrong('Amount');
  if (left === 0) throw new TbankError('8', 'Неверный статус транзакции', { Status: payment.status });
  if (amount > left) throw new TbankError('330', 'Сумма возврата больше остатка');
  if (isFields(fields.Receipt)) checkReturnReceipt(fields.Receipt, amount);
  bookRefund(world, payment, amount, key);
  return { Status: payment.status, OriginalAmount: left, NewAmount: left - amount };
}

function checkReturnReceipt(receipt: Fields, amount: number): void {
  const items: unknown[] = Array.isArray(receipt.Items) ? receipt.Items : [];
  const sum = items.reduce<number>((total, item) => total + (isFields(item) ? Number(item.Amount) : 0), 0);
  if (sum !== amount) throw new TbankError('308', 'Сумма чека не совпадает с суммой возврата');
}

/** A refund, whoever asked for it. The message names the sum of this refund and no other. */
export function bookRefund(world: World, payment: Payment, amountMinor: number, key: string | null): Refund {
  const refund: Refund = { id: world.nextId(), amountMinor, at: world.now(), key };
  payment.refunds.push(refund);
  payment.refundedMinor += amountMinor;
  payment.status = payment.refundedMinor === payment.capturedMinor ? 'REFUNDED' : 'PARTIAL_REFUNDED';
  world.touch();
  void tell(world, payment, { status: payment.status, amountMinor });
  if (payment.hasReceipt) void tellReceipt(world, payment, amountMinor, 'IncomeReturn');
  return refund;
}
