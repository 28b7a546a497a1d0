import type { Prisma } from '#prisma/generated/client.ts';
import { type Actor, type App, actorName } from './app.ts';
import type { Tx } from './db.ts';

/** Writes down who did what, in the transaction of the deed. `before` and `after` hold no secrets. */
export async function recordAudit(
  app: Pick<App, 'clock'>,
  tx: Tx,
  actor: Actor,
  entry: { action: string; subject: string; before?: Prisma.InputJsonValue; after?: Prisma.InputJsonValue },
): Promise<void> {
  await tx.auditEntry.create({ data: { at: app.clock.now(), actor: actorName(actor), ...entry } });
}
