import { AppError } from '#shared/errors.ts';
import type { Actor, App } from '../../../../platform/app.ts';
import { recordAudit } from '../../../../platform/audit.ts';
import { cancelAllOf, endAllOf } from '../../../payments/subscriptions/actions.ts';
import { registryWrite } from '../../../registry/job-kinds.ts';
import { closeIn } from '../closing/steps.ts';
import { emailHash, eraseAtOf, nobody } from '../rules.ts';
import { type ErasedLine, noteErased, readErased } from './journal.ts';
import {
  type Counts,
  type Erased,
  forgetCards,
  removeFiles,
  removeRows,
  removeTraces,
  unname,
  unnameLatePayments,
  unnamePayments,
} from './steps.ts';

type By = ErasedLine['by'];

/** An acquirer that does not answer holds an erasure up no longer than this: the card is forgotten here all the same. */
const waitForAcquirerMs = 3 * 86_400_000;

/**
 * Erases a student: closed at once, then everything goes in portions. A process that is killed in the middle leaves a row in `erasure` without an end,
 * and whoever runs next goes on from there.
 * @returns null where there is no such student
 * @throws ProviderError while an acquirer does not answer: it is tried again
 */
export async function eraseStudent(app: App, actor: Actor, { personId, by }: { personId: string; by: By }): Promise<Counts | null> {
  if (actor.kind === 'person') throw new AppError('AUTH_FORBIDDEN');
  const begun = await beginErasure(app, personId, by);
  if (!begun) return null;
  const { person, startedAt } = begun;
  await noteErased(app, { personId, emailHash: emailHash(app.secrets, person.email), by, at: startedAt.toISOString() });
  await endAllOf(app, personId);
  try {
    await forgetCards(app, person);
  } catch (error) {
    if (app.clock.now().getTime() - startedAt.getTime() < waitForAcquirerMs) throw error;
    app.log.warn({ err: error }, 'an acquirer has not forgotten a card of somebody who is erased');
  }
  const named = await unname(app, person);
  const money = await unnamePayments(app, person);
  const files = await removeFiles(app, person);
  const rows = await removeRows(app, person);
  await removeTraces(app, person);
  const counts = Object.fromEntries(Object.entries({ ...rows, ...files, ...money, ...named }).filter(([, count]) => count > 0));
  await endErasure(app, actor, person, counts);
  return counts;
}

export type FoundStudent =
  | { outcome: 'student'; id: string }
  | { outcome: 'is-moderator' }
  | { outcome: 'unknown' }
  | { outcome: 'erased'; on: string };

/** Whom an address belongs to, or belonged to before it was erased. */
export async function findStudentByEmail(app: App, actor: Actor, email: string): Promise<FoundStudent> {
  if (actor.kind === 'person') throw new AppError('AUTH_FORBIDDEN');
  const person = await app.db.person.findUnique({ where: { email }, select: { id: true, role: true } });
  if (person) return person.role === 'student' ? { outcome: 'student', id: person.id } : { outcome: 'is-moderator' };
  const erased = await app.db.erasure.findFirst({
    where: { emailHash: emailHash(app.secrets, email), finishedAt: { not: null } },
    orderBy: { finishedAt: 'desc' },
    select: { finishedAt: true },
  });
  return erased?.finishedAt ? { outcome: 'erased', on: erased.finishedAt.toISOString().slice(0, 10) } : { outcome: 'unknown' };
}

