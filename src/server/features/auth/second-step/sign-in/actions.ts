import type { MeDto } from '#shared/auth.ts';
import type { PassSecondStepResult } from '#shared/second-step.ts';
import { readCode } from '#shared/values.ts';
import type { App } from '../../../../platform/app.ts';
import { recordAudit } from '../../../../platform/audit.ts';
import type { RequestInfo } from '../../../../trpc/context.ts';
import { verifyAgainstNobody, verifyPassword } from '../../../people/passwords.ts';
import { findMe } from '../../queries.ts';
import { readRecoveryCode, stepOf } from '../rules.ts';
import { readBegun, readSecret } from '../seals.ts';

type Passed =
  | Exclude<PassSecondStepResult, { outcome: 'signed-in' }>
  | { outcome: 'signed-in'; cookie: string; me: MeDto; codesLeft: number | null };

/**
 * Ends a sign-in that waits for its second step. A code of the app is taken once, whatever process it comes to, and so is a recovery code.
 * @param ticket from the cookie of the browser that gave the password
 * @throws AppError AUTH_RATE_LIMITED
 */
export async function passSecondStep(
  app: App,
  from: Pick<RequestInfo, 'ip' | 'network' | 'userAgent'>,
  ticket: string | null,
  typed: string,
): Promise<Passed> {
  const begun = ticket === null ? null : readBegun(app, 'second-step-ticket', ticket);
  if (!begun) return { outcome: 'gone' };
  const code = readCode(typed);
  const recovery = readRecoveryCode(typed);
  if (code === null && recovery === null) return { outcome: 'malformed' };
  await app.limits.take('second-step.ip', from.network);
  // Each kind by a limit of its own: whoever has the password and guesses six digits does not use up the owner's way back.
  await app.limits.take('second-step.hour', `${code === null ? 'recovery' : 'app'}:${begun.personId}`);
  await app.limits.take('second-step.day', `${code === null ? 'recovery' : 'app'}:${begun.personId}`);
  const person = await app.db.person.findFirst({
    where: { id: begun.personId, role: 'moderator', blockedAt: null },
    select: { passwordHash: true, secondStep: { select: { secret: true } } },
  });
  if (!person?.secondStep || !begun.holds(person.passwordHash)) return { outcome: 'gone' };
  const codesLeft = recovery === null ? null : await takeRecoveryCode(app, begun.personId, recovery);
  const taken = code === null ? codesLeft !== null : await takeCode(app, begun.personId, person.secondStep.secret, code);
  if (!taken) return { outcome: 'wrong' };
  const me = await findMe(app, begun.personId);
  if (!me) return { outcome: 'gone' };
  return { outcome: 'signed-in', cookie: await app.sessions.create(me.id, from), me, codesLeft };
}

/** The statement that moves `lastStep` on decides between two processes that have the same code at once. */
async function takeCode(app: App, personId: string, sealed: string, code: string): Promise<boolean> {
  const secret = readSecret(app, personId, sealed);
  const step = secret === null ? null : stepOf(secret, code, app.clock.now());
  if (step === null) return false;
  const { count } = await app.db.secondStep.updateMany({
    where: { personId, secret: sealed, lastStep: { lt: step } },
    data: { lastStep: step },
  });
  return count === 1;
}

/** @returns how many are left, or null: it was not taken */
async function takeRecoveryCode(
  app: App,
  personId: string,
  { selector, code }: { selector: string; code: string },
): Promise<number | null> {
  const row = await app.db.recoveryCode.findFirst({ where: { personId, selector, usedAt: null }, select: { hash: true } });
  const right = row ? await verifyPassword(row.hash, code) : await verifyAgainstNobody(code);
  if (!row || !right) return null;
  return app.db.$transaction(async (tx) => {
    const { count } = await tx.recoveryCode.updateMany({
      where: { personId, selector, hash: row.hash, usedAt: null },
      data: { usedAt: app.clock.now() },
    });
    if (count === 0) return null;
    const codesLeft = await tx.recoveryCode.count({ where: { personId, usedAt: null } });
    const { firstName, lastName, timeZone } = await tx.person.findUniqueOrThrow({
      where: { id: personId },
      select: { firstName: true, lastName: true, timeZone: true },
    });
    await recordAudit(
      app,
      tx,
      { kind: 'person', id: personId, role: 'moderator', timeZone },
      { action: 'moderator.recovery-code', subject: personId, label: `${firstName} ${lastName}`.trim(), after: { codesLeft } },
    );
    return codesLeft;
  });
}
