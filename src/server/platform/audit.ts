import type { Prisma } from '#prisma/generated/client.ts';
import type { AuditAction } from '#shared/audit.ts';
import { type Actor, type App, actorName } from './app.ts';
import type { Tx } from './db.ts';

export interface AuditNote {
  /** «noun.verb»; its words stand in i18n office/audit. */
  action: AuditAction;
  subject: string;
  /** What the subject is called at this moment, so that the journal can name it after it is gone. */
  label?: string;
  before?: Prisma.InputJsonValue;
  after?: Prisma.InputJsonValue;
}

/** Writes down who did what, in the transaction of the deed. `before` and `after` hold no secrets. */
export async function recordAudit(app: Pick<App, 'clock'>, tx: Tx, actor: Actor, entry: AuditNote): Promise<void> {
  await tx.auditEntry.create({ data: { at: app.clock.now(), actor: actorName(actor), ...entry } });
}
