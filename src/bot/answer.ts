/** How the bot answers: HTML of Telegram, and buttons that lead to the site. */
import { GrammyError } from 'grammy';
import type { InlineKeyboardButton, Message } from 'grammy/types';
import { escapeTelegram } from '#server/platform/formats/telegram.ts';
import { placeButton } from '#server/platform/telegram/links.ts';
import type { BotContext } from './context.ts';

export const text = escapeTelegram;
export const bold = (words: string) => `<b>${escapeTelegram(words)}</b>`;

/** `path` of the site. */
export interface SiteButton {
  label: string;
  path: string;
}

export interface AnswerOptions {
  /** Rows above those that lead to the site. */
  rows?: InlineKeyboardButton[][];
  links?: SiteButton[];
  /** As a reply to what was just written, without a sound. */
  quietReply?: boolean;
}

export async function answer(
  ctx: BotContext,
  html: string,
  { rows = [], links = [], quietReply = false }: AnswerOptions = {},
): Promise<Message> {
  const placed = withLinks(ctx, html, rows, links);
  const reply = quietReply && ctx.msg ? { reply_parameters: { message_id: ctx.msg.message_id, allow_sending_without_reply: true } } : {};
  return ctx.reply(placed.html, { ...format(placed.rows), ...reply, disable_notification: quietReply });
}

/** Says something else in the message whose button was pressed; where that cannot be changed any more, in a new one. */
export async function change(ctx: BotContext, html: string, options: AnswerOptions = {}): Promise<void> {
  const placed = withLinks(ctx, html, options.rows ?? [], options.links ?? []);
  try {
    await ctx.editMessageText(placed.html, format(placed.rows));
  } catch (error) {
    if (!(error instanceof GrammyError && error.error_code === 400)) throw error;
    // Pressed twice, it says so already.
    if (!error.description.includes('message is not modified')) await answer(ctx, html, options);
  }
}

/** Ends the waiting of a pressed button, with a word or without. One that was pressed long ago waits no more. */
export async function acknowledge(ctx: BotContext, said?: { text: string; show_alert?: boolean }): Promise<void> {
  try {
    await ctx.answerCallbackQuery(said);
  } catch (error) {
    if (!(error instanceof GrammyError && error.error_code === 400)) throw error;
  }
}

function withLinks(ctx: BotContext, html: string, rows: InlineKeyboardButton[][], links: readonly SiteButton[]) {
  let said = html;
  const all = [...rows];
  for (const { label, path } of links) {
    // Where Telegram does not take the address (a name of the school's own network), it stands in the text.
    const placed = placeButton(said, { label, url: `${ctx.app.config.publicUrl}${path}` });
    said = placed.html;
    if (placed.button) all.push([placed.button]);
  }
  return { html: said, rows: all };
}

const format = (rows: InlineKeyboardButton[][]) => ({
  parse_mode: 'HTML' as const,
  link_preview_options: { is_disabled: true },
  ...(rows.length > 0 && { reply_markup: { inline_keyboard: rows } }),
});
