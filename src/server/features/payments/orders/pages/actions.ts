import type { ProviderId } from '#shared/payments.ts';
import { webhooksPath } from '#shared/payments.ts';
import type { App } from '../../../../platform/app.ts';
import type { Tx } from '../../../../platform/db.ts';
import type { NewPage, ProviderError } from '../../../../platform/payments.ts';
import { type HeldAttempt, type HeldOrder, heldOrder, moneyTransaction, tellPayer } from '../../hold.ts';
import { raiseIssue } from '../../issues/steps.ts';
import { paymentsWithdraw } from '../../job-kinds.ts';
import { rankOf } from '../../state.ts';
import { stoppedProviders } from '../../switches/queries.ts';
import { describe, openingMs } from '../rules.ts';
import { addPageAttempt, isUnderWay, mayBePaid } from '../steps.ts';

export interface Opening {
  provider: ProviderId;
  createdAt: Date;
  /** It was asked for before, and what became of it is not known. */
  again: boolean;
  providerPaymentId: string | null;
  page: NewPage;
  /** Attempts whose pages have to be withdrawn before this one opens. */
  older: string[];
}

/** Is the page of an attempt to be asked for? Null: not any more. */
export async function beginOpening(app: App, attemptId: string): Promise<Opening | null> {
  return moneyTransaction(app, async (tx) => {
    const held = await heldAttempt(tx, attemptId);
    if (held?.attempt.state !== 'created') return null;
    const { order, attempt } = held;
    const { personId, courseId } = order;
    if (order.state !== 'open' || order.expiresAt <= app.clock.now() || !personId) {
      // One that was sent may be known to the provider, which is asked then.
      if (attempt.sentAt === null) await end(app, tx, held, { state: 'voided' });
      return null;
    }
    // Written from `paymentProviders` only.
    const provider = attempt.provider as ProviderId;
    if ((await stoppedProviders(tx)).has(provider)) {
      await end(app, tx, held, { state: 'failed', code: 'stopped' });
      return null;
    }
    const terms = await tx.paymentOrder.findUniqueOrThrow({
      where: { id: order.id },
      select: { number: true, title: true, plan: true, locale: true, email: true },
    });
    const description = describe(terms);
    const { publicUrl } = app.config;
    return {
      provider,
      createdAt: attempt.createdAt,
      again: attempt.sentAt !== null,
      providerPaymentId: attempt.providerPaymentId,
      page: {
        attemptId,
        amountMinor: attempt.amountMinor,
        currency: attempt.currency,
        description,
        customerId: personId,
        email: terms.email,
        saveMethod: attempt.saveMethod,
        items: [{ label: description, amountMinor: attempt.amountMinor }],
        returnUrl: `${publicUrl}/payments/${order.id}`,
        notificationUrl: `${publicUrl}${webhooksPath}/${provider}`,
        expiresAt: attempt.expiresAt,
        locale: terms.locale === 'en' ? 'en' : 'ru',
      },
      older: [
        ...order.attempts.filter((one) => one.id !== attemptId && mayBePaid(one)).map(({ id }) => id),
        ...(courseId ? await givenUp(tx, order.id, personId, courseId) : []),
      ],
    };
  });
}

/** Pages of orders for the same course that were given up, and not withdrawn yet. */
async function givenUp(tx: Tx, orderId: string, personId: string, courseId: string): Promise<string[]> {
  const found = await tx.paymentAttempt.findMany({
    where: { kind: 'page', payUrl: { not: null }, order: { personId, courseId, state: 'closed', id: { not: orderId } } },
    select: { id: true },
  });
  return found.map(({ id }) => id);
}

/** Writes down that the page is about to be asked for. False: it is not to be asked for any more, the money may be on its way by another page. */
export async function markSent(app: App, attemptId: string): Promise<boolean> {
  return moneyTransaction(app, async (tx) => {
    const held = await heldAttempt(tx, attemptId);
    if (held?.attempt.state !== 'created') return false;
    if (held.order.state !== 'open' || isUnderWay(held.order)) {
      await end(app, tx, held, { state: 'voided' });
      return false;
    }
    await tx.paymentAttempt.update({ where: { id: attemptId }, data: { sentAt: app.clock.now() }, select: { id: true } });
    return true;
  });
}

