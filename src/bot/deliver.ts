import type { Message, MessageEntity } from 'grammy/types';
import { getThread } from '#server/features/chat/queries.ts';
import { clientIdOf, rememberMessage, sendReply, type TelegramReply } from '#server/features/notifications/telegram/replies/actions.ts';
import type { ReplyTarget } from '#server/features/notifications/telegram/replies/queries.ts';
import { TelegramError } from '#server/platform/telegram.ts';
import { threadHref } from '#shared/chat-rules.ts';
import { AppError, type ErrorCode } from '#shared/errors.ts';
import { answer, text } from './answer.ts';
import type { BotFlavour, LinkedContext } from './context.ts';
import { typedText } from './typed-text.ts';

interface Content {
  text: string;
  entities?: readonly MessageEntity[] | undefined;
  file?: { id: string; name: string; size: number | undefined };
}

/** Null: a kind of message that a chat has no place for. */
export function contentOf(message: Message): Content | null {
  if (message.text !== undefined) return { text: message.text, entities: message.entities };
  const caption = { text: message.caption ?? '', entities: message.caption_entities };
  const photo = message.photo?.at(-1);
  if (photo) return { ...caption, file: { id: photo.file_id, name: 'photo.jpg', size: photo.file_size } };
  if (message.document)
    return {
      ...caption,
      file: { id: message.document.file_id, name: message.document.file_name ?? 'file', size: message.document.file_size },
    };
  return null;
}

/**
 * Sends it into the thread, and says that, or why not.
 * @param silently of what belongs to something that was confirmed already
 */
export async function deliver(ctx: LinkedContext, target: ReplyTarget, content: Content | null, silently = false): Promise<void> {
  const { app, botId, telegramId, words, who } = ctx;
  const messageId = ctx.msg?.message_id;
  if (messageId === undefined) return;
  if (!content) return void (await answer(ctx, text(words.reply.kinds), { quietReply: true }));
  const place = { botId, telegramId, messageId };
  const outcome = await trySending(ctx, {
    ...target,
    clientId: clientIdOf(place),
    body: typedText(content.text, content.entities),
    file: content.file ? { ...content.file, load: fetching(ctx, content.file.id) } : null,
  });
  if ('why' in outcome) return void (await answer(ctx, text(words.reply.notSent(outcome.why)), { quietReply: true }));
  // A reply to one's own message goes on in the same chat.
  await rememberMessage(app, place, target.threadId);
  if (silently) return;
  const links = outcome.more ? [{ label: words.reply.openChat, path: threadHref(await getThread(app, who.actor, target.threadId)) }] : [];
  const confirmation = await answer(ctx, text(outcome.more ? words.reply.sentMore : words.reply.sent), { quietReply: true, links });
  await rememberMessage(app, { ...place, messageId: confirmation.message_id }, target.threadId);
}

/** What Telegram did not hand out: told to whoever sent it. */
class NotFetched extends Error {}

function fetching(ctx: LinkedContext, fileId: string): () => Promise<Buffer> {
  return async () => {
    try {
      return await ctx.fetchFile(fileId);
    } catch (error) {
      if (error instanceof TelegramError) throw new NotFetched();
      throw error;
    }
  };
}

async function trySending(
  { app, errorWords, words, who }: LinkedContext,
  input: TelegramReply,
): Promise<{ more: boolean } | { why: string }> {
  try {
    const sent = await sendReply(app, who.actor, input);
    if (sent.outcome === 'sent') return sent;
    return { why: sent.outcome === 'blank' ? words.reply.kinds : words.reply.tooLong };
  } catch (error) {
    if (error instanceof NotFetched) return { why: words.reply.download };
    if (!isAppError(error)) throw error;
    return { why: reasonOf(error, errorWords) };
  }
}

function reasonOf({ code, data }: AppError<ErrorCode>, words: BotFlavour['errorWords']): string {
  return 'refusal' in data ? words.upload[data.refusal] : words.byCode[code];
}

function isAppError(error: unknown): error is AppError<ErrorCode> {
  return error instanceof AppError;
}
