import { cards, firstSix, lastFour } from '../cards.ts';
import type { Fields } from '../http.ts';
import type { Payment } from '../types.ts';
import type { World } from '../world.ts';
import { password, terminalKey } from './terminal.ts';
import { tokenOf } from './token.ts';

interface Told {
  status: string;
  amountMinor: number;
}

/** Tells of one status. Numbers of payments and cards are numbers here, as the bank writes them. */
export function tell(world: World, payment: Payment, { status, amountMinor }: Told): Promise<void> {
  const { declineCode, token, customerId } = payment;
  const card = payment.card === null || payment.card === 'sbp' ? null : cards[payment.card];
  const saved = world.books.cards.find((one) => one.provider === 'tbank' && one.token === token && token !== null);
  const amount = world.faults.chance(world.faults.current().wrongAmount) ? 1 : amountMinor;
  return send(world, payment, status, noticeUrl(world, payment), {
    TerminalKey: terminalKey,
    OrderId: payment.attemptId,
    Success: declineCode === null,
    Status: status,
    PaymentId: Number(payment.id),
    ErrorCode: declineCode ?? '0',
    Amount: amount,
    ...(card && { Pan: `${firstSix(card)}******${lastFour(card)}`, ExpDate: card.expires }),
    ...(saved && { RebillId: Number(saved.token), CardId: Number(saved.cardId) }),
    ...(customerId !== null && { CustomerKey: customerId }),
    ...(payment.email !== null && { Data: { Email: payment.email } }),
  });
}

/** Of receipts the bank tells at the terminal's own address only, whatever Init said. */
export function tellReceipt(world: World, payment: Payment, amountMinor: number, type: 'Income' | 'IncomeReturn'): Promise<void> {
  const number = Number(world.nextId());
  return send(world, payment, 'RECEIPT', world.options.webhooks?.tbank?.() ?? noticeUrl(world, payment), {
    TerminalKey: terminalKey,
    OrderId: payment.attemptId,
    Success: true,
    Status: 'RECEIPT',
    PaymentId: Number(payment.id),
    ErrorCode: '0',
    Amount: amountMinor,
    FiscalNumber: 1,
    ShiftNumber: 1,
    ReceiptDatetime: new Date(world.now()).toISOString(),
    FnNumber: '9999078900000000',
    EcrRegNumber: '0000000001000000',
    FiscalDocumentNumber: number,
    FiscalDocumentAttribute: number % 2 ** 31,
    Type: type,
    Url: `${world.base}/receipts/${payment.id}`,
  });
}

function noticeUrl(world: World, payment: Payment): string | null {
  const page = world.books.pages.find(({ provider, id }) => provider === 'tbank' && id === payment.id);
  return page?.notificationUrl ?? world.options.webhooks?.tbank?.() ?? null;
}

function send(world: World, payment: Payment, kind: string, url: string | null, fields: Fields): Promise<void> {
  const body = Buffer.from(JSON.stringify({ ...fields, Token: tokenOf(fields, password) }));
  return world.post.send({
    provider: 'tbank',
    kind,
    paymentId: payment.id,
    url,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body,
  });
}
