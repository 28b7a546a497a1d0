import { AppError } from '#shared/errors.ts';
import { type Actor, type App, actorName } from '../../platform/app.ts';
import { recordAudit } from '../../platform/audit.ts';
import type { Tx } from '../../platform/db.ts';
import { hashPassword, type PasswordProblem, passwordProblem } from './passwords.ts';

/** Why nothing was done to the address. */
export type ModeratorRefusal = { outcome: 'unknown' } | { outcome: 'is-student' };
type PasswordRefused = { outcome: 'password-refused'; problem: PasswordProblem };

/** `email` everywhere below is normalised. */
export interface NewModerator {
  email: string;
  firstName: string;
  lastName: string;
  password: string;
}

export async function addModerator(
  app: App,
  actor: Actor,
  input: NewModerator,
): Promise<{ outcome: 'added'; id: string } | { outcome: 'is-moderator' } | { outcome: 'is-student' } | PasswordRefused> {
  requireAdmin(actor);
  const { email, firstName, lastName, password } = input;
  const problem = passwordProblem(password, email);
  if (problem) return { outcome: 'password-refused', problem };
  const passwordHash = await hashPassword(password);
  const now = app.clock.now();
  return app.db.$transaction(async (tx) => {
    const [added] = await tx.person.createManyAndReturn({
      data: [
        {
          role: 'moderator',
          email,
          firstName,
          lastName,
          passwordHash,
          timeZone: app.config.schoolTimeZone,
          source: actorName(actor),
          registeredAt: now,
          // Whoever has the server vouches for the address.
          emailVerifiedAt: now,
        },
      ],
      skipDuplicates: true,
      select: { id: true },
    });
    if (!added) {
      const { role } = await tx.person.findUniqueOrThrow({ where: { email }, select: { role: true } });
      return role === 'moderator' ? { outcome: 'is-moderator' } : { outcome: 'is-student' };
    }
    await recordAudit(app, tx, actor, { action: 'moderator.add', subject: added.id, after: { email, firstName, lastName } });
    return { outcome: 'added', id: added.id };
  });
}

/** Sets a new password; whoever signed in with the old one is signed out everywhere. */
export async function setModeratorPassword(
  app: App,
  actor: Actor,
  input: { email: string; password: string },
): Promise<{ outcome: 'set'; sessionsEnded: number } | ModeratorRefusal | PasswordRefused> {
  requireAdmin(actor);
  const problem = passwordProblem(input.password, input.email);
  if (problem) return { outcome: 'password-refused', problem };
  const passwordHash = await hashPassword(input.password);
  return withModerator(app, input.email, async (tx, moderator) => {
    await tx.person.update({ where: { id: moderator.id }, data: { passwordHash }, select: { id: true } });
    const sessionsEnded = await app.sessions.endIn(tx, moderator.id, 'all');
    await recordAudit(app, tx, actor, { action: 'moderator.password', subject: moderator.id, after: { sessionsEnded } });
    return { outcome: 'set', sessionsEnded };
  });
}

/**
 * Keeps a moderator out at once, also the last one: a stolen account must be closed before there is another.
 * @returns `activeLeft`: moderators who can still sign in
 */
export async function blockModerator(
  app: App,
  actor: Actor,
  input: { email: string },
): Promise<{ outcome: 'blocked'; sessionsEnded: number; activeLeft: number } | { outcome: 'already-blocked' } | ModeratorRefusal> {
  requireAdmin(actor);
  return withModerator(app, input.email, async (tx, moderator) => {
    if (moderator.blockedAt) return { outcome: 'already-blocked' };
    await tx.person.update({ where: { id: moderator.id }, data: { blockedAt: app.clock.now() }, select: { id: true } });
    await app.bus.publish(tx, 'sessions', { kind: 'blocked', personId: moderator.id });
    const sessionsEnded = await app.sessions.endIn(tx, moderator.id, 'all');
    await releaseThreads(app, tx, moderator.id);
    await recordAudit(app, tx, actor, { action: 'moderator.block', subject: moderator.id, after: { sessionsEnded } });
    const activeLeft = await tx.person.count({ where: { role: 'moderator', blockedAt: null } });
    return { outcome: 'blocked', sessionsEnded, activeLeft };
  });
}

