/** What providers bring, over real HTTP, with the real adapters and the stand-in acquirer. */
import { createHmac, randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startAcquirer } from '../../../acquirer/server.ts';
import type { Acquirer } from '../../../acquirer/types.ts';
import type { App } from '../../../platform/app.ts';
import { openDatabase } from '../../../platform/db.ts';
import type { MadeCourse } from '../../../testing/course.ts';
import { aLiveServer, type LiveServer } from '../../../testing/live-server.ts';
import { anOrder, aPaidCourse, type MadeOrder, runJobs } from '../../../testing/payments.ts';
import { aClock, aSchool, aStudent, type School } from '../../../testing/world.ts';

let acquirer: Acquirer;
let school: School;
let app: App;
let server: LiveServer;
let course: MadeCourse;
/** Where the acquirer sends to; null: nowhere. */
let target: string | null = null;

beforeAll(async () => {
  const clock = aClock();
  acquirer = await startAcquirer({
    now: () => clock.now().getTime(),
    webhooks: {
      tbank: () => target && `${target}/api/payments/tbank`,
      cloudpayments: (type) => target && `${target}/api/payments/cloudpayments/${type}`,
    },
    webhookRetryMs: 20,
  });
  school = await aSchool({ clock, env: acquirer.env });
  app = school.app;
  server = await aLiveServer(app);
  aim(server.url);
  course = await aPaidCourse(app);
});
afterAll(async () => {
  await server.close();
  await school.close();
  await acquirer.stop();
});
afterEach(() => {
  aim(server.url);
  acquirer.setFaults({});
});

/** T-Bank is told with every payment where to bring its messages; CloudPayments has it in its settings. */
function aim(url: string) {
  target = url;
  app.config = { ...app.config, publicUrl: url };
}
/** What the acquirer has said, or would have said, of an attempt. */
const said = ({ attemptId }: MadeOrder) => acquirer.notifications().filter(({ body }) => body.includes(attemptId));

const ordered = async (provider: 'tbank' | 'cloudpayments') => anOrder(app, await aStudent(app), course, { provider });
const enrolled = async ({ personId }: MadeOrder) => (await app.db.enrolment.count({ where: { personId, courseId: course.id } })) === 1;
const eventsOf = (order: MadeOrder) => app.db.paymentEvent.findMany({ where: { attemptId: order.attemptId }, orderBy: { id: 'asc' } });

interface Answer {
  status: number;
  body: string;
  headers: Record<string, unknown>;
}

/** Byte for byte, as a provider sends. */
function post(path: string, body: Buffer | string, headers: Record<string, string> = {}, to = server.url): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(`/api/payments/${path}`, to), { method: 'POST', headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString(), headers: response.headers }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const hmac = (body: Buffer | string, secret = acquirer.cloudpayments.secret) => createHmac('sha256', secret).update(body).digest('base64');
const signed = (body: Buffer | string, headers: Record<string, string> = form) => ({ ...headers, 'content-hmac': hmac(body) });

/** What CloudPayments says when an attempt was paid. */
const pay = (order: MadeOrder, over: Record<string, string> = {}) =>
  new URLSearchParams({
    TransactionId: order.providerPaymentId,
    Amount: '1990.00',
    Currency: 'RUB',
    InvoiceId: order.attemptId,
    AccountId: order.personId,
    Status: 'Completed',
    OperationType: 'Payment',
    AuthCode: 'A1B2C3',
    TestMode: '1',
    ...over,
  }).toString();

test.each(['tbank', 'cloudpayments'] as const)('%s: paid on the page, told by its messages, and the course is there', async (provider) => {
  const order = await ordered(provider);
  expect(await acquirer.pay(order.attemptId)).toMatchObject({ outcome: 'paid' });
  await acquirer.settled();
  expect(said(order).filter(({ state, tries }) => state !== 'delivered' || tries > 1)).toEqual([]);
  await runJobs(app);
  expect(await enrolled(order)).toBe(true);
  const events = await eventsOf(order);
  expect(events.every(({ processedAt }) => processedAt !== null)).toBe(true);
  expect(events.map(({ outcome }) => outcome)).toContain('applied');
});

test('the answers are, byte for byte, what each provider wants to hear', async () => {
  const order = await ordered('cloudpayments');
  const body = pay(order);
  expect(await post('cloudpayments/pay', body, signed(body))).toMatchObject({
    status: 200,
    body: '{"code":0}',
    headers: { 'content-type': 'application/json', 'content-length': '10' },
  });
  // Told again it is thanked for again.
  expect(await post('cloudpayments/pay', body, signed(body))).toMatchObject({ status: 200, body: '{"code":0}' });
  expect(await eventsOf(order)).toHaveLength(1);
  acquirer.setFaults({ dropped: 1 });
  const other = await ordered('tbank');
  await acquirer.pay(other.attemptId);
  const [told] = said(other);
  expect(await post('tbank', told?.body ?? '', { 'content-type': 'application/json' })).toMatchObject({
    status: 200,
    body: 'OK',
    headers: { 'content-type': 'text/plain', 'content-length': '2' },
  });
});

