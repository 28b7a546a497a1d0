/** Asks Telegram for updates, or has them brought, as long as this process is the one that speaks to Telegram. */
import { type Api, GrammyError } from 'grammy';
import type { Update } from 'grammy/types';
import { noteBotTrouble, noteBotWorks } from '#server/features/notifications/telegram/state/actions.ts';
import type { App } from '#server/platform/app.ts';
import type { TelegramConfig } from '#server/platform/config.ts';
import { telegramApi } from '#server/platform/telegram/client.ts';
import { toTelegramError } from '#server/platform/telegram/errors.ts';
import type { Telegram, TelegramError } from '#server/platform/telegram.ts';
import { pause } from '#server/platform/waiting.ts';
import { createBot } from './bot.ts';
import { announceCommands } from './commands.ts';
import { chatOf, createDispatcher, type Dispatcher } from './dispatch.ts';
import { allowedUpdates, isUpdate } from './updates.ts';
import { webhookPath } from './webhook.ts';

/** How long Telegram keeps a question open when there is nothing to tell. */
const pollSeconds = 25;
/** Chats that are answered at the same time. */
const parallel = 8;
const noteMs = 60_000;
const backOff = { firstMs: 1_000, longestMs: 30_000, hopelessMs: 60_000 };

export interface HearTimes {
  /** Between two looks at whether Telegram reaches the site. */
  lookMs: number;
  /** Who is being answered when all is to end is answered to the end, if it does not take longer. */
  leaveMs: number;
}
const usualTimes: HearTimes = { lookMs: 60_000, leaveMs: 5_000 };

/** Ends soon after the signal is aborted; whatever Telegram does in between, it goes on. */
export async function hearTelegram(
  app: App,
  config: TelegramConfig,
  telegram: Telegram,
  signal: AbortSignal,
  times = usualTimes,
): Promise<void> {
  const { bot, close } = createBot({ app, config, telegram });
  const dispatcher = createDispatcher(app, config.botId, bot, signal);
  // A question that stays open longer than any other call may take.
  const asking = telegramApi(config, pollSeconds + 15);
  const stopped = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => {
      asking.close();
      setTimeout(close, times.leaveMs).unref();
      reject(new Error('stopped'));
    });
  });
  stopped.catch(() => {});
  let failures = 0;
  const works = createNote(app, config, () => {
    failures = 0;
  });
  try {
    while (!signal.aborted) {
      try {
        bot.botInfo = await asking.api.getMe();
        await setUp(asking.api, config, app.config.publicUrl);
        await works(bot.botInfo.username);
        await announceCommands(asking.api);
        if (config.updates.kind === 'polling') await poll(asking.api, dispatcher, works, signal, stopped);
        else await watch(asking.api, app, config, works, signal, times.lookMs);
      } catch (error) {
        if (signal.aborted) break;
        failures += 1;
        await pause(await noteFailure(app, config, error, failures), signal);
      }
    }
  } finally {
    asking.close();
    close();
  }
}

async function setUp(api: Api, { updates }: TelegramConfig, publicUrl: string): Promise<void> {
  if (updates.kind === 'polling') await api.deleteWebhook();
  else
    await api.setWebhook(`${publicUrl}${webhookPath}`, {
      secret_token: updates.secret,
      max_connections: 20,
      allowed_updates: allowedUpdates,
    });
}

type Note = (username?: string) => Promise<void>;

/** Writes down that all is well: after trouble at once, then once a minute. */
function createNote(app: App, { botId, updates }: TelegramConfig, onWorks: () => void): Note {
  let notedAt = Number.NEGATIVE_INFINITY;
  return async (username) => {
    onWorks();
    if (username === undefined && performance.now() - notedAt < noteMs) return;
    await noteBotWorks(app, botId, updates.kind, username);
    notedAt = performance.now();
  };
}

/** Until something fails, or it is to stop. */
async function poll(api: Api, dispatcher: Dispatcher, works: Note, signal: AbortSignal, stopped: Promise<never>): Promise<void> {
  let offset: number | undefined;
  // Not asked again when it is to end: the question would tell Telegram that all is done which was cut off.
  while (!signal.aborted) {
    const asked = api.getUpdates({
      ...(offset !== undefined && { offset }),
      timeout: pollSeconds,
      limit: 100,
      allowed_updates: allowedUpdates,
    });
    const updates = await Promise.race([asked, stopped]);
    await works();
    await handleAll(updates.filter(isUpdate), dispatcher, signal);
    // Told only now that they are done: whoever dies before leaves them to the next.
    offset = updates.reduce((next, { update_id: id }) => Math.max(next, id + 1), offset ?? 0);
  }
}

/** What was not begun when it is to end is left to whoever asks next. */
async function handleAll(updates: readonly Update[], dispatcher: Dispatcher, signal: AbortSignal): Promise<void> {
  const chats = [...Map.groupBy(updates, chatOf).values()];
  const work = async () => {
    for (let chat = chats.shift(); chat; chat = chats.shift()) {
      for (const update of chat) {
        if (signal.aborted) return;
        await dispatcher.handle(update, true);
      }
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
}

/** Telegram calls the site by itself; here it is asked whether that goes well. */
async function watch(api: Api, app: App, { botId }: TelegramConfig, works: Note, signal: AbortSignal, lookMs: number): Promise<void> {
  while (!signal.aborted) {
    await pause(lookMs, signal);
    if (signal.aborted) return;
    const { url, last_error_date: errorAt = 0, last_error_message: said = '' } = await api.getWebhookInfo();
    // Somebody else has taken it, with the same token: taken back, and shown in the office.
    if (url !== `${app.config.publicUrl}${webhookPath}`) throw new WebhookTaken();
    // Telegram tries a call that failed again and again: what is older has got through since, or there was nothing to bring.
    if (Date.now() - errorAt * 1000 < 2 * usualTimes.lookMs) await noteBotTrouble(app, botId, 'webhook', 'refused', said);
    else await works();
  }
}

class WebhookTaken extends Error {
  constructor() {
    super('another address was set for the updates of this bot');
  }
}

/** @returns how long to wait before the next try */
async function noteFailure(app: App, config: TelegramConfig, error: unknown, failures: number): Promise<number> {
  const growing = Math.min(backOff.longestMs, backOff.firstMs * 2 ** Math.min(10, failures - 1));
  const note = (trouble: Parameters<typeof noteBotTrouble>[3], details: string) =>
    noteBotTrouble(app, config.botId, config.updates.kind, trouble, details);
  if (error instanceof WebhookTaken || (error instanceof GrammyError && error.error_code === 409)) {
    await note('conflict', error instanceof GrammyError ? error.description : error.message);
    return growing;
  }
  const failure = telegramFailure(error);
  if (!failure) {
    app.log.error({ err: error }, 'the bot has stopped to ask for updates, beginning anew');
    return growing;
  }
  const { trouble, message, retryAfterMs } = failure;
  if (trouble === 'busy') return retryAfterMs ?? growing;
  if (failures === 1) app.log.warn({ trouble, said: message }, 'Telegram cannot be reached, trying again');
  await note(trouble === 'token' ? 'token' : trouble === 'unreachable' ? 'network' : 'refused', message);
  return trouble === 'unreachable' ? growing : backOff.hopelessMs;
}

function telegramFailure(error: unknown): TelegramError | null {
  try {
    return toTelegramError(error);
  } catch {
    return null;
  }
}
