import { AppError } from '#shared/errors.ts';
import type { Actor, App } from '../../platform/app.ts';

export interface ModeratorRow {
  email: string;
  firstName: string;
  lastName: string;
  addedAt: Date;
  blockedAt: Date | null;
  /** Signs in with a code of an app as well. */
  secondStep: boolean;
}

/** All moderators, in the order in which they were added. A team is small: one page. */
export async function listModerators(app: App, actor: Actor): Promise<ModeratorRow[]> {
  if (actor.kind === 'person') throw new AppError('AUTH_FORBIDDEN');
  const rows = await app.db.person.findMany({
    where: { role: 'moderator' },
    orderBy: [{ registeredAt: 'asc' }, { id: 'asc' }],
    take: 1000,
    select: {
      email: true,
      firstName: true,
      lastName: true,
      registeredAt: true,
      blockedAt: true,
      secondStep: { select: { personId: true } },
    },
  });
  return rows.map(({ registeredAt, secondStep, ...row }) => ({ ...row, addedAt: registeredAt, secondStep: secondStep !== null }));
}
