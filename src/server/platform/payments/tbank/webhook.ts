import { createHash } from 'node:crypto';
import { BlockList, isIPv4 } from 'node:net';
import type { TbankConfig } from '../../config.ts';
import type { WebhookAnswer, WebhookEvent, WebhookReading, WebhookRequest } from '../../payments.ts';
import { isObject, type JsonObject, parseJson } from '../json.ts';
import { textOf } from './api.ts';
import { attemptIdOf, paymentIn, snapshotOf } from './snapshot.ts';
import { isSigned } from './token.ts';

export const webhookPath = 'tbank';
const largest = 32 * 1024;

/** Published by T-Bank on 29 January 2025, the address of its test environment among them. */
const networks = new BlockList();
networks.addSubnet('91.194.226.0', 23);
for (const third of [132, 133, 134, 135]) networks.addSubnet(`91.218.${third}.0`, 24);
networks.addSubnet('212.49.24.0', 24);
for (const third of [80, 81, 82, 83]) networks.addSubnet(`212.233.${third}.0`, 24);

/** T-Bank takes nothing but these two letters for «heard». */
const heard: WebhookAnswer = { status: 200, contentType: 'text/plain', body: 'OK' };
const refused = (status: number, reason: Extract<WebhookReading, { ok: false }>['reason']): WebhookReading => ({
  ok: false,
  answer: { status, contentType: 'text/plain', body: '' },
  reason,
});

/** Judges what claims to come from T-Bank. What is well signed and not understood is acknowledged: T-Bank would only say it again. */
export function readTbankWebhook(config: TbankConfig, checkNetworks: boolean, request: WebhookRequest): WebhookReading {
  if (request.path !== webhookPath) return refused(404, 'unknown-path');
  if (checkNetworks && !isKnownNetwork(request.ip)) return refused(403, 'network');
  if (request.raw.length > largest) return refused(413, 'unreadable');
  const body = parseJson(request.raw.toString('utf8'))?.value;
  if (!isObject(body)) return refused(400, 'unreadable');
  if (body.TerminalKey !== config.terminalKey) return refused(403, 'foreign-terminal');
  if (!isSigned(body, config.password)) return refused(403, 'signature');
  return { ok: true, event: eventOf(body, request.raw, config), ack: heard };
}

/** Node writes IPv4 behind a socket for both as ::ffff:… */
function isKnownNetwork(ip: string): boolean {
  const plain = ip.replace(/^::ffff:/i, '');
  return isIPv4(plain) && networks.check(plain, 'ipv4');
}

function eventOf(body: JsonObject, raw: Buffer, config: TbankConfig): WebhookEvent {
  const digest = createHash('sha256').update(raw).digest('hex');
  const about = { attemptId: attemptIdOf(textOf(body.OrderId)), providerPaymentId: textOf(body.PaymentId) };
  if (body.Status === 'RECEIPT') {
    return { dedupeKey: `RECEIPT:${digest}`, kind: 'RECEIPT', ...about, tells: { t: 'receipt', url: webAddress(body.Url) } };
  }
  // Cards that were linked (RequestKey) and accounts of SBP (LINKACCOUNT) have a Status of their own kind.
  const payment = body.RequestKey === undefined && body.NotificationType === undefined ? paymentIn(body) : null;
  if (payment === null) {
    const named = textOf(body.NotificationType) ?? textOf(body.Status) ?? 'unknown';
    return { dedupeKey: `other:${digest}`, kind: named.slice(0, 40), ...about, tells: { t: 'nothing' } };
  }
  const { paymentId, status, amountMinor } = payment;
  // A second part given back is told with the same status.
  const part = status.startsWith('PARTIAL_') ? `:${digest}` : '';
  return {
    dedupeKey: `${paymentId}:${status}:${amountMinor}${part}`,
    kind: status,
    ...about,
    tells: { t: 'payment', snapshot: snapshotOf(payment, config), sure: false },
  };
}

function webAddress(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > 1000) return null;
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol) ? value : null;
}
