import type { App } from '../../../platform/app.ts';
import type { NoticeMessage, Recipient } from '../message.ts';

/** One row of the journal that a process has taken, and all that is known of whom it is for. */
export interface Claimed {
  id: string;
  noticeId: string;
  kind: string;
  data: unknown;
  createdAt: Date;
  /** This one included. */
  attempts: number;
  bulk: boolean;
  silent: boolean;
  dueAt: Date;
  /** By `performance.now()`: whoever begins later might not end before another process takes it. */
  freshUntil: number;
  to: Recipient & { email: string; closed: boolean };
  telegram: { id: bigint; broken: string | null } | null;
  addressBlocked: boolean;
  /** What the person has chosen for this kind and channel; null: nothing. */
  mode: string | null;
}

/** What goes to a person in one piece: one delivery, or all of a daily letter. */
export type Parcel = readonly [Claimed, ...Claimed[]];

export interface Item {
  delivery: Claimed;
  message: NoticeMessage;
}
export type Items = readonly [Item, ...Item[]];

export type Outcome =
  | { kind: 'sent'; telegram?: SentToChat }
  /** Once more, behind so many milliseconds or, without them, behind what the number of tries says. `all`: nobody gets anything for now. */
  | { kind: 'later'; reason: 'busy' | 'network'; afterMs: number | null; all: boolean }
  /** Never. `instead`: a letter takes its place. */
  | { kind: 'failed' | 'skipped'; reason: FinalReason; instead: boolean; brokenChat?: bigint; deadAddress?: DeadAddress };

export type FinalReason =
  | 'blocked'
  | 'deactivated'
  | 'not-found'
  | 'unreachable'
  | 'refused'
  | 'address'
  | 'suppressed'
  | 'too-long'
  | SkipReason;
export type SkipReason = 'read' | 'off' | 'closed' | 'gone';

export interface SentToChat {
  botId: bigint;
  chatId: bigint;
  messageIds: number[];
  /** Where replies land. */
  threadId: string;
}

export interface DeadAddress {
  email: string;
  reason: 'mailbox' | 'domain';
  answer: string;
}

/** One way to tell people. Another messenger is another of these. */
export interface Channel {
  name: 'telegram' | 'email';
  /** How many at a time, in one process. A place is free when the journal knows what became of it, so that a kill doubles at most so many. */
  parallel: number;
  /** How many are taken from the journal at once. */
  batch: number;
  /** How long taken ones stay with the process. */
  leaseMs: number;
  /** Why nothing can be sent to this person by this way, whatever it is; null: it can. */
  closedTo(delivery: Claimed): Outcome | null;
  /** Milliseconds until this person may be sent the next. */
  restMs(delivery: Claimed): number;
  /** Never throws for what another side says; what it throws is a mistake of ours in this one message. */
  send(app: App, items: Items): Promise<Outcome>;
  /** Knows letters of the day. */
  daily: boolean;
  /** Since when this way is known to be closed, perhaps by another process; null: it is not. */
  closedSince(app: App): Promise<Date | null>;
}
