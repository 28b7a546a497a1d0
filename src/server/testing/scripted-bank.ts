import { createServer, type ServerResponse } from 'node:http';
import { expect } from 'vitest';
import * as z from 'zod';
import { createTbank } from '../platform/payments/tbank/create-tbank.ts';
import { isSigned } from '../platform/payments/tbank/token.ts';
import { type PaymentProvider, ProviderError } from '../platform/payments.ts';

export const bankPassword = 'Dfsfh56dgKl';
/** The attempt that all its answers are about. */
export const bankAttemptId = '0190a1b2-0000-4000-8000-00000000000a';

export type Reply = Record<string, unknown> | ((response: ServerResponse) => void);
/** Never answers. */
export const hangs: Reply = () => {};
/** The connection breaks after the request was read: it may have been done. */
export const cuts: Reply = (response) => response.destroy();
/** A refusal, with words that must not get into messages. */
export const no = (ErrorCode: string) => ({ Success: false, ErrorCode, Message: 'a@example.ru 101709', Details: bankPassword });
/** How the payment stands. */
export const stands = (Status: string, more: Record<string, unknown> = {}) => ({
  Success: true,
  ErrorCode: '0',
  OrderId: bankAttemptId,
  PaymentId: '700',
  Amount: 199900,
  Status,
  Params: [{ Route: 'ACQ', Source: 'cards' }],
  ...more,
});
/** The answer to Init. */
export const created = stands('NEW', { PaymentURL: 'https://pay.example/x' });

export interface ScriptedBank {
  tbank: PaymentProvider;
  withReceipts: PaymentProvider;
  /** Does not wait for what will never be answered. */
  impatient: PaymentProvider;
  /** What it heard, oldest first; well signed, all of it. */
  calls: [method: string, params: Record<string, unknown>][];
  methods(): string[];
  /** Its next answers to this method. What nobody has foreseen is refused with 7777. */
  says(method: string, ...replies: Reply[]): void;
  /** Forgets what it heard and what it was to say. */
  reset(): void;
  stop(): void;
}

const call = z.looseObject({ TerminalKey: z.string(), Token: z.string() });

/** A T-Bank that says what a test tells it to, in that order, and T-Bank's adapter before it. */
export async function aScriptedBank(): Promise<ScriptedBank> {
  const calls: ScriptedBank['calls'] = [];
  const replies = new Map<string, Reply[]>();
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const params = call.parse(JSON.parse(body));
    const method = (request.url ?? '').replace('/v2/', '');
    const reply = isSigned(params, bankPassword) ? (replies.get(method)?.shift() ?? no('7777')) : no('204');
    calls.push([method, params]);
    if (typeof reply === 'function') reply(response);
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(reply));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  const apiRoot = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/v2`;
  const config = { terminalKey: 'Terminal', password: bankPassword, apiRoot, test: false };
  const receipts = { taxation: 'usn_income', vat: 'none', method: 'full_payment' } as const;
  return {
    tbank: createTbank(config, { receipts: null, checkNetworks: false }),
    withReceipts: createTbank(config, { receipts, checkNetworks: false }),
    impatient: createTbank(config, { receipts: null, checkNetworks: false, timeoutMs: 60 }),
    calls,
    methods: () => calls.map(([method]) => method),
    says: (method, ...more) => void replies.set(method, [...(replies.get(method) ?? []), ...more]),
    reset() {
      calls.length = 0;
      replies.clear();
    },
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** «busy», «refused 330»: what a call ended with, whose message told no secret. */
export async function troubleOf(promise: Promise<unknown>): Promise<string> {
  const fault: unknown = await promise.then(
    (value) => new Error(`no refusal: ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
  if (!(fault instanceof ProviderError)) throw fault;
  for (const secret of [bankPassword, '101709', 'a@example.ru']) expect(`${fault.message} ${fault.stack}`).not.toContain(secret);
  return fault.code === null ? fault.trouble : `${fault.trouble} ${fault.code}`;
}
