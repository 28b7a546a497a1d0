import type { IssueKind, ProviderId } from '#shared/payments.ts';
import type { checkKinds } from '#shared/payments-office.ts';
import type { App } from '../../../../platform/app.ts';
import { ProviderError } from '../../../../platform/payments.ts';
import { type NewIssue, raiseIssue, settleIssue } from '../../issues/steps.ts';
import { alone } from './lock.ts';

export type LookKind = (typeof checkKinds)[number];

/** What a look at the books has seen so far. */
export interface Look {
  provider: ProviderId;
  seen: number;
  /** The provider has said something, whatever it was. */
  heard: boolean;
  /** Questions that were not answered, and what became of the last of them. */
  unanswered: number;
  fault: string | null;
  found: Partial<Record<IssueKind, number>>;
}

const hour = 3_600_000;

/**
 * A look at the books of one provider, with a row that tells of it. Two at once are one. What the provider does not do is written down and is no error
 * of the job: the next look comes by itself.
 * @returns false: somebody has that look already
 */
export async function takeLook(app: App, kind: LookKind, provider: ProviderId, work: (look: Look) => Promise<void>): Promise<boolean> {
  return alone(app, `payments ${kind === 'open' ? kind : 'books'} ${provider}`, async () => {
    // We have the lock: whoever began these was killed.
    await app.db.paymentCheck.updateMany({
      where: { kind, provider, finishedAt: null },
      data: { finishedAt: app.clock.now(), error: 'interrupted' },
    });
    try {
      await writtenLook(app, kind, provider, work);
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      await noteTrouble(app, provider, error);
    }
  });
}

/** A look with its row, whatever becomes of it. @throws what the work throws */
export async function writtenLook(app: App, kind: LookKind, provider: ProviderId, work: (look: Look) => Promise<void>): Promise<Look> {
  const look: Look = { provider, seen: 0, heard: false, unanswered: 0, fault: null, found: {} };
  const { id } = await app.db.paymentCheck.create({ data: { kind, provider, startedAt: app.clock.now() }, select: { id: true } });
  try {
    await work(look);
  } catch (error) {
    await endLook(app, id, look, error instanceof ProviderError ? error.message.slice(0, 300) : 'failed');
    throw error;
  }
  await endLook(app, id, look, look.fault);
  return look;
}

async function endLook(app: App, id: string, { provider, seen, heard, found }: Look, error: string | null): Promise<void> {
  await app.db.$transaction(async (tx) => {
    await tx.paymentCheck.update({ where: { id }, data: { finishedAt: app.clock.now(), seen, found, error }, select: { id: true } });
    if (heard) await settleIssue(app, tx, 'provider-trouble', provider);
  });
}

/** So many questions in a row of one look may stay without an answer before it is given up. */
const mostUnanswered = 10;

/** Asks the provider something about one payment. What it does not answer about one keeps no other waiting. @throws ProviderError when it answers nobody */
export async function asked<T>(app: App, look: Look, question: () => Promise<T>): Promise<T | 'no-answer'> {
  try {
    const answer = await question();
    look.heard = true;
    return answer;
  } catch (error) {
    if (!(error instanceof ProviderError) || error.trouble === 'keys' || error.trouble === 'unreachable') throw error;
    look.unanswered += 1;
    look.fault = error.message.slice(0, 300);
    if (look.unanswered >= mostUnanswered) throw error;
    app.log.warn({ provider: look.provider, err: error }, 'a payment provider did not say how a payment stands');
    return 'no-answer';
  }
}

/** Refused keys are told of at once; silence, when it has lasted for an hour. */
async function noteTrouble(app: App, provider: ProviderId, error: ProviderError): Promise<void> {
  const now = app.clock.now();
  if (error.trouble !== 'keys' && !(await isSilentFor(app, provider, hour, now))) return;
  const detail = (error.trouble === 'keys' ? `keys ${error.code ?? ''}` : error.message).trim().slice(0, 200);
  await app.db.$transaction((tx) => raiseIssue(app, tx, { kind: 'provider-trouble', key: provider, provider, detail }));
}

async function isSilentFor(app: App, provider: ProviderId, ms: number, now: Date): Promise<boolean> {
  const lastGood = await app.db.paymentCheck.findFirst({
    // A look at what is under way asks nobody where nothing is.
    where: { provider, error: null, finishedAt: { not: null }, OR: [{ seen: { gt: 0 } }, { kind: { in: ['day', 'week'] } }] },
    orderBy: { startedAt: 'desc' },
    select: { startedAt: true },
  });
  const firstBad = await app.db.paymentCheck.findFirst({
    where: { provider, error: { not: null }, ...(lastGood && { startedAt: { gt: lastGood.startedAt } }) },
    orderBy: { startedAt: 'asc' },
    select: { startedAt: true },
  });
  return firstBad !== null && now.getTime() - firstBad.startedAt.getTime() >= ms;
}

/** Writes down what was found. */
export async function report(app: App, look: Look, issue: Omit<NewIssue, 'provider'>): Promise<void> {
  await app.db.$transaction((tx) => raiseIssue(app, tx, { ...issue, provider: look.provider }));
  look.found[issue.kind] = (look.found[issue.kind] ?? 0) + 1;
}

const keptDays = { open: 3, day: 30, week: 400, registry: 400 } satisfies Record<LookKind, number>;

/** Takes old rows of looks away; the newest of each kind stays. */
export async function forgetLooks(app: App): Promise<void> {
  const now = app.clock.now().getTime();
  for (const [kind, days] of Object.entries(keptDays)) {
    await app.db.paymentCheck.deleteMany({ where: { kind, startedAt: { lt: new Date(now - days * 24 * hour) } } });
  }
}
