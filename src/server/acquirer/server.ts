/**
 * An acquirer of one's own, for development and tests: a server on 127.0.0.1 that speaks T-Bank's dialect and that of CloudPayments, has pages where
 * somebody pays, and keeps books. No money moves.
 *
 * ```ts
 * const acquirer = await startAcquirer({ webhooks: { tbank: () => `${school.url}/api/payments/tbank`, cloudpayments: (type) => `${school.url}/api/payments/cloudpayments/${type}` } });
 * const school = await aSchool({ env: acquirer.env });
 * await acquirer.pay(attemptId);                                  // or the address of the page
 * await acquirer.pay(attemptId, { card: 'funds' });               // declined; 'three-ds' with confirm: false too
 * acquirer.failNext({ provider: 'tbank', method: 'Init', kind: 'silentAfter' });  // does it and never answers
 * acquirer.setFaults({ seed: 7, odds: { serverErrorAfter: 0.05 }, duplicated: 0.2, reordered: 0.2, dropped: 0.1 });
 * await acquirer.settled();                                       // every message that was not dropped has been taken
 * acquirer.redeliver();                                           // those that were
 * acquirer.payments();                                            // the books, to be compared
 * ```
 *
 * Pages: `/` the books and the faults, `/pay/<provider>/<id>` where a payer stands.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serveCloudPayments } from './cloudpayments/api.ts';
import { publicId, secret } from './cloudpayments/site.ts';
import { chargeback, payPage, refundInCabinet } from './deeds.ts';
import { servePages } from './page/pages.ts';
import { serveTbank } from './tbank/api.ts';
import { password, terminalKey } from './tbank/terminal.ts';
import type { Acquirer, AcquirerOptions } from './types.ts';
import { createWorld, expirePage, pageOf, type World } from './world.ts';

export async function startAcquirer(options: AcquirerOptions = {}): Promise<Acquirer> {
  const world = createWorld(options);
  const server = createServer({ keepAliveTimeout: 65_000 }, (req, res) => {
    serve(world, req, res).catch(() => req.socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  world.base = url;
  world.post.wake();
  const { books, faults, post } = world;
  const tbank = { url: `${url}/tbank/v2`, terminalKey, password };
  const cloudpayments = { url: `${url}/cloudpayments`, publicId, secret };
  return {
    url,
    tbank,
    cloudpayments,
    env: {
      PAYMENTS_TBANK_TERMINAL: terminalKey,
      PAYMENTS_TBANK_PASSWORD: password,
      PAYMENTS_TBANK_API_ROOT: tbank.url,
      PAYMENTS_CLOUDPAYMENTS_PUBLIC_ID: publicId,
      PAYMENTS_CLOUDPAYMENTS_SECRET: secret,
      PAYMENTS_CLOUDPAYMENTS_API_ROOT: cloudpayments.url,
      PAYMENTS_TEST: options.test === false ? 'off' : 'on',
    },
    payments: (provider) => structuredClone(books.payments.filter((one) => provider === undefined || one.provider === provider)),
    payment: (id) => structuredClone(books.payments.find((one) => one.id === id) ?? null),
    pages: (provider) => structuredClone(books.pages.filter((one) => provider === undefined || one.provider === provider)),
    cards: () => structuredClone(books.cards),
    cardBecomes(customerId, card) {
      for (const saved of books.cards) if (saved.customerId === customerId) saved.card = card;
      world.touch();
    },
    pay: async (of, how = {}) => payPage(world, pageOf(world, of), how),
    expire: (of) => expirePage(world, pageOf(world, of)),
    refundInCabinet: (id, amountMinor) => refundInCabinet(world, id, amountMinor),
    chargeback: (id, amountMinor) => chargeback(world, id, amountMinor),
    setFaults: faults.set,
    failNext: faults.failNext,
    notifications: () => [...books.notifications],
    redeliver: ({ again = false } = {}) => post.redeliver(again),
    settled: post.settled,
    statistics: () => ({ ...world.counter.read(), messages: post.count() }),
    async stop() {
      world.stop();
      // Silent connections have no end of their own.
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function serve(world: World, req: IncomingMessage, res: ServerResponse): Promise<void> {
  if (await serveTbank(world, req, res)) return;
  if (await serveCloudPayments(world, req, res)) return;
  if (await servePages(world, req, res)) return;
  res.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('Такой страницы здесь нет\n');
}
