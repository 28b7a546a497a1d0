import { defaultMode, type NoticeKind } from '#shared/notification-rules.ts';
import type { App } from '../../../platform/app.ts';
import { readUnsubscription, type Unsubscription } from './token.ts';

export interface UnsubscribeLook {
  kind: NoticeKind;
  kinds: NoticeKind[];
  off: boolean;
}

/** What a link «Отписаться» is for, and whether such letters are off by now. Null: not one of our links, or the account is gone. */
export async function findUnsubscription(app: App, { token }: { token: string }): Promise<UnsubscribeLook | null> {
  const found = readUnsubscription(app, token);
  return found && lookAt(app, found);
}

export async function lookAt(app: App, { personId, kinds }: Unsubscription): Promise<UnsubscribeLook | null> {
  const person = await app.db.person.findUnique({
    where: { id: personId },
    select: { settings: { where: { channel: 'email', kind: { in: kinds } }, select: { kind: true, mode: true } } },
  });
  if (!person) return null;
  const modeOf = (kind: NoticeKind) => person.settings.find((one) => one.kind === kind)?.mode ?? defaultMode(kind, 'email');
  return { kind: kinds[0], kinds, off: kinds.every((kind) => modeOf(kind) === 'off') };
}
