import express, { Router } from 'express';
import type { App } from '#server/platform/app.ts';
import { sameSecret } from '#server/platform/secrets.ts';
import type { Dispatcher } from './dispatch.ts';
import { isUpdate } from './updates.ts';

export const webhookPath = '/telegram/webhook';

/** Telegram's own updates have some kilobytes. */
const mostBytes = 1024 * 1024;
/** Telegram waits for an answer for a minute. What takes longer is told to come again, and is done by then. */
const answerMs = 25_000;

/** Where Telegram brings updates, in every process; nothing at all where it does not. */
export function telegramWebhook(app: App): Router {
  const router = Router();
  const { telegram: config } = app.config;
  if (config?.updates.kind !== 'webhook') return router;
  const { secret } = config.updates;
  let opening: Promise<Dispatcher> | undefined;

  router.use(webhookPath, (req, res, next) => {
    if (req.method !== 'POST') return void res.status(405).set('allow', 'POST').end();
    // Before a byte of the body is read.
    if (sameSecret(req.get('x-telegram-bot-api-secret-token') ?? '', secret)) return next();
    res.status(403).set('connection', 'close').end();
  });
  router.post(webhookPath, express.json({ limit: mostBytes, type: () => true }), async (req, res) => {
    const update: unknown = req.body;
    if (!isUpdate(update)) return void res.status(400).end();
    opening ??= openDispatcher(app);
    const handled = await Promise.race([(await opening).handle(update, false), late()]);
    if (handled === 'done') res.status(200).end();
    else res.status(503).set('retry-after', '5').end();
  });
  return router;
}

async function openDispatcher(app: App): Promise<Dispatcher> {
  const { telegram, config } = app;
  if (!telegram || !config.telegram) throw new Error('there is no bot');
  // Loaded where there is a bot.
  const [{ createBot }, { createDispatcher }] = await Promise.all([import('./bot.ts'), import('./dispatch.ts')]);
  const { bot } = createBot({ app, config: config.telegram, telegram });
  return createDispatcher(app, config.telegram.botId, bot);
}

function late(): Promise<'late'> {
  return new Promise((resolve) => {
    setTimeout(() => resolve('late'), answerMs).unref();
  });
}
