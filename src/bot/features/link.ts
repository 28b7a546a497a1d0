import { Composer } from 'grammy';
import type { InlineKeyboardButton } from 'grammy/types';
import { answerLink, openLink } from '#server/features/notifications/telegram/linking/actions.ts';
import { findLinked } from '#server/features/notifications/telegram/linking/queries.ts';
import { sha256 } from '#server/platform/secrets.ts';
import { acknowledge, answer, change, text } from '../answer.ts';
import { fromCallbackData, toCallbackData } from '../callback-data.ts';
import type { BotContext } from '../context.ts';
import { helpText } from './help.ts';

/** `/start` with and without a link of the site, and the question whether to link. */
export const link = new Composer<BotContext>();

link.command('start', async (ctx) => {
  const token = ctx.match.trim();
  if (token !== '') return open(ctx, token);
  if (ctx.who) return answer(ctx, `${text(ctx.words.start.hello(ctx.who.firstName))}\n\n${helpText(ctx)}`);
  const toSettings = { label: ctx.words.start.toSettings, path: '/profile/notifications' };
  return answer(ctx, ctx.words.start.unlinked.map(text).join('\n\n'), { links: [toSettings] });
});

async function open(ctx: BotContext, token: string): Promise<void> {
  const { link: words, start } = ctx.words;
  const opened = await openLink(ctx.app, ctx.telegramId, token);
  if (opened.outcome === 'ask') {
    const said = [
      words.ask(opened.firstName),
      ...(opened.moves ? [words.moves] : []),
      ...(opened.replaces ? [words.replaces] : []),
      words.beware,
    ];
    await answer(ctx, said.map(text).join('\n\n'), { rows: [askButtons(ctx, sha256(token))] });
    return;
  }
  const links = opened.outcome === 'linked' ? [] : [{ label: start.toSettings, path: '/profile/notifications' }];
  await answer(ctx, text(words[opened.outcome]), { links });
}

function askButtons({ words }: BotContext, hash: string): InlineKeyboardButton[] {
  return [true, false].map((yes) => ({
    text: yes ? words.link.yes : words.link.no,
    callback_data: toCallbackData({ do: 'link', yes, hash }),
  }));
}

link.on('callback_query:data', async (ctx, next) => {
  const deed = fromCallbackData(ctx.callbackQuery.data);
  if (deed?.do !== 'link') return next();
  const outcome = await answerLink(ctx.app, ctx.telegramId, deed);
  await acknowledge(ctx);
  const moderator = outcome === 'done' && (await findLinked(ctx.app, ctx.telegramId))?.actor.role === 'moderator';
  await change(ctx, text(moderator ? ctx.words.link.doneModerator : ctx.words.link[outcome]));
});
