import { join } from 'node:path';
import { startTelegramStandIn } from '#bot/stand-in/server.ts';
import type { TelegramStandIn } from '#bot/stand-in/types.ts';
import type { Config } from './platform/config.ts';
import type { Lifecycle } from './platform/lifecycle.ts';

/** Where there is no token, development has a Telegram of its own: its people and chats outlive restarts, as links to them in the database do. */
export async function withTelegram(config: Config, life: Lifecycle): Promise<Config> {
  if (config.telegram) return config;
  const telegram = await start(config.port === 0 ? 0 : config.port + 1, join(config.dataDir, 'telegram-stand-in.json'));
  life.onStop('telegram stand-in', () => telegram.stop());
  const { url, token } = telegram;
  const [botId = ''] = token.split(':');
  return {
    ...config,
    telegram: { token, botId: BigInt(botId), apiRoot: url, linkRoot: url, proxy: null, updates: { kind: 'polling' }, perSecond: 30 },
  };
}

/** The port beside the school's, so that its page keeps its address; any other one if that is taken. */
async function start(port: number, stateFile: string): Promise<TelegramStandIn> {
  try {
    return await startTelegramStandIn({ port, stateFile });
  } catch {
    return await startTelegramStandIn({ stateFile });
  }
}
