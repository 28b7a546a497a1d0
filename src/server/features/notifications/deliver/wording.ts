import type { NoticeKind } from '#shared/notification-rules.ts';
import type { App } from '../../../platform/app.ts';
import type { Claimed } from '../channels/channel.ts';
import { noticeWords } from '../kinds.ts';
import type { NoticeMessage, NoticeWords } from '../message.ts';

/** Said to a person as things are now; null: nothing to tell any more. */
export type Wording = (delivery: Claimed) => Promise<NoticeMessage | null>;

/** What is the same for all is made anew so often, for its author may mend it while it goes out. */
const sharedMs = 10_000;
const mostShared = 20;

/** Makes what deliveries say; what is the same for all in one language, once and not for each. */
export function createWording(app: App): Wording {
  const shared = new Map<string, { made: Promise<NoticeMessage | null>; until: number }>();

  async function say<K extends NoticeKind>(kind: K, delivery: Claimed): Promise<NoticeMessage | null> {
    const words: NoticeWords<K> = noticeWords[kind];
    const data = words.parse(delivery.data);
    if (data === null) return null;
    const make = () => words.message(app, { id: delivery.noticeId, kind, data, createdAt: delivery.createdAt }, delivery.to);
    return words.shared ? once(`${delivery.noticeId} ${delivery.to.locale}`, make) : make();
  }

  function once(key: string, make: () => Promise<NoticeMessage | null>): Promise<NoticeMessage | null> {
    const known = shared.get(key);
    if (known && known.until > performance.now()) return known.made;
    shared.delete(key);
    for (const oldest of [...shared.keys()].slice(0, Math.max(0, shared.size + 1 - mostShared))) shared.delete(oldest);
    const made = make();
    shared.set(key, { made, until: performance.now() + sharedMs });
    made.catch(() => shared.delete(key));
    return made;
  }

  return async (delivery) => (isKind(delivery.kind) ? say(delivery.kind, delivery) : null);
}

/** A newer version may have written others. */
function isKind(kind: string): kind is NoticeKind {
  return Object.hasOwn(noticeWords, kind);
}
