import { type TelegramPiece, telegramLimits, toTelegram } from '../../../platform/formats/telegram.ts';
import type { NoticeMessage } from '../message.ts';

/** What is longer would fill the chat: its beginning, and where the rest is. */
const mostPieces = 3;

export interface TelegramTexts {
  /** One message each. Never empty where there is a title. */
  pieces: TelegramPiece[];
  /** Under the last one. */
  button: { label: string; url: string } | null;
  /** The only piece is short enough to stand under a photo. */
  fitsCaption: boolean;
}

/** How Telegram says a message: for the channel, and for the preview of who writes it. */
export function telegramTexts(
  {
    title,
    body,
    telegramHint,
    button,
    readOn,
    replyTo,
  }: Pick<NoticeMessage, 'title' | 'body' | 'telegramHint' | 'button' | 'readOn' | 'replyTo'>,
  siteUrl: string,
): TelegramTexts {
  const { pieces } = toTelegram(body, {
    siteUrl,
    title,
    // What was typed in a chat keeps its lines, as it does there.
    lines: replyTo === null ? 'joined' : 'kept',
    ...(telegramHint === undefined ? {} : { hint: telegramHint }),
  });
  if (readOn && pieces.length > mostPieces) return { pieces: pieces.slice(0, 1), button: readOn, fitsCaption: false };
  return { pieces, button, fitsCaption: pieces.length <= 1 && (pieces[0]?.length ?? 0) <= telegramLimits.caption };
}
