import { paymentProviders } from '#shared/payments.ts';
import type { App } from '../../../../platform/app.ts';
import type { Tx } from '../../../../platform/db.ts';
import type { PaymentProvider, ProviderError, SavedCharge } from '../../../../platform/payments.ts';
import { type HeldAttempt, type HeldOrder, heldOrder, moneyTransaction, tellPayer } from '../../hold.ts';
import { raiseIssue } from '../../issues/steps.ts';
import { paymentsCharge } from '../../job-kinds.ts';
import { tokenOf } from '../../methods/steps.ts';
import { describe } from '../../orders/rules.ts';
import { findProvider } from '../../provider.ts';
import { known } from '../../state.ts';
import { lockSubscription } from '../ending/steps.ts';
import { nextLookAt } from '../rules.ts';
import { subscriptionDeclined } from '../steps.ts';
import { findCard, mayBringMoney, openProvider, payerOf } from './steps.ts';

/** What the job is to do with an attempt: charge the card, or ask what became of a charge that was sent. */
export type ChargeStep =
  | { kind: 'charge'; provider: PaymentProvider; charge: Omit<SavedCharge, 'notificationUrl'> }
  | { kind: 'ask'; provider: PaymentProvider; providerPaymentId: string | null; sentAt: Date }
  /** The school's secret is another one than when the card was kept. */
  | { kind: 'unreadable' };

/** It was cancelled between two calls to the provider, before any of them took money. */
export class ChargeGivenUp extends Error {}

/**
 * Takes a charge in hand: from here on it may be at the bank, until the provider has said what became of it (`sentAt`). Looks once more whether it may
 * be made at all. Null: nothing is to be done.
 */
export async function takeCharge(app: App, attemptId: string): Promise<ChargeStep | null> {
  return withCharge(app, attemptId, async (tx, order, attempt): Promise<ChargeStep | null> => {
    const { sentAt, providerPaymentId } = attempt;
    if (sentAt) {
      const provider = findProvider(app, attempt.provider);
      return provider && { kind: 'ask', provider, providerPaymentId, sentAt };
    }
    const subscription = order.subscriptionId === null ? null : await lockSubscription(tx, order.subscriptionId);
    const goesOn = subscription && !subscription.cancelledAt && (subscription.state === 'active' || subscription.state === 'past_due');
    const payer = goesOn ? await payerOf(tx, subscription) : null;
    if (!goesOn || !payer || 'never' in payer || order.state === 'paid') {
      await dropCharge(app, tx, order, attempt, { closes: true });
      return null;
    }
    const provider = await openProvider(app, tx, { ...subscription, provider: attempt.provider });
    const card = await findCard(tx, attempt.methodId);
    const paysByPage = order.attempts.some((one) => one.id !== attemptId && mayBringMoney(one));
    if (!provider || !card || paysByPage) {
      await dropCharge(app, tx, order, attempt, { closes: false });
      return null;
    }
    const token = tokenOf(app, card);
    if (token === null) return { kind: 'unreadable' };
    const now = app.clock.now();
    await tx.paymentAttempt.update({
      where: { id: attemptId },
      data: { sentAt: now, nextCheckAt: nextLookAt(0, now) },
      select: { id: true },
    });
    const { amountMinor, currency } = attempt;
    const named = await tx.paymentOrder.findUniqueOrThrow({
      where: { id: order.id },
      select: { number: true, title: true, plan: true, locale: true },
    });
    const charge: Omit<SavedCharge, 'notificationUrl'> = {
      attemptId,
      providerPaymentId,
      amountMinor,
      currency,
      description: describe(named),
      customerId: payer.id,
      email: payer.email,
      token,
      items: [{ label: named.title, amountMinor }],
      locale: payer.locale === 'en' ? 'en' : 'ru',
    };
    return { kind: 'charge', provider, charge };
  });
}

/** Keeps the id under which the provider will charge, before it does. @throws ChargeGivenUp where the student cancelled meanwhile */
export async function keepPaymentId(app: App, attemptId: string, providerPaymentId: string): Promise<void> {
  const goesOn = await withCharge(app, attemptId, async (tx, order) => {
    await tx.paymentAttempt.update({ where: { id: attemptId }, data: { providerPaymentId, state: 'opened' }, select: { id: true } });
    const subscription = order.subscriptionId === null ? null : await lockSubscription(tx, order.subscriptionId);
    return subscription !== null && !subscription.cancelledAt && subscription.state !== 'ended';
  });
  if (!goesOn) throw new ChargeGivenUp();
}

