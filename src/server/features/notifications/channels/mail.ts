import { catalogues } from '#shared/i18n/server.ts';
import { defaultMode, type NoticeKind, noticeKinds, noticeModes } from '#shared/notification-rules.ts';
import type { App } from '../../../platform/app.ts';
import { writeLetter } from '../../../platform/mail/letter/letter.ts';
import type { Part } from '../../../platform/mail/letter/parts.ts';
import { type Letter, MailError } from '../../../platform/mail.ts';
import type { MessagePicture } from '../message.ts';
import { type Unsubscription, unsubscribeHref } from '../unsubscribe/token.ts';
import type { Channel, Item, Items, Outcome } from './channel.ts';

export const settingsHref = '/profile/notifications';

/** Letters, as every process sends them. Few at a time: codes for signing in go by the same server and must not wait. */
export const mailChannel: Channel = {
  name: 'email',
  parallel: 3,
  batch: 12,
  // A letter takes a minute at most.
  leaseMs: 5 * 60_000,
  daily: true,
  closedTo: ({ addressBlocked }) => (addressBlocked ? { kind: 'failed', reason: 'suppressed', instead: false } : null),
  restMs: () => 0,
  async send(app, items) {
    const letter = await letterOf(app, items);
    try {
      await app.mail.send(letter);
      return { kind: 'sent' };
    } catch (error) {
      return outcomeOf(error, letter.to);
    }
  },
  // Every process has its own connection and finds out by itself.
  closedSince: async () => null,
};

function outcomeOf(error: unknown, email: string): Outcome {
  // No MailError: the folder cannot be written, which is true for the next letter, too.
  if (!(error instanceof MailError)) return { kind: 'later', reason: 'network', afterMs: null, all: true };
  if (!error.permanent)
    return {
      kind: 'later',
      reason: error.refusal.code === null ? 'network' : 'busy',
      afterMs: null,
      all: error.refusal.about === 'school',
    };
  if (!error.addressIsDead) return { kind: 'failed', reason: 'refused', instead: false };
  const { code, status } = error.refusal;
  const answer = [code, status].filter((part) => part !== null).join(' ');
  const reason = status === '5.1.2' || status === '5.4.4' ? 'domain' : 'mailbox';
  return { kind: 'failed', reason: 'address', instead: false, deadAddress: { email, reason, answer } };
}

async function letterOf(app: App, items: Items): Promise<Letter> {
  const [{ delivery, message }] = items;
  const { to } = delivery;
  const { locale } = to;
  const siteUrl = app.config.publicUrl;
  const words = catalogues[locale].notice.letter;
  const unsubscribe = new URL(unsubscribeHref(app, unsubscriptionOf(items)), siteUrl).href;
  const kinds = kindsOf(items);
  const reason = kinds.length === 1 && kinds[0] ? words.why[kinds[0]] : words.whyDaily;
  const title = items.length === 1 ? message.title : words.daily(items.length);
  const parts = items.length === 1 ? await partsOf(items[0]) : (await Promise.all(items.map(sectionOf))).flat();
  return {
    id: `delivery:${delivery.id}`,
    to: to.email,
    subject: title,
    headers: {
      'List-Unsubscribe': `<${unsubscribe}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'List-Id': `<${kinds.length === 1 ? delivery.kind : 'daily'}.${new URL(siteUrl).hostname}>`,
      ...(delivery.bulk && { Precedence: 'bulk' }),
    },
    ...writeLetter({ locale, siteUrl, title, parts, footer: { reason, settingsUrl: settingsHref, unsubscribeUrl: unsubscribe } }),
  };
}

/** A letter about one thing, without what stands around it: for the channel, and for the preview of who writes it. */
export async function partsOf({ message }: Pick<Item, 'message'>): Promise<Part[]> {
  const { body, button, pictures } = message;
  return [
    ...(await Promise.all(pictures.map(pictureOf))),
    ...(body.trim() === ''
      ? []
      : [{ kind: 'markdown' as const, source: body, ...(message.replyTo !== null && { lines: 'kept' as const }) }]),
    ...(button ? [{ kind: 'button' as const, ...button }] : []),
  ];
}

/** One of several in a daily letter. */
async function sectionOf(item: Item): Promise<Part[]> {
  const title = item.message.title.replace(/[!-/:-@[-`{-~]/g, '\\$&');
  return [{ kind: 'markdown', source: `## ${title}` }, ...(await partsOf(item))];
}

async function pictureOf(picture: MessagePicture): Promise<Part> {
  const { name, alt, mime, url } = picture;
  return { kind: 'picture', name, alt, at: url === null ? { content: await picture.load(), contentType: mime } : { url } };
}

function kindsOf(items: readonly Item[]): NoticeKind[] {
  return noticeKinds.filter((kind) => items.some(({ delivery }) => delivery.kind === kind));
}

function unsubscriptionOf(items: Items): Unsubscription {
  const [{ delivery }] = items;
  const [first = 'news', ...others] = kindsOf(items);
  const chosen = delivery.mode ?? defaultMode(first, 'email');
  const mode = noticeModes.email.find((known) => known === chosen);
  return { personId: delivery.to.id, kinds: [first, ...others], mode: mode === undefined || mode === 'off' ? 'instead' : mode };
}
