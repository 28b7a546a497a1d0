import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CreatePromoInput } from '#shared/payments-office.ts';
import type { PersonActor } from '../../../platform/app.ts';
import { aBrowser } from '../../../testing/browser.ts';
import { aCourse, type MadeCourse } from '../../../testing/course.ts';
import { somebodyWaits } from '../../../testing/locks.ts';
import { aModerator, aSchool, aStudent, limitsElapse, type School } from '../../../testing/world.ts';
import { tryPromo } from './actions.ts';
import { createPromo, switchPromo, updatePromo } from './office/actions.ts';
import { listPromo } from './office/queries.ts';
import { takePromo } from './steps.ts';

const hour = 3_600_000;
let school: School;
let teacher: PersonActor;
let student: PersonActor;
let other: PersonActor;
let course: MadeCourse;

beforeAll(async () => {
  school = await aSchool();
  teacher = (await aModerator(school.app)).actor;
  student = (await aStudent(school.app)).actor;
  other = (await aStudent(school.app)).actor;
  course = await aCourse(school.app, { priceMinor: 199_000 });
});
afterAll(() => school.close());

let made = 0;
const aCode = (over: Partial<CreatePromoInput> = {}): CreatePromoInput => {
  made += 1;
  return {
    code: `CODE-${made}`,
    discount: { kind: 'percent', percent: 20 },
    courseId: null,
    validFrom: null,
    validUntil: null,
    limitTotal: null,
    perPerson: 1,
    note: '',
    ...over,
  };
};

/** What a checkout does with a code: takes a use, and writes the order that holds it. */
async function buy(actor: PersonActor, code: string, beforeItIsDone: () => Promise<void> = async () => {}) {
  const { app, clock } = school;
  return app.db.$transaction(async (tx) => {
    const of = { code, personId: actor.id, courseId: course.id, plan: 'once' as const, listMinor: 199_000, currency: 'RUB' };
    const taken = await takePromo(app, tx, of);
    if ('refused' in taken) return taken.refused;
    const now = clock.now();
    const order = await tx.paymentOrder.create({
      data: {
        ...{
          personId: actor.id,
          courseId: course.id,
          clientId: randomUUID(),
          title: 'Курс',
          plan: 'once',
          listMinor: 199_000,
          currency: 'RUB',
        },
        ...{ amountMinor: taken.amountMinor, promoCodeId: taken.promoCodeId, email: 'a@example.ru', createdAt: now },
        expiresAt: new Date(now.getTime() + hour),
      },
      select: { id: true, amountMinor: true },
    });
    await beforeItIsDone();
    return order;
  });
}

const close = (id: string, state: 'paid' | 'closed') => school.app.db.paymentOrder.update({ where: { id }, data: { state } });
const find = async (code: string) => (await listPromo(school.app, { search: code })).items.find((row) => row.code === code);

test('a code is made, found, tried, changed and switched off, and the journal has it', async () => {
  const { app } = school;
  const input = aCode({ note: 'Для чата 11 «А»', courseId: course.id, limitTotal: 10 });
  const row = await createPromo(app, teacher, input);
  const { code: _code, courseId: _courseId, ...rest } = input;
  expect(row).toEqual({
    ...rest,
    id: row.id,
    code: input.code,
    course: { id: course.id, title: `Курс ${course.slug}` },
    used: 0,
    state: 'live',
  });

  const typed = ` ${input.code.toLowerCase()} `;
  const applied = { outcome: 'applied', code: input.code, listMinor: 199_000, amountMinor: 159_200 };
  expect(await tryPromo(app, student, { course: course.slug, plan: 'once', code: typed })).toEqual(applied);
  expect(await tryPromo(app, student, { course: course.slug, plan: 'month', code: typed })).toEqual({
    outcome: 'refused',
    reason: 'other-course',
  });

  const { code, ...fields } = input;
  const changed = await updatePromo(app, teacher, {
    id: row.id,
    ...fields,
    discount: { kind: 'amount', amountMinor: 100_000, currency: 'RUB' },
  });
  expect(changed).toMatchObject({ code, discount: { kind: 'amount', amountMinor: 100_000, currency: 'RUB' } });
  await updatePromo(app, teacher, { id: row.id, ...fields, discount: { kind: 'amount', amountMinor: 100_000, currency: 'RUB' } });

  for (const on of [false, false, true])
    expect(await switchPromo(app, teacher, { id: row.id, on })).toMatchObject({ state: on ? 'live' : 'off' });
  await switchPromo(app, teacher, { id: row.id, on: false });
  expect(await tryPromo(app, student, { course: course.slug, plan: 'once', code })).toEqual({ outcome: 'refused', reason: 'unknown' });

  const entries = await app.db.auditEntry.findMany({ where: { subject: row.id }, orderBy: { id: 'asc' } });
  expect(entries.map(({ action, label, before, after }) => ({ action, label, before, after }))).toMatchObject([
    { action: 'promo.create', label: code, after: { percent: 20, limitTotal: 10 } },
    {
      action: 'promo.update',
      before: { percent: 20, amountMinor: null, currency: null },
      after: { percent: null, amountMinor: 100_000, currency: 'RUB' },
    },
    { action: 'promo.disable' },
    { action: 'promo.enable' },
    { action: 'promo.disable' },
  ]);
});

