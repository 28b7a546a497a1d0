import type { ModeratorProfileDto } from '#shared/moderator-profile.ts';
import type { App, PersonActor } from '../../../platform/app.ts';

const monthMs = 30 * 86_400_000;

/** A moderator's own numbers. Three statements. */
export async function getModeratorProfile(app: App, actor: PersonActor): Promise<ModeratorProfileDto> {
  const monthAgo = new Date(app.clock.now().getTime() - monthMs);
  const decided = { decidedBy: actor.id };
  const [total, month, person] = await Promise.all([
    app.db.work.count({ where: decided }),
    app.db.work.count({ where: { ...decided, decidedAt: { gt: monthAgo } } }),
    app.db.person.findUniqueOrThrow({ where: { id: actor.id }, select: { registeredAt: true } }),
  ]);
  return { graded: { month, total }, since: person.registeredAt.toISOString() };
}
