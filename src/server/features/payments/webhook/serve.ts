import { type Request, type Response, Router } from 'express';
import type { App } from '../../../platform/app.ts';
import { networkOf } from '../../../platform/limits.ts';
import type { WebhookAnswer, WebhookReading } from '../../../platform/payments.ts';
import { answerCheck, keepEvent, type Received } from './actions.ts';

/** The longest message has some four kilobytes; reading what nobody has signed costs time that grows with it. */
const mostBytes = 32 * 1024;

/**
 * Where providers bring their messages, in every process; nothing at all where the school takes no payments. Mounted before anything that reads bodies:
 * signatures are made over the bytes as they came. Nothing is counted before a message is judged: a signature costs less than a counter, and whoever
 * forges messages behind the same proxy as the provider must not be able to use up the provider's turn.
 */
export function paymentWebhooks(app: App): Router {
  const router = Router();
  if (!app.config.payments) return router;
  const refusals = countRefusals(app);
  router.use(async (req, res, next) => {
    const path = req.path.slice(1);
    const provider = app.payments?.all.find((one) => one.webhooks.some((webhook) => webhook.path === path));
    if (!provider) return next();
    if (req.method !== 'POST') return void res.status(405).set('allow', 'POST').end();
    const raw = await readBody(req);
    if (raw === 'gone') return;
    // The rest of it is of no use to anybody, so the connection ends with the answer.
    if (raw === 'too-large') return void res.status(413).set('connection', 'close').end();
    const ip = req.ip ?? '';
    const reading = provider.readWebhook({ path, headers: req.headers, raw, ip });
    if (!reading.ok) {
      refusals.tell({ path, reason: reading.reason, ip });
      return answer(res, reading.answer);
    }
    const contentType = req.headers['content-type'] ?? '';
    answer(res, await keep(app, { provider: provider.id, event: reading.event, raw, contentType, ip }, reading));
  });
  return router;
}

/** No thanks before it is kept: a provider that hears none brings it again. */
async function keep(app: App, received: Received, { ack }: Extract<WebhookReading, { ok: true }>): Promise<WebhookAnswer> {
  const { tells } = received.event;
  try {
    if (tells.t === 'check') return await answerCheck(app, received, tells);
    await keepEvent(app, received);
    return ack;
  } catch (error) {
    app.log.error({ provider: received.provider, kind: received.event.kind, err: error }, 'a message of a payment provider was not kept');
    return { status: 503, contentType: 'text/plain', body: '' };
  }
}

/** Byte for byte what the provider expects: Express would add a charset. */
function answer(res: Response, { status, contentType, body }: WebhookAnswer): void {
  const bytes = Buffer.from(body);
  res.writeHead(status, { 'content-type': contentType, 'content-length': bytes.length, 'cache-control': 'no-store' }).end(bytes);
}

function readBody(req: Request): Promise<Buffer | 'too-large' | 'gone'> {
  if (Number(req.headers['content-length'] ?? 0) > mostBytes) return Promise.resolve('too-large');
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    req.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > mostBytes) resolve('too-large');
      else chunks.push(chunk);
    });
    req.on('end', () => resolve(Buffer.concat(chunks)));
    req.on('error', () => resolve('gone'));
    req.on('close', () => resolve('gone'));
  });
}

/** Networks that are remembered; more are a flood, and are told of as one. */
const mostNetworks = 1000;
const tellEveryMs = 60_000;

/** Refused messages in the log, without what they said: at most a line a minute of each network, so that a flood fills no disk. */
function countRefusals({ log, clock }: Pick<App, 'log' | 'clock'>) {
  const networks = new Map<string, { until: number; unsaid: number }>();
  return {
    tell({ path, reason, ip }: { path: string; reason: string; ip: string }) {
      const now = clock.now().getTime();
      if (networks.size > mostNetworks) networks.clear();
      const network = networkOf(ip);
      const state = networks.get(network);
      if (state && now < state.until) {
        state.unsaid += 1;
        return;
      }
      networks.set(network, { until: now + tellEveryMs, unsaid: 0 });
      log.warn({ path, reason, ip, before: state?.unsaid ?? 0 }, 'a message to a payment webhook was refused');
    },
  };
}
