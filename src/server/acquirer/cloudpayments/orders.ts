import { randomBytes } from 'node:crypto';
import { type Fields, isFields, text } from '../http.ts';
import type { Page } from '../types.ts';
import type { World } from '../world.ts';
import { decimalOf, minorOf } from './amounts.ts';
import { CloudError } from './error.ts';

const currencies = [
  'RUB',
  'EUR',
  'USD',
  'GBP',
  'UAH',
  'BYN',
  'KZT',
  'AZN',
  'CHF',
  'CZK',
  'CAD',
  'PLN',
  'SEK',
  'TRY',
  'CNY',
  'INR',
  'BRL',
  'UZS',
  'KGS',
];

export function createOrder(world: World, fields: Fields): Fields {
  const amountMinor = minorOf(fields.Amount);
  const currency = currencyOf(fields.Currency);
  const description = text(fields.Description);
  if (description === null) throw new CloudError('Не указано описание');
  if (fields.RequireConfirmation === true || fields.RequireConfirmation === 'true')
    throw new CloudError('Двухстадийная оплата не включена');
  const id = randomBytes(12).toString('base64url').replace(/[-_]/g, 'x');
  const page: Page = {
    provider: 'cloudpayments',
    id,
    attemptId: text(fields.InvoiceId) ?? '',
    number: Number(world.nextId()) % 100_000,
    amountMinor,
    currency,
    description,
    customerId: text(fields.AccountId),
    email: text(fields.Email),
    saveCard: false,
    hasReceipt: hasReceipt(fields.JsonData),
    notificationUrl: null,
    successUrl: text(fields.SuccessRedirectUrl),
    failUrl: text(fields.FailRedirectUrl),
    expiresAt: null,
    state: 'open',
    createdAt: world.now(),
  };
  world.books.pages.push(page);
  return { Success: true, Message: null, Model: orderModel(world, page) };
}

/** Nothing can be paid there any more; too late when it was. */
export function cancelOrder(world: World, fields: Fields): Fields {
  const page = world.books.pages.find(({ provider, id }) => provider === 'cloudpayments' && id === fields.Id);
  if (!page) throw new CloudError('Счёт не найден');
  if (page.state !== 'open') throw new CloudError('Счёт нельзя отменить');
  page.state = 'cancelled';
  return { Success: true, Message: null };
}

export function currencyOf(given: unknown): string {
  const currency = text(given) ?? 'RUB';
  if (!currencies.includes(currency)) throw new CloudError('Неизвестная валюта');
  return currency;
}

/** JsonData comes as an object or as text; a receipt in it is made by the register that goes with the site. */
export function hasReceipt(jsonData: unknown): boolean {
  const data = typeof jsonData === 'string' ? parse(jsonData) : jsonData;
  const inner = isFields(data) ? (data.cloudpayments ?? data.cloudPayments) : null;
  return isFields(inner) && isFields(inner.CustomerReceipt ?? inner.customerReceipt);
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new CloudError('JsonData – не JSON');
  }
}

function orderModel(world: World, page: Page): Fields {
  return {
    Id: page.id,
    Number: page.number,
    Amount: Number(decimalOf(page.amountMinor)),
    Currency: page.currency,
    CurrencyCode: currencies.indexOf(page.currency),
    Email: page.email,
    Phone: null,
    Description: page.description,
    RequireConfirmation: false,
    Url: `${world.base}/pay/cloudpayments/${page.id}`,
    CultureName: 'ru-RU',
    CreatedDate: `/Date(${page.createdAt})/`,
    CreatedDateIso: new Date(page.createdAt).toISOString().slice(0, 19),
    PaymentDate: null,
    PaymentDateIso: null,
    Status: 'Created',
    StatusCode: 0,
    InternalId: page.number,
  };
}
