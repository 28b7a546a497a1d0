/** Both dialects, from opening a page to giving the money back, as a school meets them. */
import { createHmac } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { tokenOf } from './tbank/token.ts';
import { aListener, cloud, type Reply, tbank } from './testing/callers.ts';
import type { AcquirerOptions } from './types.ts';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function aSchool(options: AcquirerOptions = {}) {
  const made = await aListener(options);
  stops.push(made.stop);
  return made;
}

const receipt = {
  Email: 's@example.ru',
  Taxation: 'usn_income',
  Items: [{ Name: 'Курс', Price: 199_000, Quantity: 1, Amount: 199_000, Tax: 'none' }],
};

test('T-Bank: Init, page, AUTHORIZED and CONFIRMED at once, a saved card, charged again, three equal refunds', async () => {
  const { acquirer, school, said } = await aSchool();
  const opened = await tbank(acquirer, 'Init', {
    Amount: 199_000,
    OrderId: 'first',
    CustomerKey: 'anna',
    Recurrent: 'Y',
    Receipt: receipt,
    NotificationURL: `${school.url}/tbank`,
    SuccessURL: 'http://school/done',
  });
  expect(opened).toMatchObject({ Success: true, ErrorCode: '0', Status: 'NEW', OrderId: 'first', Amount: 199_000 });
  const paid = await acquirer.pay(opened.PaymentURL);
  expect(paid).toEqual({ outcome: 'paid', providerPaymentId: opened.PaymentId, goTo: 'http://school/done' });
  await acquirer.settled();
  expect(said().sort()).toEqual(['AUTHORIZED', 'CONFIRMED', 'RECEIPT']);
  const confirmed = JSON.parse(school.heard.find(({ body }) => body.includes('"CONFIRMED"'))?.body ?? '');
  expect(confirmed).toMatchObject({
    Success: true,
    PaymentId: Number(opened.PaymentId),
    Amount: 199_000,
    CustomerKey: 'anna',
    ErrorCode: '0',
  });
  expect(confirmed.Token).toBe(tokenOf(confirmed, acquirer.tbank.password));

  const [card] = await tbank<{ RebillId: string; CardId: string }[]>(acquirer, 'GetCardList', { CustomerKey: 'anna' });
  expect(card).toMatchObject({ RebillId: String(confirmed.RebillId), Status: 'A' });
  const next = await tbank(acquirer, 'Init', { Amount: 30_000, OrderId: 'second', CustomerKey: 'anna' });
  const charge = { PaymentId: next.PaymentId, RebillId: confirmed.RebillId };
  expect(await tbank(acquirer, 'Charge', charge)).toMatchObject({ Success: true, Status: 'CONFIRMED', Amount: 30_000 });
  expect(await tbank(acquirer, 'Charge', charge)).toMatchObject({ Success: false, ErrorCode: '8' });
  for (const key of ['a', 'b', 'b', 'c'])
    expect(await tbank(acquirer, 'Cancel', { PaymentId: next.PaymentId, Amount: 10_000, ExternalRequestId: key })).toMatchObject({
      PaymentId: Number(next.PaymentId),
      Success: true,
    });
  expect(await tbank(acquirer, 'GetState', { PaymentId: next.PaymentId })).toMatchObject({ Status: 'REFUNDED' });
  expect(await tbank(acquirer, 'Cancel', { PaymentId: opened.PaymentId, Amount: 200_000 })).toMatchObject({ ErrorCode: '330' });
  await acquirer.settled();
  const partial = school.heard.filter(({ body }) => body.includes('PARTIAL_REFUNDED')).map(({ body }) => body);
  expect(partial).toHaveLength(2);
  expect(new Set(partial)).toHaveProperty('size', 1);
  expect(acquirer.payment(next.PaymentId)).toMatchObject({ capturedMinor: 30_000, refundedMinor: 30_000, kind: 'saved' });

  await tbank(acquirer, 'RemoveCard', { CustomerKey: 'anna', CardId: card?.CardId });
  const third = await tbank(acquirer, 'Init', { Amount: 30_000, OrderId: 'third', CustomerKey: 'anna' });
  expect(await tbank(acquirer, 'Charge', { PaymentId: third.PaymentId, RebillId: confirmed.RebillId })).toMatchObject({ Success: false });
});

