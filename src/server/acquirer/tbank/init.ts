import { type Fields, isFields, text } from '../http.ts';
import type { World } from '../world.ts';
import { TbankError, wrong } from './error.ts';

const mostAmount = 9_999_999_999;
/** Without a RedirectDueDate. */
const pageMs = 24 * 60 * 60 * 1000;

/** A payment that nobody has paid yet, and the page for it. */
export function init(world: World, fields: Fields): Fields {
  const { Amount: amount, Recurrent: recurrent, DATA: data, Receipt: receipt } = fields;
  const orderId = text(fields.OrderId);
  const customerId = text(fields.CustomerKey);
  if (typeof amount !== 'number' || !Number.isInteger(amount) || amount < 100 || amount > mostAmount) throw wrong('Amount');
  if (orderId === null || orderId.length > 36) throw wrong('OrderId');
  if ((text(fields.Description) ?? '').length > 140) throw wrong('Description');
  if (customerId !== null && customerId.length > 36) throw wrong('CustomerKey');
  if (recurrent === 'Y' && customerId === null) throw wrong('CustomerKey is needed with Recurrent');
  if (fields.PayType !== undefined && fields.PayType !== 'O') throw wrong('PayType: this terminal takes money at once');
  checkInitiator(data, recurrent);
  checkReceipt(world, receipt, amount);
  if (world.books.pages.some((page) => page.provider === 'tbank' && page.attemptId === orderId))
    throw new TbankError('20', 'Повторный идентификатор заказа', { OrderId: orderId });
  const id = world.nextId();
  const createdAt = world.now();
  const email = isFields(receipt) ? text(receipt.Email) : isFields(data) ? text(data.Email) : null;
  const hasReceipt = isFields(receipt);
  const description = text(fields.Description) ?? '';
  const same = { provider: 'tbank', id, attemptId: orderId, amountMinor: amount, currency: 'RUB', createdAt, customerId, email } as const;
  world.books.pages.push({
    ...same,
    number: Number(id) % 100_000,
    description,
    saveCard: recurrent === 'Y',
    hasReceipt,
    notificationUrl: text(fields.NotificationURL),
    successUrl: text(fields.SuccessURL),
    failUrl: text(fields.FailURL),
    expiresAt: dueDate(world, fields.RedirectDueDate),
    state: 'open',
  });
  world.books.payments.push({
    ...same,
    pageId: id,
    kind: 'page',
    status: 'NEW',
    capturedMinor: 0,
    refundedMinor: 0,
    refunds: [],
    chargeback: null,
    description,
    test: world.options.test ?? true,
    card: null,
    token: null,
    declineCode: null,
    paidAt: null,
    hasReceipt,
  });
  return { Status: 'NEW', PaymentId: id, OrderId: orderId, Amount: amount, PaymentURL: `${world.base}/pay/tbank/${id}` };
}

/** Who begins a payment, where it is told, has to go with whether the card is kept. */
function checkInitiator(data: unknown, recurrent: unknown): void {
  const initiator = isFields(data) ? data.OperationInitiatorType : undefined;
  if (initiator === undefined) return;
  const fits = recurrent === 'Y' ? initiator === '1' : ['0', '2', 'R'].includes(String(initiator));
  if (!fits) throw new TbankError('1126', 'Несовместимое значение параметра OperationInitiatorType');
}

function checkReceipt(world: World, receipt: unknown, amount: number): void {
  if (!isFields(receipt)) {
    if (world.options.receiptsRequired) throw new TbankError('309', 'Поле Receipt не должно быть пустым');
    return;
  }
  if (text(receipt.Email) === null && text(receipt.Phone) === null) throw new TbankError('329', 'Email или Phone должны быть заполнены');
  if (text(receipt.Taxation) === null) throw wrong('Receipt.Taxation');
  const items: unknown[] = Array.isArray(receipt.Items) ? receipt.Items : [];
  if (items.length === 0 || items.length > 100) throw wrong('Receipt.Items');
  let sum = 0;
  for (const item of items) {
    if (!isFields(item) || text(item.Name) === null || String(item.Name).length > 128 || text(item.Tax) === null)
      throw wrong('Receipt.Items');
    if (Math.round(Number(item.Price) * Number(item.Quantity)) !== item.Amount)
      throw new TbankError('334', 'Сумма позиции не совпадает с ценой');
    sum += Number(item.Amount);
  }
  if (sum !== amount) throw new TbankError('308', 'Сумма чека не совпадает с суммой платежа');
}

function dueDate(world: World, given: unknown): number {
  if (given === undefined) return world.now() + pageMs;
  const typed = text(given);
  const at = typed !== null && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/.test(typed) ? Date.parse(typed) : Number.NaN;
  const ahead = at - world.now();
  // A second of grace: what is written down has no fractions of one.
  if (Number.isNaN(at) || ahead < 59_000 || ahead > 90 * pageMs) throw new TbankError('12', 'Неверный параметр RedirectDueDate');
  return at;
}
