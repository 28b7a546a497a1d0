import { Composer } from 'grammy';
import { setMode } from '#server/features/notifications/settings/actions.ts';
import { getSettings } from '#server/features/notifications/settings/queries.ts';
import { kindsOf } from '#shared/notification-rules.ts';
import { type AnswerOptions, acknowledge, answer, bold, change, text } from '../answer.ts';
import { fromCallbackData, toCallbackData } from '../callback-data.ts';
import type { LinkedContext } from '../context.ts';

/** `/settings`: what comes to Telegram. A button says what it is set to, and pressed sets the other. */
export const settings = new Composer<LinkedContext>();

settings.command('settings', async (ctx) => answer(ctx, said(ctx), await buttons(ctx)));

settings.on('callback_query:data', async (ctx, next) => {
  const deed = fromCallbackData(ctx.callbackQuery.data);
  const { app, words, who } = ctx;
  if (deed?.do !== 'setting' || !kindsOf[who.actor.role].includes(deed.kind)) return next();
  await setMode(app, who.actor, { kind: deed.kind, channel: 'telegram', mode: deed.on ? 'on' : 'off' });
  await acknowledge(ctx, { text: `${words.settings.kinds[deed.kind]}: ${deed.on ? words.settings.on : words.settings.off}` });
  await change(ctx, said(ctx), await buttons(ctx));
});

function said({ words }: LinkedContext): string {
  return `${bold(words.settings.title)}\n\n${text(words.settings.note)}`;
}

async function buttons({ app, words, who }: LinkedContext): Promise<AnswerOptions> {
  const { kinds } = await getSettings(app, who.actor);
  const rows = kinds.map(({ kind, telegram }) => {
    const on = telegram !== 'off';
    const label = `${words.settings.kinds[kind]}: ${on ? words.settings.on : words.settings.off}`;
    return [{ text: label, callback_data: toCallbackData({ do: 'setting', kind, on: !on }) }];
  });
  return { rows, links: [{ label: words.settings.button, path: '/profile/notifications' }] };
}
