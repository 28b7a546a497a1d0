import type { App } from '../../../../platform/app.ts';
import { keepToken } from '../rules.ts';
import { isBlockedByModerator } from './steps.ts';

/**
 * The account of somebody who has just proven to read its mail, if they have deleted it, it is not erased yet and no moderator has
 * blocked it; null otherwise.
 */
export async function findClosing(app: App, personId: string): Promise<{ eraseAt: string; token: string } | null> {
  const now = app.clock.now();
  const row = await app.db.person.findFirst({
    where: { id: personId, eraseAt: { not: null }, blockedAt: { not: null } },
    select: { eraseAt: true },
  });
  if (!row || (await isBlockedByModerator(app.db, personId))) return null;
  return row.eraseAt ? { eraseAt: row.eraseAt.toISOString(), token: keepToken(app.secrets, personId, now) } : null;
}
