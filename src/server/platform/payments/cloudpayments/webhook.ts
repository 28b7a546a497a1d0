import { type CloudPaymentsWebhook, cloudPaymentsWebhooks } from '#shared/payments.ts';
import type { CloudPaymentsConfig } from '../../config.ts';
import {
  checkAnswer,
  type ProviderTerms,
  type WebhookAnswer,
  type WebhookEvent,
  type WebhookReading,
  type WebhookRequest,
} from '../../payments.ts';
import { charsetOf, readFields } from './body.ts';
import { isKnownSender } from './networks.ts';
import { readNews } from './news.ts';
import { judge } from './signature.ts';

/** Of the cabinet: one address per kind, since the kind is not in the message. */
export const webhooks = cloudPaymentsWebhooks.map((type) => ({
  name: `${type[0]?.toUpperCase()}${type.slice(1)}`,
  path: `cloudpayments/${type}`,
}));

/** A message has some forty short fields. */
const largestBody = 32 * 1024;

const answer = (status: number): WebhookAnswer => ({ status, contentType: 'text/plain; charset=utf-8', body: '' });
const refuse = (status: number, reason: Extract<WebhookReading, { ok: false }>['reason']): WebhookReading => ({
  ok: false,
  answer: answer(status),
  reason,
});

const typeOf = (path: string): CloudPaymentsWebhook | undefined => cloudPaymentsWebhooks.find((type) => path === `cloudpayments/${type}`);

/** Who sends to us knows the secret, or is turned away without a word. */
export function createWebhookReader({ secret }: CloudPaymentsConfig, { checkNetworks }: Pick<ProviderTerms, 'checkNetworks'>) {
  return (request: WebhookRequest): WebhookReading => {
    const type = typeOf(request.path);
    if (!type) return refuse(404, 'unknown-path');
    if (checkNetworks && !isKnownSender(request.ip)) return refuse(403, 'network');
    if (request.raw.length > largestBody) return refuse(413, 'unreadable');
    const header = request.headers['content-type'];
    const contentType = typeof header === 'string' ? header : '';
    const trust = judge(secret, request, charsetOf(contentType));
    if (trust === 'forged') return refuse(401, 'signature');
    const fields = readFields(request.raw, contentType);
    const event: WebhookEvent | null = fields && readNews(type, fields, trust === 'raw');
    if (event) return { ok: true, event, ack: checkAnswer(0) };
    // To a question that cannot be read the answer is no; the rest is sent again, until somebody sees it in the log.
    return type === 'check' ? { ok: false, answer: checkAnswer(13), reason: 'unreadable' } : refuse(400, 'unreadable');
  };
}
