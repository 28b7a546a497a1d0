import type { App } from '../../../platform/app.ts';
import { handle, type JobHandler } from '../../../platform/jobs.ts';
import { type PaymentSnapshot, ProviderError } from '../../../platform/payments.ts';
import { paymentsRefund } from '../job-kinds.ts';
import { recordSnapshot } from '../record/actions.ts';
import { keyHolds, notMadeMs } from './rules.ts';
import { type RefundStep, refundTaken, refundTroubled, releaseRefund, takeRefund } from './sending/actions.ts';

/** Sends a refund, once. One whose outcome is not known is asked for again only under the same key, and otherwise left to what the provider's books say. */
export async function sendRefund(app: App, { refundId }: { refundId: string }): Promise<void> {
  const step = await takeRefund(app, refundId);
  if (!step) return;
  if (step.kind === 'ask' && !(await mayAskAgain(app, refundId, step))) return;
  try {
    await refundTaken(app, refundId, await step.provider.refund(step.refund));
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    tell(app, refundId, step, error);
    // Asked again under the same key, «no» is about the refund itself; anything else leaves it in doubt.
    if (step.kind === 'send' || error.trouble === 'refused') await refundTroubled(app, refundId, error);
  }
}

/** Reads the provider's books first: what they tell settles the refund, or shows that it was not made. That they cannot be read says nothing of it. */
async function mayAskAgain(app: App, refundId: string, step: RefundStep): Promise<boolean> {
  const { provider, refund, sentAt, recordedMinor } = step;
  const { attemptId, providerPaymentId } = refund;
  let found: PaymentSnapshot | null;
  try {
    found = await provider.find({ attemptId, providerPaymentId });
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    tell(app, refundId, step, error);
    return false;
  }
  if (found) await recordSnapshot(app, found);
  const now = await app.db.paymentRefund.findUniqueOrThrow({ where: { id: refundId }, select: { state: true } });
  if (now.state !== 'sent') return false;
  const since = app.clock.now().getTime() - sentAt.getTime();
  if (keyHolds(provider.id, found?.paidWith ?? null, since)) return true;
  if (found?.refundedMinor === recordedMinor && since >= notMadeMs) await releaseRefund(app, refundId, sentAt);
  return false;
}

const tell = ({ log }: App, refundId: string, { provider, kind }: RefundStep, { trouble, code: said }: ProviderError) =>
  log.warn({ refundId, kind, provider: provider.id, trouble, said }, 'a refund did not go through');

export const refundsJobs: JobHandler[] = [handle(paymentsRefund, sendRefund)];
