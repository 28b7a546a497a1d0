import { createHash } from 'node:crypto';
import { chatLimits, cleanBody, isBlank } from '#shared/chat-rules.ts';
import { AppError } from '#shared/errors.ts';
import { refusalOf } from '#shared/upload-rules.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import { createTurnstile } from '../../../../platform/turnstile.ts';
import { accessThreadToSend } from '../../../chat/access.ts';
import { markRead } from '../../../chat/actions.ts';
import { sendMessage } from '../../../chat/send/actions.ts';
import { hasDaysShare, receiveUpload } from '../../../files/uploads/actions.ts';
import { findSeqAt, hasUnread, type TelegramPlace } from './queries.ts';

/** A message of Telegram is the same message of the chat, however often it is handed over: its id is made from where it stands. */
export function clientIdOf({ botId, telegramId, messageId }: TelegramPlace): string {
  const hex = createHash('sha256').update(`telegram ${botId} ${telegramId} ${messageId}`).digest('hex');
  // The form of a UUID of version 8, whose bits are whoever's who makes it.
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}

export interface TelegramReply {
  threadId: string;
  clientId: string;
  /** Markdown. */
  body: string;
  file: { name: string /** As Telegram says, where it does. */; size: number | undefined; load(): Promise<Buffer> } | null;
  /** What the person had before their eyes goes as far as this. */
  shownUntil: Date;
}

export type ReplyOutcome =
  | { outcome: 'sent' /** A teacher has written something else meanwhile. */; more: boolean }
  | { outcome: 'blank' | 'too-long' };

/**
 * Writes a message of Telegram into a thread, as the person who sent it. By the rules of the chat, and once, however often it is handed over.
 * @throws AppError those of `sendMessage`; FILES_REFUSED
 */
export async function sendReply(app: App, actor: PersonActor, reply: TelegramReply): Promise<ReplyOutcome> {
  const { threadId, clientId, file } = reply;
  const body = cleanBody(reply.body);
  if (body.length > chatLimits.body) return { outcome: 'too-long' };
  if (!file && isBlank(body)) return { outcome: 'blank' };
  const { sent, mayWrite } = await accessThreadToSend(app, actor, threadId, clientId);
  if (!sent) {
    mayWrite();
    const uploadIds = file ? [await takeFile(app, actor, threadId, file)] : [];
    try {
      await sendMessage(app, actor, { threadId, clientId, body, uploadIds });
    } catch (error) {
      // Under this id stands this very message: handed over twice, it was stored at the other place first, with a copy of the file of its own.
      if (!(error instanceof AppError && error.code === 'CHAT_CLIENT_ID_REUSED')) throw error;
    }
  }
  if (actor.role === 'moderator') return { outcome: 'sent', more: false };
  // Whoever answers has read: the teacher sees it, and what they write next is told of anew.
  await markRead(app, actor, { threadId, seq: await findSeqAt(app, threadId, reply.shownUntil) });
  return { outcome: 'sent', more: await hasUnread(app, threadId, actor.id) };
}

/** Each of up to 20 MB is held as a whole while it is taken in, and Telegram brings twenty at a time. */
const throughFiles = createTurnstile(4);

async function takeFile(
  app: App,
  actor: PersonActor,
  threadId: string,
  { name, size, load }: NonNullable<TelegramReply['file']>,
): Promise<string> {
  // Asked before a byte is fetched.
  const refusal = refusalOf('chat', { name, size: size ?? 1 }) ?? ((await hasDaysShare(app, actor)) ? null : 'too-much-today');
  if (refusal) throw new AppError('FILES_REFUSED', { refusal });
  return throughFiles(async () => receiveUpload(app, actor, { purpose: 'chat', subject: threadId, name }, await load()));
}

/** Notes a message that can be replied to. */
export async function rememberMessage(app: App, { botId, telegramId, messageId }: TelegramPlace, threadId: string): Promise<void> {
  await app.db.telegramMessage.createMany({
    data: [{ botId, telegramId, messageId, threadId, sentAt: app.clock.now() }],
    skipDuplicates: true,
  });
}
