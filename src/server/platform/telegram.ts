import type { Pace } from './pace.ts';

/** Speaks to Telegram: a port. Called by workers and the bot only, never by a request that somebody waits for. */
export interface Telegram {
  botId: bigint;
  /** Every call that Telegram counts goes through it: `send` does by itself, as a notice; what the bot answers goes as a reply. */
  pace: Pace;
  /** Of the bot, without @; from the last answer of Telegram, also of an earlier run. Null: never heard yet. */
  botName(): Promise<string | null>;
  /**
   * Sends one message of one chat; what is longer goes as several calls.
   * @throws TelegramError
   */
  send(chatId: bigint, message: OutgoingTelegram): Promise<SentTelegram>;
  close(): Promise<void>;
}

export interface OutgoingTelegram {
  /** HTML of Telegram, at most 4096 visible signs; under pictures 1024. */
  html: string;
  /** By bytes, or by the id under which Telegram keeps it. */
  pictures?: ({ bytes: Buffer; name: string } | { fileId: string })[];
  /** Under the text; of one picture under its caption. */
  button?: { label: string; url: string };
  silent?: boolean;
}

export interface SentTelegram {
  messageIds: number[];
  /** Of the pictures, in order. */
  fileIds: string[];
}

/**
 * - `blocked`, `deactivated`, `not-found`: this chat takes nothing (403, «chat not found»).
 * - `refused`: this message will never be taken (400).
 * - `busy`: 429; `retryAfterMs` says how long.
 * - `unreachable`: no connection, no answer in time, 5xx. It may have been taken all the same.
 * - `token`: the token is wrong (401, 404).
 */
export type TelegramTrouble = 'blocked' | 'deactivated' | 'not-found' | 'refused' | 'busy' | 'unreachable' | 'token';

/** What Telegram did not take. The message holds neither the token nor the text. */
export class TelegramError extends Error {
  readonly trouble: TelegramTrouble;
  readonly retryAfterMs: number | null;

  constructor(trouble: TelegramTrouble, message: string, retryAfterMs: number | null = null) {
    super(message);
    this.name = 'TelegramError';
    this.trouble = trouble;
    this.retryAfterMs = retryAfterMs;
  }
}
