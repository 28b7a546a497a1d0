import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startAcquirer } from '../server.ts';
import { tokenOf } from '../tbank/token.ts';
import type { Acquirer, AcquirerOptions } from '../types.ts';

export interface Heard {
  path: string;
  headers: Record<string, string | string[] | undefined>;
  /** Each byte a letter. */
  body: string;
}

/** Somebody who hears messages and answers what it is told to, and an acquirer that sends them there. */
export async function aListener(options: AcquirerOptions = {}) {
  const heard: Heard[] = [];
  const school = { heard, check: 0, deaf: false, url: '' };
  const server = createServer(async (req, res) => {
    const path = req.url ?? '';
    let body = '';
    for await (const chunk of req.setEncoding('latin1')) body += chunk;
    heard.push({ path, headers: req.headers, body });
    if (school.deaf) res.writeHead(503).end();
    else res.end(path === '/tbank' ? 'OK' : JSON.stringify({ code: path === '/check' ? school.check : 0 }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  school.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const acquirer = await startAcquirer({
    webhooks: { tbank: () => `${school.url}/tbank`, cloudpayments: (type) => `${school.url}/${type}` },
    webhookRetryMs: 5,
    ...options,
  });
  return {
    school,
    acquirer,
    /** In the order of their coming: statuses of T-Bank, types of CloudPayments. */
    said: () => heard.map(({ path, body }) => (path === '/tbank' ? JSON.parse(body).Status : path.slice(1))),
    async stop() {
      await acquirer.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Of the answers of both, what tests go on with; the rest is compared by `toMatchObject`. */
export interface Reply {
  Success: boolean;
  Status: string;
  PaymentId: string;
  PaymentURL: string;
  Model: { Id: string; Url: string; TransactionId: number };
}

const asJson = { 'content-type': 'application/json' };

export const postTbank = ({ tbank: { url, terminalKey, password } }: Acquirer, method: string, fields: object): Promise<Response> => {
  const whole = { TerminalKey: terminalKey, ...fields };
  const body = JSON.stringify({ ...whole, Token: tokenOf(whole, password) });
  return fetch(`${url}/${method}`, { method: 'POST', headers: asJson, body });
};

/** One call of T-Bank's API, signed. */
export async function tbank<T = Reply>(acquirer: Acquirer, method: string, fields: object): Promise<T> {
  return (await postTbank(acquirer, method, fields)).json();
}

/** One call of CloudPayments' API. @param key X-Request-ID */
export async function cloud<T = Reply>(acquirer: Acquirer, method: string, fields: object, key?: string): Promise<T> {
  const { url, publicId, secret } = acquirer.cloudpayments;
  const authorization = `Basic ${Buffer.from(`${publicId}:${secret}`).toString('base64')}`;
  const headers = { ...asJson, authorization, ...(key !== undefined && { 'x-request-id': key }) };
  return (await fetch(`${url}/${method}`, { method: 'POST', headers, body: JSON.stringify(fields) })).json();
}
