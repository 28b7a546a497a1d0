import { Composer } from 'grammy';
import { findReplyTarget, type ReplyTarget } from '#server/features/notifications/telegram/replies/queries.ts';
import { answer, text } from '../answer.ts';
import type { LinkedContext } from '../context.ts';
import { contentOf, deliver } from '../deliver.ts';

const mostAlbums = 200;

/** What is written to the bot: a reply to a message of a chat goes into that chat, everything else hears how to reply. */
export function replies(): Composer<LinkedContext> {
  /** Where the pictures of an album went: of several that come one by one only the first may say what it replies to. */
  const albums = new Map<string, ReplyTarget>();
  const keepAlbum = (album: string, target: ReplyTarget) => {
    const [oldest] = albums.keys();
    if (oldest !== undefined && albums.size >= mostAlbums) albums.delete(oldest);
    albums.set(album, target);
  };

  const reply = new Composer<LinkedContext>();
  reply.on('message', async (ctx) => {
    const { app, botId, telegramId, message, words, who } = ctx;
    if (message.text?.startsWith('/')) return answer(ctx, text(words.unknownCommand));
    const album = message.media_group_id && `${who.actor.id} ${message.media_group_id}`;
    const messageId = message.reply_to_message?.message_id;
    const known = album ? albums.get(album) : undefined;
    const target = known ?? (messageId === undefined ? null : await findReplyTarget(app, who, { botId, telegramId, messageId }));
    if (!target)
      return answer(ctx, text(who.actor.role === 'moderator' ? words.reply.howModerator : words.reply.how), { quietReply: true });
    if (album && !known) keepAlbum(album, target);
    return deliver(ctx, target, contentOf(message), known !== undefined);
  });
  return reply;
}
