import { webhooksPath } from '#shared/payments.ts';
import type { App } from '../../../platform/app.ts';
import { handle, type JobHandler } from '../../../platform/jobs.ts';
import { ProviderError } from '../../../platform/payments.ts';
import { paymentsCharge, paymentsSubscriptions } from '../job-kinds.ts';
import { recordSnapshot } from '../record/actions.ts';
import { resumeRefunds } from '../refunds/sending/actions.ts';
import {
  ChargeGivenUp,
  type ChargeStep,
  chargeTroubled,
  giveUpCharge,
  keepPaymentId,
  putOffLook,
  releaseCharge,
  takeCharge,
} from './charging/actions.ts';
import { settledMs } from './rules.ts';
import { resumeCharges, sweepSubscriptions } from './sweep/actions.ts';

/**
 * Charges a saved card, once. A crash at whatever line leaves either an attempt that was not sent, and is sent by the next run, or one that was, and then
 * only the provider's own word says whether it is to be sent again.
 */
export async function chargeSavedCard(app: App, { attemptId }: { attemptId: string }): Promise<void> {
  const step = await takeCharge(app, attemptId);
  if (!step) return;
  if (step.kind === 'ask') return askAboutCharge(app, attemptId, step);
  // Nothing was asked for. As where the provider refuses to charge cards: a person is called, the student may pay by another card, and it is tried again.
  if (step.kind === 'unreadable') return chargeTroubled(app, attemptId, new ProviderError('refused', 'the card cannot be read', 'secret'));
  const { provider, charge } = step;
  const notificationUrl = `${app.config.publicUrl}${webhooksPath}/${provider.id}`;
  try {
    const snapshot = await provider.chargeSaved({ ...charge, notificationUrl }, (id) => keepPaymentId(app, attemptId, id));
    await recordSnapshot(app, snapshot);
  } catch (error) {
    if (error instanceof ChargeGivenUp) return giveUpCharge(app, attemptId);
    if (!(error instanceof ProviderError)) throw error;
    app.log.warn({ attemptId, provider: provider.id, trouble: error.trouble, said: error.code }, 'a saved card could not be charged');
    await chargeTroubled(app, attemptId, error);
  }
}

type Asking = Extract<ChargeStep, { kind: 'ask' }>;

async function askAboutCharge(app: App, attemptId: string, { provider, providerPaymentId, sentAt }: Asking): Promise<void> {
  try {
    const found = await provider.find({ attemptId, providerPaymentId });
    if (found) await recordSnapshot(app, found);
    // T-Bank has a payment that was begun, and was never told to charge it.
    const notCharged = !found || found.state === 'created' || found.state === 'opened';
    if (notCharged && app.clock.now().getTime() - sentAt.getTime() >= settledMs) return await releaseCharge(app, attemptId, sentAt);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    app.log.warn(
      { attemptId, provider: provider.id, trouble: error.trouble, said: error.code },
      'a provider was not able to tell of a charge',
    );
  }
  await putOffLook(app, attemptId);
}

export async function sweep(app: App): Promise<void> {
  await resumeCharges(app);
  await resumeRefunds(app);
  await sweepSubscriptions(app);
}

export const subscriptionsJobs: JobHandler[] = [handle(paymentsSubscriptions, sweep), handle(paymentsCharge, chargeSavedCard)];
