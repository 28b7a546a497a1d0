import { type Fields, text } from '../http.ts';
import type { Payment } from '../types.ts';
import type { World } from '../world.ts';
import { decimalOf } from './amounts.ts';
import { CloudError } from './error.ts';
import { paymentModel, refundModel } from './model.ts';

const pageSize = 100;

interface Operation {
  at: number;
  /** Ids count up: of what happened at one moment, the later one is greater. */
  id: number;
  model: Fields;
}

export function get(world: World, fields: Fields): Fields {
  const found = operations(world).find(({ id }) => id === Number(fields.TransactionId));
  if (!found) throw new CloudError('Not found');
  const { model } = found;
  return { Success: model.Status === 'Completed', Message: null, Model: model };
}

/** The last operation of an invoice and no other: a refund hides its payment. */
export function find(world: World, fields: Fields): Fields {
  const invoice = text(fields.InvoiceId);
  const [last] = operations(world)
    .filter(({ model }) => invoice !== null && model.InvoiceId === invoice)
    .sort((a, b) => b.at - a.at || b.id - a.id);
  if (!last) throw new CloudError('Not found');
  return { Success: last.model.Status === 'Completed', Message: null, Model: last.model };
}

export function list(world: World, fields: Fields): Fields {
  return { Success: true, Message: null, Model: paged(fields, operations(world)).map(({ model }) => model) };
}

export function chargebacks(world: World, fields: Fields): Fields {
  const all = ours(world).flatMap((payment) => {
    const { chargeback } = payment;
    if (!chargeback) return [];
    const model = {
      Id: Number(chargeback.id),
      TransactionId: Number(payment.id),
      Amount: Number(decimalOf(chargeback.amountMinor)),
      Currency: payment.currency,
      InvoiceId: payment.attemptId || null,
      AccountId: payment.customerId,
      CreatedDate: `/Date(${chargeback.at})/`,
      CreatedDateIso: new Date(chargeback.at).toISOString().slice(0, 19),
    };
    return [{ at: chargeback.at, id: Number(chargeback.id), model }];
  });
  return { Success: true, Message: null, Model: paged(fields, all).map(({ model }) => model) };
}

const ours = (world: World): Payment[] => world.books.payments.filter(({ provider }) => provider === 'cloudpayments');

function operations(world: World): Operation[] {
  return ours(world).flatMap((payment) => [
    { at: payment.createdAt, id: Number(payment.id), model: paymentModel(payment) },
    ...payment.refunds.map((refund) => ({ at: refund.at, id: Number(refund.id), model: refundModel(payment, refund) })),
  ]);
}

function paged(fields: Fields, all: Operation[]): Operation[] {
  const [from, to] = [dateOf(fields.CreatedDateGte), dateOf(fields.CreatedDateLte)];
  const page = Number(fields.PageNumber);
  if (!Number.isInteger(page) || page < 1) throw new CloudError('Не указан PageNumber');
  return all
    .filter(({ at }) => at >= from && at <= to)
    .sort((a, b) => a.at - b.at || a.id - b.id)
    .slice((page - 1) * pageSize, page * pageSize);
}

/** Without a zone it is UTC, unless TimeZone says another, which nobody here does. */
function dateOf(value: unknown): number {
  const typed = text(value) ?? '';
  const at = Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(typed) ? typed : `${typed}Z`);
  if (Number.isNaN(at)) throw new CloudError('Неверная дата');
  return at;
}
