import { randomBytes, randomInt } from 'node:crypto';
import { AppError } from '#shared/errors.ts';
import type {
  BeginSecondStepResult,
  RenewRecoveryCodesResult,
  TurnOffSecondStepResult,
  TurnOnSecondStepResult,
} from '#shared/second-step.ts';
import { readCode } from '#shared/values.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/db.ts';
import { hashPassword, verifyPassword } from '../../people/passwords.ts';
import { newRecoveryCodes, readRecoveryCode, secretBytes, secretOf, setupAddress, stepOf } from './rules.ts';
import { readBegun, readSecret, sealBegun, sealSecret } from './seals.ts';

/**
 * A new secret for the app. Nothing is written down: it counts when its first code has come back with `setup`. The password is asked for, because a
 * screen may stand open.
 * @throws AppError AUTH_RATE_LIMITED
 */
export async function beginSecondStep(app: App, actor: PersonActor, { password }: { password: string }): Promise<BeginSecondStepResult> {
  const person = await whoGave(app, actor, password);
  if (!person) return { outcome: 'wrong-password' };
  const secret = secretOf(randomBytes(secretBytes));
  const address = setupAddress(secret, { school: new URL(app.config.publicUrl).host, email: person.email });
  return { outcome: 'begun', setup: sealBegun(app, 'second-step-setup', person, secret), secret, address };
}

/**
 * From now on the password is not enough. A setup begun while another app was in use takes its place. Whoever is signed in elsewhere is signed out.
 * @param sessionId the session that stays
 * @throws AppError AUTH_RATE_LIMITED
 */
export async function turnOnSecondStep(
  app: App,
  actor: PersonActor,
  sessionId: string,
  { setup, code: typed }: { setup: string; code: string },
): Promise<TurnOnSecondStepResult> {
  const code = readCode(typed);
  if (code === null) return { outcome: 'malformed' };
  await app.limits.take('second-step.hour', `setup:${actor.id}`);
  const begun = readBegun(app, 'second-step-setup', setup);
  if (begun?.personId !== actor.id) return { outcome: 'setup-gone' };
  const step = stepOf(begun.secret, code, app.clock.now());
  if (step === null) return { outcome: 'wrong' };
  const { codes, rows } = await newCodes(actor.id);
  return app.db.$transaction(async (tx) => {
    const person = await lock(tx, actor.id);
    const former = await tx.secondStep.findUnique({ where: { personId: actor.id }, select: { secret: true } });
    // The same setup once more would bring the codes that were used back to life.
    const again = former !== null && readSecret(app, actor.id, former.secret) === begun.secret;
    if (again || !begun.holds(person.passwordHash)) return { outcome: 'setup-gone' };
    await tx.secondStep.deleteMany({ where: { personId: actor.id } });
    await tx.secondStep.create({
      data: { personId: actor.id, secret: sealSecret(app, begun.secret), lastStep: step, turnedOnAt: app.clock.now() },
      select: { personId: true },
    });
    await tx.recoveryCode.createMany({ data: rows });
    const sessionsEnded = await app.sessions.endIn(tx, actor.id, { except: sessionId });
    const label = nameOf(person);
    await recordAudit(app, tx, actor, { action: 'moderator.second-step-on', subject: actor.id, label, after: { sessionsEnded } });
    return { outcome: 'on', codes, sessionsEnded };
  });
}

/**
 * Ten new recovery codes; the former ones are worth nothing.
 * @throws AppError AUTH_RATE_LIMITED
 */
export async function renewRecoveryCodes(
  app: App,
  actor: PersonActor,
  { password }: { password: string },
): Promise<RenewRecoveryCodesResult> {
  if (!(await whoGave(app, actor, password))) return { outcome: 'wrong-password' };
  const { codes, rows } = await newCodes(actor.id);
  return app.db.$transaction(async (tx) => {
    const person = await lock(tx, actor.id);
    if ((await tx.secondStep.count({ where: { personId: actor.id } })) === 0) return { outcome: 'off' };
    await tx.recoveryCode.deleteMany({ where: { personId: actor.id } });
    await tx.recoveryCode.createMany({ data: rows });
    await recordAudit(app, tx, actor, { action: 'moderator.recovery-codes', subject: actor.id, label: nameOf(person) });
    return { outcome: 'renewed', codes };
  });
}

/**
 * The password alone is enough again. Whoever is signed in elsewhere is signed out.
 * @param sessionId the session that stays
 * @throws AppError AUTH_RATE_LIMITED
 */
export async function turnOffSecondStep(
  app: App,
  actor: PersonActor,
  sessionId: string,
  { password }: { password: string },
): Promise<TurnOffSecondStepResult> {
  if (!(await whoGave(app, actor, password))) return { outcome: 'wrong-password' };
  return app.db.$transaction(async (tx) => {
    const person = await lock(tx, actor.id);
    const { count } = await tx.secondStep.deleteMany({ where: { personId: actor.id } });
    if (count === 0) return { outcome: 'off', sessionsEnded: 0 };
    const sessionsEnded = await app.sessions.endIn(tx, actor.id, { except: sessionId });
    const label = nameOf(person);
    await recordAudit(app, tx, actor, { action: 'moderator.second-step-off', subject: actor.id, label, after: { sessionsEnded } });
    return { outcome: 'off', sessionsEnded };
  });
}

async function whoGave(app: App, actor: PersonActor, password: string) {
  // By a key of its own: whoever guesses at the door must not keep the owner from this.
  await app.limits.take('password.address', `own:${actor.id}`);
  const person = await app.db.person.findUnique({ where: { id: actor.id }, select: { id: true, email: true, passwordHash: true } });
  if (!person?.passwordHash) throw new AppError('AUTH_FORBIDDEN');
  return (await verifyPassword(person.passwordHash, password)) ? { ...person, passwordHash: person.passwordHash } : null;
}

/** Two changes of one person's second step, or of the password meanwhile, come one after the other. */
async function lock(tx: Tx, personId: string) {
  await tx.$queryRaw`SELECT FROM person WHERE id = ${personId}::uuid FOR UPDATE`;
  return tx.person.findUniqueOrThrow({ where: { id: personId }, select: { passwordHash: true, firstName: true, lastName: true } });
}

const nameOf = ({ firstName, lastName }: { firstName: string; lastName: string }) => `${firstName} ${lastName}`.trim();

async function newCodes(personId: string) {
  const codes = newRecoveryCodes((below) => randomInt(below));
  const rows = await Promise.all(
    codes.map(async (code) => ({ personId, selector: readRecoveryCode(code)?.selector ?? '', hash: await hashPassword(code) })),
  );
  return { codes, rows };
}
