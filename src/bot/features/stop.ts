import { Composer } from 'grammy';
import { unlinkTelegram } from '#server/features/notifications/telegram/linking/actions.ts';
import { answer, text } from '../answer.ts';
import { toCallbackData } from '../callback-data.ts';
import type { LinkedContext } from '../context.ts';

/** `/stop`: this Telegram is nobody's any more; for a while one press takes it back. */
export const stop = new Composer<LinkedContext>();

stop.command('stop', async (ctx) => {
  const { app, telegramId, who, words } = ctx;
  const hash = await unlinkTelegram(app, telegramId);
  if (hash === null) return answer(ctx, text(words.needsLink));
  const undo = { text: words.stop.undo, callback_data: toCallbackData({ do: 'link', yes: true, hash }) };
  return answer(ctx, text(who.actor.role === 'moderator' ? words.stop.doneModerator : words.stop.done), { rows: [[undo]] });
});
