import type { App } from '../../../platform/app.ts';
import { lookAt, type UnsubscribeLook } from './queries.ts';
import { readUnsubscription } from './token.ts';

/**
 * Off, or back to what was chosen when the letter was sent. A link that is none of ours costs nothing but its check.
 * @returns null: not one of our links, or the account is gone
 * @throws AppError AUTH_RATE_LIMITED
 */
export async function setUnsubscribed(app: App, { token, off }: { token: string; off: boolean }): Promise<UnsubscribeLook | null> {
  const found = readUnsubscription(app, token);
  if (!found || !(await lookAt(app, found))) return null;
  const { personId, kinds, mode } = found;
  await app.limits.take('unsubscribe.person', personId);
  await app.db.$transaction(async (tx) => {
    for (const kind of kinds) {
      const key = { personId, kind, channel: 'email' as const };
      const chosen = { mode: off ? 'off' : mode };
      await tx.noticeSetting.upsert({
        where: { personId_kind_channel: key },
        create: { ...key, ...chosen },
        update: chosen,
        select: { kind: true },
      });
    }
    await app.bus.publish(tx, `person:${personId}`, { kind: 'notices', threadId: null });
  });
  return lookAt(app, found);
}
