import type { ProviderId } from '#shared/payments.ts';
import type { App } from '../../../../platform/app.ts';
import { handle, type JobHandler } from '../../../../platform/jobs.ts';
import { type PaymentProvider, type PaymentSnapshot, ProviderError } from '../../../../platform/payments.ts';
import { paymentsOpen, paymentsWithdraw } from '../../job-kinds.ts';
import { providerOf } from '../../provider.ts';
import { askProvider, recordSnapshot } from '../../record/actions.ts';
import { isCaptured, rankOf } from '../../state.ts';
import { openingMs } from '../rules.ts';
import { beginOpening, closePage, failOpening, markSent, markUnsent, type Opening, replaceAttempt, storePage } from './actions.ts';

/**
 * Asks the provider for the page of an attempt, once whatever happens: what it did not answer is looked for before it is asked again. A provider that is
 * busy or away is tried again for a minute, while the student waits; then the attempt has failed, and another may be begun.
 * @throws ProviderError to be tried again
 */
export async function openPage(app: App, attemptId: string): Promise<void> {
  const opening = await beginOpening(app, attemptId);
  if (!opening) return;
  const provider = providerOf(app, opening.provider);
  const patient = app.clock.now().getTime() - opening.createdAt.getTime() < openingMs;
  await withdrawOlder(app, opening, patient);
  if (!(await markSent(app, attemptId))) return;
  try {
    if (opening.again && (await foundBefore(app, provider, opening))) return;
    await storePage(app, attemptId, await provider.createPage(opening.page));
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    if (error.trouble === 'refused' && (await foundBefore(app, provider, opening))) return;
    if (error.trouble === 'refused' || error.trouble === 'keys' || !patient) {
      await failOpening(app, attemptId, error);
      return;
    }
    // Whether there is a page is not known: it is looked for the next time.
    if (error.trouble !== 'unknown') await markUnsent(app, attemptId);
    throw error;
  }
}

/** Does the provider know the attempt from an earlier call? Its address was lost with the answer, so a page that nobody has seen is withdrawn for another. */
async function foundBefore(app: App, provider: PaymentProvider, { page, providerPaymentId }: Opening): Promise<boolean> {
  const { attemptId } = page;
  const found = await provider.find({ attemptId, providerPaymentId });
  if (!found) return false;
  if (rankOf(found.state) >= rankOf('failed')) {
    await recordSnapshot(app, { ...found, attemptId });
    return true;
  }
  if (!(await withdrawn(provider, attemptId, found)))
    throw new ProviderError('unknown', 'a page without an address could not be withdrawn');
  await replaceAttempt(app, attemptId, found.providerPaymentId);
  return true;
}

const withdrawn = (provider: PaymentProvider, attemptId: string, { providerPaymentId }: PaymentSnapshot) =>
  provider.cancelPage({ attemptId, providerPaymentId, providerPageId: null });

/** So that there is one page to pay. Where a provider does not answer, the student need not wait for it for long: a second payment goes back by itself. */
async function withdrawOlder(app: App, { older }: Opening, patient: boolean): Promise<void> {
  for (const id of older) {
    try {
      await withdrawPage(app, id);
    } catch (error) {
      if (!(error instanceof ProviderError) || patient) throw error;
    }
  }
}

/** Withdraws the page of an attempt, or finds out that it was paid. @throws ProviderError */
export async function withdrawPage(app: App, attemptId: string): Promise<void> {
  const attempt = await app.db.paymentAttempt.findUnique({
    where: { id: attemptId },
    select: { state: true, provider: true, providerPaymentId: true, providerPageId: true, payUrl: true, sentAt: true },
  });
  if (!attempt || isCaptured(attempt.state)) return;
  const { providerPaymentId, providerPageId, sentAt, payUrl } = attempt;
  // Written from `paymentProviders` only.
  const provider = app.payments?.provider(attempt.provider as ProviderId);
  const neverOpened = providerPaymentId === null && providerPageId === null && payUrl === null && sentAt === null;
  if (neverOpened || !provider || (await provider.cancelPage({ attemptId, providerPaymentId, providerPageId })))
    await closePage(app, attemptId);
  else await askProvider(app, attemptId);
}

export const pagesJobs: JobHandler[] = [
  handle(paymentsOpen, (app, { attemptId }) => openPage(app, attemptId)),
  handle(paymentsWithdraw, (app, { attemptId }) => withdrawPage(app, attemptId)),
];
