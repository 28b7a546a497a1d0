import type { MeDto } from '#shared/auth.ts';
import type { App } from '../../platform/app.ts';
import type { RequestInfo } from '../../trpc/context.ts';
import { verifyAgainstNobody, verifyPassword } from '../people/passwords.ts';
import { findMe } from './queries.ts';
import { sealBegun } from './second-step/seals.ts';

type Result =
  | { outcome: 'signed-in'; cookie: string; me: MeDto }
  /** `ticket` goes into a cookie of this browser: with it and a code the sign-in goes on. */
  | { outcome: 'second-step'; ticket: string }
  | { outcome: 'refused' };

/**
 * Moderators only. A wrong password, an unknown address, a student's and a blocked one get the same answer after the same work.
 * @throws AppError AUTH_RATE_LIMITED
 */
export async function signInModerator(
  app: App,
  from: Pick<RequestInfo, 'ip' | 'network' | 'userAgent'>,
  input: { email: string; password: string },
): Promise<Result> {
  await app.limits.take('password.ip', from.network);
  await app.limits.take('password.address', input.email);
  const person = await app.db.person.findFirst({
    where: { email: input.email, role: 'moderator', blockedAt: null },
    select: { id: true, passwordHash: true },
  });
  const right = person?.passwordHash
    ? await verifyPassword(person.passwordHash, input.password)
    : await verifyAgainstNobody(input.password);
  const me = person && right ? await findMe(app, person.id) : null;
  if (!me || !person?.passwordHash) return { outcome: 'refused' };
  // Asked only now: whether somebody has a second step is known to whoever knows the password.
  if ((await app.db.secondStep.count({ where: { personId: me.id } })) > 0) {
    return { outcome: 'second-step', ticket: sealBegun(app, 'second-step-ticket', { id: me.id, passwordHash: person.passwordHash }) };
  }
  return { outcome: 'signed-in', cookie: await app.sessions.create(me.id, from), me };
}
