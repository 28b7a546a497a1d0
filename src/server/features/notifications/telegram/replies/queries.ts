import type { App } from '../../../../platform/app.ts';
import type { LinkedPerson } from '../linking/queries.ts';

/** Where a message of Telegram stands. */
export interface TelegramPlace {
  botId: bigint;
  telegramId: bigint;
  messageId: number;
}

export interface ReplyTarget {
  threadId: string;
  /** When the message went out that is replied to: what was written later it cannot have told of. */
  shownUntil: Date;
}

/**
 * Where a reply to this message of the bot, or of the person, lands. Null: nowhere. A Telegram may have been another account's before: what that one was
 * told, or wrote, is no way into its chats, not even for a teacher, who may write in all of them.
 */
export async function findReplyTarget(
  app: App,
  { actor, linkedAt }: Pick<LinkedPerson, 'actor' | 'linkedAt'>,
  { botId, telegramId, messageId }: TelegramPlace,
): Promise<ReplyTarget | null> {
  const row = await app.db.telegramMessage.findUnique({
    where: { botId_telegramId_messageId: { botId, telegramId, messageId } },
    select: { threadId: true, sentAt: true, delivery: { select: { personId: true } } },
  });
  if (!row?.threadId) return null;
  const theirs = row.delivery ? row.delivery.personId === actor.id : row.sentAt >= linkedAt;
  return theirs ? { threadId: row.threadId, shownUntil: row.sentAt } : null;
}

/** The last message of a thread at that instant; 0 for none. */
export async function findSeqAt(app: App, threadId: string, at: Date): Promise<number> {
  const row = await app.db.chatMessage.findFirst({
    where: { threadId, createdAt: { lte: at } },
    orderBy: { seq: 'desc' },
    select: { seq: true },
  });
  return row?.seq ?? 0;
}

/** Is there anything of a teacher's that this student has not read? */
export async function hasUnread(app: App, threadId: string, personId: string): Promise<boolean> {
  const reader = await app.db.chatReader.findUnique({ where: { threadId_personId: { threadId, personId } }, select: { readSeq: true } });
  const newer = await app.db.chatMessage.findFirst({
    where: { threadId, byTeacher: true, deletedAt: null, seq: { gt: reader?.readSeq ?? 0 } },
    select: { seq: true },
  });
  return newer !== null;
}
