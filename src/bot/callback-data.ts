import { longHash, shortHash } from '#server/features/notifications/telegram/linking/rules.ts';
import { type NoticeKind, noticeKinds } from '#shared/notification-rules.ts';

/** What a button of the bot does. It stands on the button itself, in at most 64 bytes, and comes back from whoever pressed it: nothing in it is believed. */
export type ButtonDeed =
  /** `hash` of the token; the secret itself is not told again. */
  { do: 'link'; yes: boolean; hash: string } | { do: 'setting'; kind: NoticeKind; on: boolean };

export function toCallbackData(deed: ButtonDeed): string {
  return deed.do === 'link' ? `l:${bit(deed.yes)}:${shortHash(deed.hash)}` : `s:${bit(deed.on)}:${deed.kind}`;
}

/** Null: not one of ours, or of an older version. */
export function fromCallbackData(data: string): ButtonDeed | null {
  const [, what, set, rest = ''] = /^([ls]):([01]):([\w-]+)$/.exec(data) ?? [];
  const on = set === '1';
  if (what === 'l' && /^[\w-]{43}$/.test(rest)) return { do: 'link', yes: on, hash: longHash(rest) };
  const kind = noticeKinds.find((known) => known === rest);
  return what === 's' && kind ? { do: 'setting', kind, on } : null;
}

const bit = (value: boolean) => (value ? '1' : '0');
