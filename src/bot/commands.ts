import type { Api } from 'grammy';
import type { BotCommand } from 'grammy/types';
import { catalogues } from '#shared/i18n/server.ts';
import type { BotWords } from './context.ts';

/** In the order of the menu. */
const commandNames = ['stats', 'courses', 'news', 'support', 'settings', 'stop', 'help'] as const;
export type CommandName = (typeof commandNames)[number];

export function commandsIn(words: BotWords): (BotCommand & { command: CommandName })[] {
  return commandNames.map((command) => ({ command, description: words.commands[command] }));
}

/** The menu beside the field, in Russian for whoever has no English Telegram. */
export async function announceCommands(api: Api): Promise<void> {
  await api.setMyCommands(commandsIn(catalogues.ru.bot));
  await api.setMyCommands(commandsIn(catalogues.en.bot), { language_code: 'en' });
}
