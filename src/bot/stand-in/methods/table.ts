import * as bot from './bot.ts';
import type { Method } from './call.ts';
import { deleteMessage, editMessageCaption, editMessageReplyMarkup, editMessageText } from './edit.ts';
import { sendMediaGroup, sendMessage, sendPhoto } from './send.ts';
import { deleteWebhook, getUpdates, getWebhookInfo, setWebhook } from './updates.ts';

/** Methods by their names in lower case, which is how Telegram takes them; what is not here is «method not found». */
export const methods: ReadonlyMap<string, Method> = new Map(
  Object.entries<Method>({
    getMe: bot.getMe,
    getUpdates,
    setWebhook,
    deleteWebhook,
    getWebhookInfo,
    sendMessage,
    sendPhoto,
    sendMediaGroup,
    sendChatAction: bot.sendChatAction,
    editMessageText,
    editMessageCaption,
    editMessageReplyMarkup,
    deleteMessage,
    answerCallbackQuery: bot.answerCallbackQuery,
    getChat: bot.getChat,
    getFile: bot.getFile,
    setMyCommands: bot.setMyCommands,
    getMyCommands: bot.getMyCommands,
    deleteMyCommands: bot.deleteMyCommands,
    setMyName: bot.setOwnText('name'),
    getMyName: bot.getOwnText('name'),
    setMyDescription: bot.setOwnText('description'),
    getMyDescription: bot.getOwnText('description'),
    setMyShortDescription: bot.setOwnText('short_description'),
    getMyShortDescription: bot.getOwnText('short_description'),
  }).map(([name, method]) => [name.toLowerCase(), method]),
);