/** What a student does in the profile, done for them by the administrator: closed now, erased in a week. Twice keeps the first day. */
export async function scheduleErasure(app: App, actor: Actor, personId: string): Promise<Date> {
  if (actor.kind === 'person') throw new AppError('AUTH_FORBIDDEN');
  await cancelAllOf(app, personId);
  const now = app.clock.now();
  return app.db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM person WHERE id = ${personId}::uuid FOR UPDATE`;
    const before = await tx.person.findUniqueOrThrow({ where: { id: personId }, select: { blockedAt: true, eraseAt: true } });
    if (before.eraseAt) return before.eraseAt;
    const eraseAt = eraseAtOf(now);
    await closeIn(app, tx, personId, { blockedAt: before.blockedAt ?? now, eraseAt });
    await recordAudit(app, tx, actor, { action: 'person.close', subject: personId, after: { eraseAt: eraseAt.toISOString() } });
    return eraseAt;
  });
}

/** Closes the account and writes the erasure down, or finds what was begun. Under the lock that `keepAccount` takes too. */
async function beginErasure(app: App, personId: string, by: By): Promise<{ person: Erased; startedAt: Date } | null> {
  const now = app.clock.now();
  return app.db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM person WHERE id = ${personId}::uuid FOR UPDATE`;
    const row = await tx.person.findFirst({
      where: { id: personId, role: 'student' },
      select: {
        id: true,
        email: true,
        phone: true,
        firstName: true,
        lastName: true,
        blockedAt: true,
        telegram: { select: { telegramId: true } },
      },
    });
    if (!row) return null;
    const { telegram, blockedAt, ...person } = row;
    await closeIn(app, tx, personId, { blockedAt: blockedAt ?? now, eraseAt: now });
    await tx.erasure.createMany({
      data: { personId, emailHash: emailHash(app.secrets, person.email), by, startedAt: now },
      skipDuplicates: true,
    });
    // A copy of the database that was restored may hold the row of an erasure that had come to its end.
    const { startedAt } = await tx.erasure.update({ where: { personId }, data: { finishedAt: null }, select: { startedAt: true } });
    return { person: { ...person, telegramId: telegram ? String(telegram.telegramId) : null }, startedAt };
  });
}

/** The row of the person, and all that goes with it; the Excel table is written anew without them. */
async function endErasure(app: App, actor: Actor, { id }: Erased, counts: Counts): Promise<void> {
  await app.db.$transaction(
    async (tx) => {
      const { count } = await tx.person.deleteMany({ where: { id } });
      // The command and the job came to the end at the same moment.
      if (count === 0) return;
      await tx.erasure.update({ where: { personId: id }, data: { finishedAt: app.clock.now(), counts }, select: { personId: true } });
      await recordAudit(app, tx, actor, { action: 'person.erase', subject: nobody, after: { counts } });
      await app.jobs.enqueue(tx, registryWrite, {});
    },
    { timeout: 120_000 },
  );
}

/** Everybody whose week is over, and whoever was left in the middle. One who cannot be erased now does not hold up the others. */
export async function eraseDue(app: App): Promise<void> {
  const due = await app.db.person.findMany({
    where: { role: 'student', eraseAt: { lte: app.clock.now() } },
    orderBy: { eraseAt: 'asc' },
    select: { id: true },
  });
  const failures: unknown[] = [];
  for (const { id } of due)
    await eraseStudent(app, { kind: 'system' }, { personId: id, by: 'self' }).catch((error) => failures.push(error));
  if (app.payments) await unnameLatePayments(app);
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${due.length} students could not be erased`);
}

/**
 * After a restore: whoever was erased since the copy was made is erased again, by the file beside the backups and by the copy's own table. One that an
 * acquirer holds up is closed, and the school goes on with it every hour.
 * @returns how many had come back
 */
export async function eraseAgain(app: App): Promise<number> {
  const inTable = await app.db.erasure.findMany({ select: { personId: true } });
  const ids = new Set([...(await readErased(app)), ...inTable].map(({ personId }) => personId));
  let again = 0;
  for (const personId of ids) {
    try {
      if (await eraseStudent(app, { kind: 'system' }, { personId, by: 'system' })) again += 1;
    } catch (error) {
      app.log.warn({ err: error }, 'somebody who was erased before is closed, and not erased yet');
      again += 1;
    }
  }
  return again;
}
