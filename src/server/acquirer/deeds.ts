/** What people do outside the school: payers, owners in the cabinet, the payer's bank. */

import { payPage as payCloudPage } from './cloudpayments/charge.ts';
import { bookRefund as cloudRefund } from './cloudpayments/refunds.ts';
import { payPage as payTbankPage } from './tbank/charge.ts';
import { bookRefund as tbankRefund } from './tbank/refunds.ts';
import type { Chargeback, Page, Paid, Payment, PayWith, Refund } from './types.ts';
import { Refusal, type World } from './world.ts';

export const payPage = (world: World, page: Page, how: PayWith): Promise<Paid> =>
  page.provider === 'tbank' ? payTbankPage(world, page, how) : payCloudPage(world, page, how);

export function paymentOf(world: World, id: string): Payment {
  const payment = world.books.payments.find((one) => one.id === id);
  if (!payment) throw new Refusal(`no payment is called ${id}`);
  return payment;
}

export function refundInCabinet(world: World, id: string, amountMinor?: number): Refund {
  const payment = paymentOf(world, id);
  const amount = amountMinor ?? left(payment);
  if (amount < 1 || amount > left(payment)) throw new Refusal('so much is not left');
  return (payment.provider === 'tbank' ? tbankRefund : cloudRefund)(world, payment, amount, 'cabinet');
}

export function chargeback(world: World, id: string, amountMinor?: number): Chargeback {
  const payment = paymentOf(world, id);
  const amount = amountMinor ?? left(payment);
  if (payment.chargeback || amount < 1 || amount > left(payment)) throw new Refusal('so much is not left');
  payment.chargeback = { id: world.nextId(), amountMinor: amount, at: world.now() };
  world.touch();
  return payment.chargeback;
}

const left = ({ capturedMinor, refundedMinor }: Payment) => capturedMinor - refundedMinor;