/** Nothing was sent that takes money: the attempt is none. */
export async function giveUpCharge(app: App, attemptId: string): Promise<void> {
  await withCharge(app, attemptId, (tx, order, attempt) => dropCharge(app, tx, order, attempt, { closes: true }));
}

/** `closes`: nobody will try again. */
async function dropCharge(app: App, tx: Tx, order: HeldOrder, attempt: HeldAttempt, { closes }: { closes: boolean }): Promise<void> {
  await tx.paymentAttempt.update({
    where: { id: attempt.id },
    data: { state: 'voided', sentAt: null, nextCheckAt: null },
    select: { id: true },
  });
  if (closes && order.state === 'open')
    await tx.paymentOrder.update({ where: { id: order.id }, data: { state: 'closed', closedReason: 'cancelled' }, select: { id: true } });
  await tellPayer(app, tx, order.personId);
}

/** The provider did not do it, or it is not known whether it did. Only in the latter case the attempt stays as it is: sent. */
export async function chargeTroubled(app: App, attemptId: string, { trouble, code }: ProviderError): Promise<void> {
  const now = app.clock.now();
  await withCharge(app, attemptId, async (tx, order, attempt) => {
    const { checks } = await tx.paymentAttempt.findUniqueOrThrow({ where: { id: attempt.id }, select: { checks: true } });
    const later = { nextCheckAt: nextLookAt(checks, now), checks: checks + 1 };
    const refused = { state: 'failed', sentAt: null, nextCheckAt: null, declineCode: code, declineClass: 'technical' } as const;
    const data = trouble === 'unknown' ? later : trouble === 'refused' ? refused : { ...later, sentAt: null };
    await tx.paymentAttempt.update({ where: { id: attempt.id }, data, select: { id: true } });
    if (trouble !== 'refused') return;
    // No decline of the card: the terminal may not charge saved cards (T-Bank: 10), or does not understand. The school has to look.
    await raiseIssue(app, tx, {
      kind: 'provider-trouble',
      key: `${attempt.provider}:charge:${code}`,
      provider: known(paymentProviders, attempt.provider),
      attemptId,
      detail: code,
    });
    if (order.subscriptionId)
      await subscriptionDeclined(app, tx, { subscriptionId: order.subscriptionId, orderId: order.id, again: 'later' });
    await tellPayer(app, tx, order.personId);
  });
}

/** Still in doubt: asked again later. */
export async function putOffLook(app: App, attemptId: string): Promise<void> {
  const now = app.clock.now();
  await withCharge(app, attemptId, async (tx, _order, { id }) => {
    const { checks } = await tx.paymentAttempt.findUniqueOrThrow({ where: { id }, select: { checks: true } });
    await tx.paymentAttempt.update({
      where: { id },
      data: { nextCheckAt: nextLookAt(checks, now), checks: checks + 1 },
      select: { id: true },
    });
  });
}

/** The provider knows of no charge, and would by now: it was not made. It is made now, for the same attempt. */
export async function releaseCharge(app: App, attemptId: string, sentAt: Date): Promise<void> {
  await withCharge(app, attemptId, async (tx, _order, attempt) => {
    if (attempt.sentAt?.getTime() !== sentAt.getTime()) return;
    await tx.paymentAttempt.update({ where: { id: attemptId }, data: { sentAt: null }, select: { id: true } });
    await app.jobs.enqueue(tx, paymentsCharge, { attemptId });
  });
}

/** Something with a charge by a saved card that is not over, under the lock of its order. Null: it is over, or there is none. */
async function withCharge<T>(
  app: App,
  attemptId: string,
  work: (tx: Tx, order: HeldOrder, attempt: HeldAttempt) => Promise<T>,
): Promise<T | null> {
  return moneyTransaction(app, async (tx) => {
    const found = await tx.paymentAttempt.findUnique({ where: { id: attemptId }, select: { orderId: true } });
    const order = found && (await heldOrder(tx, found.orderId));
    const attempt = order?.attempts.find(({ id }) => id === attemptId);
    if (!order || attempt?.kind !== 'saved' || (attempt.state !== 'created' && attempt.state !== 'opened')) return null;
    return work(tx, order, attempt);
  });
}