/** The provider has a page. One that nobody waits for any more is withdrawn. */
export async function storePage(
  app: App,
  attemptId: string,
  page: { payUrl: string; providerPaymentId: string | null; providerPageId: string | null },
): Promise<void> {
  await moneyTransaction(app, async (tx) => {
    const held = await heldAttempt(tx, attemptId);
    if (!held) return;
    const { order, attempt } = held;
    const { payUrl, providerPageId } = page;
    const providerPaymentId = attempt.providerPaymentId ?? page.providerPaymentId;
    // A message may have been faster than this answer, and know more.
    const waited = rankOf(attempt.state) <= rankOf('opened');
    const wanted = waited && order.state === 'open';
    await tx.paymentAttempt.update({
      where: { id: attemptId },
      data: { providerPaymentId, providerPageId, sentAt: null, ...(waited ? { state: 'opened', payUrl } : {}) },
      select: { id: true },
    });
    if (!wanted && rankOf(attempt.state) < rankOf('captured')) await app.jobs.enqueue(tx, paymentsWithdraw, { attemptId });
    await tellPayer(app, tx, order.personId);
  });
}

/** Nothing was sent after all, or nothing came of it: it may be asked for again. */
export async function markUnsent(app: App, attemptId: string): Promise<void> {
  await app.db.paymentAttempt.updateMany({ where: { id: attemptId, state: 'created' }, data: { sentAt: null } });
}

/** There will be no page: the student may try again, or another provider. */
export async function failOpening(app: App, attemptId: string, error: ProviderError): Promise<void> {
  await moneyTransaction(app, async (tx) => {
    const held = await heldAttempt(tx, attemptId);
    if (held?.attempt.state !== 'created') return;
    await end(app, tx, held, { state: 'failed', code: error.code ?? error.trouble });
    if (error.trouble !== 'keys') return;
    const provider = held.attempt.provider as ProviderId;
    await raiseIssue(app, tx, { kind: 'provider-trouble', key: provider, provider, detail: error.message });
  });
}

/** So many pages that nobody saw in so much time. */
const mostReplaced = 3;
const replacedWithinMs = 5 * openingMs;

/** The provider knows the attempt, and its page has no address that we know: another one takes its place. */
export async function replaceAttempt(app: App, attemptId: string, providerPaymentId: string): Promise<void> {
  await moneyTransaction(app, async (tx) => {
    const held = await heldAttempt(tx, attemptId);
    if (held?.attempt.state !== 'created') return;
    const { order, attempt } = held;
    await tx.paymentAttempt.update({ where: { id: attemptId }, data: { providerPaymentId }, select: { id: true } });
    const lately = app.clock.now().getTime() - replacedWithinMs;
    const replaced = order.attempts.filter(({ state, createdAt }) => state === 'voided' && createdAt.getTime() > lately);
    // Its answers get lost again and again: the student hears that it does not work just now.
    if (replaced.length >= mostReplaced) return end(app, tx, held, { state: 'failed', code: 'no-answer' });
    await end(app, tx, held, { state: 'voided' });
    // Written from `paymentProviders` only.
    if (order.state === 'open')
      await addPageAttempt(app, tx, order, { provider: attempt.provider as ProviderId, saveMethod: attempt.saveMethod });
  });
}

/** Nothing can be paid on its page any more. */
export async function closePage(app: App, attemptId: string): Promise<void> {
  await moneyTransaction(app, async (tx) => {
    const held = await heldAttempt(tx, attemptId);
    if (!held) return;
    const { state } = held.attempt;
    if (state === 'created' || state === 'opened') await end(app, tx, held, { state: 'voided' });
    else await tx.paymentAttempt.update({ where: { id: attemptId }, data: { payUrl: null }, select: { id: true } });
  });
}

interface Held {
  order: HeldOrder;
  attempt: HeldAttempt;
}

async function heldAttempt(tx: Tx, attemptId: string): Promise<Held | null> {
  const found = await tx.paymentAttempt.findUnique({ where: { id: attemptId }, select: { orderId: true } });
  const order = found && (await heldOrder(tx, found.orderId));
  const attempt = order?.attempts.find(({ id }) => id === attemptId);
  return order && attempt ? { order, attempt } : null;
}

type End = { state: 'voided' } | { state: 'failed'; code: string };

async function end(app: App, tx: Tx, { order, attempt }: Held, how: End): Promise<void> {
  await tx.paymentAttempt.update({
    where: { id: attempt.id },
    data: {
      state: how.state,
      payUrl: null,
      sentAt: null,
      ...(how.state === 'failed' ? { declineCode: how.code, declineClass: 'technical' } : { nextCheckAt: null }),
    },
    select: { id: true },
  });
  await tellPayer(app, tx, order.personId);
}
