import { type Fields, text } from '../http.ts';
import type { Payment } from '../types.ts';
import { pageOf, type World } from '../world.ts';
import { TbankError } from './error.ts';

/** The payment by its id, which may come as a number; one whose page's time is over has expired by now. */
export function paymentOf(world: World, id: unknown): Payment {
  const payment = world.books.payments.find((one) => one.provider === 'tbank' && one.id === String(id));
  if (!payment) throw new TbankError('255', 'Платёж не найден');
  if (payment.status === 'NEW') pageOf(world, payment.id);
  return payment;
}

export function getState(world: World, fields: Fields): Fields {
  const payment = paymentOf(world, fields.PaymentId);
  const { id, attemptId, status, amountMinor, declineCode } = payment;
  const source = payment.card === 'sbp' ? 'qrsbp' : 'cards';
  const params = payment.card
    ? {
        Params: [
          { Key: 'Route', Value: 'ACQ' },
          { Key: 'Source', Value: source },
        ],
      }
    : {};
  const state = { Status: status, PaymentId: id, OrderId: attemptId, Amount: amountMinor, ...params };
  // A declined payment is told with its code, and is still an answer.
  return declineCode === null ? state : { ...state, ErrorCode: declineCode, Message: 'Платёж отклонён' };
}

/** All payments of one OrderId. */
export function checkOrder(world: World, fields: Fields): Fields {
  const orderId = text(fields.OrderId);
  const found = world.books.payments.filter(({ provider, attemptId }) => provider === 'tbank' && attemptId === orderId);
  if (found.length === 0) throw new TbankError('255', 'Заказ не найден', { OrderId: orderId });
  return {
    OrderId: orderId,
    Payments: found.map(({ id }) => {
      const { status, amountMinor, declineCode } = paymentOf(world, id);
      return { PaymentId: id, Amount: amountMinor, Status: status, RRN: id, Success: declineCode === null, ErrorCode: declineCode ?? '0' };
    }),
  };
}
