import type { App } from '../../../../platform/app.ts';
import { ProviderError, type WebhookNews } from '../../../../platform/payments.ts';
import { askProvider, recordSnapshot } from '../../record/actions.ts';
import { closeEvent, keepReceipt, tellOfForeignSubscription, tellOfUnknown } from '../actions.ts';
import { findAttemptOf, findWaitingEvent, type KeptEvent } from '../queries.ts';
import { hasMoney, withMessage, withRefund } from '../rules.ts';

/** Does what a stored message tells; done twice, it is the same. Messages of one payment may come in any order. @throws ProviderError */
export async function workOffEvent(app: App, id: bigint): Promise<void> {
  const event = await findWaitingEvent(app, id);
  if (event) await closeEvent(app, id, await outcomeOf(app, event), event.tells);
}

async function outcomeOf(app: App, event: KeptEvent): Promise<string> {
  const { tells } = event;
  if (!tells) return event.attemptId === null ? 'ignored' : askProvider(app, event.attemptId);
  switch (tells.t) {
    case 'payment':
      return tells.sure ? recordSnapshot(app, tells.snapshot) : confirm(app, event, tells);
    case 'refund':
      return confirmRefund(app, event, tells);
    case 'receipt':
      return tells.url !== null && (await keepReceipt(app, event, tells.url)) ? 'applied' : 'ignored';
    case 'subscription':
      await tellOfForeignSubscription(app, event.provider, tells);
      return 'ignored';
    case 'check':
    case 'nothing':
      return 'ignored';
  }
}

/** The provider’s own word, in answer to our question, is what counts; the message only said that there is something to ask. */
async function confirm(app: App, event: KeptEvent, { snapshot }: Extract<WebhookNews, { t: 'payment' }>): Promise<string> {
  const attempt = await findAttemptOf(app, event);
  if (!attempt) {
    if (!hasMoney(snapshot.state)) return 'ignored';
    await tellOfUnknown(app, snapshot);
    return 'unknown-payment';
  }
  const found = await app.payments?.provider(event.provider)?.find(attempt);
  if (!found) return 'ignored';
  // Asked again a little later: the card that may be charged is named by the message only, and nobody takes it for a payment that is not there.
  if (hasMoney(snapshot.state) && found.state === 'opened') throw new ProviderError('unknown', 'a provider is behind its own message');
  return recordSnapshot(app, withMessage(found, snapshot));
}

/** The message names one refund; the provider is asked how the payment stands with all of them. */
async function confirmRefund(app: App, event: KeptEvent, tells: Extract<WebhookNews, { t: 'refund' }>): Promise<string> {
  const attempt = await findAttemptOf(app, event);
  const found = attempt && (await app.payments?.provider(event.provider)?.find(attempt));
  return found ? recordSnapshot(app, withRefund(found, tells)) : 'unknown-payment';
}
