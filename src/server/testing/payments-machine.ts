import { randomUUID } from 'node:crypto';
import { AppError } from '#shared/errors.ts';
import { paymentProviders } from '#shared/payments.ts';
import { setPrices } from '../features/courses/office/prices/actions.ts';
import { endEnrolments } from '../features/payments/entitlements/actions.ts';
import { forgetMethod } from '../features/payments/methods/actions.ts';
import { cancelOrder, checkOrder, checkout, retryOrder } from '../features/payments/orders/actions.ts';
import { closeDueOrders } from '../features/payments/orders/expiry/actions.ts';
import { openPage } from '../features/payments/orders/pages/jobs.ts';
import { lookAtOpen } from '../features/payments/reconcile/actions.ts';
import { askRefund, settleHeld } from '../features/payments/refunds/actions.ts';
import { sendRefund } from '../features/payments/refunds/jobs.ts';
import { cancelSubscription, payPeriod, resumeSubscription } from '../features/payments/subscriptions/actions.ts';
import { chargeSavedCard, sweep } from '../features/payments/subscriptions/jobs.ts';
import { announceMs } from '../features/payments/subscriptions/rules.ts';
import { startProvider, stopProvider } from '../features/payments/switches/actions.ts';
import { grantCourse, revokeCourse } from '../features/people/students/actions.ts';
import { ProviderError } from '../platform/payments.ts';
import type { MadeCourse } from './course.ts';
import { aPaidCourse, type PayingSchool, runJobs } from './payments.ts';
import { aBank, type Bank } from './payments-bank.ts';
import { dayMs } from './subscriptions.ts';
import { aModerator, aStudent, type Student } from './world.ts';

const minuteMs = 60_000;

export interface PaymentsMachine {
  banks: Bank[];
  courses: MadeCourse[];
  students: Student[];
  /** What was done, for whoever has to find out why. */
  log: string[];
  /** One to three things at once, by whoever can do them. */
  step(): Promise<void>;
  /** Nobody does anything any more, and all that is under way comes to its end. */
  quiet(): Promise<void>;
}

