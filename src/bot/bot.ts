import { Bot, Composer } from 'grammy';
import type { UserFromGetMe } from 'grammy/types';
import type { App } from '#server/platform/app.ts';
import type { TelegramConfig } from '#server/platform/config.ts';
import { agentFor, telegramClient } from '#server/platform/telegram/client.ts';
import { downloadFile } from '#server/platform/telegram/download.ts';
import { toTelegramError } from '#server/platform/telegram/errors.ts';
import type { Telegram } from '#server/platform/telegram.ts';
import type { BotContext, LinkedContext } from './context.ts';
import { courses } from './features/courses.ts';
import { help } from './features/help.ts';
import { link } from './features/link.ts';
import { membership } from './features/membership.ts';
import { news } from './features/news.ts';
import { replies } from './features/reply.ts';
import { settings } from './features/settings.ts';
import { stats } from './features/stats.ts';
import { stop } from './features/stop.ts';
import { support } from './features/support.ts';
import { unhandled } from './features/unhandled.ts';
import { introduce, linkedOnly, notTooMuch, openAccountsOnly, privateOnly } from './guards.ts';
import { patience } from './patience.ts';

export interface BotParts {
  app: App;
  config: TelegramConfig;
  telegram: Telegram;
}

/** How long Telegram is waited for in the middle of an answer. */
const callSeconds = 20;

/** The bot: what an update goes through, from top to bottom. It neither asks for updates nor remembers them: that is `run.ts` and `dispatch.ts`. */
export function createBot({ app, config, telegram }: BotParts): { bot: Bot<BotContext>; close(): void } {
  const { options, close } = telegramClient(config, callSeconds);
  const files = agentFor(config.apiRoot, config.proxy);
  const bot = new Bot<BotContext>(config.token, { client: options, botInfo: unknownBot(config.botId) });
  const closing = new AbortController();
  bot.api.config.use(patience(telegram.pace, closing.signal));

  async function fetchFile(fileId: string): Promise<Buffer> {
    try {
      const { file_path: path = '' } = await bot.api.getFile(fileId);
      return await downloadFile(config, files, path);
    } catch (error) {
      throw toTelegramError(error);
    }
  }

  bot.use(privateOnly);
  bot.use(introduce({ app, botId: config.botId, fetchFile }));
  bot.use(membership);
  bot.use(notTooMuch);
  bot.use(openAccountsOnly);
  bot.use(link, help);
  bot.use(linkedOnly(new Composer<LinkedContext>(stats, courses, news, support, settings, stop, replies())));
  bot.use(unhandled);

  return {
    bot,
    close() {
      closing.abort();
      close();
      files.destroy();
    },
  };
}

/** Updates are handled without asking Telegram first who the bot is: it may not be there to answer. */
function unknownBot(botId: bigint): UserFromGetMe {
  return {
    id: Number(botId),
    is_bot: true,
    first_name: 'Отлично',
    username: '',
    can_join_groups: false,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
    can_manage_bots: false,
    supports_join_request_queries: false,
  };
}
