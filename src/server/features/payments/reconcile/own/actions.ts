import type { IssueKind } from '#shared/payments.ts';
import type { App } from '../../../../platform/app.ts';
import { entitle, followEntitlements } from '../../entitlements/steps.ts';
import { heldOrder, moneyTransaction } from '../../hold.ts';
import { type Look, report } from '../looks/actions.ts';
import { listDoubts, listOwnGaps, listWithoutReceipt, type OwnGap } from './queries.ts';

const issueOfGap: Record<OwnGap['kind'], { kind: IssueKind; detail: string | null }> = {
  'not-given': { kind: 'paid-not-granted', detail: null },
  'no-right': { kind: 'paid-not-granted', detail: null },
  'not-enrolled': { kind: 'paid-not-granted', detail: null },
  'not-paid': { kind: 'granted-not-paid', detail: null },
  'no-order': { kind: 'granted-not-paid', detail: 'enrolment' },
  ledger: { kind: 'amount-differs', detail: 'ledger' },
};

/** Our own tables held against each other: a right that was bought is given where it is missing; the rest a person has to see. */
export async function compareOwnBooks(app: App, look: Look): Promise<void> {
  for (const gap of await listOwnGaps(app, look.provider)) {
    if (gap.provider !== look.provider) continue;
    const { attemptId, expectedMinor, foundMinor, currency } = gap;
    const mended = gap.kind === 'no-right' || gap.kind === 'not-enrolled' ? await giveWhatIsPaid(app, gap) : false;
    const key = attemptId ?? gap.orderId ?? `${gap.personId}:${gap.courseId}`;
    await report(app, look, { ...issueOfGap[gap.kind], key, attemptId, expectedMinor, foundMinor, currency, mended });
  }
}

/** True: it is given now. */
async function giveWhatIsPaid(app: App, { orderId, personId, courseId }: OwnGap): Promise<boolean> {
  if (!orderId || !personId || !courseId) return false;
  return moneyTransaction(app, async (tx) => {
    const order = await heldOrder(tx, orderId);
    if (order?.state !== 'paid') return false;
    const { paidAt, periodStart, periodEnd } = await tx.paymentOrder.findUniqueOrThrow({
      where: { id: orderId },
      select: { paidAt: true, periodStart: true, periodEnd: true },
    });
    await entitle(app, tx, { orderId, personId, courseId, from: periodStart ?? paidAt ?? app.clock.now(), until: periodEnd });
    await followEntitlements(app, tx, personId, courseId);
    const row = await tx.enrolment.findUnique({ where: { personId_courseId: { personId, courseId } }, select: { personId: true } });
    return row !== null;
  });
}

const hour = 3_600_000;

/** Charges and refunds of which for an hour nobody knows what became; and those of which it is known again. */
export async function compareDoubts(app: App, look: Look): Promise<void> {
  const doubts = (await listDoubts(app, new Date(app.clock.now().getTime() - hour))).filter(({ provider }) => provider === look.provider);
  const keys = doubts.map(({ attemptId, refundId }) => refundId ?? attemptId);
  for (const { attemptId, refundId, amountMinor, currency } of doubts) {
    const what = { expectedMinor: amountMinor, currency, detail: refundId === null ? 'charge' : 'refund' };
    await report(app, look, { kind: 'unknown-outcome', key: refundId ?? attemptId, attemptId, refundId, ...what });
  }
  await app.db.paymentIssue.updateMany({
    where: { kind: 'unknown-outcome', provider: look.provider, resolvedAt: null, key: { notIn: keys } },
    data: { resolvedAt: app.clock.now() },
  });
}

/** A receipt comes within minutes; after a day it is missing. */
export async function compareReceipts(app: App, look: Look, from: Date): Promise<void> {
  if (!app.config.payments?.receipts) return;
  const dayAgo = new Date(app.clock.now().getTime() - 24 * hour);
  for (const { attemptId } of await listWithoutReceipt(app, look.provider, from, dayAgo)) {
    await report(app, look, { kind: 'receipt-missing', key: attemptId, attemptId });
  }
}
