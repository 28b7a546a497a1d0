import type { App } from '../../../platform/app.ts';
import type { Tx } from '../../../platform/db.ts';
import { paymentsSweep } from '../job-kinds.ts';
import { enrolledUntilBy } from './rules.ts';

/** Writes the right that a paid order bought; asked twice, it is one. `until` null: for good. Inside the transaction that makes the order paid. */
export async function entitle(
  _app: App,
  tx: Tx,
  of: { orderId: string; personId: string | null; courseId: string | null; from: Date; until: Date | null },
): Promise<void> {
  const { orderId, personId, courseId, from, until } = of;
  await tx.entitlement.createMany({ data: [{ orderId, personId, courseId, fromAt: from, untilAt: until }], skipDuplicates: true });
}

/** Takes back the right that an order bought. Null: it bought none, or it was over. */
export async function endEntitlement(app: App, tx: Tx, orderId: string): Promise<{ personId: string; courseId: string } | null> {
  const [ended] = await tx.entitlement.updateManyAndReturn({
    where: { orderId, endedAt: null },
    data: { endedAt: app.clock.now() },
    select: { personId: true, courseId: true },
  });
  return ended?.personId && ended.courseId ? { personId: ended.personId, courseId: ended.courseId } : null;
}

/**
 * The line in which everything that changes the enrolment of a person in a course by what is paid stands: two orders of one course may be paid at the same
 * moment, and who comes second has to see the right of the first. Held to the end of the transaction; taken twice, it is one.
 */
export async function holdRights(tx: Tx, personId: string, courseId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`rights ${personId} ${courseId}`}, 7316500007))`;
}

/**
 * Makes the enrolment follow from what is paid: the «paid» row of this person and course is there, and ends, as their live entitlements say (with the grace
 * of a subscription that goes on). What was granted or free stays as it is. The last lock that a transaction takes: what changes rights or the subscription
 * comes before it.
 */
export async function followEntitlements(app: App, tx: Tx, personId: string, courseId: string): Promise<void> {
  const now = app.clock.now();
  await holdRights(tx, personId, courseId);
  const [rights, subscription] = [
    await tx.entitlement.findMany({ where: { personId, courseId, endedAt: null }, select: { untilAt: true } }),
    await tx.subscription.findFirst({
      where: { personId, courseId, state: { in: ['active', 'past_due'] } },
      select: { paidUntil: true, cancelledAt: true },
    }),
  ];
  const untils = rights.map(({ untilAt }) => untilAt);
  const until = enrolledUntilBy(untils, subscription, now);
  if (until === undefined) {
    await tx.enrolment.deleteMany({ where: { personId, courseId, how: 'paid' } });
    return;
  }
  // Raw: of what was granted or is free only an end is put off, in one statement with the row that may not be there yet.
  await tx.$executeRaw`INSERT INTO enrolment AS e (person_id, course_id, enrolled_at, how, ends_at)
    VALUES (${personId}::uuid, ${courseId}::uuid, ${now}, 'paid', ${until}::timestamptz)
    ON CONFLICT (person_id, course_id) DO UPDATE SET ends_at = EXCLUDED.ends_at
    WHERE e.how = 'paid' OR e.ends_at < coalesce(EXCLUDED.ends_at, 'infinity')`;
  // A school that takes no payments any more has nobody who sweeps: the gates go by the clock.
  if (until && app.payments) await app.jobs.enqueue(tx, paymentsSweep, {}, { startAfter: until });
}
