import { randomUUID } from 'node:crypto';
import { Prisma } from '#prisma/generated/client.ts';
import { mailChannel } from '../features/notifications/channels/mail.ts';
import { telegramChannel } from '../features/notifications/channels/telegram.ts';
import { createSender, type Sender } from '../features/notifications/deliver/sender.ts';
import { addNotice } from '../features/notifications/enqueue.ts';
import type { App } from '../platform/app.ts';
import type { OutgoingTelegram, SentTelegram, Telegram } from '../platform/telegram.ts';

export interface Pump {
  /** Sends by hand all that is due by the school's clock, by every channel, until nothing is. @returns how many deliveries were taken from the journal */
  run(): Promise<number>;
}

/** A sender of each channel, as a server process has them. Make one for a test and keep it: it remembers what is closed and who has to rest. */
export function aPump(app: App, perSecond = 1_000): Pump {
  const senders: Sender[] = [createSender(app, mailChannel)];
  if (app.telegram) senders.unshift(createSender(app, telegramChannel(app.telegram, perSecond)));
  return {
    async run() {
      let all = 0;
      for (;;) {
        let taken = 0;
        for (const sender of senders) taken += await sender.sendDue();
        if (taken === 0) return all;
        all += taken;
      }
    },
  };
}

export interface SaidByTelegram extends OutgoingTelegram {
  chatId: bigint;
}

/** A Telegram that keeps what it is told, for tests of what is said and when. Its real rules are kept by src/bot/stand-in. */
export interface KeptTelegram extends Telegram {
  said: SaidByTelegram[];
  /** What the next messages meet: thrown instead of being taken. `undefined`: taken. */
  answers: ((message: SaidByTelegram) => Error | undefined)[];
}

export function aTelegram(botId = 7_000_000_000n): KeptTelegram {
  const said: SaidByTelegram[] = [];
  const answers: KeptTelegram['answers'] = [];
  let files = 0;
  return {
    botId,
    said,
    answers,
    pace: { through: (_kind, call) => call() },
    botName: async () => 'otlichno_bot',
    async send(chatId, message): Promise<SentTelegram> {
      const error = answers.shift()?.({ chatId, ...message });
      if (error) throw error;
      said.push({ chatId, ...message });
      const fileIds = (message.pictures ?? []).map((picture) => {
        files += 1;
        return 'fileId' in picture ? picture.fileId : `file-${files}`;
      });
      return { messageIds: [said.length], fileIds };
    },
    close: async () => {},
  };
}

let telegramIds = 1_000n;

/** Somebody with a Telegram of their own, linked without the bot. @returns its id */
export async function linkTelegram(app: App, personId: string): Promise<bigint> {
  telegramIds += 1n;
  await app.db.telegramLink.create({ data: { personId, telegramId: telegramIds, linkedAt: app.clock.now() }, select: { personId: true } });
  return telegramIds;
}

/** An announcement that has begun to go out, for notices to be about. */
export async function aPost(app: App, over: { title?: string; body?: string } = {}): Promise<string> {
  const now = app.clock.now();
  const { id } = await app.db.newsPost.create({
    data: {
      title: 'Новости',
      body: 'Занятие переносится',
      audience: 'list',
      state: 'sending',
      createdAt: now,
      updatedAt: now,
      startedAt: now,
      ...over,
    },
    select: { id: true },
  });
  return id;
}

export interface ToldNotice {
  postId?: string;
  bulk?: boolean;
  delayMs?: number;
  channels?: { site: boolean; telegram: boolean; email: boolean };
}

/** Tells people of an announcement. @returns the id of the notice */
export async function tell(app: App, people: readonly string[], { postId, ...how }: ToldNotice = {}): Promise<string> {
  const post = postId ?? (await aPost(app));
  const { noticeId } = await app.db.$transaction((tx) =>
    addNotice(
      app,
      tx,
      { kind: 'news', about: randomUUID(), data: { postId: post }, ...how },
      Prisma.sql`SELECT unnest(${people}::uuid[]) AS person_id`,
    ),
  );
  return noticeId;
}

/** What the journal says of a notice beside the bell, in words: «telegram failed blocked», «email sent instead». */
export async function journalOf(app: App, noticeId: string): Promise<string[]> {
  const rows = await app.db.delivery.findMany({ where: { noticeId, channel: { not: 'site' } }, orderBy: { id: 'asc' } });
  return rows.map(({ channel, state, reason, instead }) => [channel, state, reason, instead && 'instead'].filter(Boolean).join(' '));
}
