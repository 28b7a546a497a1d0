/** What the server tells by itself: subscriptions over one WebSocket per tab. Questions and changes go over HTTP. */
import * as z from 'zod';

/**
 * A small hint for who is signed in: something they show has changed, ask again. Never the truth itself, and after every reconnection everything is
 * asked again anyway.
 * - `unread`: their counts of unread messages (chat.unread).
 * - `inbox`: the threads of students have changed (moderators; chat.inbox.*).
 * - `rooms`: the list of rooms has changed (moderators; chat.rooms.*).
 * - `notices`: what is behind the bell, or their link to Telegram (notifications.*, news.feed).
 * - `payments`: their orders and subscriptions, and with them what they may open (payments.*, courses.*).
 */
export const mineHint = z.object({
  kind: z.enum(['unread', 'inbox', 'rooms', 'notices', 'payments']),
  /** The thread concerned, where there is one. */
  threadId: z.string().nullable(),
});
export type MineHint = z.infer<typeof mineHint>;

/*
 * Subscriptions (the router `liveRouter`, over WebSocket only): live.mine() → MineHint, chat.changes(changesInput) → tracked MessageDto,
 * chat.signals(threadInput) → SignalsDto.
 */
