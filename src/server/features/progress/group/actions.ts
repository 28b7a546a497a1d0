import type { GroupFilter } from '#shared/statistics.ts';
import type { Actor, App } from '../../../platform/app.ts';
import { recordAudit } from '../../../platform/audit.ts';
import { accessGroup, type Group } from './access.ts';
import { groupInWords } from './rules.ts';

/**
 * The group, for a file of it. Personal data leaves the school: written down before the first row goes, also where the download is broken off.
 * @throws AppError AUTH_FORBIDDEN, COURSES_NOT_FOUND
 */
export async function takeGroup(app: App, actor: Actor, filter: GroupFilter): Promise<Group> {
  const group = await accessGroup(app, actor, filter.course);
  await app.db.$transaction((tx) =>
    recordAudit(app, tx, actor, { action: 'students.export', subject: 'students', after: groupInWords(filter) }),
  );
  return group;
}
