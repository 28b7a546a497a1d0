import type { Context } from 'grammy';
import type { LinkedPerson } from '#server/features/notifications/telegram/linking/queries.ts';
import type { App } from '#server/platform/app.ts';
import type { Locale } from '#shared/auth.ts';
import type { catalogues } from '#shared/i18n/server.ts';

/** What every handler finds in its context besides the update. */
export interface BotFlavour {
  app: App;
  botId: bigint;
  /** The Telegram that writes; its private chat has the same id. */
  telegramId: bigint;
  /** Whose it is; null: nobody's. */
  who: LinkedPerson | null;
  locale: Locale;
  words: BotWords;
  errorWords: (typeof catalogues)['ru']['errors'];
  /** The bytes of a file, by the id Telegram knows it under. */
  fetchFile(fileId: string): Promise<Buffer>;
}
export type BotContext = Context & BotFlavour;
/** For handlers behind `linkedOnly`. */
export type LinkedContext = BotContext & { who: LinkedPerson };

export type BotWords = (typeof catalogues)['ru']['bot'];

/** The account's language; of who has none, the Telegram's. Others than English hear Russian, as on the site. */
export function localeOf(who: LinkedPerson | null, languageCode: string | undefined): Locale {
  return who?.locale ?? (/^en\b/i.test(languageCode ?? '') ? 'en' : 'ru');
}
