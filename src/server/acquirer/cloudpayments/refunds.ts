import type { Fields } from '../http.ts';
import type { Payment, Refund } from '../types.ts';
import type { World } from '../world.ts';
import { minorOf } from './amounts.ts';
import { CloudError } from './error.ts';
import { tellReceipt, tellRefund } from './notices.ts';

const oldestMs = 365 * 24 * 60 * 60 * 1000;

export function refund(world: World, fields: Fields, key: string | null): Fields {
  const amountMinor = minorOf(fields.Amount);
  const payment = world.books.payments.find(({ provider, id }) => provider === 'cloudpayments' && id === String(fields.TransactionId));
  if (!payment || payment.capturedMinor === 0) throw new CloudError('Транзакция не найдена');
  if (world.now() - payment.createdAt > oldestMs) throw new CloudError('Платёж старше года');
  if (amountMinor > payment.capturedMinor - payment.refundedMinor) throw new CloudError('Сумма возврата больше остатка');
  const { id } = bookRefund(world, payment, amountMinor, key);
  return { Success: true, Message: null, Model: { TransactionId: Number(id) } };
}

/** A refund, whoever asked for it. */
export function bookRefund(world: World, payment: Payment, amountMinor: number, key: string | null): Refund {
  const made: Refund = { id: world.nextId(), amountMinor, at: world.now(), key };
  payment.refunds.push(made);
  payment.refundedMinor += amountMinor;
  world.touch();
  void tellRefund(world, payment, made);
  if (payment.hasReceipt) void tellReceipt(world, payment, amountMinor, 'IncomeReturn');
  return made;
}
