import { type NoticeKind, type NoticeMode, noticeKinds, noticeModes } from '#shared/notification-rules.ts';
import { unsubscribePath } from '#shared/notifications.ts';
import type { App } from '../../../platform/app.ts';
import { sameSecret } from '../../../platform/secrets.ts';

/** What a link «Отписаться» is for: letters of these kinds to this person. It holds for good: letters are kept for years. */
export interface Unsubscription {
  personId: string;
  /** More than one of a daily letter. */
  kinds: [NoticeKind, ...NoticeKind[]];
  /** What was chosen when the letter was sent, to go back to. */
  mode: Exclude<NoticeMode, 'on' | 'silent' | 'off'>;
}

const purpose = 'unsubscribe';

/** A path of the site. */
export function unsubscribeHref(app: Pick<App, 'secrets'>, { personId, kinds, mode }: Unsubscription): string {
  const parts = [Buffer.from(personId.replaceAll('-', ''), 'hex').toString('base64url'), kinds.join('-'), mode];
  return `${unsubscribePath}/${parts.join('.')}.${signature(app, parts)}`;
}

/** Null: not one of our links. */
export function readUnsubscription(app: Pick<App, 'secrets'>, token: string): Unsubscription | null {
  const [person = '', kindNames = '', mode = '', signed = '', ...more] = token.split('.');
  const mine = signature(app, [person, kindNames, mode]);
  if (!sameSecret(mine, signed) || more.length > 0) return null;
  const hex = Buffer.from(person, 'base64url').toString('hex');
  const personId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  // A newer or older version may have signed other words.
  const [first, ...others] = kindNames.split('-').flatMap((name) => noticeKinds.find((kind) => kind === name) ?? []);
  const back = noticeModes.email.find((known) => known === mode);
  return first && back && back !== 'off' ? { personId, kinds: [first, ...others], mode: back } : null;
}

function signature(app: Pick<App, 'secrets'>, parts: string[]): string {
  return app.secrets.keyed(purpose, ...parts).toString('base64url');
}
