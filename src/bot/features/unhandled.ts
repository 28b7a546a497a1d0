import { Composer } from 'grammy';
import { findReplyTarget } from '#server/features/notifications/telegram/replies/queries.ts';
import { AppError } from '#shared/errors.ts';
import { acknowledge, answer, text } from '../answer.ts';
import type { BotContext } from '../context.ts';

/** The rest: buttons of another time, and messages that were changed behind us. Kinds of updates that nobody asked for end here without a word. */
export const unhandled = new Composer<BotContext>();

unhandled.on('callback_query', (ctx) => acknowledge(ctx, { text: ctx.words.stale, show_alert: true }));

unhandled.on('edited_message', async (ctx) => {
  const { app, botId, telegramId, who } = ctx;
  const target = who && (await findReplyTarget(app, who, { botId, telegramId, messageId: ctx.editedMessage.message_id }));
  if (target && (await isFirstToday(ctx))) await answer(ctx, text(ctx.words.reply.edited), { quietReply: true });
});

async function isFirstToday({ app, telegramId }: BotContext): Promise<boolean> {
  try {
    await app.limits.take('telegram.edited', String(telegramId));
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}
