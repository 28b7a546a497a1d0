import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { paymentsPageSize } from '#shared/payments.ts';
import type { App } from '../../../platform/app.ts';
import { anOrder, aPaidCourse, aPayingSchool, type PayingSchool } from '../../../testing/payments.ts';
import { aModerator, aStudent, type Student } from '../../../testing/world.ts';
import { startProvider, stopProvider } from '../switches/actions.ts';
import { stoppedProviders } from '../switches/queries.ts';
import { resolveIssue } from './actions.ts';
import { listIssues } from './queries.ts';
import { type NewIssue, raiseIssue, settleIssue } from './steps.ts';

let school: PayingSchool;
let app: App;
let maria: Student;
let oleg: Student;
beforeAll(async () => {
  school = await aPayingSchool();
  app = school.app;
  maria = await aModerator(app);
  oleg = await aModerator(app);
});
afterAll(() => school.close());
beforeEach(async () => {
  school.clock.forward(60_000);
  await app.db.paymentIssue.deleteMany({});
  await app.db.auditEntry.deleteMany({});
});

const raise = (over: Partial<NewIssue> = {}) =>
  app.db.$transaction((tx) => raiseIssue(app, tx, { kind: 'unknown-payment', key: randomUUID(), provider: 'tbank', ...over }));
const open = async () => (await listIssues(app, { open: true })).items;
const resolved = async () => (await listIssues(app, { open: false })).items;
const audit = async () => (await app.db.auditEntry.findMany({ orderBy: { id: 'asc' } })).map(({ action, subject }) => [action, subject]);

test('what was found, with its order', async () => {
  const [student, course] = [await aStudent(app), await aPaidCourse(app)];
  const order = await anOrder(app, student, course);
  const { number } = await app.db.paymentOrder.findUniqueOrThrow({ where: { id: order.id } });
  await raise({ kind: 'amount-differs', attemptId: order.attemptId, expectedMinor: 199_000, foundMinor: 1, currency: 'RUB', detail: 'x' });
  const at = app.clock.now().toISOString();
  expect(await open()).toEqual([
    {
      id: expect.any(String),
      kind: 'amount-differs',
      provider: 'tbank',
      orderId: order.id,
      orderNumber: number,
      attemptId: order.attemptId,
      person: { id: student.actor.id, name: expect.stringMatching(/\S \S/) },
      title: expect.stringMatching(/\S/),
      providerPaymentId: order.providerPaymentId,
      expectedMinor: 199_000,
      foundMinor: 1,
      currency: 'RUB',
      detail: 'x',
      firstSeenAt: at,
      lastSeenAt: at,
      resolvedAt: null,
      resolvedBy: null,
      note: null,
    },
  ]);
});

test('whose course it is that is open without an order', async () => {
  const [student, course] = [await aStudent(app), await aPaidCourse(app)];
  await raise({ kind: 'granted-not-paid', key: `${student.actor.id}:${course.id}`, detail: 'enrolment' });
  await raise({ kind: 'granted-not-paid', key: 'nobody’s', detail: 'enrolment' });
  expect((await open()).map(({ person, title }) => [person?.id, title])).toEqual(
    expect.arrayContaining([
      [student.actor.id, expect.stringMatching(/\S/)],
      [undefined, null],
    ]),
  );
});

test('open ones oldest first, resolved ones newest first, page by page, also where many came at one moment', async () => {
  const keys = Array.from({ length: paymentsPageSize + 3 }, (_, at) => `${at}`.padStart(2, '0'));
  for (const key of keys) {
    if (Number(key) % 4 === 0) school.clock.forward(1000);
    await raise({ key, providerPaymentId: key });
  }
  for (const isOpen of [true, false]) {
    const first = await listIssues(app, { open: isOpen });
    const second = await listIssues(app, { open: isOpen, cursor: first.nextCursor ?? '' });
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([paymentsPageSize, 3, null]);
    const shown = [...first.items, ...second.items].map(({ providerPaymentId }) => providerPaymentId);
    expect(shown.toSorted()).toEqual(keys);
    const [oldest, newest] = isOpen ? [shown[0], shown.at(-1)] : [shown.at(-1), shown[0]];
    expect(Number(oldest)).toBeLessThan(4);
    expect(Number(newest)).toBeGreaterThanOrEqual(paymentsPageSize);
    if (!isOpen) break;
    for (const key of keys) {
      if (Number(key) % 4 === 0) school.clock.forward(1000);
      await app.db.$transaction((tx) => settleIssue(app, tx, 'unknown-payment', key));
    }
  }
  expect((await listIssues(app, { open: false, kind: 'held' })).items).toEqual([]);
  // A cursor that is none is the beginning.
  expect((await listIssues(app, { open: false, cursor: 'nonsense' })).items).toHaveLength(paymentsPageSize);
});

test('resolved with a word; two at once are one, and who comes second hears of it', async () => {
  await raise();
  const [issue] = await open();
  const id = issue?.id ?? '';
  const both = await Promise.allSettled([
    resolveIssue(app, maria.actor, { id, note: 'Вернули в кабинете' }),
    resolveIssue(app, oleg.actor, { id, note: 'Вернули в кабинете' }),
  ]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'PAYMENTS_STATE' } });
  expect(await resolved()).toMatchObject([{ id, note: 'Вернули в кабинете', resolvedBy: expect.stringMatching(/\S/) }]);
  expect(await audit()).toEqual([['payment.resolve', id]]);
  await expect(resolveIssue(app, maria.actor, { id: randomUUID(), note: 'Нет такого' })).rejects.toMatchObject({
    code: 'PAYMENTS_NOT_FOUND',
  });
});

test('a word about what had come right by itself is kept too', async () => {
  await raise({ mended: true });
  const [issue] = await resolved();
  expect(issue).toMatchObject({ resolvedBy: null, note: null });
  await resolveIssue(app, maria.actor, { id: issue?.id ?? '', note: 'Проверено' });
  expect(await resolved()).toMatchObject([{ note: 'Проверено', resolvedBy: expect.stringMatching(/\S/) }]);
});

test('a provider is stopped and started, each once, and both are written down', async () => {
  expect(await stoppedProviders(app.db)).toEqual(new Set());
  await Promise.all([stopProvider(app, maria.actor, 'tbank'), stopProvider(app, oleg.actor, 'tbank')]);
  expect(await stoppedProviders(app.db)).toEqual(new Set(['tbank']));
  await startProvider(app, maria.actor, 'tbank');
  await startProvider(app, maria.actor, 'tbank');
  expect(await stoppedProviders(app.db)).toEqual(new Set());
  expect(await audit()).toEqual([
    ['payment.stop', 'tbank'],
    ['payment.start', 'tbank'],
  ]);
});

test('a provider that the school does not have is neither stopped nor started', async () => {
  const without = { ...app, payments: { all: [], provider: () => null } };
  for (const act of [stopProvider, startProvider]) {
    await expect(act(without, maria.actor, 'tbank')).rejects.toMatchObject({ code: 'PAYMENTS_NOT_FOUND' });
  }
});
