/** Looks at the books of the stand-in acquirer, in both dialects, while none of its messages arrives. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProviderId } from '#shared/payments.ts';
import { registryBytes } from '#shared/payments-office.ts';
import { startAcquirer } from '../../../acquirer/server.ts';
import type { Acquirer } from '../../../acquirer/types.ts';
import type { App } from '../../../platform/app.ts';
import type { MadeCourse } from '../../../testing/course.ts';
import { aLiveServer, aWebBrowser } from '../../../testing/live-server.ts';
import { anOrder, aPaidCourse, type MadeOrder, runJobs } from '../../../testing/payments.ts';
import { aClock, aModerator, aSchool, aStudent, type School } from '../../../testing/world.ts';
import { listIssues } from '../issues/queries.ts';
import { lookAtDay, lookAtWeek } from './actions.ts';
import { listChecks } from './queries.ts';

let acquirer: Acquirer;
let school: School;
let app: App;
let course: MadeCourse;
beforeAll(async () => {
  const clock = aClock();
  acquirer = await startAcquirer({ now: () => clock.now().getTime() });
  school = await aSchool({ clock, env: acquirer.env });
  app = school.app;
  // Nobody listens there.
  app.config = { ...app.config, publicUrl: 'http://127.0.0.1:9' };
  course = await aPaidCourse(app);
});
afterAll(async () => {
  await school.close();
  await acquirer.stop();
});

const hour = 3_600_000;
const ordered = async (provider: ProviderId) => anOrder(app, await aStudent(app), course, { provider });
const enrolled = async ({ personId }: MadeOrder) => (await app.db.enrolment.count({ where: { personId, courseId: course.id } })) === 1;
const kindsOf = async (open: boolean) =>
  (await listIssues(app, { open })).items.map(({ kind, provider }) => `${kind} ${provider}`).toSorted();

/** What came in and what went back, by payment. */
async function ours() {
  const rows = await app.db.paymentAttempt.findMany({
    where: { capturedMinor: { gt: 0 } },
    select: { providerPaymentId: true, capturedMinor: true, refundedMinor: true, ledger: { select: { amountMinor: true } } },
  });
  return new Map(
    rows.map(({ providerPaymentId, capturedMinor, refundedMinor, ledger }) => {
      expect(ledger.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(capturedMinor - refundedMinor);
      return [providerPaymentId, `${capturedMinor} ${refundedMinor}`];
    }),
  );
}
const theirs = () =>
  new Map(
    acquirer
      .payments()
      .filter(({ capturedMinor }) => capturedMinor > 0)
      .map(({ id, capturedMinor, refundedMinor, chargeback }) => [
        id,
        `${capturedMinor} ${refundedMinor + (chargeback?.amountMinor ?? 0)}`,
      ]),
  );

test('what was paid, paid twice, given back in the cabinet and claimed by the payer’s bank ends up in our books', async () => {
  const [card, twice, part, claimed] = [
    await ordered('cloudpayments'),
    await ordered('cloudpayments'),
    await ordered('cloudpayments'),
    await ordered('cloudpayments'),
  ];
  const [bank, whole] = [await ordered('tbank'), await ordered('tbank')];
  const paid = new Map<MadeOrder, string>();
  for (const order of [card, twice, part, claimed, bank, whole]) paid.set(order, (await acquirer.pay(order.attemptId)).providerPaymentId);
  await acquirer.pay(twice.attemptId, { late: true });
  acquirer.refundInCabinet(paid.get(part) ?? '', 5000);
  acquirer.refundInCabinet(paid.get(part) ?? '', 5000);
  acquirer.refundInCabinet(paid.get(whole) ?? '');
  acquirer.chargeback(paid.get(claimed) ?? '');
  school.clock.forward(2 * hour);

  await lookAtDay(app);
  await runJobs(app, ['payments.refund']);
  expect(await Promise.all([card, twice, part, claimed].map(enrolled))).toEqual([true, true, true, true]);
  expect(await Promise.all([bank, whole].map(enrolled))).toEqual([false, false]);
  await lookAtWeek(app);
  await runJobs(app, ['payments.refund']);
  expect(await enrolled(bank)).toBe(true);

  expect(await ours()).toEqual(theirs());
  expect(await kindsOf(true)).toEqual(['chargeback cloudpayments']);
  // Each that was paid, once; not the second payment of one page, and not what was given back as a whole.
  expect(await kindsOf(false)).toEqual([
    'double cloudpayments',
    ...Array(4).fill('paid-not-granted cloudpayments'),
    'paid-not-granted tbank',
  ]);
  expect((await listChecks(app)).filter(({ error }) => error !== null)).toEqual([]);

  // Another night finds what the last one found.
  const before = await app.db.ledgerEntry.count();
  school.clock.forward(24 * hour);
  await lookAtWeek(app);
  expect(await kindsOf(true)).toEqual(['chargeback cloudpayments']);
  expect(await app.db.ledgerEntry.count()).toBe(before);
});

test('a part that T-Bank gave back in its cabinet, of which it tells no sum, calls a person', async () => {
  const order = await ordered('tbank');
  const { providerPaymentId } = await acquirer.pay(order.attemptId);
  acquirer.refundInCabinet(providerPaymentId, 7000);
  school.clock.forward(hour);
  await lookAtWeek(app);
  expect((await listIssues(app, { open: true })).items.filter(({ attemptId }) => attemptId === order.attemptId)).toMatchObject([
    { kind: 'refund-differs' },
  ]);
  expect(await enrolled(order)).toBe(true);
});

test.each(['serverError', 'htmlPage', 'tooMany', 'cutBefore'] as const)(
  'a provider that answers with %s is asked again by the next look',
  async (kind) => {
    const order = await ordered('cloudpayments');
    await acquirer.pay(order.attemptId);
    school.clock.forward(hour);
    acquirer.failNext({ kind, provider: 'cloudpayments', method: 'v2/payments/list' });
    await lookAtDay(app);
    expect(await enrolled(order)).toBe(false);
    expect((await listChecks(app)).find((one) => one.kind === 'day' && one.provider === 'cloudpayments')?.error).toMatch(
      /^CloudPayments: /,
    );
    await lookAtDay(app);
    expect(await enrolled(order)).toBe(true);
  },
);

test('a file of the size that is promised gets through the door', async () => {
  const server = await aLiveServer(app);
  const { rpc } = aWebBrowser(server.url, (await aModerator(app)).cookie);
  const content = Buffer.alloc(registryBytes, 'x').toString('base64');
  expect(await rpc.payments.office.importRegistry.mutate({ content })).toEqual({ outcome: 'unreadable', line: 1 });
  await server.close();
});
