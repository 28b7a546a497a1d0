import { AppError } from '#shared/errors.ts';
import type { App, PersonActor } from '../../../platform/app.ts';

/**
 * The files of an attempt are its student's, also when it is over, and the moderators'.
 * @throws AppError FILES_NOT_FOUND for an unknown attempt as well as for somebody else's
 */
export async function accessAttemptFiles(app: App, actor: PersonActor, attemptId: string): Promise<void> {
  const mine = actor.role === 'moderator' ? {} : { personId: actor.id };
  const attempt = await app.db.examAttempt.findFirst({ where: { id: attemptId, ...mine }, select: { id: true } });
  if (!attempt) throw new AppError('FILES_NOT_FOUND');
}
