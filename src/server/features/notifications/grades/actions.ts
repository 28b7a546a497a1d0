import { Prisma } from '#prisma/generated/client.ts';
import type { App } from '../../../platform/app.ts';
import type { Tx } from '../../../platform/db.ts';
import { addNotice } from '../enqueue.ts';

/** A step of deciding on a work. Decided anew, it is told of anew. */
export async function tellDecided(app: App, tx: Tx, work: { id: string; personId: string; decidedAt: Date }): Promise<void> {
  const decidedAt = work.decidedAt.toISOString();
  await addNotice(
    app,
    tx,
    { kind: 'grade', about: `work:${work.id}:${work.decidedAt.getTime()}`, data: { work: { id: work.id, decidedAt } } },
    Prisma.sql`SELECT ${work.personId}::uuid AS person_id`,
  );
}

/** A step of publishing a mended key, behind the rows of who gained. */
export async function tellGainers(app: App, tx: Tx, keyFixId: string): Promise<void> {
  await addNotice(
    app,
    tx,
    { kind: 'grade', about: `key-fix:${keyFixId}`, data: { keyFix: keyFixId }, bulk: true },
    Prisma.sql`SELECT g.person_id FROM key_fix_gain g WHERE g.key_fix_id = ${keyFixId}::uuid`,
  );
}

/** A step of opening the review of an attempt later than its end: whoever sees the result at once need not be told. */
export async function tellReleased(app: App, tx: Tx, attempt: { id: string; personId: string }): Promise<void> {
  await addNotice(
    app,
    tx,
    { kind: 'grade', about: `exam:${attempt.id}`, data: { exam: { id: attempt.id } } },
    Prisma.sql`SELECT ${attempt.personId}::uuid AS person_id`,
  );
}
