import type { StudentFilter } from '#shared/students.ts';
import type { Actor, App } from '../../../../platform/app.ts';
import { recordAudit } from '../../../../platform/audit.ts';
import { accessStudents } from '../access.ts';
import { filterInWords } from './rules.ts';

/** Personal data leaves the school: written down before the first row goes, also where the download is broken off. */
export async function noteExport(app: App, actor: Actor, filter: StudentFilter): Promise<void> {
  accessStudents(actor);
  await app.db.$transaction((tx) =>
    recordAudit(app, tx, actor, { action: 'students.export', subject: 'students', after: filterInWords(filter) }),
  );
}
