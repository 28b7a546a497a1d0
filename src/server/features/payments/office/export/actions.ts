import type { App, PersonActor } from '../../../../platform/app.ts';
import { recordAudit } from '../../../../platform/audit.ts';

/** Personal data leaves the school: written down before the first row goes, also where the download is broken off. */
export async function noteExport(app: App, actor: PersonActor, filter: Record<string, string>): Promise<void> {
  await app.db.$transaction((tx) => recordAudit(app, tx, actor, { action: 'payment.export', subject: 'payments', after: filter }));
}
