/** What people are told, where, and when: kinds, channels, modes, the bell, and the link to Telegram. */
import * as z from 'zod';
import { mailBlockReasons, noticeKinds, noticeModes } from './notification-rules.ts';
import { storableText } from './storable.ts';

const kind = z.enum(noticeKinds);
const minuteOfDay = z.int().min(0).max(1439);

export const setModeInput = z.discriminatedUnion('channel', [
  z.strictObject({ kind, channel: z.literal('site'), mode: z.enum(noticeModes.site) }),
  z.strictObject({ kind, channel: z.literal('telegram'), mode: z.enum(noticeModes.telegram) }),
  z.strictObject({ kind, channel: z.literal('email'), mode: z.enum(noticeModes.email) }),
]);
export type SetModeInput = z.infer<typeof setModeInput>;
export const setQuietInput = z.strictObject({ fromMin: minuteOfDay, toMin: minuteOfDay });

/** `off`: this school has no bot. `broken`: linked, but Telegram takes nothing for it (blocked): writing to the bot mends it. */
export const telegramLinkDto = z.object({
  state: z.enum(['off', 'none', 'linked', 'broken']),
  /** Of the bot, without @; null: not known yet. */
  botName: z.string().nullable(),
  linkedAt: z.string().nullable(),
});
export type TelegramLinkDto = z.infer<typeof telegramLinkDto>;

export const settingsDto = z.object({
  /** Of the person's kinds, in the order of `kindsOf`. */
  kinds: z.array(
    z.object({ kind, site: z.enum(noticeModes.site), telegram: z.enum(noticeModes.telegram), email: z.enum(noticeModes.email) }),
  ),
  quiet: z.object({ fromMin: minuteOfDay, toMin: minuteOfDay }),
  timeZone: z.string(),
  email: z.string(),
  /** Letters do not reach this address: why. A code for signing in that was used lifts it. */
  emailBlocked: z.enum(mailBlockReasons).nullable(),
  telegram: telegramLinkDto,
});
export type SettingsDto = z.infer<typeof settingsDto>;

/** One line behind the bell. What it says is made from what it is about now. */
export const bellItemDto = z.object({
  /** Of the delivery, as a decimal number. */
  id: z.string(),
  kind,
  at: z.string(),
  seen: z.boolean(),
  title: z.string(),
  /** One line more; may be empty. */
  text: z.string(),
  /** A path of the site. */
  href: z.string(),
});
export type BellItemDto = z.infer<typeof bellItemDto>;
export const bellPageSize = 20;
/** `direction` is put there by tRPC's client when a list is read page by page. */
export const bellInput = z.strictObject({
  cursor: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
  direction: z.literal('forward').optional(),
});
export const bellPageDto = z.object({
  items: z.array(bellItemDto),
  nextCursor: z.string().nullable(),
  /** Of the newest on this page, also of one that is gone by now: what `markSeen` takes when all is seen. */
  newest: z.string().nullable(),
});
export type BellPageDto = z.infer<typeof bellPageDto>;
export const unseenDto = z.object({ count: z.int() });
/** All up to and with this one. */
export const markSeenInput = z.strictObject({ upTo: z.string().regex(/^\d{1,18}$/) });

/** A link that leads the person's Telegram to the bot. A new one ends the former. */
export const telegramStartDto = z.object({ url: z.string(), expiresAt: z.string() });
export type TelegramStartDto = z.infer<typeof telegramStartDto>;
/** Minutes such a link holds. */
export const linkMinutes = 15;

/** The page behind the link «Отписаться» in a letter, read without signing in. Nothing of the person but the kind is told. */
export const unsubscribePath = '/unsubscribe';
export const unsubscribeInput = z.strictObject({ token: z.string().min(20).max(400) });
/** null: not one of our links. `kinds`: a daily letter tells of several, and `kind` is the first. `off`: are they off by now. */
export const unsubscribeDto = z.object({ kind, kinds: z.array(kind), off: z.boolean() }).nullable();
export const setUnsubscribedInput = unsubscribeInput.extend({ off: z.boolean() });

/** How delivery is, for the office. */
export const deliveryOverviewDto = z.object({
  telegram: z.object({
    /** `waiting`: no process speaks to Telegram yet. */
    state: z.enum(['off', 'waiting', 'working', 'trouble']),
    botName: z.string().nullable(),
    mode: z.enum(['polling', 'webhook']).nullable(),
    trouble: z.enum(['token', 'network', 'conflict', 'refused']).nullable(),
    details: z.string().nullable(),
    since: z.string().nullable(),
    linked: z.int(),
    broken: z.int(),
  }),
  mail: z.object({ blocked: z.int() }),
  /** By channel: what is due and has not gone, when the oldest of it was due, what failed within a day. */
  queues: z.array(
    z.object({
      channel: z.enum(['telegram', 'email']),
      due: z.int(),
      later: z.int(),
      oldestDueAt: z.string().nullable(),
      failedToday: z.int(),
      sentToday: z.int(),
    }),
  ),
});
export type DeliveryOverviewDto = z.infer<typeof deliveryOverviewDto>;
export const blockedAddressDto = z.object({
  email: z.string(),
  reason: z.enum(mailBlockReasons),
  answer: z.string(),
  blockedAt: z.string(),
  /** Whose it is, where it is still somebody's. */
  person: z.object({ id: z.string(), name: z.string() }).nullable(),
});
export const blockedAddressesInput = z.strictObject({
  cursor: z.string().max(400).optional(),
  direction: z.literal('forward').optional(),
});
export const blockedAddressesDto = z.object({ items: z.array(blockedAddressDto), nextCursor: z.string().nullable() });
export type BlockedAddressesDto = z.infer<typeof blockedAddressesDto>;
export const unblockAddressInput = z.strictObject({ email: z.string().max(320).transform(storableText) });

/*
 * Procedures. Signed in: notifications.settings() → SettingsDto, .setMode(setModeInput), .setQuiet(setQuietInput), .list(bellInput) → BellPageDto,
 * .unseen() → unseenDto, .markSeen(markSeenInput), .telegram.start() → TelegramStartDto (TELEGRAM_OFF), .telegram.unlink().
 * Anybody: notifications.unsubscribe.look(unsubscribeInput) → unsubscribeDto, .unsubscribe.set(setUnsubscribedInput) → unsubscribeDto. The address in
 * the letter's header is `unsubscribePath/<token>`: GET shows the page and changes nothing, POST (RFC 8058) switches off and always answers 200.
 * Moderators: notifications.office.overview() → DeliveryOverviewDto, .blocked(blockedAddressesInput) → BlockedAddressesDto, .unblock(unblockAddressInput).
 */