/** What somebody was answering who cannot any more, others may answer at once. */
async function releaseThreads(app: App, tx: Tx, moderatorId: string): Promise<void> {
  const released = await tx.chatThread.updateManyAndReturn({
    where: { heldById: moderatorId },
    data: { heldById: null, heldUntil: null },
    select: { id: true },
  });
  for (const { id } of released) await app.bus.publish(tx, `thread:${id}`, { kind: 'state' });
  if (released.length > 0) await app.bus.publish(tx, 'moderators', { kind: 'inbox', threadId: null });
}

export async function unblockModerator(
  app: App,
  actor: Actor,
  input: { email: string },
): Promise<{ outcome: 'unblocked' } | { outcome: 'not-blocked' } | ModeratorRefusal> {
  requireAdmin(actor);
  return withModerator(app, input.email, async (tx, moderator) => {
    if (!moderator.blockedAt) return { outcome: 'not-blocked' };
    await tx.person.update({ where: { id: moderator.id }, data: { blockedAt: null }, select: { id: true } });
    await recordAudit(app, tx, actor, { action: 'moderator.unblock', subject: moderator.id });
    return { outcome: 'unblocked' };
  });
}

/** For whoever has lost phone and recovery codes: the password alone is enough again, and everybody who is signed in with it is signed out. */
export async function turnOffSecondStep(
  app: App,
  actor: Actor,
  input: { email: string },
): Promise<{ outcome: 'off'; sessionsEnded: number } | { outcome: 'was-off' } | ModeratorRefusal> {
  requireAdmin(actor);
  return withModerator(app, input.email, async (tx, moderator) => {
    const { count } = await tx.secondStep.deleteMany({ where: { personId: moderator.id } });
    if (count === 0) return { outcome: 'was-off' };
    const sessionsEnded = await app.sessions.endIn(tx, moderator.id, 'all');
    await recordAudit(app, tx, actor, { action: 'moderator.second-step-off', subject: moderator.id, after: { sessionsEnded } });
    return { outcome: 'off', sessionsEnded };
  });
}

/** Removes the account. The audit keeps what it did, and this entry says whose id that was. The last moderator cannot be removed. */
export async function removeModerator(
  app: App,
  actor: Actor,
  input: { email: string },
): Promise<{ outcome: 'removed' } | { outcome: 'last-moderator' } | ModeratorRefusal> {
  requireAdmin(actor);
  return withModerator(app, input.email, async (tx, { id, ...before }) => {
    if ((await tx.person.count({ where: { role: 'moderator' } })) === 1) return { outcome: 'last-moderator' };
    await app.sessions.endIn(tx, id, 'all');
    await releaseThreads(app, tx, id);
    await tx.person.delete({ where: { id }, select: { id: true } });
    const { email, firstName, lastName } = before;
    await recordAudit(app, tx, actor, { action: 'moderator.remove', subject: id, before: { email, firstName, lastName } });
    return { outcome: 'removed' };
  });
}

interface Moderator {
  id: string;
  email: string;
  firstName: string;
  lastName: string;
  blockedAt: Date | null;
}

async function withModerator<T>(
  app: App,
  email: string,
  work: (tx: Tx, moderator: Moderator) => Promise<T>,
): Promise<T | ModeratorRefusal> {
  return app.db.$transaction(async (tx) => {
    // All moderators are locked, in one order: of two who are removed at once, the second is counted as the last.
    await tx.$queryRaw`SELECT id FROM person WHERE role = 'moderator' ORDER BY id FOR UPDATE`;
    const found = await tx.person.findUnique({
      where: { email },
      select: { id: true, role: true, email: true, firstName: true, lastName: true, blockedAt: true },
    });
    if (!found) return { outcome: 'unknown' };
    return found.role === 'moderator' ? work(tx, found) : { outcome: 'is-student' };
  });
}

/** Moderators are made by whoever has the server, not by each other. */
function requireAdmin(actor: Actor): void {
  if (actor.kind === 'person') throw new AppError('AUTH_FORBIDDEN');
}
