/** How the port is left: nobody who asks meanwhile goes away without an answer, and a proxy learns in time to go elsewhere. */
import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLog } from './platform/log.ts';
import { openWeb, type Web } from './web.ts';

let web: Web;
let port: number;
let agent: Agent;
/** Requests that have arrived and wait to be let go. */
let held: (() => void)[];
beforeEach(async () => {
  held = [];
  agent = new Agent({ keepAlive: true, maxSockets: 10 });
  web = openWeb({ port: 0, host: '127.0.0.1' }, createLog('silent'));
  port = await web.listen();
  web.handle((req, res) => {
    if (req.url === '/held') held.push(() => res.end('late'));
    else res.end(req.method);
  });
});
afterEach(async () => {
  for (const letGo of held) letGo();
  agent.destroy();
  await web.drain();
});

async function ask(method: string, path = '/'): Promise<{ status: number; connection: string; reused: boolean; text: string }> {
  const sending = request({ port, host: '127.0.0.1', agent, method, path }).end();
  const [response] = (await once(sending, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += chunk;
  return { status: response.statusCode ?? 0, connection: response.headers.connection ?? '', reused: sending.reusedSocket, text };
}
const refused = () => expect.objectContaining({ code: 'ECONNREFUSED' });
const aHeldRequest = async () => {
  const answer = ask('POST', '/held');
  await expect.poll(() => held.length, { interval: 5 }).toBe(1);
  // Wrapped: a promise that is returned would be waited for.
  return { answer };
};

test('before anything is open whoever asks hears that it is about to be', async () => {
  const early = openWeb({ port: 0, host: '127.0.0.1' }, createLog('silent'));
  const answer = await fetch(`http://127.0.0.1:${await early.listen()}/`);
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
  await answer.arrayBuffer();
  await early.drain();
});

describe('a process beside others', () => {
  test('takes no new connection, and answers what comes over the ones that are kept, for the last time', async () => {
    expect(await ask('GET')).toMatchObject({ status: 200, connection: 'keep-alive' });
    const drained = web.drain('beside-others');
    // On its way while the server decides to close: the reason why idle connections are not cut at once.
    expect(await ask('POST')).toEqual({ status: 200, connection: 'close', reused: true, text: 'POST' });
    await expect(ask('POST')).rejects.toEqual(refused());
    await drained;
  });

  test('lets a request that runs come to its end', async () => {
    const { answer } = await aHeldRequest();
    const drained = web.drain('beside-others');
    held.pop()?.();
    expect(await answer).toMatchObject({ status: 200, connection: 'close', text: 'late' });
    await drained;
  });
});

describe('a machine behind a proxy', () => {
  test('sends what only reads elsewhere, does what changes something, and then closes its port', async () => {
    const drained = web.drain('behind-proxy');
    expect(await ask('GET')).toMatchObject({ status: 502, connection: 'close' });
    expect(await ask('HEAD')).toMatchObject({ status: 502 });
    expect(await ask('POST')).toMatchObject({ status: 200, connection: 'close', text: 'POST' });
    await drained;
    await expect(ask('POST')).rejects.toEqual(refused());
  });
});

test('where nobody stands in front, the port is closed at once and idle connections with it', async () => {
  await ask('GET');
  const { answer } = await aHeldRequest();
  const drained = web.drain('alone');
  await expect(ask('GET')).rejects.toEqual(refused());
  held.pop()?.();
  expect(await answer).toMatchObject({ status: 200, connection: 'close' });
  await drained;
});