test('T-Bank says no in its own codes', async () => {
  const { acquirer } = await aSchool();
  const init = (fields: object) => tbank(acquirer, 'Init', { Amount: 199_000, OrderId: 'one', ...fields });
  const { PaymentId } = await init({});
  const cases: [Promise<Reply>, string][] = [
    [init({}), '20'],
    [init({ OrderId: 'two', Amount: 1990.5 }), '9'],
    [init({ OrderId: 'two', Recurrent: 'Y' }), '9'],
    [init({ OrderId: 'two', Receipt: { ...receipt, Items: [] } }), '9'],
    [init({ OrderId: 'two', Amount: 199_001, Receipt: receipt }), '308'],
    [init({ OrderId: 'two', Receipt: { ...receipt, Email: '' } }), '329'],
    [init({ OrderId: 'two', RedirectDueDate: '2020-01-01T00:00:00+03:00' }), '12'],
    [init({ OrderId: 'two', Recurrent: 'Y', CustomerKey: 'k', DATA: { OperationInitiatorType: '0' } }), '1126'],
    [init({ OrderId: 'two', TerminalKey: 'another' }), '501'],
    [tbank({ ...acquirer, tbank: { ...acquirer.tbank, password: 'guessed' } }, 'GetState', { PaymentId }), '204'],
    [tbank(acquirer, 'GetState', { PaymentId: '1' }), '255'],
    [tbank(acquirer, 'CheckOrder', { OrderId: 'none' }), '255'],
    [tbank(acquirer, 'Charge', { PaymentId, RebillId: '1' }), '9'],
  ];
  for (const [answer, code] of cases) expect(await answer).toMatchObject({ Success: false, ErrorCode: code });
  expect(await tbank(acquirer, 'CheckOrder', { OrderId: 'one' })).toMatchObject({
    Payments: [{ PaymentId, Status: 'NEW', Amount: 199_000 }],
  });
  acquirer.setFaults({ chargeBlocked: true });
  expect(await tbank(acquirer, 'Charge', { PaymentId, RebillId: '1' })).toMatchObject({ ErrorCode: '10' });
});

test('a page of T-Bank is over with its time, its refusal or its withdrawal; a late payment is possible all the same', async () => {
  let now = Date.parse('2026-11-24T12:00:00Z');
  const { acquirer, said } = await aSchool({ now: () => now });
  const init = (OrderId: string) => tbank(acquirer, 'Init', { Amount: 1000, OrderId, RedirectDueDate: '2026-11-24T15:30:00+03:00' });
  const [late, withdrawn, declined, unconfirmed] = await Promise.all([init('a'), init('b'), init('c'), init('d')]);
  const stateOf = async ({ PaymentId }: Reply) => (await tbank(acquirer, 'GetState', { PaymentId })).Status;
  expect(await tbank(acquirer, 'Cancel', { PaymentId: withdrawn.PaymentId })).toMatchObject({ Status: 'CANCELED' });
  await expect(acquirer.pay('b')).rejects.toThrow('cannot be paid');
  expect(await acquirer.pay('c', { card: 'funds' })).toMatchObject({ outcome: 'declined' });
  expect(await stateOf(declined)).toBe('REJECTED');
  await acquirer.pay('d', { card: 'three-ds', confirm: false });
  expect(await stateOf(unconfirmed)).toBe('AUTH_FAIL');
  now += 31 * 60_000;
  expect(await stateOf(late)).toBe('DEADLINE_EXPIRED');
  await expect(acquirer.pay('a')).rejects.toThrow('cannot be paid');
  await acquirer.pay('a', { late: true });
  expect(await stateOf(late)).toBe('CONFIRMED');
  await acquirer.settled();
  expect(said().sort()).toEqual(['AUTHORIZED', 'CANCELED', 'CONFIRMED', 'REJECTED']);
});

