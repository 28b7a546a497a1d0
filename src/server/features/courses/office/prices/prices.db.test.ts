import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { setPricesInput } from '#shared/curriculum.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import { aCourse, aNumber } from '../../../../testing/course.ts';
import { aModerator, aSchool, aStudent, type School } from '../../../../testing/world.ts';
import { openTopic } from '../../open-topic.ts';
import { getCourse } from '../../queries.ts';
import { duplicateCourse, startNewYear } from '../courses/actions.ts';
import { getProgramme } from '../courses/queries.ts';
import { setPrices } from './actions.ts';

let school: School;
/** The same school, where payments are taken in roubles and tenge. */
let seller: App;
let teacher: PersonActor;
beforeAll(async () => {
  school = await aSchool();
  teacher = (await aModerator(school.app)).actor;
  const sold = await aSchool({
    databaseUrl: school.databaseUrl,
    env: {
      PAYMENTS_TBANK_TERMINAL: 'Test',
      PAYMENTS_TBANK_PASSWORD: 'secret',
      PAYMENTS_CLOUDPAYMENTS_PUBLIC_ID: 'pk',
      PAYMENTS_CLOUDPAYMENTS_SECRET: 'secret',
      PAYMENTS_CLOUDPAYMENTS_CURRENCIES: 'RUB, KZT',
    },
    clock: school.clock,
  });
  seller = sold.app;
  return sold.close;
});
afterAll(() => school.close());

const price = async (slug: string) => {
  const { priceMinor, monthlyMinor, currency, takenCurrencies } = await getProgramme(school.app, teacher, { course: slug });
  return { priceMinor, monthlyMinor, currency, takenCurrencies };
};

test('a price is set, changed and taken away, and the journal has what changed', async () => {
  const { app } = school;
  const { id, slug } = await aCourse(app);
  await setPrices(app, teacher, { id, once: 199_000, month: 69_000, currency: 'RUB' });
  expect(await price(slug)).toEqual({ priceMinor: 199_000, monthlyMinor: 69_000, currency: 'RUB', takenCurrencies: [] });
  await setPrices(app, teacher, { id, once: 199_000, month: 69_000, currency: 'RUB' });
  await setPrices(app, teacher, { id, once: 0, month: 0, currency: 'RUB' });
  const entries = await app.db.auditEntry.findMany({ where: { subject: id, action: 'course.price' }, orderBy: { id: 'asc' } });
  expect(entries.map(({ label, before, after }) => ({ label, before, after }))).toEqual([
    { label: `Курс ${slug}`, before: { priceMinor: 0, monthlyMinor: 0 }, after: { priceMinor: 199_000, monthlyMinor: 69_000 } },
    { label: `Курс ${slug}`, before: { priceMinor: 199_000, monthlyMinor: 69_000 }, after: { priceMinor: 0, monthlyMinor: 0 } },
  ]);
});

test('it is for sale where an acquirer takes its currency', async () => {
  const { app } = school;
  const { id, slug } = await aCourse(app);
  const offered = async () => [(await getCourse(app, null, slug)).forSale, (await getCourse(seller, null, slug)).forSale];
  expect(await offered()).toEqual([false, false]);
  await setPrices(app, teacher, { id, once: 0, month: 69_000, currency: 'KZT' });
  expect(await offered()).toEqual([false, true]);
  await setPrices(app, teacher, { id, once: 199_000, month: 0, currency: 'USD' });
  expect(await offered()).toEqual([false, false]);
  const { takenCurrencies } = await getProgramme(seller, teacher, { course: slug });
  expect(takenCurrencies).toEqual(['RUB', 'KZT']);
});

test('who studies a free course keeps it when it gets a price; newcomers pay', async () => {
  const { app } = school;
  const [old, fresh] = [(await aStudent(app)).actor, (await aStudent(app)).actor];
  const course = await aCourse(app, { topics: [{ tasks: [aNumber()] }] });
  const open = (actor: PersonActor) => openTopic(app, actor, { course: course.slug, topic: 'topic-1' });
  await open(old);
  await setPrices(app, teacher, { id: course.id, once: 199_000, month: 0, currency: 'RUB' });
  expect(await open(old)).toMatchObject({ title: 'Тема 1' });
  await expect(open(fresh)).rejects.toMatchObject({ code: 'COURSES_NO_ACCESS' });
  expect((await getCourse(app, old, course.slug)).mine).toMatchObject({ enrolled: true, allowed: true });
});

test('copies and the new year cost the same, and nobody has them', async () => {
  const { app } = school;
  const { id, slug: from } = await aCourse(app, { topics: [{}] });
  await openTopic(app, (await aStudent(app)).actor, { course: from, topic: 'topic-1' });
  await setPrices(app, teacher, { id, once: 199_000, month: 69_000, currency: 'KZT' });
  const [copy, year] = [randomUUID(), randomUUID()];
  const slugs = [
    await duplicateCourse(app, teacher, { id, newId: copy }),
    await startNewYear(app, teacher, { id, newId: year, title: 'Курс 2027', firstOn: '2027-09-02' }),
  ];
  for (const { slug } of slugs) expect(await price(slug)).toMatchObject({ priceMinor: 199_000, monthlyMinor: 69_000, currency: 'KZT' });
  expect(await app.db.enrolment.count({ where: { courseId: { in: [copy, year] } } })).toBe(0);
  expect(await app.db.enrolment.count({ where: { courseId: id } })).toBe(1);
});

test('only by moderators, of a course that is there, and at once by two of them', async () => {
  const { app } = school;
  const { id, slug } = await aCourse(app);
  const input = { id, once: 1, month: 0, currency: 'RUB' as const };
  await expect(setPrices(app, (await aStudent(app)).actor, input)).rejects.toMatchObject({ code: 'AUTH_FORBIDDEN' });
  await expect(setPrices(app, teacher, { ...input, id: randomUUID() })).rejects.toMatchObject({ code: 'COURSES_NOT_FOUND' });
  await Promise.all([100_000, 200_000].map((once) => setPrices(app, teacher, { ...input, once })));
  const entries = await app.db.auditEntry.findMany({ where: { subject: id, action: 'course.price' }, orderBy: { id: 'asc' } });
  const [last] = entries.slice(-1);
  expect(last?.after).toEqual({ priceMinor: (await price(slug)).priceMinor });
});

test.each([
  { once: -1 },
  { once: 0.5 },
  { once: 1e21 },
  { once: '1' },
  { month: 1_000_000_001 },
  { currency: 'rub' },
  { currency: 'XXX' },
  { extra: 1 },
])('case 31: %j is no price', (over) =>
  expect(setPricesInput.safeParse({ id: randomUUID(), once: 1, month: 0, currency: 'RUB', ...over }).success).toBe(false),
);
