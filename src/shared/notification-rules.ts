/** What people are told, where, and when: kinds, channels, modes. Apart from the schemas, so that a page need not load what reads them. */

/**
 * - `news`: announcements of the school. `answer`: a teacher has written to a student (one notice for all that is unread in a thread).
 * - `topic`: a topic has opened. `grade`: a work was graded or given back, an exam's results are out, a mended key gave points.
 * - `week`: the week's statistics, on Monday. `payment`: paid, given back, a charge that comes or failed, a course that ends.
 * - `question`: to moderators, a student waits for an answer. `alert`: to moderators, money wants a person to look.
 */
export const noticeKinds = ['news', 'answer', 'topic', 'grade', 'week', 'payment', 'question', 'alert'] as const;
export type NoticeKind = (typeof noticeKinds)[number];
export const kindsOf: Record<'student' | 'moderator', readonly NoticeKind[]> = {
  student: ['answer', 'grade', 'topic', 'news', 'week', 'payment'],
  moderator: ['question', 'alert', 'news'],
};

export const noticeChannels = ['site', 'telegram', 'email'] as const;
export type NoticeChannel = (typeof noticeChannels)[number];

/**
 * What a channel does with a kind.
 * - site: `on` (in the list behind the bell) or `off`.
 * - telegram: `on`, `silent` (without a sound) or `off`.
 * - email: `instead` (only where Telegram is not linked, is off for this kind, or did not take it), `always`, `daily` (one letter in the evening with all
 *   of the day) or `off`.
 */
export const noticeModes = {
  site: ['on', 'off'],
  telegram: ['on', 'silent', 'off'],
  email: ['instead', 'always', 'daily', 'off'],
} as const;
export type NoticeMode = (typeof noticeModes)[NoticeChannel][number];

/** What holds for who has chosen nothing. */
export const defaultModes = { site: 'on', telegram: 'on', email: 'instead' } as const satisfies Record<NoticeChannel, NoticeMode>;
export function defaultMode(kind: NoticeKind, channel: NoticeChannel): NoticeMode {
  // Teachers sit in the inbox anyway; a letter for every question would bury them. What was paid is looked for in the mail, years later.
  if (channel === 'email' && kind === 'question') return 'off';
  return channel === 'email' && kind === 'payment' ? 'always' : defaultModes[channel];
}

/** Minutes of the person's own day. Telegram and mail wait for their end; the bell does not. Equal: none. */
export const defaultQuiet = { fromMin: 22 * 60, toMin: 8 * 60 } as const;
/** When the daily letter goes, in minutes of the person's day. */
export const dailyAtMin = 19 * 60;

/** Why something was not delivered, or not yet. Texts: i18n. */
export const deliveryReasons = [
  /** Telegram: the person has blocked the bot; the account is gone; there is no such chat. */
  'blocked',
  'deactivated',
  'not-found',
  /** Telegram could not be reached for too long; a letter went instead. */
  'unreachable',
  /** What was to be sent was refused by Telegram or by the mail server. */
  'refused',
  /** The address does not exist, or takes nothing any more. */
  'address',
  /** The address is known to take nothing. */
  'suppressed',
  /** For now: too many, busy, no connection. It will be tried again. */
  'busy',
  'network',
  /** Tried for two days. */
  'too-long',
  /** Skipped: read meanwhile; switched off meanwhile; the account is closed or its Telegram unlinked; gone. */
  'read',
  'off',
  'closed',
  'gone',
] as const;
export type DeliveryReason = (typeof deliveryReasons)[number];

/** `mailbox`: it does not exist; `domain`: takes no mail at all. */
export const mailBlockReasons = ['mailbox', 'domain'] as const;
