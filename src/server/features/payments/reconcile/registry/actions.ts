import type * as z from 'zod';
import { AppError } from '#shared/errors.ts';
import type { importRegistryDto } from '#shared/payments-office.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import { recordAudit } from '../../../../platform/audit.ts';
import type { BookedOperation } from '../../../../platform/payments.ts';
import { paymentsCheck } from '../../job-kinds.ts';
import { paymentsOf } from '../../provider.ts';
import { findOursFor, paymentOf } from '../books/queries.ts';
import { recordChargeback } from '../books/record/actions.ts';
import { compareOperation, type Finding, type Ours } from '../books/rules.ts';
import { type Look, report, writtenLook } from '../looks/actions.ts';
import { compareRefunds, toOperation } from './rules.ts';

const batchSize = 500;
/** A file of another terminal holds thousands of payments that are none of ours: so many tell a person what it is. */
const mostUnknown = 20;

type Imported = z.output<typeof importRegistryDto>;

/**
 * Compares the file of operations of a provider who lists nothing (T-Bank) with our books. Nothing is given on the strength of a file: what was paid and not given is asked about at once.
 * Read twice, it finds the same. @throws AppError PAYMENTS_NOT_FOUND where the school has no such provider
 */
export async function importRegistry(app: App, actor: PersonActor, content: string): Promise<Imported> {
  const provider = paymentsOf(app).all.find(({ readRegistry }) => readRegistry);
  const file = provider?.readRegistry?.(Buffer.from(content, 'base64'));
  if (!provider || !file) throw new AppError('PAYMENTS_NOT_FOUND');
  if ('unreadable' in file) return { outcome: 'unreadable', line: file.unreadable };
  const now = app.clock.now();
  const operations = file.rows.flatMap((row) => toOperation(row, now) ?? []);
  const refunds = Map.groupBy(
    operations.filter(({ kind }) => kind === 'refund'),
    paymentOf,
  );
  const result = { outcome: 'read' as const, rows: operations.length, matched: 0, issues: 0 };
  await writtenLook(app, 'registry', provider.id, async (look) => {
    for (let at = 0; at < operations.length; at += batchSize) {
      const { matched, issues } = await compareBatch(app, look, operations.slice(at, at + batchSize), refunds);
      result.matched += matched;
      result.issues += issues;
    }
    const { rows, matched, issues } = result;
    await app.db.$transaction((tx) =>
      recordAudit(app, tx, actor, { action: 'payment.import-registry', subject: provider.id, after: { rows, matched, issues } }),
    );
  });
  return result;
}

/** By the payment that was given back. */
type Refunds = ReadonlyMap<string, BookedOperation[]>;

async function compareBatch(app: App, look: Look, batch: BookedOperation[], refunds: Refunds) {
  const index = await findOursFor(app, look.provider, batch);
  const counted = { matched: 0, issues: 0 };
  for (const op of batch) {
    look.seen += 1;
    const ours = index.of(op);
    const finding = await findingOf(app, look, op, ours, refunds);
    if (finding === 'told') counted.issues += 1;
    else if (finding === null) counted.matched += 1;
    else {
      counted.issues += 1;
      if (finding.kind !== 'unknown-payment' || (look.found[finding.kind] ?? 0) < mostUnknown) await report(app, look, finding);
      if (ours) await askSoon(app, ours);
    }
  }
  return counted;
}

async function findingOf(app: App, look: Look, op: BookedOperation, ours: Ours | null, refunds: Refunds): Promise<Finding | 'told' | null> {
  if (op.kind === 'payment' || !ours) {
    const said = compareOperation(look.provider, { ...op, kind: 'payment', providerPaymentId: paymentOf(op) }, ours, true);
    return typeof said === 'object' ? said : null;
  }
  if (op.kind === 'chargeback') {
    await recordChargeback(app, look, op, ours);
    return 'told';
  }
  const sums = (refunds.get(paymentOf(op)) ?? []).map(({ amountMinor }) => amountMinor);
  return compareRefunds(sums, ours);
}

/** The bank is asked what it says of this payment itself. */
async function askSoon(app: App, { attemptId }: Ours): Promise<void> {
  await app.db.$transaction((tx) => app.jobs.enqueue(tx, paymentsCheck, { attemptId }));
}
