/** What goes wrong, one thing at a time, and what does not although it did. */
import { mkdtemp, rm } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { tokenOf } from './tbank/token.ts';
import { aListener, cloud, postTbank, tbank } from './testing/callers.ts';
import type { Acquirer, AcquirerOptions, CallFault } from './types.ts';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function aSchool(options: AcquirerOptions = {}) {
  const made = await aListener(options);
  stops.push(made.stop);
  return made;
}

const orders = ({ pages }: Acquirer) => pages().map(({ attemptId }) => attemptId);
const init = (acquirer: Acquirer, OrderId: string) => tbank(acquirer, 'Init', { Amount: 1000, OrderId, Description: 'Курс' });

test.each<[CallFault, 'done' | 'not done', RegExp]>([
  ['cutBefore', 'not done', /fetch failed/],
  ['cutAfter', 'done', /fetch failed/],
  ['tooMany', 'not done', /^429/],
  ['serverError', 'not done', /^500/],
  ['serverErrorAfter', 'done', /^500/],
  ['htmlPage', 'not done', /^200 <!doctype/],
  ['htmlPageAfter', 'done', /^200 <!doctype/],
  ['refused', 'not done', /^200 \{"Success":false,"ErrorCode":"9999"/],
  ['silentAfter', 'done', /aborted/],
  ['delay', 'done', /^200 \{"Success":true/],
])('%s: %s', async (kind, outcome, heard) => {
  const { acquirer } = await aSchool();
  acquirer.failNext({ kind, method: 'Init' });
  const given = { Amount: 1000, OrderId: 'one' };
  const { url } = acquirer.tbank;
  // Whoever waits for silence has to hang up; that it was done is seen in the books first.
  const gone = new AbortController();
  const asked =
    kind === 'silentAfter'
      ? fetch(`${url}/Init`, { method: 'POST', body: signedBody(acquirer, given), signal: gone.signal })
      : postTbank(acquirer, 'Init', given);
  if (kind === 'silentAfter') {
    await expect.poll(() => orders(acquirer), { interval: 5 }).toEqual(['one']);
    gone.abort();
  }
  const answer = await asked.then(
    async (response) => `${response.status} ${await response.text()}`,
    (error: Error) => error.message,
  );
  expect(answer).toMatch(heard);
  expect(orders(acquirer)).toEqual(outcome === 'done' ? ['one'] : []);
  expect(acquirer.statistics().faults).toEqual({ [kind]: 1 });
  expect(await init(acquirer, 'two')).toMatchObject({ Success: true });
});

function signedBody({ tbank: { terminalKey, password } }: Acquirer, fields: object): string {
  const whole = { TerminalKey: terminalKey, ...fields };
  return JSON.stringify({ ...whole, Token: tokenOf(whole, password) });
}

test('a redirect to another host tells who followed it, and with what', async () => {
  const { acquirer } = await aSchool();
  acquirer.failNext({ kind: 'redirect', times: 2 });
  await expect(fetch(`${acquirer.cloudpayments.url}/test`, { method: 'POST', redirect: 'error' })).rejects.toThrow();
  expect(acquirer.statistics()).toMatchObject({ followed: 0 });
  await fetch(`${acquirer.cloudpayments.url}/test`, { method: 'POST' });
  expect(acquirer.statistics()).toMatchObject({ followed: 1, followedWithSecrets: 0 });
});

test('more calls at once than are allowed hear 429', async () => {
  const { acquirer } = await aSchool({ faults: { concurrency: 2, odds: { delay: 1 }, delayMs: 30 } });
  const answers = await Promise.all(['a', 'b', 'c', 'd'].map((OrderId) => postTbank(acquirer, 'Init', { Amount: 1000, OrderId })));
  expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(1);
  expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(2);
});

test('messages come twice, in another order, late, with a wrong sum, or not at all until they are sent again', async () => {
  const { acquirer, said, school } = await aSchool();
  const pay = async (OrderId: string) => {
    await init(acquirer, OrderId);
    school.heard.length = 0;
    await acquirer.pay(OrderId);
    await acquirer.settled();
    return said();
  };
  acquirer.setFaults({ duplicated: 1 });
  expect((await pay('twice')).sort()).toEqual(['AUTHORIZED', 'AUTHORIZED', 'CONFIRMED', 'CONFIRMED']);
  acquirer.setFaults({ seed: 2, reordered: 0.5, delayMs: 20 });
  const order: string[] = [];
  for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) order.push((await pay(id)).join());
  expect(order).toContain('CONFIRMED,AUTHORIZED');
  acquirer.setFaults({ delayed: 1, delayMs: 10 });
  expect(await pay('late')).toHaveLength(2);
  acquirer.setFaults({ wrongAmount: 1 });
  await pay('kopeck');
  expect(school.heard.map(({ body }) => JSON.parse(body).Amount)).toEqual([1, 1]);
  acquirer.setFaults({ dropped: 1 });
  expect(await pay('lost')).toEqual([]);
  expect(acquirer.statistics().messages).toMatchObject({ dropped: 2, waiting: 0 });
  acquirer.setFaults({});
  acquirer.redeliver();
  await acquirer.settled();
  expect(said().sort()).toEqual(['AUTHORIZED', 'CONFIRMED']);
});

test('a message is sent until it is answered as it has to be', async () => {
  const { acquirer, school, said } = await aSchool();
  await cloud(acquirer, 'orders/create', { Amount: 10, Description: 'x', InvoiceId: 'one' });
  acquirer.setFaults({ dropped: 1 });
  await acquirer.pay('one');
  acquirer.setFaults({});
  school.deaf = true;
  school.heard.length = 0;
  acquirer.redeliver();
  await expect.poll(() => school.heard.length, { interval: 5 }).toBeGreaterThan(2);
  expect(acquirer.notifications()).toMatchObject([{ kind: 'pay', state: 'waiting', answer: expect.stringMatching(/^503/) }]);
  school.deaf = false;
  await acquirer.settled();
  expect(acquirer.notifications()).toMatchObject([{ state: 'delivered' }]);
  expect(new Set(said())).toEqual(new Set(['pay']));
});

test('messages in JSON and in Windows-1251', async () => {
  const { acquirer, school } = await aSchool();
  const pay = async (InvoiceId: string) => {
    await cloud(acquirer, 'orders/create', { Amount: 10, Description: 'Курс «Ёж» – 1', InvoiceId });
    await acquirer.pay(InvoiceId);
    await acquirer.settled();
    return school.heard.at(-1);
  };
  acquirer.setFaults({ encoding: 'windows-1251' });
  const form = await pay('a');
  expect(form?.headers['content-type']).toBe('application/x-www-form-urlencoded; charset=windows-1251');
  expect(form?.body).toContain('Description=%CA%F3%F0%F1+%AB%A8%E6%BB+%96+1');
  acquirer.setFaults({ format: 'json', encoding: 'windows-1251' });
  const json = await pay('b');
  const text = new TextDecoder('windows-1251').decode(Buffer.from(json?.body ?? '', 'latin1'));
  expect(JSON.parse(text)).toMatchObject({ InvoiceId: 'b', Description: 'Курс «Ёж» – 1' });
});

test('books, answers under keys and undelivered messages outlive a restart', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'acquirer-'));
  stops.push(() => rm(folder, { recursive: true }));
  const stateFile = join(folder, 'deeper', 'acquirer.json');
  const first = await aListener({ stateFile, webhookRetryMs: 60_000 });
  await cloud(first.acquirer, 'orders/create', { Amount: 10, Description: 'x', InvoiceId: 'one', AccountId: 'anna' });
  first.acquirer.setFaults({ dropped: 1 });
  const { providerPaymentId } = await first.acquirer.pay('one');
  const refund = { TransactionId: Number(providerPaymentId), Amount: 4 };
  const given = await cloud(first.acquirer, 'payments/refund', refund, 'key');
  await first.stop();

  const { acquirer, said } = await aSchool({ stateFile });
  expect(await cloud(acquirer, 'payments/refund', refund, 'key')).toEqual(given);
  expect(acquirer.payment(providerPaymentId)).toMatchObject({ capturedMinor: 1000, refundedMinor: 400 });
  expect(acquirer.cards()).toMatchObject([{ customerId: 'anna', card: 'ok' }]);
  // Addresses of the school that was: nobody is there any more, which has to hurt nobody.
  expect(acquirer.notifications().map(({ kind, state }) => [kind, state])).toEqual([
    ['pay', 'dropped'],
    ['refund', 'dropped'],
  ]);
  expect(said()).toEqual([]);
  expect(new URLSearchParams(acquirer.notifications()[0]?.body.toString()).get('TransactionId')).toBe(providerPaymentId);
});

