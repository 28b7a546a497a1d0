import { type Api, InputFile } from 'grammy';
import type { InlineKeyboardMarkup } from 'grammy/types';
import type { TelegramConfig } from '../config.ts';
import type { Db } from '../db.ts';
import { createPace } from '../pace.ts';
import type { OutgoingTelegram, SentTelegram, Telegram } from '../telegram.ts';
import { telegramApi } from './client.ts';
import { toTelegramError } from './errors.ts';
import { placeButton } from './links.ts';

/** How long an answer of Telegram is waited for; pictures have to get there first. */
const sendSeconds = { text: 20, pictures: 60 } as const;

type Picture = NonNullable<OutgoingTelegram['pictures']>[number];

/** The port over grammY's own client. It tries once: when to try again, and how fast, is for whoever sends. */
export function createTelegram(config: TelegramConfig, db: Db): Telegram {
  const text = telegramApi(config, sendSeconds.text);
  const pictures = telegramApi(config, sendSeconds.pictures);
  const pace = createPace(config.perSecond);

  return {
    botId: config.botId,
    pace,
    async botName() {
      const state = await db.telegramState.findUnique({ where: { botId: config.botId }, select: { username: true } });
      return state?.username ?? null;
    },
    async send(chatId, message) {
      const given = message.pictures ?? [];
      try {
        return given.length > 0
          ? await pace.through('notice', () => sendPictures(pictures.api, Number(chatId), message, given), given.length)
          : await pace.through('notice', () => sendText(text.api, Number(chatId), message));
      } catch (error) {
        throw toTelegramError(error);
      }
    },
    async close() {
      text.close();
      pictures.close();
    },
  };
}

async function sendText(api: Api, chatId: number, { html, button, silent = false }: OutgoingTelegram): Promise<SentTelegram> {
  const placed = placeButton(html, button);
  const { message_id } = await api.sendMessage(chatId, placed.html, { ...common(silent), ...markup(placed.button) });
  return { messageIds: [message_id], fileIds: [] };
}

async function sendPictures(
  api: Api,
  chatId: number,
  { html, button, silent = false }: OutgoingTelegram,
  given: readonly Picture[],
): Promise<SentTelegram> {
  const [first] = given;
  if (given.length === 1 && first) {
    const placed = placeButton(html, button);
    const { message_id, photo } = await api.sendPhoto(chatId, toInput(first), {
      ...common(silent),
      caption: placed.html,
      ...markup(placed.button),
    });
    return { messageIds: [message_id], fileIds: fileIdsOf([photo]) };
  }
  // An album has no buttons: the link stands in its caption, so that it is one call, which is done or not.
  const { html: caption } = placeButton(html, button, false);
  const media = given.map((picture, at) => ({
    type: 'photo' as const,
    media: toInput(picture),
    ...(at === 0 && { caption, parse_mode: 'HTML' as const }),
  }));
  const sent = await api.sendMediaGroup(chatId, media, { disable_notification: silent });
  return { messageIds: sent.map(({ message_id }) => message_id), fileIds: fileIdsOf(sent.map((one) => ('photo' in one ? one.photo : []))) };
}

const common = (silent: boolean) => ({
  parse_mode: 'HTML' as const,
  disable_notification: silent,
  link_preview_options: { is_disabled: true },
});

function markup(button: { text: string; url: string } | null): { reply_markup?: InlineKeyboardMarkup } {
  return button ? { reply_markup: { inline_keyboard: [[button]] } } : {};
}

function toInput(picture: Picture): InputFile | string {
  return 'fileId' in picture ? picture.fileId : new InputFile(picture.bytes, picture.name);
}

/** Of each picture its largest size. */
function fileIdsOf(photos: readonly { file_id: string }[][]): string[] {
  return photos.flatMap((sizes) => sizes.at(-1)?.file_id ?? []);
}
