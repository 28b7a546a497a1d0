import { Composer } from 'grammy';
import { answer, bold, text } from '../answer.ts';
import { type CommandName, commandsIn } from '../commands.ts';
import type { BotContext } from '../context.ts';

export const help = new Composer<BotContext>();

help.command('help', (ctx) =>
  answer(ctx, `${bold(ctx.words.help.title)}\n\n${helpText(ctx)}`, { links: [{ label: ctx.words.openSite, path: '/' }] }),
);

/** What only students have. */
const ofStudents: CommandName[] = ['courses', 'support'];

export function helpText({ words, who }: BotContext): string {
  const moderator = who?.actor.role === 'moderator';
  const lines = commandsIn(words).flatMap(({ command, description }) => {
    if (!moderator) return [`/${command} – ${text(description)}`];
    if (ofStudents.includes(command)) return [];
    return [`/${command} – ${text(command === 'stats' ? words.statsModerator : description)}`];
  });
  return [lines.join('\n'), text(moderator ? words.help.replyModerator : words.help.reply)].join('\n\n');
}
