import { Composer as Branch, type Composer, type MiddlewareFn } from 'grammy';
import { mendLink } from '#server/features/notifications/telegram/linking/actions.ts';
import { findLinked } from '#server/features/notifications/telegram/linking/queries.ts';
import type { LimitName } from '#server/platform/limits.ts';
import { AppError } from '#shared/errors.ts';
import { catalogues } from '#shared/i18n/server.ts';
import { acknowledge, answer, text } from './answer.ts';
import { type BotContext, type BotFlavour, type LinkedContext, localeOf } from './context.ts';

/** In groups it says nothing, and hears nothing either. */
export const privateOnly: MiddlewareFn<BotContext> = async (ctx, next) => {
  if (ctx.chat?.type === 'private' && ctx.from?.is_bot === false) await next();
};

/** Who writes, and in which language they are answered. */
export function introduce(parts: Pick<BotFlavour, 'app' | 'botId' | 'fetchFile'>): MiddlewareFn<BotContext> {
  return async (ctx, next) => {
    const telegramId = BigInt(ctx.chatId ?? 0);
    const who = await findLinked(parts.app, telegramId);
    const locale = localeOf(who, ctx.from?.language_code);
    const { bot: words, errors: errorWords } = catalogues[locale];
    Object.assign(ctx, { ...parts, telegramId, who, locale, words, errorWords } satisfies BotFlavour);
    // Who writes can be written to.
    if (who?.broken && ctx.msg) await mendLink(parts.app, telegramId);
    await next();
  };
}

/** So many a minute, and a word about it now and then: the bot must not be made to talk without end either. */
export const notTooMuch: MiddlewareFn<BotContext> = async (ctx, next) => {
  if (await mayGoOn(ctx, 'telegram.user')) return next();
  if (ctx.callbackQuery) await acknowledge(ctx, { text: ctx.words.tooMany });
  else if (await mayGoOn(ctx, 'telegram.told')) await answer(ctx, text(ctx.words.tooMany), { quietReply: true });
};

async function mayGoOn({ app, telegramId }: BotContext, limit: LimitName): Promise<boolean> {
  try {
    await app.limits.take(limit, String(telegramId));
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

export const openAccountsOnly: MiddlewareFn<BotContext> = async (ctx, next) => {
  if (!ctx.who?.blocked) return next();
  if (ctx.callbackQuery) await acknowledge(ctx);
  if (ctx.message || ctx.callbackQuery) await answer(ctx, text(ctx.errorWords.byCode.AUTH_BLOCKED));
};

/** What takes an account. Others hear how to link theirs; what they press and change is left to what follows. */
export function linkedOnly(linked: Composer<LinkedContext>): Composer<BotContext> {
  const branch = new Branch<BotContext>();
  branch.filter((ctx): ctx is LinkedContext => ctx.who !== null).use(linked);
  branch.on('message', (ctx) =>
    answer(ctx, text(ctx.words.needsLink), { links: [{ label: ctx.words.start.toSettings, path: '/profile/notifications' }] }),
  );
  return branch;
}
