import type * as z from 'zod';
import type { setPricesInput } from '#shared/curriculum.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import { recordAudit } from '../../../../platform/audit.ts';
import { lockCourse } from '../access.ts';

const select = { priceMinor: true, monthlyMinor: true, currency: true } as const;

/**
 * What a course costs from now on. Nobody pays another price than they agreed to: orders keep theirs, and subscriptions go on at the sum they began with.
 * Who studies a course that was free keeps it, since a row of theirs is there, and a price asks only newcomers.
 * @throws AppError COURSES_NOT_FOUND
 */
export async function setPrices(
  app: App,
  actor: PersonActor,
  { id, once, month, currency }: z.output<typeof setPricesInput>,
): Promise<void> {
  await app.db.$transaction(async (tx) => {
    const course = await lockCourse(tx, actor, id);
    const before = await tx.course.findUniqueOrThrow({ where: { id }, select });
    const after = { priceMinor: once, monthlyMinor: month, currency };
    const keys = (Object.keys(select) as (keyof typeof select)[]).filter((key) => before[key] !== after[key]);
    if (keys.length === 0) return;
    await tx.course.update({ where: { id }, data: after, select: { id: true } });
    const only = (row: typeof before) => Object.fromEntries(keys.map((key) => [key, row[key]]));
    const change = { before: only(before), after: only(after) };
    await recordAudit(app, tx, actor, { action: 'course.price', subject: id, label: course.title, ...change });
  });
}
