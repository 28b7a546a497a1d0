import type { Actor, App } from '../../../../platform/app.ts';
import { recordAudit } from '../../../../platform/audit.ts';

/** Everything about a person leaves the school: written down before the first byte goes, also where the download is broken off. */
export async function notePersonExport(app: App, actor: Actor, personId: string): Promise<void> {
  await app.db.$transaction((tx) => recordAudit(app, tx, actor, { action: 'person.export', subject: personId }));
}