test('the journal names the course of a code by its title', async () => {
  const { app } = school;
  const [one, another] = [await aCourse(app), await aCourse(app)];
  const { code: _, ...fields } = aCode();
  const row = await createPromo(app, teacher, { ...aCode(), courseId: one.id });
  await updatePromo(app, teacher, { id: row.id, ...fields, courseId: another.id });
  const entries = await app.db.auditEntry.findMany({ where: { subject: row.id }, orderBy: { id: 'asc' } });
  const titleOf = async ({ id }: { id: string }) => (await app.db.course.findUniqueOrThrow({ where: { id } })).title;
  expect(entries).toMatchObject([
    { after: { course: await titleOf(one) } },
    { before: { course: await titleOf(one) }, after: { course: await titleOf(another) } },
  ]);
  expect(JSON.stringify(entries.map(({ before, after }) => [before, after]))).not.toContain(one.id);
});

test('by the doors: moderators make codes, students try them, and a school that takes no payments has neither', async () => {
  const env = { PAYMENTS_TBANK_TERMINAL: 'Test', PAYMENTS_TBANK_PASSWORD: 'secret' };
  const selling = await aSchool({ databaseUrl: school.databaseUrl, env, clock: school.clock });
  try {
    const [boss, buyer] = [await aModerator(selling.app), await aStudent(selling.app)];
    const [office, shop] = [boss, buyer].map(({ cookie }) => aBrowser(selling.app, { cookie }).call.payments);
    const { code, ...fields } = aCode();
    const row = await office?.office.promo.create({ code: ` ${code.toLowerCase()} `, ...fields });
    expect(row).toMatchObject({ code, state: 'live' });
    expect(await office?.office.promo.list({ search: code })).toEqual({ items: [row], nextCursor: null });
    expect(await shop?.promo({ course: course.slug, plan: 'once', code })).toMatchObject({ outcome: 'applied', amountMinor: 159_200 });
    await expect(shop?.office.promo.list({ search: '' })).rejects.toMatchObject({ message: 'AUTH_FORBIDDEN' });
    const off = aBrowser(school.app, { cookie: buyer.cookie }).call.payments;
    await expect(off.promo({ course: course.slug, plan: 'once', code })).rejects.toMatchObject({ message: 'PAYMENTS_OFF' });
  } finally {
    await selling.close();
  }
});

test('what is there twice, nowhere, or for nobody', async () => {
  const { app } = school;
  const input = aCode();
  await createPromo(app, teacher, input);
  await expect(createPromo(app, teacher, input)).rejects.toMatchObject({ code: 'PROMO_TAKEN' });
  await expect(createPromo(app, teacher, aCode({ courseId: randomUUID() }))).rejects.toMatchObject({ code: 'COURSES_NOT_FOUND' });
  await expect(createPromo(app, student, aCode())).rejects.toMatchObject({ code: 'AUTH_FORBIDDEN' });
  const { code: _code, ...fields } = input;
  await expect(updatePromo(app, teacher, { id: randomUUID(), ...fields })).rejects.toMatchObject({ code: 'PROMO_NOT_FOUND' });
  await expect(switchPromo(app, teacher, { id: randomUUID(), on: true })).rejects.toMatchObject({ code: 'PROMO_NOT_FOUND' });
  await expect(tryPromo(app, student, { course: 'nowhere', plan: 'once', code: input.code })).rejects.toMatchObject({
    code: 'COURSES_NOT_FOUND',
  });
});

