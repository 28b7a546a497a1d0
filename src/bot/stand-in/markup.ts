import type { InlineKeyboardButton } from 'grammy/types';
import { badRequest } from './api-error.ts';
import { type Fields, isRecord, valueField } from './fields.ts';
import { isPublicAddress } from './links.ts';
import type { StandInMessage } from './types.ts';

const maxDataBytes = 64;
const maxButtons = 100;

/** The buttons under a message. Keyboards of other kinds are taken, and not shown. */
export function readMarkup(fields: Fields): Pick<StandInMessage, 'reply_markup'> {
  const markup = valueField(fields, 'reply_markup', "can't parse reply keyboard markup JSON object");
  if (markup === undefined) return {};
  if (!isRecord(markup)) throw badRequest('object expected as reply markup');
  const rows = markup.inline_keyboard;
  if (rows === undefined) return {};
  if (!Array.isArray(rows) || !rows.every(Array.isArray))
    throw badRequest('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays');
  const inline_keyboard = rows.filter((row) => row.length > 0).map((row) => row.map(readButton));
  if (inline_keyboard.flat().length > maxButtons) throw badRequest('REPLY_MARKUP_TOO_LONG');
  return inline_keyboard.length === 0 ? {} : { reply_markup: { inline_keyboard } };
}

function readButton(button: unknown): InlineKeyboardButton {
  if (!isRecord(button)) throw badRequest("can't parse inline keyboard button: InlineKeyboardButton must be an Object");
  const { text, url, callback_data: data } = button;
  if (typeof text !== 'string' || text.trim() === '')
    throw badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard");
  if (typeof url === 'string') {
    if (!isPublicAddress(url)) throw badRequest(`inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`);
    return { text, url };
  }
  if (typeof data !== 'string') throw badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard");
  const size = Buffer.byteLength(data);
  if (size === 0 || size > maxDataBytes) throw badRequest('BUTTON_DATA_INVALID');
  return { text, callback_data: data };
}
