import type { App } from '../../../../platform/app.ts';
import type { TelegramConfig } from '../../../../platform/config.ts';

type Mode = TelegramConfig['updates']['kind'];
export type BotTrouble = 'token' | 'network' | 'conflict' | 'refused';

/** Telegram has answered: for the office, and for links to the bot while it cannot be reached. */
export async function noteBotWorks(app: App, botId: bigint, mode: Mode, username?: string): Promise<void> {
  const works = { mode, okAt: app.clock.now(), trouble: null, details: null, troubleAt: null, ...(username && { username }) };
  await app.db.telegramState.upsert({ where: { botId }, create: { botId, ...works }, update: works, select: { botId: true } });
}

/** @param details in Telegram's words. The instant stays that of the beginning while the trouble is the same. */
export async function noteBotTrouble(app: App, botId: bigint, mode: Mode, trouble: BotTrouble, details: string): Promise<void> {
  const known = await app.db.telegramState.findUnique({ where: { botId }, select: { trouble: true, troubleAt: true } });
  const troubleAt = known?.trouble === trouble ? known.troubleAt : app.clock.now();
  const note = { mode, trouble, details: details.slice(0, 300), troubleAt };
  await app.db.telegramState.upsert({ where: { botId }, create: { botId, ...note }, update: note, select: { botId: true } });
}
