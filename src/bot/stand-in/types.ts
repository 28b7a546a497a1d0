/** What the stand-in speaks of: people, messages, buttons, faults. Names on the wire are Telegram's own. */
import type { InlineKeyboardButton, MessageEntity, PhotoSize, Update } from 'grammy/types';

export interface StandInUser {
  id: number;
  is_bot: boolean;
  first_name: string;
  last_name?: string;
  username?: string;
  language_code?: string;
}

/** new: never wrote to the bot, which therefore may not write first. */
export type PersonState = 'new' | 'started' | 'blocked' | 'deactivated';

export interface StandInPerson {
  user: StandInUser;
  state: PersonState;
}

export interface StandInChat {
  id: number;
  type: 'private' | 'group';
  title?: string;
  first_name?: string;
  last_name?: string;
  username?: string;
}

/** A message as both sides have it. What has neither text nor photo is something else a person may send. */
export interface StandInMessage {
  message_id: number;
  date: number;
  edit_date?: number;
  from: StandInUser;
  chat: StandInChat;
  text?: string;
  entities?: MessageEntity[];
  caption?: string;
  caption_entities?: MessageEntity[];
  photo?: PhotoSize[];
  media_group_id?: string;
  sticker?: object;
  voice?: object;
  location?: object;
  reply_to_message?: StandInMessage;
  reply_markup?: { inline_keyboard: InlineKeyboardButton[][] };
}

export interface NewPerson {
  firstName?: string;
  lastName?: string;
  username?: string;
  /** «ru» unless told. */
  languageCode?: string;
  /** The bot may write at once, as if /start had been sent some time ago. */
  started?: boolean;
}

/** What became of a pressed button. */
export interface PressAnswer {
  text: string | null;
  alert: boolean;
}

export interface Person {
  id: number;
  user: StandInUser;
  state(): PersonState;
  /** Presses START, of a deep link if there is a payload. Ends a block, as Telegram's own button does. */
  start(payload?: string): StandInMessage;
  say(text: string, options?: { replyTo?: StandInMessage }): StandInMessage;
  sendPhoto(bytes: Uint8Array, options?: { caption?: string; replyTo?: StandInMessage }): StandInMessage;
  /** Something that is neither text nor picture. */
  sendOther(kind: 'sticker' | 'voice' | 'location', options?: { replyTo?: StandInMessage }): StandInMessage;
  /** Writes in a group both are in. */
  sayInGroup(text: string): StandInMessage;
  edit(message: StandInMessage, text: string): void;
  /** A button by its label or its data. Resolves with what the bot answered; for ever unanswered is for the test's timeout to find. */
  press(message: StandInMessage, button: string): Promise<PressAnswer>;
  block(): void;
  unblock(): void;
  /** Deletes the account. */
  deactivate(): void;
  /** The chat with the bot, both sides, oldest first. */
  messages(): StandInMessage[];
  /** What the bot wrote, oldest first. */
  received(): StandInMessage[];
  /** The first message of the bot's, after the one given, that is so; waits for it. */
  waitFor(wanted: (message: StandInMessage) => boolean, options?: { after?: StandInMessage; withinMs?: number }): Promise<StandInMessage>;
}

/**
 * What can go wrong with one request.
 * - tooMany: 429 for this chat, though its limit is not reached; tooManyOverall: for everything
 * - forbidden: the person has just blocked the bot
 * - serverError: 500 in JSON or 502 in HTML, nothing was done; serverErrorAfter: 502, and it was done
 * - cutBefore, cutAfter: the connection is cut before or after it was done
 * - silentBefore, silentAfter: the same without a word: the connection stays open
 * - slow: it is done, the answer takes `slowMs`
 */
export const faultKinds = [
  'tooMany',
  'tooManyOverall',
  'forbidden',
  'serverError',
  'serverErrorAfter',
  'cutBefore',
  'cutAfter',
  'silentBefore',
  'silentAfter',
  'slow',
] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface Faults {
  /** The same seed and the same requests in the same order: the same faults. */
  seed?: number;
  /** How often each of them befalls a send or an edit, from 0 to 1; their sum is at most 1. */
  odds?: Partial<Record<FaultKind, number>>;
  slowMs?: number;
  /** What a 429 made up says, in seconds. */
  retryAfter?: number;
  /** How often an update is handed over once more after it was confirmed, from 0 to 1. */
  duplicates?: number;
  /** How often two updates that wait together change places, from 0 to 1. */
  reordered?: number;
  /** Updates and messages carry fields that no version of the Bot API has. */
  unknownFields?: boolean;
  /** All requests are cut off, or wait for ever, as behind a provider that blocks Telegram. */
  outage?: 'cut' | 'silent' | null;
}

/** A fault for the next requests of a kind. */
export interface NextFault {
  kind: FaultKind;
  /** Any send or edit unless told. */
  method?: string;
  chatId?: number;
  times?: number;
}

export interface Statistics {
  /** Messages that were taken. */
  accepted: number;
  /** Refusals by code. */
  refused: Record<string, number>;
  /** Sends that came although a 429 had asked to wait, later than it could have been under way. */
  ignoredRetryAfter: number;
  requests: Record<string, number>;
  faults: Record<FaultKind, number>;
  /** Messages by chat: taken, and taken without the bot hearing of it. */
  chats: Record<string, { accepted: number; unheard: number }>;
  /** Messages taken in each second since the first one. */
  perSecond: number[];
  /** The most that were taken within any second. */
  peak: number;
}

export interface StandInOptions {
  /** 0, and so unless told: any free one. */
  port?: number;
  token?: string;
  username?: string;
  /** Over all chats, in any second: 30. */
  perSecond?: number;
  /** One chat: one a second, and this many at once: 3. */
  burstPerChat?: number;
  faults?: Faults;
  /** Milliseconds: what limits and dates go by. */
  now?: () => number;
  /** People, messages and updates survive a restart in this file and the folder «<file>-files». */
  stateFile?: string;
  /** How long until a refused webhook is tried for the second time; doubles from time to time. */
  webhookRetryMs?: number;
}

export interface TelegramStandIn {
  /** Both the API root and the t.me of deep links: `${url}/${username}?start=…`. */
  url: string;
  token: string;
  username: string;
  people: {
    make(options?: NewPerson): Person;
    all(): Person[];
    find(id: number): Person | null;
  };
  messages(chatId: number): StandInMessage[];
  /** Commands as a person sees them whose Telegram speaks this language. */
  commands(languageCode?: string): { command: string; description: string }[];
  /** Hands an update of any kind over, `update_id` is added: for kinds that people cannot cause here. */
  pushUpdate(update: Record<string, unknown>): Update;
  /** Updates that were not confirmed yet. */
  pendingUpdates(): number;
  statistics(): Statistics;
  forgetStatistics(): void;
  /** Replaces all random faults; `{}` ends them. */
  setFaults(faults: Faults): void;
  failNext(fault: NextFault): void;
  stop(): Promise<void>;
}
