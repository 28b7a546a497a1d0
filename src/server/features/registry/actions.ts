import type { Actor, App } from '../../platform/app.ts';
import { recordAudit } from '../../platform/audit.ts';
import { accessRegistry } from './access.ts';

/**
 * Personal data of everybody leaves the school: written down before the table goes.
 * @throws AppError AUTH_FORBIDDEN
 */
export async function noteRegistryDownload(app: App, actor: Actor): Promise<void> {
  accessRegistry(actor);
  await app.db.$transaction((tx) => recordAudit(app, tx, actor, { action: 'registry.export', subject: 'registry' }));
}
