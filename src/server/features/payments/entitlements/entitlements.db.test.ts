/** The enrolment follows from what is paid, ends by the clock, and comes back by nothing but a payment. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../../platform/app.ts';
import { aNumber, type MadeCourse } from '../../../testing/course.ts';
import { aCard, anOrder, aPaidCourse, aPayingSchool, type PayingSchool, paid } from '../../../testing/payments.ts';
import { answer } from '../../../testing/solve.ts';
import { aStudent, type Student } from '../../../testing/world.ts';
import { openTopic } from '../../courses/open-topic.ts';
import { takeFreeCourse } from '../../courses/take.ts';
import { cancelSubscription } from '../subscriptions/actions.ts';
import { endEnrolments } from './actions.ts';
import { endEntitlement, entitle, followEntitlements } from './steps.ts';

let school: PayingSchool;
let app: App;
let course: MadeCourse;
beforeAll(async () => {
  school = await aPayingSchool();
  app = school.app;
  course = await aPaidCourse(app, { topics: [{ tasks: [aNumber('1')] }] });
});
afterAll(() => school.close());

const keyOf = (student: Student) => ({ personId: student.actor.id, courseId: course.id });
const enrolled = (student: Student) => app.db.enrolment.findMany({ where: keyOf(student), select: { how: true, endsAt: true } });
const follow = (student: Student) => app.db.$transaction((tx) => followEntitlements(app, tx, student.actor.id, course.id));
const open = (student: Student) => openTopic(app, student.actor, { course: course.slug, topic: 'topic-1' });
/** A month, cancelled, so that it ends without any grace. */
async function aMonth(student: Student): Promise<Date> {
  await paid(app, await anOrder(app, student, course, { plan: 'month' }), { method: aCard() });
  const { id, paidUntil } = await app.db.subscription.findFirstOrThrow({ where: keyOf(student), select: { id: true, paidUntil: true } });
  await cancelSubscription(app, student.actor, id);
  if (!paidUntil) throw new Error('a month without an end');
  return paidUntil;
}

test('a month ends at its very instant, also where nobody has swept; the sweep takes the row, and work is kept', async () => {
  const student = await aStudent(app);
  const end = await aMonth(student);
  await open(student);
  await answer(app, student.actor, course.task(0, 0), '1');
  school.clock.set(new Date(end.getTime() - 1));
  await endEnrolments(app);
  await open(student);
  school.clock.set(end);
  await expect(open(student)).rejects.toMatchObject({ code: 'COURSES_NO_ACCESS' });
  await expect(answer(app, student.actor, course.task(0, 0), '2')).rejects.toMatchObject({ code: 'COURSES_NO_ACCESS' });
  expect(await enrolled(student)).toEqual([{ how: 'paid', endsAt: end }]);
  await endEnrolments(app);
  expect(await enrolled(student)).toEqual([]);
  expect(await app.db.submission.count({ where: { personId: student.actor.id } })).toBe(1);
});

test('the end has a job of its own', async () => {
  const student = await aStudent(app);
  const end = await aMonth(student);
  const { rows } = await app.pool.query(`SELECT 1 FROM pgboss.job WHERE name = 'payments.sweep' AND start_after = $1`, [end]);
  expect(rows.length).toBeGreaterThan(0);
});

test('working at a course takes a free one only: a paid one that ended between the gate and the answer does not come back', async () => {
  const [student, free] = [await aStudent(app), await aPaidCourse(app, { priceMinor: 0, monthlyMinor: 0 })];
  const take = takeFreeCourse({ person: '$1::uuid', course: '$2::uuid', now: '$3::timestamptz' });
  await app.pool.query(take, [student.actor.id, course.id, app.clock.now()]);
  expect(await enrolled(student)).toEqual([]);
  await app.pool.query(take, [student.actor.id, free.id, app.clock.now()]);
  expect(await app.db.enrolment.findMany({ where: { personId: student.actor.id } })).toMatchObject([
    { courseId: free.id, how: 'free', endsAt: null },
  ]);
});

