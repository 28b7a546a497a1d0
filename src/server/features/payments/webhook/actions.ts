import type { ProviderId } from '#shared/payments.ts';
import type { App } from '../../../platform/app.ts';
import {
  type CheckCode,
  checkAnswer,
  type PaymentSnapshot,
  type WebhookAnswer,
  type WebhookEvent,
  type WebhookNews,
} from '../../../platform/payments.ts';
import { raiseIssue, settleIssue } from '../issues/steps.ts';
import { paymentsEvent } from './job-kinds.ts';
import { findAttemptOf, findPayable, sealedFor } from './queries.ts';
import { checkCode } from './rules.ts';

export interface Received {
  provider: ProviderId;
  event: WebhookEvent;
  raw: Buffer;
  contentType: string;
  ip: string;
}

/** So long a message may wait for a connection to the database; the providers wait ten seconds and more for our answer. */
const patienceMs = 7_000;

/** Keeps a message, and has it worked off: both, or neither. One that is there already is left as it is. */
export async function keepEvent(app: App, received: Received): Promise<void> {
  await app.db.$transaction(
    async (tx) => {
      const { provider, event, raw, contentType, ip } = received;
      const body = sealed(app, { tells: event.tells, raw: raw.toString('base64') });
      // By hand, because Prisma has no word for «or leave it», and a duplicate is no error here.
      const [row] = await tx.$queryRaw<{ id: bigint }[]>`
        INSERT INTO payment_event (provider, dedupe_key, kind, attempt_id, provider_payment_id, body, content_type, ip, received_at)
        VALUES (${provider}, ${event.dedupeKey}, ${event.kind}, ${event.attemptId}::uuid, ${event.providerPaymentId}, ${body}, ${contentType.slice(0, 200)},
          ${ip}, ${app.clock.now()})
        ON CONFLICT (provider, dedupe_key) DO NOTHING RETURNING id`;
      if (row) await app.jobs.enqueue(tx, paymentsEvent, { id: String(row.id) });
    },
    { maxWait: patienceMs, timeout: patienceMs },
  );
}

/** May this be paid? The answer is kept with the question. */
export async function answerCheck(app: App, received: Received, told: Extract<WebhookNews, { t: 'check' }>): Promise<WebhookAnswer> {
  const { provider, event, contentType, ip } = received;
  const now = app.clock.now();
  const attempt = event.attemptId === null ? null : await findPayable(app, provider, event.attemptId);
  const code: CheckCode = checkCode(attempt, told, now);
  await app.pool.query({
    name: 'payments.check',
    text: `INSERT INTO payment_event (provider, dedupe_key, kind, attempt_id, provider_payment_id, body, content_type, ip, received_at, processed_at, outcome)
      VALUES ($1, $2, $3, $4::uuid, $5, '', $6, $7, $8, $8, $9) ON CONFLICT (provider, dedupe_key) DO UPDATE SET outcome = EXCLUDED.outcome`,
    values: [
      provider,
      event.dedupeKey,
      event.kind,
      event.attemptId,
      event.providerPaymentId,
      contentType.slice(0, 200),
      ip,
      now,
      `code-${code}`,
    ],
  });
  return checkAnswer(code);
}

/** What became of a message. One that brought a card is kept without it from here on: a card that a student forgets must not live on here. */
export async function closeEvent(app: App, id: bigint, outcome: string, tells: WebhookNews | null): Promise<void> {
  const body = tells && withoutCard(tells);
  await app.db.paymentEvent.updateMany({
    where: { id, processedAt: null },
    data: { processedAt: app.clock.now(), outcome, ...(body && { body: sealed(app, { tells: body }) }) },
  });
}

/** The rest of what it told. Null: there is no card in it. */
function withoutCard(tells: WebhookNews): WebhookNews | null {
  return tells.t === 'payment' && tells.snapshot.method ? { ...tells, snapshot: { ...tells.snapshot, method: null } } : null;
}

const sealed = (app: App, kept: { tells: WebhookNews; raw?: string }) => Buffer.from(app.secrets.seal(sealedFor, JSON.stringify(kept)));

/** Keeps where the receipt of a payment is. False: there is no such payment. */
export async function keepReceipt(
  app: App,
  of: { provider: ProviderId; attemptId: string | null; providerPaymentId: string | null },
  url: string,
): Promise<boolean> {
  const found = await findAttemptOf(app, of);
  if (!found) return false;
  return app.db.$transaction(async (tx) => {
    const attempt = await tx.paymentAttempt.findUniqueOrThrow({
      where: { id: found.attemptId },
      select: { id: true, receiptUrl: true, order: { select: { personId: true } } },
    });
    if (attempt.receiptUrl === url) return true;
    await tx.paymentAttempt.update({ where: { id: attempt.id }, data: { receiptUrl: url }, select: { id: true } });
    await settleIssue(app, tx, 'receipt-missing', attempt.id);
    const { personId } = attempt.order;
    if (personId) await app.bus.publish(tx, `person:${personId}`, { kind: 'payments', threadId: null });
    return true;
  });
}

/** Messages are kept as long as somebody may ask what a provider said. */
const bodyDays = 180;

/** Empties old messages; that they came, and what became of them, stays. */
export async function forgetBodies(app: App): Promise<void> {
  const before = new Date(app.clock.now().getTime() - bodyDays * 86_400_000);
  await app.db.paymentEvent.updateMany({
    where: { receivedAt: { lt: before }, ip: { not: '' } },
    data: { body: Buffer.alloc(0), ip: '' },
  });
}

/** Money that nobody here has asked for. */
export async function tellOfUnknown(app: App, { provider, providerPaymentId, amountMinor, currency }: PaymentSnapshot): Promise<void> {
  await app.db.$transaction((tx) =>
    raiseIssue(app, tx, {
      kind: 'unknown-payment',
      key: `${provider}:${providerPaymentId}`,
      provider,
      providerPaymentId,
      foundMinor: amountMinor,
      currency,
    }),
  );
}

const overAtProvider = ['Cancelled', 'Rejected', 'Expired'];

/**
 * A subscription at the provider itself. The school makes none there: its schedule is its own, so one that ends there changes nothing here, and nothing
 * there can charge for the school. One that lives was made by hand in the cabinet and charges somebody behind the school's back: a person has to look.
 */
export async function tellOfForeignSubscription(
  app: App,
  provider: ProviderId,
  { id, status }: { id: string; status: string },
): Promise<void> {
  const key = `${provider}:subscription:${id}`;
  await app.db.$transaction((tx) =>
    overAtProvider.includes(status)
      ? settleIssue(app, tx, 'unknown-payment', key)
      : raiseIssue(app, tx, { kind: 'unknown-payment', key, provider, detail: `subscription ${id} ${status}`.slice(0, 200) }),
  );
}
