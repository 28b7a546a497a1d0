import type { ProviderId } from '#shared/payments.ts';
import { sweep } from '../features/payments/subscriptions/jobs.ts';
import type { App } from '../platform/app.ts';
import type { SavedCharge, SavedMethod } from '../platform/payments.ts';
import type { MadeCourse } from './course.ts';
import type { FakeProvider } from './fake-provider.ts';
import { aCard, anOrder, aPaidCourse, type MadeOrder, type PayingSchool, paid, runJobs } from './payments.ts';
import { aStudent, type Student } from './world.ts';

export const dayMs = 86_400_000;

export interface MadeSubscription {
  id: string;
  student: Student;
  course: MadeCourse;
  bank: FakeProvider;
  /** Of the first month. */
  order: MadeOrder;
  /** The end of the first month. */
  paidUntil: Date;
}

/** A subscription whose first month is paid now, by a card that is kept. `card` null: the provider brings none. */
export async function aSubscription(
  school: PayingSchool,
  over: { student?: Student; course?: MadeCourse; provider?: ProviderId; card?: SavedMethod | null } = {},
): Promise<MadeSubscription> {
  const { app } = school;
  const student = over.student ?? (await aStudent(app));
  const course = over.course ?? (await aPaidCourse(app));
  const provider = over.provider ?? 'tbank';
  const order = await anOrder(app, student, course, { plan: 'month', provider });
  await paid(app, order, { method: over.card === undefined ? aCard() : over.card });
  const { subscriptionId } = await app.db.paymentOrder.findUniqueOrThrow({ where: { id: order.id }, select: { subscriptionId: true } });
  const { id, paidUntil } = await theSubscription(app, subscriptionId ?? '');
  if (!paidUntil) throw new Error('the first month is not paid');
  return { id, student, course, order, paidUntil, bank: school.bank[provider] };
}

export const theSubscription = (app: App, id: string) => app.db.subscription.findUniqueOrThrow({ where: { id } });

/** What a minute brings: the sweep, and the jobs that it queued. */
export async function aMinute(app: App): Promise<{ name: string; error: unknown }[]> {
  await sweep(app);
  return runJobs(app, ['payments.charge', 'payments.refund', 'payments.open', 'payments.withdraw', 'payments.forget-method']);
}

/** The clock is turned to when the month ends; the charge is announced and made on the way. */
export async function theMonthEnds(school: PayingSchool, { paidUntil }: { paidUntil: Date }): Promise<{ name: string; error: unknown }[]> {
  school.clock.set(new Date(paidUntil.getTime() - 3 * dayMs));
  await aMinute(school.app);
  school.clock.set(paidUntil);
  return aMinute(school.app);
}

/** Attempts of the months behind the first one, oldest first. */
export const chargesOf = (app: App, subscriptionId: string) =>
  app.db.paymentAttempt.findMany({ where: { order: { subscriptionId }, kind: 'saved' }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });

/** Times a provider was asked to charge a card for this subscription. */
export async function chargeCalls({ app, bank }: PayingSchool, { id }: { id: string }): Promise<number> {
  const attempts = new Set((await chargesOf(app, id)).map((attempt) => attempt.id));
  const calls = Object.values(bank).flatMap((provider) => provider.calls.filter(({ call }) => call === 'chargeSaved'));
  return calls.filter(({ with: charge }) => attempts.has((charge as SavedCharge).attemptId)).length;
}

/** What earlier tests of a file have left is over: the clock of the next one would charge it as well. */
export async function endAll({ app, bank }: PayingSchool): Promise<void> {
  await app.pool.query(`UPDATE subscription SET state = 'ended', next_charge_at = NULL`);
  await app.pool.query(`UPDATE payment_attempt SET next_check_at = NULL`);
  await app.pool.query(`UPDATE payment_refund SET next_try_at = NULL`);
  for (const provider of Object.values(bank)) Object.assign(provider, { onCharge: () => ({ state: 'captured' }), next: {}, nextAfter: {} });
}
