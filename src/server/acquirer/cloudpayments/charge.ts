import { cards, type Decline, notConfirmed } from '../cards.ts';
import { type Fields, text } from '../http.ts';
import { saveCard } from '../saved.ts';
import type { CardName, Page, Paid, Payment, PayWith } from '../types.ts';
import { Refusal, type World } from '../world.ts';
import { minorOf } from './amounts.ts';
import { CloudError } from './error.ts';
import { paymentModel } from './model.ts';
import { askCheck, tellFail, tellPay, tellReceipt } from './notices.ts';
import { currencyOf, hasReceipt } from './orders.ts';

/** Takes money from a saved card. */
export async function chargeToken(world: World, fields: Fields): Promise<Fields> {
  const amountMinor = minorOf(fields.Amount);
  const currency = currencyOf(fields.Currency);
  const initiator = String(fields.TrInitiatorCode ?? '');
  if (initiator !== '0' && initiator !== '1') throw new CloudError('Не указан TrInitiatorCode');
  if (initiator === '0' && fields.PaymentScheduled === undefined) throw new CloudError('Не указан PaymentScheduled');
  const saved = world.books.cards.find(
    (one) => one.provider === 'cloudpayments' && one.token === fields.Token && one.customerId === fields.AccountId && !one.removed,
  );
  if (!saved) throw new CloudError('Токен не найден');
  const { decline, declineLater } = cards[saved.card];
  const payment = begin(world, saved.card, {
    attemptId: text(fields.InvoiceId) ?? '',
    pageId: null,
    kind: 'saved',
    amountMinor,
    currency,
    customerId: saved.customerId,
    email: text(fields.Email),
    description: text(fields.Description) ?? '',
    token: saved.token,
    hasReceipt: hasReceipt(fields.JsonData),
  });
  await settle(world, payment, declineLater ?? decline);
  return { Success: payment.status === 'Completed', Message: null, Model: paymentModel(payment) };
}

/** What happens when somebody pays on the page. A page that was paid can be paid once more, as happens in two windows. */
export async function payPage(world: World, page: Page, how: PayWith): Promise<Paid> {
  if (page.state !== 'open' && !how.late) throw new Refusal('this page cannot be paid any more');
  const name = how.card ?? 'ok';
  const card = cards[name];
  const payment = begin(world, name, {
    attemptId: page.attemptId,
    pageId: page.id,
    kind: 'page',
    amountMinor: how.amountMinor ?? page.amountMinor,
    currency: how.currency ?? page.currency,
    customerId: how.customerId ?? page.customerId,
    email: page.email,
    description: page.description,
    token: null,
    hasReceipt: page.hasReceipt,
  });
  const keeps = name !== 'sbp' && payment.customerId !== null && how.save !== false;
  const { told } = await settle(world, payment, card.threeDs && how.confirm === false ? notConfirmed : card.decline, () => {
    page.state = 'paid';
    if (keeps) payment.token = saveCard(world, 'cloudpayments', payment.customerId ?? '', name).token;
  });
  await told;
  const paid = payment.status === 'Completed';
  return { outcome: paid ? 'paid' : 'declined', providerPaymentId: payment.id, goTo: paid ? page.successUrl : page.failUrl };
}

type Asked = Omit<
  Payment,
  | 'provider'
  | 'id'
  | 'status'
  | 'capturedMinor'
  | 'refundedMinor'
  | 'refunds'
  | 'chargeback'
  | 'test'
  | 'card'
  | 'declineCode'
  | 'createdAt'
  | 'paidAt'
>;

/** Every try is a transaction of its own. */
function begin(world: World, card: CardName, asked: Asked): Payment {
  const payment: Payment = {
    ...asked,
    provider: 'cloudpayments',
    id: world.nextId(),
    status: 'AwaitingAuthentication',
    capturedMinor: 0,
    refundedMinor: 0,
    refunds: [],
    chargeback: null,
    test: world.options.test ?? true,
    card,
    declineCode: null,
    createdAt: world.now(),
    paidAt: null,
  };
  world.books.payments.push(payment);
  return payment;
}

/** Asks the school, then the bank. `told`: the school has heard of it, or was asked at least. */
async function settle(world: World, payment: Payment, decline: Decline | null, onPaid = () => {}): Promise<{ told: Promise<unknown> }> {
  const code = (await askCheck(world, payment)) ?? (decline && String(decline.cloudpayments));
  world.touch();
  if (code !== null) {
    payment.status = 'Declined';
    payment.declineCode = code;
    return { told: tellFail(world, payment) };
  }
  payment.status = 'Completed';
  payment.capturedMinor = payment.amountMinor;
  payment.paidAt = world.now();
  onPaid();
  const told = [tellPay(world, payment)];
  if (payment.hasReceipt) told.push(tellReceipt(world, payment, payment.amountMinor, 'Income'));
  return { told: Promise.all(told) };
}
