import { type Card, cards, type Decline, notConfirmed } from '../cards.ts';
import type { Fields } from '../http.ts';
import { saveCard } from '../saved.ts';
import type { Page, Paid, Payment, PayWith } from '../types.ts';
import { pageOf, Refusal, type World } from '../world.ts';
import { TbankError, wrong } from './error.ts';
import { tell, tellReceipt } from './notices.ts';
import { paymentOf } from './states.ts';

/** Takes money from a saved card for a payment that is new. */
export function charge(world: World, fields: Fields): Fields {
  const payment = paymentOf(world, fields.PaymentId);
  if (world.faults.current().chargeBlocked) throw new TbankError('10', 'Метод Charge заблокирован для данного терминала');
  const saved = world.books.cards.find((one) => one.provider === 'tbank' && one.token === String(fields.RebillId) && !one.removed);
  if (!saved) throw wrong('RebillId');
  if (payment.status !== 'NEW') throw new TbankError('8', 'Неверный статус транзакции', { Status: payment.status, PaymentId: payment.id });
  payment.kind = 'saved';
  payment.card = saved.card;
  const { decline, declineLater } = cards[saved.card];
  const result = { PaymentId: payment.id, OrderId: payment.attemptId, Amount: payment.amountMinor };
  const why = declineLater ?? decline;
  if (why) {
    void refuse(world, payment, why, true);
    throw new TbankError(why.tbank, why.message, { ...result, Status: payment.status });
  }
  void capture(world, payment);
  return { ...result, Status: payment.status };
}

/** What happens when somebody pays on the page. */
export async function payPage(world: World, page: Page, how: PayWith): Promise<Paid> {
  const payment = paymentOf(world, page.id);
  if ((page.state !== 'open' || payment.status !== 'NEW') && !(how.late && payment.capturedMinor === 0))
    throw new Refusal('this page cannot be paid any more');
  const name = how.card ?? 'ok';
  const card: Card = cards[name];
  payment.card = name;
  payment.amountMinor = how.amountMinor ?? payment.amountMinor;
  payment.currency = how.currency ?? payment.currency;
  payment.customerId = how.customerId ?? payment.customerId;
  const unconfirmed = card.threeDs && how.confirm === false;
  const why = unconfirmed ? notConfirmed : card.decline;
  if (why) {
    // Nobody is told of a 3-D Secure that failed: it is no status that the bank tells of.
    await refuse(world, payment, why, !unconfirmed);
    return { outcome: 'declined', providerPaymentId: payment.id, goTo: page.failUrl };
  }
  payment.declineCode = null;
  if (page.saveCard && name !== 'sbp') payment.token = saveCard(world, 'tbank', payment.customerId ?? '', name).token;
  await capture(world, payment);
  return { outcome: 'paid', providerPaymentId: payment.id, goTo: page.successUrl };
}

function refuse(world: World, payment: Payment, why: Decline, told: boolean): Promise<void> {
  payment.status = told ? 'REJECTED' : 'AUTH_FAIL';
  payment.declineCode = why.tbank;
  pageOf(world, payment.id).state = 'cancelled';
  world.touch();
  return told ? tell(world, payment, { status: 'REJECTED', amountMinor: payment.amountMinor }) : Promise.resolve();
}

async function capture(world: World, payment: Payment): Promise<void> {
  const { amountMinor } = payment;
  payment.status = 'CONFIRMED';
  payment.capturedMinor = amountMinor;
  payment.paidAt = world.now();
  pageOf(world, payment.id).state = 'paid';
  world.touch();
  // At the same moment, whatever their order; SBP holds nothing.
  const told = [tell(world, payment, { status: 'CONFIRMED', amountMinor })];
  if (payment.card !== 'sbp') told.unshift(tell(world, payment, { status: 'AUTHORIZED', amountMinor }));
  if (payment.hasReceipt) told.push(tellReceipt(world, payment, amountMinor, 'Income'));
  await Promise.all(told);
}
