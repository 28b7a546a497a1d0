import { Composer } from 'grammy';
import { breakLink, mendLink } from '#server/features/notifications/telegram/linking/actions.ts';
import type { BotContext } from '../context.ts';

/** Stopped in Telegram, or started again. */
export const membership = new Composer<BotContext>();

membership.on('my_chat_member', async (ctx) => {
  const { status } = ctx.myChatMember.new_chat_member;
  if (status === 'kicked') await breakLink(ctx.app, ctx.telegramId);
  else if (status === 'member') await mendLink(ctx.app, ctx.telegramId);
});
