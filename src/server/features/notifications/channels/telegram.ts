import type { App } from '../../../platform/app.ts';
import { type SentTelegram, type Telegram, TelegramError } from '../../../platform/telegram.ts';
import type { MessagePicture, NoticeMessage } from '../message.ts';
import type { Channel, Claimed, FinalReason, Outcome } from './channel.ts';
import { type TelegramTexts, telegramTexts } from './telegram-text.ts';

/** Telegram takes a message a second for a chat. */
const chatMs = 1_000;
/** So many chats in a row that are told to wait, or to which no connection was had, are all chats. */
const manyInRow = 3;

/**
 * Telegram, as one process at a time uses it.
 * @param perSecond what is allowed over all
 */
export function telegramChannel(telegram: Telegram, perSecond: number): Channel {
  /** By chat, by `performance.now()`: when it may get the next. */
  const restUntil = new Map<bigint, number>();
  /** Of a message of several pieces: those that are there already, by delivery. */
  const partly = new Map<string, number[]>();
  /** What is the same for all is the same object, and is put into Telegram's form once. */
  const texts = new WeakMap<NoticeMessage, TelegramTexts>();
  const firstUploads = new WeakMap<MessagePicture, Promise<unknown>>();
  const inRow = { busy: new Set<bigint>(), network: 0 };
  const parallel = Math.min(64, Math.max(8, Math.ceil(perSecond / 15)));

  function rest(chatId: bigint, ms: number): void {
    const now = performance.now();
    if (restUntil.size > 10_000) for (const [chat, until] of restUntil) if (until <= now) restUntil.delete(chat);
    restUntil.set(chatId, Math.max(restUntil.get(chatId) ?? 0, now + ms));
  }

  function outcomeOf(error: TelegramError, chatId: bigint): Outcome {
    const { trouble, retryAfterMs } = error;
    switch (trouble) {
      case 'busy':
        inRow.network = 0;
        inRow.busy.add(chatId);
        rest(chatId, retryAfterMs ?? chatMs);
        return { kind: 'later', reason: 'busy', afterMs: retryAfterMs ?? chatMs, all: inRow.busy.size >= manyInRow };
      case 'unreachable':
        inRow.network += 1;
        return { kind: 'later', reason: 'network', afterMs: null, all: inRow.network >= manyInRow };
      case 'token':
        return { kind: 'later', reason: 'network', afterMs: null, all: true };
      case 'refused':
        reached();
        return { kind: 'failed', reason: 'refused', instead: true };
      default:
        reached();
        return { kind: 'failed', reason: trouble, instead: true, brokenChat: chatId };
    }
  }

  function textsOf(app: App, message: NoticeMessage): TelegramTexts {
    const known = texts.get(message) ?? telegramTexts(message, app.config.publicUrl);
    texts.set(message, known);
    return known;
  }

  function reached(): void {
    inRow.busy.clear();
    inRow.network = 0;
  }

  function firstOf(pictures: readonly MessagePicture[]): Promise<unknown> | undefined {
    return pictures.map((picture) => firstUploads.get(picture)).find((upload) => upload !== undefined);
  }

  /** The first who gets a picture brings it to Telegram; the others, who only name it, wait for that. */
  async function withPictures(
    app: App,
    pictures: readonly MessagePicture[],
    send: (given: Given[]) => Promise<SentTelegram>,
  ): Promise<SentTelegram> {
    for (let other = firstOf(pictures); other; other = firstOf(pictures)) await other.catch(() => {});
    const unknown = pictures.filter(({ telegramFileId }) => telegramFileId === null);
    if (unknown.length === 0) return send(await givenOf(pictures));
    const sending = givenOf(pictures).then(send);
    const kept = sending.then((sent) => keepFileIds(app, pictures, sent));
    for (const picture of unknown) firstUploads.set(picture, kept);
    try {
      await kept;
    } finally {
      for (const picture of unknown) firstUploads.delete(picture);
    }
    return sending;
  }

  async function sendMessage(app: App, message: NoticeMessage, delivery: Claimed, chatId: bigint): Promise<number[]> {
    const { pieces, button, fitsCaption } = textsOf(app, message);
    const { silent } = delivery;
    const underPictures = message.pictures.length > 0 && fitsCaption;
    const steps: (() => Promise<SentTelegram>)[] = [];
    const last = pieces.length - 1;
    const withButton = (at: number) => (at === last && button ? { button: { label: button.label, url: absolute(app, button.url) } } : {});
    if (message.pictures.length > 0) {
      const text = underPictures ? { html: pieces[0]?.html ?? '', ...withButton(0) } : { html: '' };
      steps.push(() => withPictures(app, message.pictures, (pictures) => telegram.send(chatId, { ...text, pictures, silent })));
    }
    if (!underPictures)
      steps.push(
        ...pieces.map(
          ({ html }, at) =>
            () =>
              telegram.send(chatId, { html, ...withButton(at), silent }),
        ),
      );
    // What is there already is not sent again with the rest.
    const there = partly.get(delivery.id) ?? [];
    const ids: number[] = [];
    for (const [at, step] of steps.entries()) {
      if (at >= there.length) {
        const { messageIds } = await step();
        there.push(messageIds[0] ?? 0);
        if (steps.length > 1) partly.set(delivery.id, there);
        reached();
      }
      const id = there[at];
      if (id) ids.push(id);
    }
    rest(chatId, chatMs * steps.length);
    return ids;
  }

  return {
    name: 'telegram',
    parallel,
    // About a second's worth, so that what is for one person waits no longer behind it.
    batch: Math.max(2 * parallel, Math.ceil(perSecond)),
    leaseMs: 10 * 60_000,
    daily: false,
    closedTo({ telegram: link }) {
      if (link === null) return { kind: 'skipped', reason: 'closed', instead: true };
      return link.broken === null ? null : { kind: 'failed', reason: brokenReason(link.broken), instead: true };
    },
    restMs: ({ telegram: link }) => (link ? Math.max(0, (restUntil.get(link.id) ?? 0) - performance.now()) : 0),
    async send(app, [{ delivery, message }]) {
      const chatId = delivery.telegram?.id;
      if (chatId === undefined) return { kind: 'skipped', reason: 'closed', instead: true };
      // Taken before the answer: two for one chat do not begin at once.
      rest(chatId, chatMs);
      try {
        const messageIds = await sendMessage(app, message, delivery, chatId);
        partly.delete(delivery.id);
        if (message.replyTo === null) return { kind: 'sent' };
        return { kind: 'sent', telegram: { botId: telegram.botId, chatId, messageIds, threadId: message.replyTo } };
      } catch (error) {
        if (!(error instanceof TelegramError)) throw error;
        const outcome = outcomeOf(error, chatId);
        if (outcome.kind !== 'later') partly.delete(delivery.id);
        return outcome;
      }
    },
    async closedSince(app) {
      const state = await app.db.telegramState.findUnique({ where: { botId: telegram.botId }, select: { trouble: true, troubleAt: true } });
      return state && (state.trouble === 'network' || state.trouble === 'token') ? state.troubleAt : null;
    },
  };
}

type Given = { bytes: Buffer; name: string } | { fileId: string };

function givenOf(pictures: readonly MessagePicture[]): Promise<Given[]> {
  return Promise.all(
    pictures.map(async (picture) =>
      picture.telegramFileId === null ? { bytes: await picture.load(), name: picture.name } : { fileId: picture.telegramFileId },
    ),
  );
}

async function keepFileIds(app: App, pictures: readonly MessagePicture[], { fileIds }: SentTelegram): Promise<void> {
  for (const [at, picture] of pictures.entries()) {
    const fileId = fileIds[at];
    if (fileId === undefined || picture.telegramFileId === fileId) continue;
    picture.telegramFileId = fileId;
    // The picture was sent; that it is brought again next time costs only time.
    await picture
      .keepTelegramFileId(fileId)
      .catch((error: unknown) => app.log.warn({ err: error }, 'the id of a picture at Telegram was not kept'));
  }
}

function absolute(app: App, url: string): string {
  return new URL(url, app.config.publicUrl).href;
}

function brokenReason(why: string): FinalReason {
  return why === 'deactivated' || why === 'not-found' ? why : 'blocked';
}
