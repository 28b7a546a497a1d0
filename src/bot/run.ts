import type { App } from '#server/platform/app.ts';
import type { Duty } from '#server/platform/leader.ts';

/**
 * Hearing what people say to the bot: the duty of one process at a time, beside the sending (platform/leader.ts). By polling it asks, with a webhook it
 * sees to it that Telegram calls every process. Null: this school has no bot.
 */
export function botDuty(app: App): Duty | null {
  const { telegram, config } = app;
  if (!telegram || !config.telegram) return null;
  const given = config.telegram;
  // Loaded where there is a bot.
  return async (signal) => (await import('./hear.ts')).hearTelegram(app, given, telegram, signal);
}
