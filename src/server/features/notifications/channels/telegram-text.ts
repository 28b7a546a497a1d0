import { type TelegramPiece, telegramLimits, toTelegram } from '../../../platform/formats/telegram.ts';
import { buttonRoom } from '../../../platform/telegram/links.ts';
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
    pictures,
  }: Pick<NoticeMessage, 'title' | 'body' | 'telegramHint' | 'button' | 'readOn' | 'replyTo' | 'pictures'>,
  siteUrl: string,
): TelegramTexts {
  const room = (link: typeof button | undefined, canHaveButtons = true) =>
    buttonRoom(link && { label: link.label, url: new URL(link.url, siteUrl).href }, canHaveButtons);
  const { pieces } = toTelegram(body, {
    siteUrl,
    title,
    // Where there can be no button, its address takes a line of the text.
    room: telegramLimits.text - Math.max(room(button), room(readOn)),
    // What was typed in a chat keeps its lines, as it does there.
    lines: replyTo === null ? 'joined' : 'kept',
    ...(telegramHint === undefined ? {} : { hint: telegramHint }),
  });
  if (readOn && pieces.length > mostPieces) return { pieces: pieces.slice(0, 1), button: readOn, fitsCaption: false };
  // An album has no buttons.
  const caption = (pieces[0]?.length ?? 0) + room(button, pictures.length <= 1);
  return { pieces, button, fitsCaption: pieces.length <= 1 && caption <= telegramLimits.caption };
}