/** Students, moderators, banks and jobs of a school, who do whatever they can in any order and at the same time: one list of deeds. @param random from 0 to 1 */
export async function aPaymentsMachine(school: PayingSchool, random: () => number): Promise<PaymentsMachine> {
  const { app, clock } = school;
  const moderator = await aModerator(app);
  const students = [await aStudent(app), await aStudent(app)];
  const courses = [await aPaidCourse(app), await aPaidCourse(app)];
  const banks = Object.values(school.bank).map((fake) => aBank(app, fake, random));
  const log: string[] = [];
  const oneOf = <T>(list: readonly T[]): T => {
    const one = list[Math.floor(random() * list.length)];
    if (one === undefined) throw new AppError('PAYMENTS_NOT_FOUND');
    return one;
  };
  const ids = students.map(({ actor }) => actor.id);
  const anyOf = async (rows: Promise<{ id: string }[]>) => oneOf(await rows).id;
  const order = { personId: { in: ids } };
  const select = { id: true } as const;
  const orderBy = { createdAt: 'asc' } as const;
  const anOrderOf = ({ actor }: Student) =>
    anyOf(app.db.paymentOrder.findMany({ where: { personId: actor.id }, orderBy, select }).then((rows) => rows.slice(-4)));
  const aSubscriptionOf = ({ actor }: Student) =>
    anyOf(app.db.subscription.findMany({ where: { personId: actor.id }, orderBy, select }).then((rows) => rows.slice(-2)));
  const anAttempt = (where: object) => anyOf(app.db.paymentAttempt.findMany({ where: { order, ...where }, orderBy, select }));
  const aProvider = () => oneOf(paymentProviders);

  async function buys(student: Student) {
    const plan = random() < 0.9 ? ('month' as const) : ('once' as const);
    const course = oneOf(courses);
    const prices = await app.db.course.findUniqueOrThrow({ where: { id: course.id } });
    await checkout(app, student.actor, {
      clientId: randomUUID(),
      course: course.slug,
      plan,
      provider: aProvider(),
      expectedMinor: plan === 'once' ? prices.priceMinor : prices.monthlyMinor,
      agreesToCharges: true,
      locale: 'ru',
    });
  }

  /** As most do: bought, paid, and told of. */
  async function buysAtOnce(student: Student) {
    await buys(student);
    await runJobs(app);
    for (const bank of banks) await bank.pay('captured');
    for (const bank of banks) await bank.bring(false);
  }

  /** The clock stands where a month is announced, or charged. */
  async function theDayComes() {
    const where = { nextChargeAt: { not: null }, personId: { in: ids }, cancelledAt: null };
    const due = await app.db.subscription.findFirst({ where, orderBy: { nextChargeAt: 'asc' } });
    if (!due?.nextChargeAt) return;
    const isTold = due.announced?.getTime() === due.paidUntil?.getTime() || due.state === 'past_due';
    const at = due.nextChargeAt.getTime() - (isTold ? 0 : announceMs);
    if (at > clock.now().getTime()) clock.set(new Date(at));
    await sweeps();
  }

  async function refunds() {
    const attemptId = await anAttempt({ capturedMinor: { gt: 0 } });
    const { capturedMinor } = await app.db.paymentAttempt.findUniqueOrThrow({ where: { id: attemptId } });
    const amountMinor = random() < 0.5 ? capturedMinor : Math.ceil(capturedMinor * random());
    const asked = { attemptId, clientId: randomUUID(), amountMinor, reason: 'просил', endsAccess: random() < 0.5 };
    await askRefund(app, moderator.actor, asked);
  }

  async function changesPrices() {
    const { id } = oneOf(courses);
    const [once, month] = [oneOf([199_000, 249_000]), oneOf([29_000, 39_000])];
    await setPrices(app, moderator.actor, { id, once, month, currency: 'RUB' });
  }

  async function timeGoesBy(ms: number) {
    clock.forward(ms);
    await sweeps();
  }
  async function sweeps() {
    await closeDueOrders(app);
    await sweep(app);
    await endEnrolments(app);
  }

  const courseOf = (student: Student) => ({ personId: student.actor.id, courseId: oneOf(courses).id });
  const deeds: [string, number, (student: Student) => unknown][] = [
    ['buys', 4, buys],
    ['buys at once', 10, buysAtOnce],
    ['the day comes', 14, theDayComes],
    ['tries again', 2, async (student) => retryOrder(app, student.actor, { id: await anOrderOf(student), provider: aProvider() })],
    ['gives up', 1, async (student) => cancelOrder(app, student.actor, await anOrderOf(student))],
    ['asks', 2, async (student) => checkOrder(app, student.actor, await anOrderOf(student))],
    ['pays', 10, () => oneOf(banks).pay(random() < 0.75 ? 'captured' : random() < 0.7 ? 'failed' : 'authorized')],
    ['is settled', 3, () => oneOf(banks).settle(random() < 0.7 ? 'captured' : 'voided')],
    ['a message comes', 8, () => oneOf(banks).bring(random() < 0.3)],
    ['refund', 2, refunds],
    ['refund in the cabinet', 1, () => oneOf(banks).giveBackInCabinet()],
    [
      'held is settled',
      1,
      async () =>
        settleHeld(app, moderator.actor, {
          attemptId: await anAttempt({ heldReason: { not: null } }),
          accept: random() < 0.5,
          reason: 'так',
        }),
    ],
    ['cancels', 2, async (student) => cancelSubscription(app, student.actor, await aSubscriptionOf(student))],
    ['resumes', 2, async (student) => resumeSubscription(app, student.actor, await aSubscriptionOf(student))],
    [
      'pays the month',
      3,
      async (student) =>
        payPeriod(app, student.actor, { clientId: randomUUID(), id: await aSubscriptionOf(student), provider: aProvider(), locale: 'ru' }),
    ],
    [
      'forgets a card',
      1,
      async (student) =>
        forgetMethod(app, student.actor, await anyOf(app.db.paymentMethod.findMany({ where: { personId: student.actor.id }, select }))),
    ],
    ['granted', 1, (student) => grantCourse(app, moderator.actor, courseOf(student))],
    ['revoked', 6, (student) => revokeCourse(app, moderator.actor, courseOf(student))],
    ['stop', 1, () => stopProvider(app, moderator.actor, aProvider())],
    ['start', 6, () => startProvider(app, moderator.actor, aProvider())],
    ['prices', 1, changesPrices],
    ['jobs', 12, () => runJobs(app)],
    [
      'charge job',
      6,
      async () => chargeSavedCard(app, { attemptId: await anAttempt({ kind: 'saved', state: { in: ['created', 'opened'] } }) }),
    ],
    ['open job', 2, async () => openPage(app, await anAttempt({ kind: 'page', state: 'created' }))],
    [
      'refund job',
      2,
      async () =>
        sendRefund(app, {
          refundId: await anyOf(app.db.paymentRefund.findMany({ where: { attempt: { order }, state: { not: 'done' } }, select })),
        }),
    ],
    ['look', 3, () => lookAtOpen(app)],
    ['minutes', 6, () => timeGoesBy(Math.ceil(random() * 15) * minuteMs)],
    ['hours', 2, () => timeGoesBy(Math.ceil(random() * 30) * 60 * minuteMs)],
    ['days', 1, () => timeGoesBy(Math.ceil(random() * 12) * dayMs)],
  ];
  const lots = deeds.flatMap(([name, weight, deed]) => Array.from({ length: weight }, () => ({ name, deed })));

  const underWay = async () =>
    (await app.db.paymentRefund.count({ where: { attempt: { order }, state: { in: ['waiting', 'sent'] } } })) +
    (await app.db.paymentAttempt.count({ where: { order, kind: 'saved', state: { in: ['created', 'opened', 'authorized'] } } }));

  /** A school says no, a bank does not answer, a process is killed: all that is part of it. Anything else is a fault. */
  async function bear(name: string, deed: () => unknown): Promise<void> {
    try {
      const done = await deed();
      const failed = name === 'jobs' && Array.isArray(done) ? done : [];
      for (const { name: job, error } of failed) if (!isBorne(error)) throw new Error(`job ${job}`, { cause: error });
      log.push(name);
    } catch (error) {
      if (!isBorne(error)) throw new Error(`${name}, after ${log.slice(-20).join(', ')}`, { cause: error });
      log.push(`${name}: ${(error as Error).message}`);
    }
  }

  return {
    banks,
    courses,
    students,
    log,
    async step() {
      for (const bank of banks) bank.troubleOdds = 0.15;
      const count = 1 + Math.floor(random() * 3);
      await Promise.all(
        Array.from({ length: count }, () => {
          const { name, deed } = oneOf(lots);
          const student = oneOf(students);
          return bear(name, () => deed(student));
        }),
      );
    },
    async quiet() {
      for (const bank of banks) bank.troubleOdds = 0;
      for (const id of paymentProviders) await startProvider(app, moderator.actor, id);
      for (const bank of banks) while (bank.payments.some(({ state }) => state === 'authorized')) bank.settle('captured');
      for (let round = 0; round < 14 && (round === 0 || (await underWay()) > 0); round += 1) {
        for (const bank of banks) await bank.bringAll();
        for (const { name, error } of await runJobs(app)) throw new Error(`job ${name}`, { cause: error });
        clock.forward(round < 10 ? 16 * minuteMs : 61 * minuteMs);
        await sweeps();
        await lookAtOpen(app);
      }
      for (const { name, error } of await runJobs(app)) throw new Error(`job ${name}`, { cause: error });
    },
  };
}

const isBorne = (error: unknown): boolean =>
  error instanceof AppError || error instanceof ProviderError || (error instanceof Error && error.message === 'killed');
