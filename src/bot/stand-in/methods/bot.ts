/** What the bot asks and says about itself, and about chats and files. */
import type { BotCommand, ChatFullInfo, File } from 'grammy/types';
import { badRequest } from '../api-error.ts';
import { flagField, isRecord, textField, valueField } from '../fields.ts';
import { privateChat, type World } from '../world.ts';
import { type Call, chatOf } from './call.ts';

export function getMe({ world }: Call): Record<string, unknown> {
  return {
    ...world.bot,
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
  };
}

export function answerCallbackQuery({ fields, world }: Call): true {
  const id = textField(fields, 'callback_query_id') ?? '';
  const answer = world.pressed.get(id);
  if (!answer) throw badRequest('query is too old and response timeout expired or query ID is invalid');
  const text = textField(fields, 'text') ?? null;
  if (text !== null && text.length > 200) throw badRequest('MESSAGE_TOO_LONG');
  world.pressed.delete(id);
  answer({ text, alert: flagField(fields, 'show_alert') });
  return true;
}

const chatActions = ['typing', 'upload_photo', 'upload_document', 'record_voice', 'upload_voice', 'choose_sticker', 'find_location'];

export function sendChatAction(call: Call): true {
  chatOf(call);
  if (!chatActions.includes(textField(call.fields, 'action') ?? '')) throw badRequest('wrong parameter action in request');
  return true;
}

export function getChat(call: Call): Partial<ChatFullInfo> {
  const { id, ...chat } = privateChat(chatOf(call).user);
  return { id, ...chat, accent_color_id: id % 7, max_reaction_count: 11 } as Partial<ChatFullInfo>;
}

const maxDownloadBytes = 20 * 2 ** 20;

export function getFile({ fields, world }: Call): File {
  const id = textField(fields, 'file_id');
  const file = world.keeper.state.files.find((known) => known.id === id);
  if (!file) throw badRequest('invalid file_id');
  if (file.size > maxDownloadBytes) throw badRequest('file is too big');
  return { file_id: file.id, file_unique_id: file.id.slice(-16), file_size: file.size, file_path: file.path };
}

export function setMyCommands({ fields, world }: Call): true {
  const commands = valueField(fields, 'commands', "can't parse commands JSON object");
  if (!Array.isArray(commands) || commands.length > 100) throw badRequest("can't parse commands: Array expected");
  world.keeper.state.commands[commandsKey(fields)] = commands.map(readCommand);
  world.keeper.touch();
  return true;
}

export function getMyCommands({ fields, world }: Call): BotCommand[] {
  return world.keeper.state.commands[commandsKey(fields)] ?? [];
}

export function deleteMyCommands({ fields, world }: Call): true {
  delete world.keeper.state.commands[commandsKey(fields)];
  world.keeper.touch();
  return true;
}

function readCommand(value: unknown): BotCommand {
  const { command, description } = isRecord(value) ? value : {};
  if (typeof command !== 'string' || !/^\/?[a-z0-9_]{1,32}$/.test(command)) throw badRequest('BOT_COMMAND_INVALID');
  if (typeof description !== 'string' || description.length < 1 || description.length > 256)
    throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
  return { command: command.replace('/', ''), description };
}

/** The menu of somebody whose Telegram speaks this language. */
export function commandsFor(world: World, languageCode: string | undefined): BotCommand[] {
  const { commands } = world.keeper.state;
  const key = (language: string) => commandsKey({ scope: { type: 'all_private_chats' }, language_code: language });
  const plain = (language: string) => commandsKey({ language_code: language });
  const keys = [languageCode ?? '', ''].flatMap((language) => [key(language), plain(language)]);
  return keys.map((one) => commands[one]).find((list) => list !== undefined) ?? [];
}

/** Commands are kept by scope and language. */
function commandsKey(fields: Record<string, unknown>): string {
  const scope = valueField(fields, 'scope') ?? { type: 'default' };
  return `${JSON.stringify(scope)} ${textField(fields, 'language_code') ?? ''}`;
}

const ownTexts = { name: 64, description: 512, short_description: 120 } as const;

/** `setMyName`, `setMyDescription` and `setMyShortDescription`, each with its longest text. */
export function setOwnText(field: keyof typeof ownTexts) {
  return ({ fields, world }: Call): true => {
    const text = textField(fields, field) ?? '';
    if (text.length > ownTexts[field]) throw badRequest(`${field.toUpperCase().replace('SHORT_', 'SHORT')}_TOO_LONG`);
    world.keeper.state.descriptions[`${field} ${textField(fields, 'language_code') ?? ''}`] = text;
    world.keeper.touch();
    return true;
  };
}

export function getOwnText(field: keyof typeof ownTexts) {
  return ({ fields, world }: Call): Record<string, string> => {
    const { descriptions } = world.keeper.state;
    return { [field]: descriptions[`${field} ${textField(fields, 'language_code') ?? ''}`] ?? descriptions[`${field} `] ?? '' };
  };
}