test('CloudPayments: order, Check, Fail, Pay, a token charged under a key, refunds that hide the payment, the list', async () => {
  const { acquirer, school, said } = await aSchool();
  const order = { Amount: 1990, Currency: 'RUB', Description: 'Курс «Физика»', InvoiceId: 'inv', AccountId: 'anna', Email: 's@example.ru' };
  const { Model: made } = await cloud(acquirer, 'orders/create', order, 'key');
  expect((await cloud(acquirer, 'orders/create', order, 'key')).Model.Id).toBe(made.Id);
  expect(made).toMatchObject({ Amount: 1990, Status: 'Created', Url: `${acquirer.url}/pay/cloudpayments/${made.Id}` });
  expect(await acquirer.pay('inv', { card: 'expired' })).toMatchObject({ outcome: 'declined' });
  school.check = 12;
  expect(await acquirer.pay('inv')).toMatchObject({ outcome: 'declined' });
  school.check = 0;
  const { providerPaymentId } = await acquirer.pay('inv');
  await acquirer.settled();
  expect(said()).toEqual(['check', 'fail', 'check', 'fail', 'check', 'pay']);
  const pay = school.heard.at(-1);
  const told = new URLSearchParams(pay?.body);
  expect(Object.fromEntries(told)).toMatchObject({
    TransactionId: providerPaymentId,
    Amount: '1990.00',
    InvoiceId: 'inv',
    Status: 'Completed',
  });
  expect(told.get('Description')).toBe('Курс «Физика»');
  const hmac = createHmac('sha256', acquirer.cloudpayments.secret)
    .update(pay?.body ?? '')
    .digest('base64');
  expect(pay?.headers['content-hmac']).toBe(hmac);
  expect(acquirer.payments().map(({ declineCode }) => declineCode)).toEqual(['5054', '3003', null]);

  const charge = {
    Amount: 300.5,
    Currency: 'RUB',
    AccountId: 'anna',
    Token: told.get('Token'),
    InvoiceId: 'month',
    TrInitiatorCode: 0,
    PaymentScheduled: 1,
  };
  const chargeOnce = () => cloud(acquirer, 'payments/tokens/charge', charge, 'charge-key');
  const [one, again] = await Promise.all([chargeOnce(), chargeOnce()]);
  expect(one).toMatchObject({ Success: true, Model: { Status: 'Completed', Amount: 300.5, InvoiceId: 'month' } });
  expect(again.Model.TransactionId).toBe(one.Model.TransactionId);
  expect(await cloud(acquirer, 'payments/tokens/charge', { ...charge, TrInitiatorCode: undefined })).toMatchObject({ Success: false });
  acquirer.cardBecomes('anna', 'once');
  expect(await cloud(acquirer, 'payments/tokens/charge', charge)).toMatchObject({
    Success: false,
    Model: { Status: 'Declined', ReasonCode: 5051 },
  });

  const part = { TransactionId: one.Model.TransactionId, Amount: '100.25' };
  const refund = await cloud(acquirer, 'payments/refund', part, 'refund-key');
  expect((await cloud(acquirer, 'payments/refund', part, 'refund-key')).Model).toEqual(refund.Model);
  expect(await cloud(acquirer, 'payments/refund', { ...part, Amount: 200.26 })).toMatchObject({ Success: false });
  const { Model: last } = await cloud(acquirer, 'v2/payments/find', { InvoiceId: 'inv' });
  expect(last).toMatchObject({ Type: 0, Status: 'Completed' });
  const { Model: all } = await cloud<{ Model: object[] }>(acquirer, 'v2/payments/list', {
    CreatedDateGte: '2020-01-01',
    CreatedDateLte: '2100-01-01',
    PageNumber: 1,
  });
  expect(all).toHaveLength(6);
  expect(all.at(-1)).toMatchObject({ Type: 1, Amount: 100.25, OriginalTransactionId: one.Model.TransactionId });
  acquirer.chargeback(providerPaymentId);
  const { Model: taken } = await cloud(acquirer, 'chargebacks/list', {
    CreatedDateGte: '2020-01-01',
    CreatedDateLte: '2100-01-01',
    PageNumber: 1,
  });
  expect(taken).toMatchObject([{ TransactionId: Number(providerPaymentId), Amount: 1990 }]);
});

test('CloudPayments: no keys no entry; a page is withdrawn; nobody who answers Check means no; a page is paid twice', async () => {
  const { acquirer, school } = await aSchool();
  expect((await fetch(`${acquirer.cloudpayments.url}/test`, { method: 'POST' })).status).toBe(401);
  expect(await cloud(acquirer, 'test', {})).toMatchObject({ Success: true });
  const create = async (InvoiceId: string) =>
    (await cloud(acquirer, 'orders/create', { Amount: '10.00', Description: 'x', InvoiceId })).Model;
  const withdrawn = await create('a');
  expect(await cloud(acquirer, 'orders/cancel', { Id: withdrawn.Id })).toMatchObject({ Success: true });
  expect(await cloud(acquirer, 'orders/cancel', { Id: withdrawn.Id })).toMatchObject({ Success: false });
  await expect(acquirer.pay('a')).rejects.toThrow('cannot be paid');
  await create('b');
  school.deaf = true;
  expect(await acquirer.pay('b')).toMatchObject({ outcome: 'declined' });
  expect(acquirer.payments().at(-1)).toMatchObject({ declineCode: '3008' });
  school.deaf = false;
  await acquirer.pay('b');
  await acquirer.pay('b', { late: true });
  expect(acquirer.payments('cloudpayments').filter(({ capturedMinor }) => capturedMinor === 1000)).toHaveLength(2);
  await acquirer.settled();
});
