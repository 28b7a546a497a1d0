import type { NoticeKind } from '#shared/notification-rules.ts';
import type { NoticeMessage, NoticeWords, Recipient } from '../features/notifications/message.ts';
import type { App } from '../platform/app.ts';

/** What a person would be told now by the notices of a kind they have, oldest first; null: nothing any more. */
export async function messagesFor<K extends NoticeKind>(
  app: App,
  personId: string,
  kind: K,
  words: NoticeWords<K>,
): Promise<(NoticeMessage | null)[]> {
  const person = await app.db.person.findUniqueOrThrow({
    where: { id: personId },
    select: { id: true, role: true, firstName: true, locale: true, timeZone: true },
  });
  const recipient: Recipient = { ...person, locale: person.locale === 'en' ? 'en' : 'ru' };
  const notices = await app.db.notice.findMany({
    where: { kind, deliveries: { some: { personId } } },
    orderBy: { createdAt: 'asc' },
    select: { id: true, data: true, createdAt: true },
  });
  return Promise.all(
    notices.map(async ({ id, data, createdAt }) => {
      const parsed = words.parse(data);
      return parsed === null ? null : words.message(app, { id, kind, data: parsed, createdAt }, recipient);
    }),
  );
}
