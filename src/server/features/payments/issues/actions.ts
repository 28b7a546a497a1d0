import type * as z from 'zod';
import { AppError } from '#shared/errors.ts';
import type { resolveIssueInput } from '#shared/payments-office.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { recordAudit } from '../../../platform/audit.ts';

/**
 * A person has dealt with it, and says how; also with one that has come right by itself meanwhile.
 * @throws AppError PAYMENTS_NOT_FOUND; PAYMENTS_STATE when somebody else has said so before
 */
export async function resolveIssue(app: App, actor: PersonActor, { id, note }: z.output<typeof resolveIssueInput>): Promise<void> {
  await app.db.$transaction(async (tx) => {
    const data = { resolvedAt: app.clock.now(), resolvedById: actor.id, note };
    const { count } = await tx.paymentIssue.updateMany({ where: { id, resolvedById: null }, data });
    const issue = await tx.paymentIssue.findUnique({ where: { id }, select: { kind: true } });
    if (!issue) throw new AppError('PAYMENTS_NOT_FOUND');
    if (count === 0) throw new AppError('PAYMENTS_STATE');
    await recordAudit(app, tx, actor, { action: 'payment.resolve', subject: id, after: { issue: issue.kind, note } });
  });
}
