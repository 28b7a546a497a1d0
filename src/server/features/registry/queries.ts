import type { RegistrationsDto } from '#shared/registry.ts';
import type { Actor, App } from '../../platform/app.ts';
import { accessRegistry } from './access.ts';

export const registrationsPageSize = 50;

/** Students by the time they registered, newest first. */
export async function listRegistrations(app: App, actor: Actor, input: { page: number }): Promise<RegistrationsDto> {
  accessRegistry(actor);
  const [total, rows, file] = await Promise.all([
    app.db.person.count({ where: { role: 'student' } }),
    app.db.person.findMany({
      where: { role: 'student' },
      orderBy: [{ registeredAt: 'desc' }, { id: 'desc' }],
      skip: (input.page - 1) * registrationsPageSize,
      take: registrationsPageSize,
      select: { id: true, registeredAt: true, firstName: true, lastName: true, email: true, phone: true, emailVerifiedAt: true },
    }),
    app.db.registryFile.findFirst({ select: { rows: true, writtenAt: true } }),
  ]);
  return {
    total,
    pageSize: registrationsPageSize,
    rows: rows.map(({ registeredAt, emailVerifiedAt, ...row }) => ({
      ...row,
      registeredAt: registeredAt.toISOString(),
      verified: emailVerifiedAt !== null,
    })),
    file: file && { rows: file.rows, writtenAt: file.writtenAt.toISOString() },
  };
}

export interface RegistryState {
  students: number;
  /** What the stored file is said to hold; null before the first. */
  file: { rows: number; writtenAt: Date } | null;
  /** The table lacks somebody, or holds somebody who is gone. */
  behind: boolean;
}

export async function getRegistryState(app: App): Promise<RegistryState> {
  const file = await app.db.registryFile.findFirst({ select: { rows: true, writtenAt: true } });
  const students = await app.db.person.count({ where: { role: 'student' } });
  if (!file || file.rows !== students) return { students, file, behind: true };
  // One who left and one who came are the same number of rows.
  const newcomer = await app.db.person.findFirst({
    where: { role: 'student', registeredAt: { gt: file.writtenAt } },
    select: { id: true },
  });
  return { students, file, behind: newcomer !== null };
}
