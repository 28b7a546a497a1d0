import type { Locale, MeDto } from '#shared/auth.ts';
import { AppError } from '#shared/errors.ts';
import type { CloseAccountResult, EraseFlowDto } from '#shared/personal-data.ts';
import { readCode } from '#shared/values.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import { recordAudit } from '../../../../platform/audit.ts';
import { sameSecret, sha256 } from '../../../../platform/secrets.ts';
import type { RequestInfo } from '../../../../trpc/context.ts';
import { startFlow, takeCodeLimits } from '../../../auth/code-flow.ts';
import { findMe } from '../../../auth/queries.ts';
import { hashCode } from '../../../auth/rules.ts';
import { cancelAllOf } from '../../../payments/subscriptions/actions.ts';
import { eraseAtOf, readKeepToken } from '../rules.ts';
import { closeIn, isBlockedByModerator } from './steps.ts';

type From = Pick<RequestInfo, 'ip' | 'network' | 'userAgent'>;

/** A code of this kind opens no session, and one for signing in erases nothing: their rows are found by different words. */
const flowHashOf = (token: string) => sha256(`erase ${token}`);

/** Sends the code without which nothing is erased: a page that was left open is not enough. @throws AppError AUTH_FORBIDDEN, AUTH_RATE_LIMITED */
export async function askToErase(app: App, actor: PersonActor, from: From, input: { locale: Locale }): Promise<EraseFlowDto> {
  if (actor.role !== 'student') throw new AppError('AUTH_FORBIDDEN');
  const { email } = await app.db.person.findUniqueOrThrow({ where: { id: actor.id }, select: { email: true } });
  await app.limits.take('code.ip', from.network);
  await takeCodeLimits(app, email);
  const { token, flow } = await app.db.$transaction((tx) =>
    startFlow(app, tx, { email, personId: actor.id, locale: input.locale, reason: 'erase', pending: null }, flowHashOf),
  );
  return { token, email, expiresAt: flow.expiresAt, resendAt: flow.resendAt };
}

/**
 * Closes the account at once: signed out everywhere, no letters, nothing charged any more. It is erased after a week, by a job. A try is paid for
 * before it is looked at, as at the door.
 * @throws AppError AUTH_FORBIDDEN, AUTH_RATE_LIMITED
 */
export async function closeAccount(
  app: App,
  actor: PersonActor,
  from: From,
  input: { token: string; code: string },
): Promise<CloseAccountResult> {
  if (actor.role !== 'student') throw new AppError('AUTH_FORBIDDEN');
  const code = readCode(input.code);
  if (code === null) return { outcome: 'malformed' };
  await app.limits.take('verify.ip', from.network);
  const now = app.clock.now();
  const flowHash = flowHashOf(input.token);
  const [row] = await app.db.loginCode.updateManyAndReturn({
    where: { flowHash, personId: actor.id, usedAt: null, attemptsLeft: { gt: 0 }, expiresAt: { gt: now } },
    data: { attemptsLeft: { decrement: 1 } },
    select: { id: true, codeHash: true, attemptsLeft: true },
  });
  if (!row) return refusalOf(app, actor, flowHash, now);
  if (!sameSecret(row.codeHash, hashCode(app.secrets, row.id, code)))
    return row.attemptsLeft > 0 ? { outcome: 'wrong', attemptsLeft: row.attemptsLeft } : { outcome: 'burnt' };
  // Before the account is closed: what is cancelled twice is cancelled once, what was never cancelled would be charged.
  await cancelAllOf(app, actor.id);
  const eraseAt = eraseAtOf(now);
  return app.db.$transaction(async (tx) => {
    const { count } = await tx.loginCode.updateMany({ where: { id: row.id, usedAt: null }, data: { usedAt: now } });
    if (count === 0) return { outcome: 'no-flow' };
    await closeIn(app, tx, actor.id, { blockedAt: now, eraseAt });
    await recordAudit(app, tx, actor, { action: 'person.close', subject: actor.id, after: { eraseAt: eraseAt.toISOString() } });
    return { outcome: 'closed', eraseAt: eraseAt.toISOString() };
  });
}

async function refusalOf(app: App, actor: PersonActor, flowHash: string, now: Date): Promise<CloseAccountResult> {
  const row = await app.db.loginCode.findFirst({ where: { flowHash, personId: actor.id }, select: { usedAt: true, expiresAt: true } });
  if (!row || row.usedAt) return { outcome: 'no-flow' };
  return row.expiresAt <= now ? { outcome: 'expired' } : { outcome: 'burnt' };
}

/**
 * Opens a closed account again for whoever has proven to read its mail. Works once, and not when erasing has begun.
 * @param token from `findClosing`
 */
export async function keepAccount(
  app: App,
  from: From,
  input: { token: string },
): Promise<{ outcome: 'signed-in'; cookie: string; me: MeDto } | { outcome: 'over' }> {
  await app.limits.take('verify.ip', from.network);
  const personId = readKeepToken(app.secrets, input.token, app.clock.now());
  if (personId === null) return { outcome: 'over' };
  const kept = await app.db.$transaction(async (tx) => {
    // Under the lock that `beginErasure` takes too: of the two at once one wins, and the other finds nothing to do.
    await tx.$queryRaw`SELECT 1 FROM person WHERE id = ${personId}::uuid FOR UPDATE`;
    if ((await tx.erasure.count({ where: { personId } })) > 0 || (await isBlockedByModerator(tx, personId))) return false;
    const { count } = await tx.person.updateMany({
      where: { id: personId, eraseAt: { not: null } },
      data: { eraseAt: null, blockedAt: null },
    });
    if (count === 0) return false;
    const actor: PersonActor = { kind: 'person', id: personId, role: 'student', timeZone: app.config.schoolTimeZone };
    await recordAudit(app, tx, actor, { action: 'person.keep', subject: personId });
    return true;
  });
  const me = kept ? await findMe(app, personId) : null;
  return me ? { outcome: 'signed-in', cookie: await app.sessions.create(personId, from), me } : { outcome: 'over' };
}
