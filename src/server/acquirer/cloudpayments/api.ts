/** CloudPayments' API: POST with HTTP Basic, JSON or a form; the answer is `{ Success, Message, Model }`, whatever became of the money. */
import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Answer, type Fields, parseFields, serveCall } from '../http.ts';
import type { World } from '../world.ts';
import { chargebacks, find, get, list } from './books.ts';
import { chargeToken } from './charge.ts';
import { CloudError } from './error.ts';
import { cancelOrder, createOrder } from './orders.ts';
import { refund } from './refunds.ts';
import { publicId, secret } from './site.ts';

const prefix = '/cloudpayments/';
/** So long is an answer kept under its X-Request-ID. */
const keptMs = 60 * 60 * 1000;

type Method = (world: World, fields: Fields, key: string | null) => Fields | Promise<Fields>;

const methods: Record<string, Method> = {
  test: (_world, _fields, key) => ({ Success: true, Message: key ?? 'ok' }),
  'orders/create': createOrder,
  'orders/cancel': cancelOrder,
  'payments/tokens/charge': chargeToken,
  'payments/refund': refund,
  'payments/get': get,
  'v2/payments/find': find,
  'v2/payments/list': list,
  'chargebacks/list': chargebacks,
};

export async function serveCloudPayments(world: World, req: IncomingMessage, res: ServerResponse): Promise<boolean> {
  const { pathname } = new URL(req.url ?? '/', 'http://localhost');
  if (!pathname.startsWith(prefix)) return false;
  const method = pathname.slice(prefix.length);
  await serveCall(world, req, res, {
    provider: 'cloudpayments',
    method,
    refusal: { status: 200, body: { Success: false, Message: 'Сервис временно недоступен', Model: null } },
    work: (body) => answer(world, method, req, parseFields(req, body)),
  });
  return true;
}

/** Answers that are on their way: the same key waits for the same one. */
const underWay = new WeakMap<World, Map<string, Promise<Fields>>>();

async function answer(world: World, name: string, req: IncomingMessage, fields: Fields | null): Promise<Answer> {
  if (!mayEnter(req.headers.authorization)) {
    world.counter.refused('cloudpayments', 401);
    return { status: 401, body: '' };
  }
  const method = methods[name];
  if (!method || req.method !== 'POST') return { status: 404, body: '' };
  if (!fields) return { status: 200, body: { Success: false, Message: 'Неверный формат запроса' } };
  const key = typeof req.headers['x-request-id'] === 'string' ? req.headers['x-request-id'] : null;
  const keptAs = `cloudpayments ${name} ${key}`;
  const known = world.books.answers[keptAs];
  if (key !== null && known && world.now() - known.at < keptMs) return { status: 200, body: known.body };
  const running = underWay.get(world) ?? new Map<string, Promise<Fields>>();
  underWay.set(world, running);
  const result = (key !== null && running.get(keptAs)) || run(world, method, fields, key);
  if (key === null) return { status: 200, body: await result };
  running.set(keptAs, result);
  const body = await result;
  running.delete(keptAs);
  world.books.answers[keptAs] = { at: world.now(), body };
  return { status: 200, body };
}

async function run(world: World, method: Method, fields: Fields, key: string | null): Promise<Fields> {
  try {
    return await method(world, fields, key);
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    world.counter.refused('cloudpayments', error.message);
    return { Success: false, Message: error.message, Model: null };
  }
}

function mayEnter(given = ''): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(`Basic ${Buffer.from(`${publicId}:${secret}`).toString('base64')}`)];
  return a.length === b.length && timingSafeEqual(a, b);
}
