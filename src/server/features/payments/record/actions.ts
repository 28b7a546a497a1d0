import * as z from 'zod';
import type { Prisma } from '#prisma/generated/client.ts';
import type { ProviderId } from '#shared/payments.ts';
import type { App } from '../../../platform/app.ts';
import type { Tx } from '../../../platform/db.ts';
import type { PaymentSnapshot } from '../../../platform/payments.ts';
import { type HeldAttempt, type HeldOrder, heldOrder, moneyTransaction, tellPayer } from '../hold.ts';
import { raiseIssue } from '../issues/steps.ts';
import { paymentsOpen } from '../job-kinds.ts';
import { providerOf } from '../provider.ts';
import { isCaptured, rankOf } from '../state.ts';
import { subscriptionDeclined } from '../subscriptions/steps.ts';
import { addKnown, capture, cardOf } from './capture/steps.ts';
import { nextCheckAt } from './rules.ts';

/** What became of what a provider said. `held`: it does not fit what was asked. `unknown-payment`: it is none of ours. */
export type Recorded = 'applied' | 'nothing-new' | 'held' | 'unknown-payment';

/**
 * The one way in which money comes in: brings an attempt to where the provider says the payment stands, in one transaction under the lock of its order.
 * Never back, never twice: ledger, entitlement, enrolment, subscription, saved card and notice are written with the step that causes them. What does not
 * fit is held and raises an issue. Refunds in the snapshot go through `recordRefunds` of refunds/steps.ts.
 */
export async function recordSnapshot(app: App, snapshot: PaymentSnapshot): Promise<Recorded> {
  return moneyTransaction(app, async (tx) => {
    const order = await findOrder(tx, snapshot);
    const attempt = order && (await attemptOf(tx, order, snapshot));
    if (!attempt) return unknownPayment(app, tx, snapshot);
    const outcome = await bring(app, tx, order, attempt, snapshot);
    if (outcome !== 'nothing-new') await tellPayer(app, tx, order.personId);
    return outcome;
  });
}

async function findOrder(tx: Tx, { provider, attemptId, providerPaymentId }: PaymentSnapshot): Promise<HeldOrder | null> {
  // What a provider calls an attempt may be anything; ours are uuids.
  const id = z.uuid().safeParse(attemptId).data;
  const where: Prisma.PaymentAttemptWhereInput =
    attemptId === null ? { providerPaymentId } : { id: id ?? '00000000-0000-0000-0000-000000000000' };
  const found = await tx.paymentAttempt.findFirst({ where: { ...where, provider }, select: { orderId: true } });
  return found && heldOrder(tx, found.orderId);
}

/**
 * The attempt that a payment belongs to. A second payment of one attempt (a page that took money twice) gets a row of its own, so that it can be counted and
 * given back. Null: the payment is known under another order, so whoever says that it belongs here is wrong.
 */
async function attemptOf(tx: Tx, order: HeldOrder, snapshot: PaymentSnapshot): Promise<HeldAttempt | null> {
  const { provider, providerPaymentId, attemptId } = snapshot;
  const ofProvider = order.attempts.filter((one) => one.provider === provider);
  const same = ofProvider.find((one) => one.providerPaymentId === providerPaymentId);
  if (same) return same;
  const elsewhere = await tx.paymentAttempt.findFirst({ where: { provider, providerPaymentId }, select: { id: true } });
  const named = ofProvider.find((one) => one.id === attemptId) ?? null;
  if (elsewhere || !named) return null;
  if (!isCaptured(named.state) || !isCaptured(snapshot.state)) return named;
  const { kind, amountMinor, currency, test, createdAt, expiresAt } = named;
  const second = { orderId: order.id, provider, providerPaymentId, kind, amountMinor, currency, test, createdAt, expiresAt };
  const { id } = await tx.paymentAttempt.create({ data: second, select: { id: true } });
  return {
    ...named,
    ...second,
    id,
    state: 'created',
    capturedMinor: 0,
    saveMethod: false,
    methodId: null,
    payUrl: null,
    heldReason: null,
    sentAt: null,
  };
}

async function unknownPayment(app: App, tx: Tx, snapshot: PaymentSnapshot): Promise<Recorded> {
  const { provider, providerPaymentId, amountMinor, currency, attemptId } = snapshot;
  // What took no money needs nobody.
  if (rankOf(snapshot.state) >= rankOf('authorized') && snapshot.state !== 'voided') {
    const key = `${provider}:${providerPaymentId}`;
    await raiseIssue(app, tx, {
      kind: 'unknown-payment',
      key,
      provider,
      providerPaymentId,
      foundMinor: amountMinor,
      currency,
      detail: attemptId,
    });
  }
  return 'unknown-payment';
}

async function bring(app: App, tx: Tx, order: HeldOrder, attempt: HeldAttempt, snapshot: PaymentSnapshot): Promise<Recorded> {
  if (isCaptured(attempt.state)) return addKnown(app, tx, order, attempt, snapshot);
  if (isCaptured(snapshot.state)) return capture(app, tx, order, attempt, snapshot);
  // Whose address was lost with an answer, or is on its way: `openPage` deals with it, and opens another one if need be.
  if (snapshot.state === 'opened' && attempt.state === 'created' && attempt.kind === 'page') return 'nothing-new';
  if (rankOf(snapshot.state) <= rankOf(attempt.state)) return declineAnew(app, tx, attempt, snapshot);
  return move(app, tx, order, attempt, snapshot);
}

