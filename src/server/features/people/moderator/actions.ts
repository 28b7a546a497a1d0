import type * as z from 'zod';
import { AppError } from '#shared/errors.ts';
import type { ChangePasswordResult, changePasswordInput } from '#shared/moderator-profile.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { recordAudit } from '../../../platform/audit.ts';
import { hashPassword, passwordProblem, verifyPassword } from '../passwords.ts';

/**
 * A moderator's own new password. The former one is asked for, because a screen may stand open; whoever is signed in elsewhere is signed out.
 * @param sessionId the session that stays
 * @throws AppError AUTH_RATE_LIMITED, AUTH_FORBIDDEN
 */
export async function changePassword(
  app: App,
  actor: PersonActor,
  sessionId: string,
  { former, next }: z.output<typeof changePasswordInput>,
): Promise<ChangePasswordResult> {
  // By a key of its own: whoever guesses at the door must not keep the owner from a new password.
  await app.limits.take('password.address', `own:${actor.id}`);
  const person = await app.db.person.findUnique({
    where: { id: actor.id },
    select: { email: true, firstName: true, lastName: true, passwordHash: true },
  });
  if (!person?.passwordHash) throw new AppError('AUTH_FORBIDDEN');
  if (!(await verifyPassword(person.passwordHash, former))) return { outcome: 'wrong-former' };
  const problem = passwordProblem(next, person.email);
  if (problem) return { outcome: 'refused', problem };
  const passwordHash = await hashPassword(next);
  return app.db.$transaction(async (tx) => {
    // Of two new passwords at once the second is told that the former one is another by now.
    const { count } = await tx.person.updateMany({
      where: { id: actor.id, passwordHash: person.passwordHash },
      data: { passwordHash },
    });
    if (count === 0) return { outcome: 'wrong-former' };
    const sessionsEnded = await app.sessions.endIn(tx, actor.id, { except: sessionId });
    await recordAudit(app, tx, actor, {
      action: 'moderator.password',
      subject: actor.id,
      label: `${person.firstName} ${person.lastName}`,
      after: { sessionsEnded },
    });
    return { outcome: 'changed', sessionsEnded };
  });
}