test('case 13: what something in between has read and written anew is refused', async () => {
  const order = await ordered('cloudpayments');
  // As CloudPayments writes it: small letters in percent signs, a plus for a blank.
  const body = `${pay(order)}&Description=%d0%9a%d1%83%d1%80%d1%81+%c2%abTypeScript%c2%bb`;
  const anew = new URLSearchParams(body).toString();
  expect(anew).not.toBe(body);
  expect(await post('cloudpayments/pay', anew, signed(body))).toMatchObject({ status: 401, body: '' });
  expect(await eventsOf(order)).toEqual([]);
  expect(await post('cloudpayments/pay', body, signed(body))).toMatchObject({ status: 200 });
});

test('case 23: without a database there is no thanks, and what is brought again works', async () => {
  const order = await ordered('cloudpayments');
  const body = pay(order);
  const away = openDatabase('postgres://postgres@127.0.0.1:1/none', 2);
  const broken = await aLiveServer({ ...app, db: away.db, pool: away.pool });
  expect(await post('cloudpayments/pay', body, signed(body), broken.url)).toMatchObject({ status: 503, body: '' });
  expect(await post('cloudpayments/check', body, signed(body), broken.url)).toMatchObject({ status: 503, body: '' });
  await broken.close();
  await away.close();
  expect(await post('cloudpayments/pay', body, signed(body))).toMatchObject({ status: 200, body: '{"code":0}' });
  await runJobs(app);
  expect(await enrolled(order)).toBe(true);
});

test('case 23: a bank that heard no thanks brings it again by itself', async () => {
  const away = openDatabase('postgres://postgres@127.0.0.1:1/none', 2);
  const flaky = { ...app, db: away.db };
  const broken = await aLiveServer(flaky);
  aim(broken.url);
  const order = await ordered('tbank');
  await acquirer.pay(order.attemptId);
  await expect.poll(() => said(order).some(({ tries }) => tries > 1)).toBe(true);
  expect(await eventsOf(order)).toEqual([]);
  flaky.db = app.db;
  await acquirer.settled();
  await runJobs(app);
  expect(await enrolled(order)).toBe(true);
  await broken.close();
  await away.close();
});

test('case 24: the thanks does not wait for the bank', async () => {
  acquirer.setFaults({ dropped: 1 });
  const order = await ordered('tbank');
  await acquirer.pay(order.attemptId);
  const [told] = said(order);
  const asked = acquirer.statistics().calls;
  // Whoever asked it now would wait for ever.
  acquirer.setFaults({ dropped: 1, odds: { silentAfter: 1 } });
  expect(await post('tbank', told?.body ?? '', { 'content-type': 'application/json' })).toMatchObject({ status: 200, body: 'OK' });
  expect(acquirer.statistics().calls).toEqual(asked);
});

test('case 34: a test card is refused by a school that sells, when it asks and when it is told', async () => {
  const { PAYMENTS_TBANK_TERMINAL: _, PAYMENTS_TBANK_PASSWORD: __, PAYMENTS_TBANK_API_ROOT: ___, ...env } = acquirer.env;
  const selling = await aSchool({ clock: school.clock, databaseUrl: school.databaseUrl, env: { ...env, PAYMENTS_TEST: 'off' } });
  const live = await aLiveServer(selling.app);
  // Of the two providers one is there.
  expect(await post('tbank', '{}', {}, live.url)).toMatchObject({ status: 404 });
  const order = await anOrder(selling.app, await aStudent(app), course, { provider: 'cloudpayments' });
  const check = (over = {}) => {
    const body = pay(order, over);
    return post('cloudpayments/check', body, signed(body), live.url);
  };
  expect((await check()).body).toBe('{"code":13}');
  expect((await check({ TestMode: '0', TransactionId: '71' })).body).toBe('{"code":0}');
  const body = pay(order);
  await post('cloudpayments/pay', body, signed(body), live.url);
  await runJobs(selling.app);
  expect((await eventsOf(order)).find(({ kind }) => kind === 'pay')?.outcome).toBe('held');
  expect(await enrolled(order)).toBe(false);
  await live.close();
  await selling.close();
});

