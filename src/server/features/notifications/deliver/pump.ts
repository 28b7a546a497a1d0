import type { App } from '../../../platform/app.ts';
import type { Duty } from '../../../platform/leader.ts';
import { mailChannel } from '../channels/mail.ts';
import { telegramChannel } from '../channels/telegram.ts';
import { freeAbandoned } from './claim.ts';
import { createSender, type Sender } from './sender.ts';
import { tellWithoutTelegram } from './without-telegram.ts';

/** What Telegram has not answered so long after the end began is cut, and sent by whoever leads next. */
const patienceMs = 10_000;

/** Sends letters in this process. @returns ends it, and waits for letters that are under way */
export function startMailPump(app: App): () => Promise<void> {
  const ending = new AbortController();
  const sender = createSender(app, mailChannel);
  const done = Promise.all([
    hearing(app, sender, ending.signal),
    app.config.telegram === null ? tellWithoutTelegram(app, ending.signal) : Promise.resolve(),
  ]);
  return async () => {
    ending.abort();
    await done;
  };
}

/** Sends by Telegram, in the one process that speaks to it (platform/leader.ts). Null: this school has no bot. */
export function telegramPump(app: App): Duty | null {
  const { telegram, config } = app;
  if (!telegram || !config.telegram) return null;
  const channel = telegramChannel(telegram, config.telegram.perSecond);
  return async (signal) => {
    let cut: NodeJS.Timeout | undefined;
    signal.addEventListener('abort', () => {
      cut = setTimeout(() => void telegram.close(), patienceMs);
    });
    // There is no other process that could still be working on them.
    await freeAbandoned(app, channel.name, true);
    await hearing(app, createSender(app, channel), signal).finally(() => clearTimeout(cut));
  };
}

async function hearing(app: App, sender: Sender, signal: AbortSignal): Promise<void> {
  const unfollow = app.bus.follow('deliveries', () => sender.wake());
  try {
    await sender.run(signal);
  } finally {
    unfollow();
  }
}
