import type { Locale } from '#shared/auth.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import { nameInText } from '../../../../platform/formats/name.ts';

/** Whose Telegram it is. */
export interface LinkedPerson {
  actor: PersonActor;
  firstName: string;
  linkedAt: Date;
  locale: Locale;
  /** A moderator has closed the account. */
  blocked: boolean;
  /** Telegram had taken nothing for them. */
  broken: boolean;
}

export async function findLinked(app: App, telegramId: bigint): Promise<LinkedPerson | null> {
  const link = await app.db.telegramLink.findUnique({
    where: { telegramId },
    select: {
      linkedAt: true,
      brokenAt: true,
      person: { select: { id: true, role: true, firstName: true, locale: true, timeZone: true, blockedAt: true } },
    },
  });
  if (!link) return null;
  const { id, role, firstName, locale, timeZone, blockedAt } = link.person;
  return {
    actor: { kind: 'person', id, role, timeZone },
    firstName: nameInText(firstName),
    linkedAt: link.linkedAt,
    locale: locale === 'en' ? 'en' : 'ru',
    blocked: blockedAt !== null,
    broken: link.brokenAt !== null,
  };
}
