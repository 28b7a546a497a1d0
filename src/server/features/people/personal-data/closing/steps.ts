import type { App } from '../../../../platform/app.ts';
import type { Tx } from '../../../../platform/db.ts';

/** A block is no closing: who asks to be erased and takes it back does not open what a moderator has shut. Both are one column; the journal tells them apart. */
export async function isBlockedByModerator(db: Pick<Tx, 'auditEntry'>, personId: string): Promise<boolean> {
  const last = await db.auditEntry.findFirst({
    where: { subject: personId, action: { in: ['student.block', 'student.unblock'] } },
    orderBy: { id: 'desc' },
    select: { action: true },
  });
  return last?.action === 'student.block';
}

/** Shuts the account, inside the transaction of its cause: nobody is signed in to it any more, in whatever process. */
export async function closeIn(app: App, tx: Tx, personId: string, data: { blockedAt: Date; eraseAt: Date }): Promise<void> {
  await tx.person.update({ where: { id: personId }, data, select: { id: true } });
  await app.bus.publish(tx, 'sessions', { kind: 'blocked', personId });
  await app.sessions.endIn(tx, personId, 'all');
}
