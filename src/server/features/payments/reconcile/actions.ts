import type { App, PersonActor } from '../../../platform/app.ts';
import type { PaymentProvider } from '../../../platform/payments.ts';
import { paymentsOf } from '../provider.ts';
import { askProvider } from '../record/actions.ts';
import { compareEach, compareLists } from './books/actions.ts';
import { paymentsLookDay, paymentsLookOpen, paymentsLookWeek } from './job-kinds.ts';
import { asked, forgetLooks, type Look, type LookKind, takeLook } from './looks/actions.ts';
import { postpone, reviveEvents, settleGiven } from './open/actions.ts';
import { listDue } from './open/queries.ts';
import { compareDoubts, compareOwnBooks, compareReceipts } from './own/actions.ts';

const looks = { open: paymentsLookOpen, day: paymentsLookDay, week: paymentsLookWeek };
/** A look that has not ended by then was killed. */
const longestMs = 60 * 60_000;

/** Has a look at the books made now; one that runs already is that look. */
export async function runCheck(app: App, _actor: PersonActor, kind: 'open' | 'day' | 'week'): Promise<void> {
  paymentsOf(app);
  await app.db.$transaction(async (tx) => {
    const since = new Date(app.clock.now().getTime() - longestMs);
    const running = await tx.paymentCheck.findFirst({ where: { kind, finishedAt: null, startedAt: { gt: since } }, select: { id: true } });
    if (!running) await app.jobs.enqueue(tx, looks[kind], {});
  });
}

const hour = 3_600_000;
const callsAtOnce = 4;

/** Every five minutes: what is under way, and what became of what nobody knows. */
export async function lookAtOpen(app: App): Promise<void> {
  await withEach(app, 'open', async (provider, look) => {
    await askDue(app, provider, look);
    await settleGiven(app, provider.id);
    await compareDoubts(app, look);
  });
}

/** Every hour: two days of the books. Who shows none is asked whether our keys still open the door. */
export async function lookAtDay(app: App): Promise<void> {
  await reviveEvents(app);
  await withEach(app, 'day', async (provider, look) => {
    if (provider.lists) return compareLists(app, provider, daysAgo(app, 2), look);
    await provider.ping();
    look.heard = true;
  });
}

/** Every night: a week of the books, and our own tables held against each other. */
export async function lookAtWeek(app: App): Promise<void> {
  await forgetLooks(app);
  await withEach(app, 'week', async (provider, look) => {
    const from = daysAgo(app, 7);
    await compareOwnBooks(app, look);
    await compareReceipts(app, look, from);
    await (provider.lists ? compareLists : compareEach)(app, provider, from, look);
  });
}

const daysAgo = (app: App, days: number) => new Date(app.clock.now().getTime() - days * 24 * hour);

/** One after the other; what goes wrong with one is no reason not to look at the next. */
async function withEach(app: App, kind: LookKind, work: (provider: PaymentProvider, look: Look) => Promise<void>): Promise<void> {
  let fault: unknown;
  for (const provider of app.payments?.all ?? []) {
    try {
      await takeLook(app, kind, provider.id, (look) => work(provider, look));
    } catch (error) {
      fault ??= error;
    }
  }
  if (fault !== undefined) throw fault;
}

async function askDue(app: App, provider: PaymentProvider, look: Look): Promise<void> {
  const due = await listDue(app, provider.id);
  while (due.length > 0) {
    await Promise.all(
      due.splice(0, callsAtOnce).map(async (attemptId) => {
        look.seen += 1;
        const answer = await asked(app, look, () => askProvider(app, attemptId));
        if (answer === 'no-answer') await postpone(app, attemptId);
      }),
    );
  }
}