/** What no money came of yet, or any more. */
async function move(app: App, tx: Tx, order: HeldOrder, attempt: HeldAttempt, snapshot: PaymentSnapshot): Promise<Recorded> {
  const { state, decline } = snapshot;
  const over = rankOf(state) >= rankOf('failed') && state !== 'authorized';
  const known = { providerPaymentId: snapshot.providerPaymentId, paidWith: snapshot.paidWith ?? attempt.paidWith };
  await tx.paymentAttempt.update({
    where: { id: attempt.id },
    data: {
      ...known,
      state,
      declineCode: decline?.code ?? null,
      declineClass: decline?.class ?? (state === 'failed' ? 'other' : null),
      // A charge that the provider has only begun may still go either way.
      sentAt: over || attempt.kind === 'page' ? null : attempt.sentAt,
      payUrl: over && state !== 'failed' ? null : attempt.payUrl,
      nextCheckAt: nextCheck(app, attempt, state),
      methodId: state === 'authorized' ? await cardOf(app, tx, order, attempt, snapshot) : attempt.methodId,
    },
    select: { id: true },
  });
  const isKnownDecline = attempt.state === 'failed' || attempt.state === 'expired';
  if (over && !isKnownDecline && attempt.kind === 'saved' && order.subscriptionId && order.state !== 'paid') {
    const { subscriptionId, id: orderId } = order;
    await subscriptionDeclined(app, tx, { subscriptionId, orderId, again: decline?.again ?? 'later' });
  }
  return 'applied';
}

/** A page bears several tries: what the newest says is what helps. */
async function declineAnew(
  app: App,
  tx: Tx,
  attempt: HeldAttempt,
  { state, providerPaymentId, decline }: PaymentSnapshot,
): Promise<Recorded> {
  if (state !== 'failed' || attempt.state !== 'failed' || !decline || attempt.providerPaymentId === providerPaymentId) return 'nothing-new';
  const data = { providerPaymentId, declineCode: decline.code, declineClass: decline.class, nextCheckAt: nextCheck(app, attempt, state) };
  await tx.paymentAttempt.update({ where: { id: attempt.id }, data, select: { id: true } });
  return 'applied';
}

function nextCheck(app: App, attempt: HeldAttempt, state: PaymentSnapshot['state']): Date | null {
  if (attempt.kind === 'saved' && rankOf(state) === rankOf('failed')) return null;
  // The next question comes soon after news.
  return nextCheckAt({ ...attempt, state, inDoubt: attempt.kind === 'saved' && attempt.sentAt !== null, checks: 0 }, app.clock.now());
}

/** Asks the provider what became of an attempt, and records it. Called by jobs only. @throws ProviderError */
export async function askProvider(app: App, attemptId: string): Promise<Recorded> {
  const attempt = await app.db.paymentAttempt.findUnique({ where: { id: attemptId }, select: { provider: true, providerPaymentId: true } });
  if (!attempt) return 'unknown-payment';
  // Written from `paymentProviders` only.
  const snapshot = await providerOf(app, attempt.provider as ProviderId).find({ attemptId, providerPaymentId: attempt.providerPaymentId });
  const recorded = snapshot ? await recordSnapshot(app, { ...snapshot, attemptId: snapshot.attemptId ?? attemptId }) : 'nothing-new';
  await noteAsked(app, attemptId, recorded);
  return recorded;
}

/** When it is asked next. A page whose time is over, and of which the provider knows no payment, has expired; one that was never opened is opened anew. */
async function noteAsked(app: App, attemptId: string, recorded: Recorded): Promise<void> {
  const now = app.clock.now();
  await app.db.$transaction(async (tx) => {
    const attempt = await tx.paymentAttempt.findUnique({
      where: { id: attemptId },
      select: {
        state: true,
        kind: true,
        payUrl: true,
        sentAt: true,
        expiresAt: true,
        createdAt: true,
        checks: true,
        nextCheckAt: true,
        order: { select: { state: true, expiresAt: true, personId: true } },
      },
    });
    if (!attempt || attempt.nextCheckAt === null || recorded === 'applied') return;
    const isLeftOpen = attempt.state === 'created' || attempt.state === 'opened';
    // A charge is watched by the job that made it, for as long as it takes.
    if (attempt.kind === 'saved' && isLeftOpen) return;
    const next = nextCheckAt({ ...attempt, inDoubt: false }, now);
    const isOver = next === null && attempt.kind === 'page';
    const gone = isOver && isLeftOpen;
    await tx.paymentAttempt.updateMany({
      where: { id: attemptId, state: attempt.state },
      data: {
        nextCheckAt: next,
        checks: { increment: 1 },
        ...(gone ? { state: 'expired' } : {}),
        // Also of one on which a card was declined: nothing may wait for it any more.
        ...(isOver && attempt.state !== 'authorized' ? { payUrl: null } : {}),
      },
    });
    if (gone) await tellPayer(app, tx, attempt.order.personId);
    if (!gone && attempt.kind === 'page' && attempt.state === 'created' && attempt.order.state === 'open' && attempt.order.expiresAt > now)
      await app.jobs.enqueue(tx, paymentsOpen, { attemptId });
  });
}
