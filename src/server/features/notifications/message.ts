import type { NoticeKind } from '#shared/notification-rules.ts';
import type { App } from '../../platform/app.ts';

/** What a notice is about: ids only, by kind. Kept with the notice and read again when it is sent, so an older version may have written it. */
export interface NoticeData {
  /** `test`: for the moderator who writes it, as it is now, sent or not. */
  news: { postId: string; test?: boolean };
  /** `seq`: of the first message that nobody was told of. */
  answer: { threadId: string; seq: number };
  question: { threadId: string; seq: number };
  topic: { topicId: string };
  grade: { work: { id: string; decidedAt: string } } | { keyFix: string } | { exam: { id: string } };
  /** The Monday after the week it tells of, in the person's own zone: «2026-11-23». */
  week: { monday: string };
  /** `at` tells one from another of the same subscription: the month that is charged, or ended. */
  payment:
    | { order: { id: string; event: 'paid' } }
    | { refund: { id: string } }
    | { subscription: { id: string; event: 'charge-soon' | 'charge-failed' | 'ended'; at: string } };
  alert: { issueId: string };
}

export interface Picture {
  bytes: Buffer;
  mime: string;
  name: string;
  alt: string;
}

/** What a person is told, before a channel gives it its form. */
export interface NoticeMessage {
  /** Subject of the letter, first and bold line in Telegram. No name or address of anybody. */
  title: string;
  /** Markdown. No personal data beyond a first name: Telegram gets it too. */
  body: string;
  /** `url`: a path of the site, or https. */
  button: { label: string; url: string } | null;
  pictures: MessagePicture[];
  /** A reply in Telegram lands in this thread. */
  replyTo: string | null;
  /** Said under the text in Telegram, where a reply is possible or something else is to be known there only. */
  telegramHint?: string;
  /** Where the rest is read when it is too long for a few messages of Telegram: stands there instead of `button` (channels/telegram-text.ts). */
  readOn?: { label: string; url: string };
}

/** Bytes are read only where they are needed: Telegram keeps what was sent once. */
export interface MessagePicture {
  alt: string;
  name: string;
  mime: string;
  load(): Promise<Buffer>;
  /** Where a letter may show it from; null: it comes with the letter. */
  url: string | null;
  /** What Telegram calls it since it was sent first by this bot; null: not yet. */
  telegramFileId: string | null;
  keepTelegramFileId(fileId: string): Promise<void>;
}

/** Who is told. */
export interface Recipient {
  id: string;
  role: 'student' | 'moderator';
  firstName: string;
  locale: 'ru' | 'en';
  timeZone: string;
}

export interface NoticeRow<K extends NoticeKind> {
  id: string;
  kind: K;
  data: NoticeData[K];
  createdAt: Date;
}

/** What a kind says. One file each in `kinds/`. */
export interface NoticeWords<K extends NoticeKind> {
  /** Older data, or none at all, is nothing to tell. */
  parse(data: unknown): NoticeData[K] | null;
  /** The same for all in one language: made once, not for each. */
  shared: boolean;
  /**
   * Says it for one person, as things are now.
   * @returns null when there is nothing to tell any more (read meanwhile, taken back, gone)
   */
  message(app: App, notice: NoticeRow<K>, recipient: Recipient): Promise<NoticeMessage | null>;
  /** For the list behind the bell: many at once, in one statement or two. What is gone is left out. */
  lines(app: App, notices: NoticeRow<K>[], recipient: Recipient): Promise<Map<string, BellLine>>;
}

export interface BellLine {
  title: string;
  text: string;
  /** A path of the site. */
  href: string;
}
