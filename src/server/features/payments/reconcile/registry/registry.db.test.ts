import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../../../../platform/app.ts';
import type { MadeCourse } from '../../../../testing/course.ts';
import {
  anOrder,
  aPaidCourse,
  aPayingSchool,
  type MadeOrder,
  type PayingSchool,
  paid,
  runJobs,
  snapshotOf,
} from '../../../../testing/payments.ts';
import { aModerator, aStudent, type Student } from '../../../../testing/world.ts';
import { listIssues } from '../../issues/queries.ts';
import { lookAtOpen } from '../actions.ts';
import { listChecks } from '../queries.ts';
import { importRegistry } from './actions.ts';

let school: PayingSchool;
let app: App;
let moderator: Student;
let course: MadeCourse;
beforeAll(async () => {
  school = await aPayingSchool();
  app = school.app;
  moderator = await aModerator(app);
  course = await aPaidCourse(app);
});
afterAll(() => school.close());

type Line = [order: Pick<MadeOrder, 'attemptId' | 'providerPaymentId'>, type: 'Debit' | 'Credit' | 'Chargeback' | 'Fee', sum: string];
const aFile = (...lines: Line[]) =>
  Buffer.from(
    [
      'Order ID;Amount;Bank fee;Operation type;RRN;Payment ID;Operation date',
      ...lines.map(([{ attemptId, providerPaymentId }, type, sum], at) =>
        [attemptId, sum, '0,00', type, `rrn${type}${at}`, providerPaymentId, '23.11.2026 12:00:00'].join(';'),
      ),
    ].join('\r\n'),
  ).toString('base64');
const ordered = async () => anOrder(app, await aStudent(app), course);
const bought = async (over: Parameters<typeof snapshotOf>[2] = {}) => {
  const order = await ordered();
  await paid(app, order, over);
  return order;
};
const issuesOf = async ({ attemptId }: Pick<MadeOrder, 'attemptId'>, open = true) =>
  (await listIssues(app, { open })).items
    .filter((one) => one.attemptId === attemptId)
    .map(({ kind, expectedMinor, foundMinor }) => [kind, expectedMinor, foundMinor]);

test('both books side by side; read twice, it finds the same', async () => {
  const part = { providerRefundId: '71', amountMinor: 5000, at: null };
  const [fits, given, less, foreign, claimed] = [
    await bought(),
    await bought({ state: 'partly_refunded', refundedMinor: 5000, refunds: [part] }),
    await bought(),
    await bought(),
    await bought(),
  ];
  const stranger = { attemptId: 'SHOP-17', providerPaymentId: '99887766' };
  const file = aFile(
    [fits, 'Debit', '1990,00'],
    [fits, 'Fee', '59,70'],
    [given, 'Debit', '1990,00'],
    [given, 'Credit', '-50,00'],
    [less, 'Debit', '19,90'],
    [foreign, 'Credit', '100.00'],
    [claimed, 'Chargeback', '1990,00'],
    [stranger, 'Debit', '5,00'],
  );
  const answer = { outcome: 'read', rows: 7, matched: 3, issues: 4 };
  expect(await importRegistry(app, moderator.actor, file)).toEqual(answer);
  expect([await issuesOf(fits), await issuesOf(given), await issuesOf(less), await issuesOf(foreign), await issuesOf(claimed)]).toEqual([
    [],
    [],
    [['amount-differs', 199_000, 1990]],
    [['refund-differs', 0, 10_000]],
    [['chargeback', null, 199_000]],
  ]);
  expect((await listIssues(app, { open: true, kind: 'unknown-payment' })).items).toMatchObject([{ providerPaymentId: '99887766' }]);
  expect(await importRegistry(app, moderator.actor, file)).toEqual(answer);
  expect(await app.db.ledgerEntry.count({ where: { kind: 'chargeback' } })).toBe(1);
  expect((await listChecks(app)).find(({ kind }) => kind === 'registry')).toMatchObject({
    provider: 'tbank',
    seen: 7,
    found: 4,
    error: null,
  });
  expect(await app.db.auditEntry.findMany({ where: { action: 'payment.import-registry' }, orderBy: { id: 'asc' } })).toMatchObject([
    { actor: moderator.actor.id, after: { rows: 7, matched: 3, issues: 4 } },
    {},
  ]);
});

test('nothing is given on the strength of a file: the bank is asked', async () => {
  const [true1, made] = [await ordered(), await ordered()];
  school.bank.tbank.known.set(true1.attemptId, snapshotOf(app, true1));
  const enrolled = ({ personId }: MadeOrder) => app.db.enrolment.count({ where: { personId, courseId: course.id } });
  expect(await importRegistry(app, moderator.actor, aFile([true1, 'Debit', '1990,00'], [made, 'Debit', '1990,00']))).toMatchObject({
    issues: 2,
  });
  expect([await enrolled(true1), await enrolled(made)]).toEqual([0, 0]);
  await runJobs(app, ['payments.check']);
  await lookAtOpen(app);
  expect([await enrolled(true1), await enrolled(made)]).toEqual([1, 0]);
  expect([await issuesOf(true1), (await issuesOf(made))[0]?.[0]]).toEqual([[], 'paid-not-granted']);
});

test('what is no such file is said with the line', async () => {
  expect(await importRegistry(app, moderator.actor, Buffer.from('не реестр').toString('base64'))).toEqual({
    outcome: 'unreadable',
    line: 1,
  });
  const broken = Buffer.from(aFile([await bought(), 'Debit', 'сколько-то']), 'base64');
  expect(await importRegistry(app, moderator.actor, broken.toString('base64'))).toEqual({ outcome: 'unreadable', line: 2 });
});

test('a school without T-Bank has no such file', async () => {
  const without = { ...app, payments: { all: [school.bank.cloudpayments], provider: () => null } };
  await expect(importRegistry(without, moderator.actor, '')).rejects.toMatchObject({ code: 'PAYMENTS_NOT_FOUND' });
});
