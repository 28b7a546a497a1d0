import type { App } from '../../../../platform/app.ts';
import type { BookedOperation, PaymentProvider } from '../../../../platform/payments.ts';
import { recordSnapshot } from '../../record/actions.ts';
import { asked, type Look, report } from '../looks/actions.ts';
import { eachAttempt, findDisputed, findOursFor, getOurs, paymentOf } from './queries.ts';
import { recordChargeback, settleDispute } from './record/actions.ts';
import { compareOperation, compareSnapshot, type Finding, isTaken, type Ours, toldBack } from './rules.ts';

const minute = 60_000;
/** What happened within the last minutes may still be on its way to us. */
const youngMs = 10 * minute;
/** By their clock something may have happened a little earlier than by ours. */
const skewMs = 10 * minute;
const batchSize = 200;
const callsAtOnce = 4;

/**
 * Our books and the provider's, both ways: what stands there and not here, and what stands here and not there. For providers that show theirs as a list.
 * @throws ProviderError
 */
export async function compareLists(app: App, provider: PaymentProvider, from: Date, look: Look): Promise<void> {
  const now = app.clock.now();
  const settled = new Date(now.getTime() - youngMs);
  const shown = { payments: new Set<string>(), refunds: new Set<string>() };
  const disputed = await findDisputed(app, provider.id);
  const claims: BookedOperation[] = [];
  let batch: BookedOperation[] = [];
  const work = async () => {
    const ours = await findOursFor(app, provider.id, batch);
    for (const op of batch) await compareLine(app, provider, look, { op, ours: ours.of(op), disputed });
    batch = [];
  };
  for await (const op of provider.list(new Date(from.getTime() - skewMs), now)) {
    look.seen += 1;
    if (op.kind === 'payment') shown.payments.add(op.providerPaymentId);
    if (op.kind === 'refund') shown.refunds.add(op.providerPaymentId);
    if (op.kind === 'chargeback') claims.push(op);
    if (op.kind === 'chargeback' || op.at > settled) continue;
    if (batch.push(op) >= batchSize) await work();
  }
  look.heard = true;
  await work();
  // Behind the payments that they are about, which may be known since a moment only.
  for (const op of claims) await takeClaim(app, look, op);
  for await (const ours of eachAttempt(app, provider.id, from, settled, true)) {
    const missing =
      (ours.providerPaymentId !== null && !shown.payments.has(ours.providerPaymentId)) ||
      ours.refunds.some(
        ({ state, providerRefundId, cause }) =>
          state === 'done' && cause !== 'chargeback' && providerRefundId !== null && !shown.refunds.has(providerRefundId),
      );
    if (missing) await askAndCompare(app, provider, look, ours, disputed);
  }
}

async function takeClaim(app: App, look: Look, op: BookedOperation): Promise<void> {
  const ours = (await findOursFor(app, look.provider, [op])).of(op);
  if (ours) return recordChargeback(app, look, op, ours);
  const said = compareOperation(look.provider, { ...op, kind: 'payment', providerPaymentId: paymentOf(op) }, null, true);
  if (typeof said === 'object') await report(app, look, said);
}

interface Line {
  op: BookedOperation;
  ours: Ours | null;
  disputed: Set<string>;
}

async function compareLine(app: App, provider: PaymentProvider, look: Look, { op, ours, disputed }: Line): Promise<void> {
  const said = compareOperation(provider.id, op, ours, false);
  if (said === 'fits') {
    if (ours && op.kind === 'payment' && op.hasReceipt === false && isTaken(ours.state)) await report(app, look, noReceipt(ours));
    if (ours && op.kind === 'payment' && disputed.has(ours.attemptId)) await askAndCompare(app, provider, look, ours, disputed);
    return;
  }
  if (said !== 'ask') return report(app, look, said);
  if (!ours) return;
  const found = await asked(app, look, () => provider.find({ attemptId: ours.attemptId, providerPaymentId: paymentOf(op) }));
  if (found === 'no-answer') return;
  if (found) await recordSnapshot(app, found);
  const after = (await findOursFor(app, provider.id, [op])).of(op);
  if (op.kind === 'payment' && isTaken(op.state) && after && isGivenNow(ours, after)) return report(app, look, mended(after));
  const still = compareOperation(provider.id, op, after, true);
  if (typeof still === 'object') await report(app, look, still);
}

/** Not so what was given back since, and the second payment of one page, which has a row and an issue of its own. */
const isGivenNow = (before: Ours, after: Ours): boolean =>
  isTaken(after.state) && after.state !== 'refunded' && !after.held && !isTaken(before.state) && after.attemptId === before.attemptId;

/** Money of which no message has told us. */
const mended = ({ attemptId, providerPaymentId, amountMinor, currency }: Ours): Finding => ({
  kind: 'paid-not-granted',
  key: attemptId,
  attemptId,
  providerPaymentId,
  foundMinor: amountMinor,
  currency,
  mended: true,
});

const noReceipt = ({ attemptId, providerPaymentId }: Ours): Finding => ({
  kind: 'receipt-missing',
  key: attemptId,
  attemptId,
  providerPaymentId,
});

/** Payment by payment, for a provider that shows no list. @throws ProviderError */
export async function compareEach(app: App, provider: PaymentProvider, from: Date, look: Look): Promise<void> {
  const settled = new Date(app.clock.now().getTime() - youngMs);
  const disputed = await findDisputed(app, provider.id);
  let batch: Ours[] = [];
  const work = async () => {
    await Promise.all(batch.map((ours) => askAndCompare(app, provider, look, ours, disputed)));
    batch = [];
  };
  for await (const ours of eachAttempt(app, provider.id, from, settled, false)) {
    look.seen += 1;
    if (batch.push(ours) >= callsAtOnce) await work();
  }
  await work();
}

/** The provider's word on one payment is recorded, and what does not fit even then is a finding. */
async function askAndCompare(app: App, provider: PaymentProvider, look: Look, ours: Ours, disputed: Set<string>): Promise<void> {
  const found = await asked(app, look, () => provider.find(ours));
  if (found === 'no-answer') return;
  if (found) await recordSnapshot(app, found);
  const after = await getOurs(app, ours.attemptId);
  if (isGivenNow(ours, after)) await report(app, look, mended(after));
  const findings = compareSnapshot(found, after);
  for (const finding of findings) await report(app, look, finding);
  if (findings.length === 0 && disputed.has(ours.attemptId) && found && toldBack(found, after) !== null)
    await settleDispute(app, ours.attemptId);
}
