import { type Bot, BotError } from 'grammy';
import type { Update } from 'grammy/types';
import { finishUpdate, takeUpdate } from '#server/features/notifications/telegram/updates/actions.ts';
import type { App } from '#server/platform/app.ts';
import { toTelegramError } from '#server/platform/telegram/errors.ts';
import { TelegramError } from '#server/platform/telegram.ts';
import type { BotContext } from './context.ts';

export interface Dispatcher {
  /**
   * Handles an update, once however often it is handed over: what is done is `done` again, what somebody is at is `busy`. Updates of one chat go one
   * after another. Whatever a handler throws ends here; what the database throws does not, for then the update is not done.
   * @param alone nobody else works on updates: who was at it has died
   */
  handle(update: Update, alone: boolean): Promise<'done' | 'busy'>;
}

/** @param ending aborted when calls of the bot are about to be cut: what fails then is left to whoever comes next */
export function createDispatcher(app: App, botId: bigint, bot: Bot<BotContext>, ending?: AbortSignal): Dispatcher {
  const chats = new Map<number, Promise<unknown>>();

  async function handleOnce(update: Update, alone: boolean): Promise<'done' | 'busy'> {
    const taken = await takeUpdate(app, botId, update.update_id, alone);
    if (taken !== 'mine') return taken;
    try {
      await bot.handleUpdate(update);
    } catch (error) {
      if (ending?.aborted) return 'busy';
      await apologise(error);
    }
    await finishUpdate(app, botId, update.update_id);
    return 'done';
  }

  async function apologise(error: unknown): Promise<void> {
    const cause = withoutAddresses(error instanceof BotError ? error.error : error);
    // Somebody who has stopped the bot, or a network that is away: there is nobody to tell, and nothing to mend.
    if (cause instanceof TelegramError) {
      app.log.warn({ trouble: cause.trouble, said: cause.message }, 'the bot could not answer');
      return;
    }
    const { words = null } = error instanceof BotError ? (error.ctx as Partial<BotContext>) : {};
    // Not even who writes could be found out: the database is away, and the update is for later.
    if (!(error instanceof BotError) || !words) throw cause;
    app.log.error({ err: cause }, 'the bot failed over an update');
    await error.ctx.reply(words.failed).catch(() => {});
  }

  return {
    async handle(update, alone) {
      const chat = chatOf(update);
      const before = chats.get(chat) ?? Promise.resolve();
      const mine = before.then(() => handleOnce(update, alone));
      // For those that follow only the order counts.
      const settled = mine.catch(() => {});
      chats.set(chat, settled);
      try {
        return await mine;
      } finally {
        if (chats.get(chat) === settled) chats.delete(chat);
      }
    },
  };
}

export function chatOf({ message, edited_message, callback_query, my_chat_member }: Update): number {
  return (message ?? edited_message ?? callback_query?.message ?? my_chat_member)?.chat?.id ?? 0;
}

/** What grammY throws names the address of the call, and the token with it. */
function withoutAddresses(error: unknown): unknown {
  try {
    return toTelegramError(error);
  } catch {
    return error;
  }
}