/** The second begins while the first has taken its use and is not done yet. */
async function buyTogether(first: PersonActor, second: PersonActor, code: string) {
  let late: ReturnType<typeof buy> | undefined;
  const early = await buy(first, code, async () => {
    late = buy(second, code);
    await somebodyWaits(school.app);
  });
  return [early, await late];
}

test('two people at the last use: one has it', async () => {
  const { code } = await createPromo(school.app, teacher, aCode({ limitTotal: 1 }));
  expect(await buyTogether(student, other, code)).toEqual([{ id: expect.any(String), amountMinor: 159_200 }, 'used-up']);
  expect(await find(code)).toMatchObject({ used: 1, state: 'used-up' });
});

test('one person twice, in two windows at once: one order has it', async () => {
  const { code } = await createPromo(school.app, teacher, aCode());
  expect(await buyTogether(student, student, code)).toEqual([{ id: expect.any(String), amountMinor: 159_200 }, 'used']);
});

test('an order that is not paid gives the use back: by its end, or when it is closed', async () => {
  const { code } = await createPromo(school.app, teacher, aCode({ limitTotal: 1 }));
  const first = await buy(student, code);
  expect(await buy(other, code)).toBe('used-up');
  expect(await tryPromo(school.app, other, { course: course.slug, plan: 'once', code })).toEqual({ outcome: 'refused', reason: 'used-up' });
  // Nobody has closed it yet.
  school.clock.forward(hour);
  const second = await buy(other, code);
  expect(second).toMatchObject({ amountMinor: 159_200 });
  if (typeof first !== 'object' || typeof second !== 'object') throw new Error('no orders');
  await close(second.id, 'closed');
  const third = await buy(student, code);
  if (typeof third !== 'object') throw new Error('no order');
  await close(third.id, 'paid');
  school.clock.forward(2 * hour);
  expect(await buy(other, code)).toBe('used-up');
});

test('a code that is switched off while it is being used: whoever has taken it keeps it, the next one does not', async () => {
  const { app } = school;
  const { id, code } = await createPromo(app, teacher, aCode());
  let off: ReturnType<typeof switchPromo> | undefined;
  const bought = await buy(student, code, async () => {
    off = switchPromo(app, teacher, { id, on: false });
    await somebodyWaits(app);
  });
  expect(bought).toMatchObject({ amountMinor: 159_200 });
  expect(await off).toMatchObject({ state: 'off', used: 1 });
  expect(await buy(other, code)).toBe('unknown');
});

test('guessing ends, in the shop and at the till', async () => {
  const { app } = school;
  const guesser = (await aStudent(app)).actor;
  const guess = () => tryPromo(app, guesser, { course: course.slug, plan: 'once', code: randomUUID() });
  for (let n = 0; n < 39; n += 1) expect(await guess()).toEqual({ outcome: 'refused', reason: 'unknown' });
  expect(await buy(guesser, 'NO-SUCH-CODE')).toBe('unknown');
  await expect(guess()).rejects.toMatchObject({ code: 'AUTH_RATE_LIMITED' });
  await expect(buy(guesser, 'NO-SUCH-CODE')).rejects.toMatchObject({ code: 'AUTH_RATE_LIMITED' });
  await limitsElapse(app, 3600);
  expect(await guess()).toEqual({ outcome: 'refused', reason: 'unknown' });
});

test('the list is paged, newest first, and searched by code, note and course', async () => {
  const { app, clock } = school;
  const note = randomUUID();
  const codes: string[] = [];
  for (let n = 0; n < 53; n += 1) {
    codes.push((await createPromo(app, teacher, aCode({ note }))).code);
    if (n % 10 === 0) clock.forward(1000);
  }
  const first = await listPromo(app, { search: note });
  const second = await listPromo(app, { search: note, cursor: first.nextCursor ?? undefined });
  expect([first.items.length, second.items.length, second.nextCursor]).toEqual([50, 3, null]);
  expect(new Set([...first.items, ...second.items].map(({ code }) => code))).toEqual(new Set(codes));
  expect((await listPromo(app, { search: '100%' })).items).toEqual([]);
  expect((await listPromo(app, { search: note.slice(3, 12).toUpperCase(), cursor: 'broken' })).items).toHaveLength(50);
});