test('pages: what the school wrote is text; buttons cannot be pressed from other sites, nor read under another name', async () => {
  const { acquirer } = await aSchool();
  const evil = '<img src=x onerror=alert(1)>"\'&';
  const { PaymentURL } = await tbank(acquirer, 'Init', {
    Amount: 1000,
    OrderId: 'one',
    Description: evil,
    SuccessURL: 'http://localhost:3000/payments/1',
    FailURL: 'http://localhost:3000/payments/1',
  });
  for (const address of [PaymentURL, acquirer.url]) {
    const answer = await fetch(address);
    const page = await answer.text();
    expect(page).toContain('&lt;img src=x');
    expect(page).not.toContain('<img src=x');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  }
  // The way back leads through the answer to a form, which browsers count among its addresses.
  expect((await fetch(PaymentURL)).headers.get('content-security-policy')).toContain("form-action 'self' http://localhost:3000;");
  const press = (headers: Record<string, string> = {}) =>
    fetch(PaymentURL, { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams({ card: 'ok' }) });
  expect((await press({ origin: 'https://evil.example' })).status).toBe(400);
  expect((await press({ origin: 'null', 'sec-fetch-site': 'cross-site' })).status).toBe(400);
  const host = { host: 'rebound.example' };
  const status = await new Promise((resolve, reject) => {
    get(acquirer.url, { headers: host }, (answer) => resolve(answer.resume().statusCode)).on('error', reject);
  });
  expect(status).toBe(400);
  expect(acquirer.payments()).toMatchObject([{ capturedMinor: 0 }]);
  const paid = await press({ origin: acquirer.url });
  expect([paid.status, paid.headers.get('location')]).toEqual([303, 'http://localhost:3000/payments/1']);
  expect(acquirer.payments()).toMatchObject([{ capturedMinor: 1000 }]);
});
