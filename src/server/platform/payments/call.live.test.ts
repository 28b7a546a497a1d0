import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ProviderError } from '../payments.ts';
import { createCaller } from './call.ts';

let server: Server;
let root = '';
let handle: (request: IncomingMessage, response: ServerResponse) => void = () => {};
const seen: IncomingMessage[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push(request);
    request.resume();
    request.on('end', () => handle(request, response));
  });
  root = await listen(server);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const listen = (of: Server) =>
  new Promise<string>((ready) =>
    of.listen(0, '127.0.0.1', () => {
      const address = of.address();
      ready(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
    }),
  );

const caller = (options: { atOnce?: number; timeoutMs?: number } = {}) =>
  createCaller({ name: 'Bank', atOnce: options.atOnce ?? 2, timeoutMs: options.timeoutMs, keyStatuses: [401] });
const request = { headers: { authorization: 'Basic c2VjcmV0', 'content-type': 'application/json' }, body: '{"Token":"secret"}' };

async function troubleOf(promise: Promise<unknown>) {
  const fault = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(fault instanceof ProviderError)) throw new Error(`no ProviderError: ${String(fault)}`);
  expect(`${fault.message} ${fault.code} ${fault.stack}`).not.toContain('c2VjcmV0');
  expect(`${fault.message} ${fault.code} ${fault.stack}`).not.toContain('"secret"');
  return fault.trouble;
}

describe('a call', () => {
  it('hands on what is JSON', async () => {
    handle = (_, response) => response.end('{"PaymentId":12345678901234567890}');
    await expect(caller().post(root, request)).resolves.toEqual({ status: 200, json: { PaymentId: '12345678901234567890' } });
    expect(seen.at(-1)?.headers).toMatchObject({ authorization: 'Basic c2VjcmV0', connection: 'close' });
  });

  it.each([
    ['case 43: too many calls', 429, '{}', 'busy'],
    ['case 43: a fault of the server', 500, '{"Success":true}', 'unknown'],
    ['case 43: a gateway that gave up', 504, '<html>', 'unknown'],
    ['case 43: a page of HTML with 200', 200, '<html><body>Sorry</body></html>', 'unknown'],
    ['nothing', 200, '', 'unknown'],
    ['wrong keys', 401, '', 'keys'],
    ['a page that is not there', 404, '<html>', 'refused'],
    ['an answer without an end', 200, `"${'x'.repeat(1024 * 1024)}"`, 'unknown'],
  ])('%s', async (_, status, body, trouble) => {
    handle = (_request, response) => response.writeHead(status).end(body);
    expect(await troubleOf(caller().post(root, request))).toBe(trouble);
  });

  it('case 48: does not follow a redirect, so the keys stay here', async () => {
    let visits = 0;
    const elsewhere = createServer((_, response) => {
      visits++;
      response.end('{}');
    });
    const target = await listen(elsewhere);
    for (const status of [301, 302, 303, 307, 308]) {
      handle = (_, response) => response.writeHead(status, { location: `${target}/steal` }).end('{"Success":true}');
      expect(await troubleOf(caller().post(root, request))).toBe('unknown');
    }
    expect(visits).toBe(0);
    elsewhere.close();
  });

  it('case 42: without an answer in time it is not known what happened', async () => {
    handle = () => {};
    expect(await troubleOf(caller({ timeoutMs: 50 }).post(root, request))).toBe('unknown');
  });

  it('an answer that breaks off is not known either', async () => {
    handle = (_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"Success":', () => response.destroy());
    };
    expect(await troubleOf(caller().post(root, request))).toBe('unknown');
    handle = (incoming) => incoming.socket.destroy();
    expect(await troubleOf(caller().post(root, request))).toBe('unknown');
  });

  it('nobody there: nothing happened', async () => {
    const gone = createServer();
    const address = await listen(gone);
    await new Promise((closed) => gone.close(closed));
    expect(await troubleOf(caller().post(address, request))).toBe('unreachable');
  });

  it('makes so many at once, the others in their turn, and refuses a crowd', async () => {
    let running = 0;
    let most = 0;
    const held: (() => void)[] = [];
    handle = (_, response) => {
      running++;
      most = Math.max(most, running);
      held.push(() => {
        running--;
        response.end('{}');
      });
      // The last is let go by those before it, so each answer waits until all that may run do.
      if (running === 2 || held.length === 42) for (const go of held.splice(0)) go();
    };
    const { post } = caller();
    const calls = Array.from({ length: 42 }, () => post(root, request));
    expect(await troubleOf(post(root, request))).toBe('busy');
    await Promise.all(calls);
    expect(most).toBe(2);
  });
});
