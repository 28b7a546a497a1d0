import { Composer } from 'grammy';
import { openSupport } from '#server/features/chat/actions.ts';
import { rememberMessage } from '#server/features/notifications/telegram/replies/actions.ts';
import { answer, text } from '../answer.ts';
import type { LinkedContext } from '../context.ts';
import { deliver } from '../deliver.ts';

/** `/support`: what is replied to the bot's question lands in support; what stands behind the command goes at once. */
export const support = new Composer<LinkedContext>();

support.command('support', async (ctx) => {
  const { app, botId, telegramId, who, words } = ctx;
  if (who.actor.role === 'moderator')
    return answer(ctx, text(words.support.moderator), { links: [{ label: words.stats.toInbox, path: '/admin/inbox' }] });
  const { threadId } = await openSupport(app, who.actor, {});
  if (ctx.match.trim() !== '') return deliver(ctx, { threadId, shownUntil: new Date(0) }, { text: ctx.match });
  const asked = await ctx.reply(text(words.support.ask), {
    reply_markup: { force_reply: true, input_field_placeholder: words.support.placeholder },
  });
  await rememberMessage(app, { botId, telegramId, messageId: asked.message_id }, threadId);
});