describe('case 35: forged', () => {
  test('without a signature, from an address that the sender made up', async () => {
    const order = await ordered('cloudpayments');
    const body = pay(order);
    const spoofed = { 'x-forwarded-for': '185.98.81.1', 'x-real-ip': '185.98.81.1' };
    expect(await post('cloudpayments/pay', body, { ...form, ...spoofed })).toMatchObject({ status: 401, body: '' });
    expect(await post('cloudpayments/pay', body, { ...form, ...spoofed, 'content-hmac': hmac(body, 'guessed') })).toMatchObject({
      status: 401,
    });
    const json = JSON.stringify({
      TerminalKey: acquirer.tbank.terminalKey,
      OrderId: order.attemptId,
      Status: 'CONFIRMED',
      PaymentId: 1,
      Amount: 199_000,
    });
    expect(await post('tbank', json, { 'content-type': 'application/json', ...spoofed })).toMatchObject({ status: 403, body: '' });
    expect(await eventsOf(order)).toEqual([]);
    expect(await enrolled(order)).toBe(false);
  });

  test.each<[string, string, string, number]>([
    ['nothing stands before us, so what the sender says of itself counts for nothing', '0', '185.98.81.1', 403],
    ['our proxy says that it comes from the provider', '1', '185.98.81.1', 200],
    ['our proxy says where it really comes from, behind what the sender made up', '1', '185.98.81.1, 203.0.113.9', 403],
  ])('signed, and only known networks are let in: %s', async (_, trustProxy, forwarded, status) => {
    const strict = await aSchool({
      clock: school.clock,
      databaseUrl: school.databaseUrl,
      env: { ...acquirer.env, TRUST_PROXY: trustProxy, PAYMENTS_NETWORKS: 'known' },
    });
    const live = await aLiveServer(strict.app);
    const body = pay(await ordered('cloudpayments'));
    expect(await post('cloudpayments/pay', body, { ...signed(body), 'x-forwarded-for': forwarded }, live.url)).toMatchObject({ status });
    await live.close();
    await strict.close();
  });

  test('a flood of them is a line a minute in the log, and keeps no true one out', async () => {
    const lines: object[] = [];
    const log = { ...app.log, warn: (line: object) => void lines.push(line) } as unknown as App['log'];
    const live = await aLiveServer({ ...app, log });
    const order = await ordered('cloudpayments');
    const body = pay(order, { Email: 'anna@example.ru' });
    const flood = Array.from({ length: 100 }, () => post('cloudpayments/pay', body, form, live.url));
    expect(new Set((await Promise.all(flood)).map(({ status }) => status))).toEqual(new Set([401]));
    expect(await post('cloudpayments/pay', body, signed(body), live.url)).toMatchObject({ status: 200 });
    school.clock.forward(61_000);
    await post('cloudpayments/pay', body, form, live.url);
    expect(lines).toMatchObject([
      { path: 'cloudpayments/pay', reason: 'signature', before: 0 },
      { path: 'cloudpayments/pay', reason: 'signature', before: 99 },
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/anna@|1990|A1B2C3/);
    await live.close();
  });
});

test('case 36: a true message with another order’s number in it is forged', async () => {
  const [mine, theirs] = [await ordered('cloudpayments'), await ordered('cloudpayments')];
  const body = pay(mine);
  expect(await post('cloudpayments/pay', body.replace(mine.attemptId, theirs.attemptId), signed(body))).toMatchObject({ status: 401 });
  acquirer.setFaults({ dropped: 1 });
  const tbank = await ordered('tbank');
  await acquirer.pay(tbank.attemptId);
  const [told] = said(tbank);
  const replayed = told?.body.toString().replace(tbank.attemptId, theirs.attemptId) ?? '';
  expect(await post('tbank', replayed, { 'content-type': 'application/json' })).toMatchObject({ status: 403 });
  await runJobs(app);
  expect(await enrolled(theirs)).toBe(false);
});

test('case 38: a refusal that is posted to the address for payments brings no money', async () => {
  const order = await ordered('cloudpayments');
  const body = pay(order, { Status: 'Declined', Reason: 'InsufficientFunds', ReasonCode: '5051' });
  expect(await post('cloudpayments/pay', body, signed(body))).toMatchObject({ status: 200 });
  // And a question posted there: it has all that a payment has but its traces.
  const question = pay(order, { AuthCode: '' });
  await post('cloudpayments/pay', question, signed(question));
  await runJobs(app);
  expect(await enrolled(order)).toBe(false);
  expect(await app.db.ledgerEntry.count({ where: { attemptId: order.attemptId } })).toBe(0);
});

describe('case 39: hostile bodies', () => {
  test('8 MB are not read to their end', async () => {
    const big = Buffer.alloc(8 * 1024 * 1024, 'a');
    const before = process.memoryUsage().arrayBuffers;
    let chunked = 0;
    const told = await Promise.allSettled([
      post('cloudpayments/pay', big, form),
      // Without a length said beforehand.
      new Promise<number>((resolve, reject) => {
        const sent = request(new URL('/api/payments/tbank', server.url), { method: 'POST' }, (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        });
        sent.on('error', reject);
        const more = () => {
          chunked += 64 * 1024;
          if (chunked > big.length || sent.destroyed) sent.end();
          else sent.write(big.subarray(0, 64 * 1024), () => setImmediate(more));
        };
        more();
      }),
    ]);
    // Who is still sending when the connection is closed may miss the answer.
    for (const one of told) {
      if (one.status === 'fulfilled') expect(typeof one.value === 'number' ? one.value : one.value.status).toBe(413);
      else expect(one.reason).toMatchObject({ code: expect.stringMatching(/ECONNRESET|EPIPE/) });
    }
    expect(chunked).toBeLessThan(big.length);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 * 1024 * 1024);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });

  const deep = `${'['.repeat(15_000)}${']'.repeat(15_000)}`;
  test.each<[string, string, Record<string, string>, string]>([
    ['deep JSON', 'tbank', { 'content-type': 'application/json' }, deep],
    ['__proto__', 'tbank', { 'content-type': 'application/json' }, '{"__proto__":{"Token":"x"},"TerminalKey":"x"}'],
    ['no JSON', 'tbank', { 'content-type': 'application/json' }, '{"a":'],
    ['nothing', 'tbank', {}, ''],
    ['deep JSON, signed', 'cloudpayments/pay', { 'content-type': 'application/json' }, deep],
    ['an array for a number', 'cloudpayments/pay', form, 'InvoiceId[]=a&TransactionId=1&Amount=1.00'],
    ['a field twice', 'cloudpayments/pay', form, 'TransactionId=1&TransactionId=2&Amount=1.00'],
    ['nothing, signed', 'cloudpayments/pay', form, ''],
  ])('%s', async (_, path, headers, body) => {
    const before = await app.db.paymentEvent.count();
    const answer = await post(path, body, path === 'tbank' ? headers : signed(body, headers));
    expect(answer.body === '' || answer.body === '{"code":0}').toBe(true);
    await runJobs(app);
    expect(await app.db.ledgerEntry.count({ where: { amountMinor: 100 } })).toBe(0);
    if (answer.status !== 200) expect(await app.db.paymentEvent.count()).toBe(before);
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('Token');
  });
});