test('a paid course that became free is theirs as a free one once what was paid is over', async () => {
  const student = await aStudent(app);
  const own = await aPaidCourse(app, { topics: [{}] });
  const key = { personId: student.actor.id, courseId: own.id };
  await app.db.enrolment.create({ data: { ...key, enrolledAt: app.clock.now(), how: 'paid', endsAt: app.clock.now() } });
  await app.db.course.update({ where: { id: own.id }, data: { priceMinor: 0, monthlyMinor: 0 } });
  await openTopic(app, student.actor, { course: own.slug, topic: 'topic-1' });
  expect(await app.db.enrolment.findMany({ where: key })).toMatchObject([{ how: 'free', endsAt: null }]);
});

test('a course that is theirs by a grant, or free, stays as it is; one that ends gets the better end', async () => {
  for (const how of ['free', 'granted']) {
    const student = await aStudent(app);
    const soon = new Date(app.clock.now().getTime() + 3_600_000);
    await app.db.enrolment.create({ data: { ...keyOf(student), enrolledAt: app.clock.now(), how } });
    const order = await boughtBy(student, soon);
    expect(await enrolled(student)).toEqual([{ how, endsAt: null }]);
    await app.db.$transaction((tx) => endEntitlement(app, tx, order));
    await follow(student);
    expect(await enrolled(student)).toEqual([{ how, endsAt: null }]);
    await app.db.enrolment.updateMany({ where: keyOf(student), data: { endsAt: soon } });
    await boughtBy(student, null);
    expect(await enrolled(student)).toEqual([{ how, endsAt: null }]);
  }
});

/** A right that somebody has, as an order of theirs gave it. */
async function boughtBy(student: Student, until: Date | null): Promise<string> {
  const { id: orderId } = await app.db.paymentOrder.create({
    data: {
      ...keyOf(student),
      ...{
        clientId: randomUUID(),
        title: 'Курс',
        plan: 'once',
        listMinor: 100,
        amountMinor: 100,
        currency: 'RUB',
        email: student.email,
        state: 'paid',
      },
      createdAt: app.clock.now(),
      expiresAt: app.clock.now(),
    },
    select: { id: true },
  });
  await app.db.$transaction(async (tx) => {
    await entitle(app, tx, { ...keyOf(student), orderId, from: app.clock.now(), until });
    await entitle(app, tx, { ...keyOf(student), orderId, from: app.clock.now(), until });
    await followEntitlements(app, tx, student.actor.id, course.id);
  });
  return orderId;
}

describe('several rights to one course', () => {
  const days = (count: number) => new Date(app.clock.now().getTime() + count * 86_400_000);

  test('the longest counts; each that is taken back leaves the next', async () => {
    const student = await aStudent(app);
    const [short, long, good] = [await boughtBy(student, days(10)), await boughtBy(student, days(20)), await boughtBy(student, null)];
    expect(await enrolled(student)).toEqual([{ how: 'paid', endsAt: null }]);
    for (const [order, left] of [
      [good, [{ how: 'paid', endsAt: days(20) }]],
      [long, [{ how: 'paid', endsAt: days(10) }]],
      [short, []],
    ] as const) {
      expect(await app.db.$transaction((tx) => endEntitlement(app, tx, order))).toEqual(keyOf(student));
      expect(await app.db.$transaction((tx) => endEntitlement(app, tx, order))).toBeNull();
      await follow(student);
      expect(await enrolled(student)).toEqual(left);
    }
  });

  test('written at the same moment, none is lost', async () => {
    const student = await aStudent(app);
    await Promise.all([5, 30, 15, 25, 10].map((count) => boughtBy(student, days(count))));
    expect(await enrolled(student)).toEqual([{ how: 'paid', endsAt: days(30) }]);
  });
});