test('two processes that hear the same at once keep it once', async () => {
  const second = await aSchool({ clock: school.clock, databaseUrl: school.databaseUrl, env: acquirer.env });
  const other = await aLiveServer(second.app);
  const order = await ordered('cloudpayments');
  const body = pay(order);
  const told = await Promise.all(
    Array.from({ length: 40 }, (_, at) => post('cloudpayments/pay', body, signed(body), at % 2 ? other.url : server.url)),
  );
  expect(new Set(told.map((answer) => `${answer.status} ${answer.body}`))).toEqual(new Set(['200 {"code":0}']));
  expect(await eventsOf(order)).toHaveLength(1);
  const { rows } = await app.pool.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM pgboss.job WHERE name = 'payments.event' AND state = 'created'`,
  );
  expect(rows).toEqual([{ n: 1 }]);
  await runJobs(app);
  expect(await app.db.ledgerEntry.count({ where: { attemptId: order.attemptId } })).toBe(1);
  await other.close();
  await second.close();
});

test('other doors are not there', async () => {
  expect(await post('cloudpayments/nothing', '')).toMatchObject({ status: 404 });
  expect(await post('paypal', '')).toMatchObject({ status: 404 });
  // Written otherwise, an address is another one.
  for (const path of [
    'tbank/',
    '/tbank',
    '%74bank',
    'TBANK',
    'tbank/pay',
    'cloudpayments',
    'cloudpayments/pay/',
    'cloudpayments%2fpay',
    'constructor',
  ])
    expect(await post(path, ''), path).toMatchObject({ status: 404 });
  expect((await fetch(`${server.url}/api/payments/tbank`)).status).toBe(405);
});

test('a school that takes no payments has no such address', async () => {
  const free = await aSchool({ clock: school.clock, databaseUrl: school.databaseUrl });
  const live = await aLiveServer(free.app);
  const [webhook, nowhere] = await Promise.all([post('tbank', '{}', {}, live.url), post(`${randomUUID()}`, '{}', {}, live.url)]);
  expect([webhook.status, webhook.body]).toEqual([nowhere.status, nowhere.body]);
  expect(webhook.status).toBe(404);
  await live.close();
  await free.close();
});
