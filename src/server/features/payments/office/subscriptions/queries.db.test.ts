import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { paymentsPageSize } from '#shared/payments.ts';
import type { subscriptionFilters } from '#shared/payments-office.ts';
import { aPaidCourse, aPayingSchool, type PayingSchool } from '../../../../testing/payments.ts';
import { aStudent } from '../../../../testing/world.ts';
import { listSubscriptions } from './queries.ts';

type Filter = (typeof subscriptionFilters)[number];

let school: PayingSchool;
let courseId: string;
const hour = 60 * 60_000;
const ago = (hours: number) => new Date(school.clock.now().getTime() - hours * hour);
const inHours = (hours: number) => ago(-hours);

beforeAll(async () => {
  school = await aPayingSchool();
  courseId = (await aPaidCourse(school.app)).id;
  const common = { courseId, provider: 'tbank', amountMinor: 29_000, currency: 'RUB', createdAt: ago(900), periods: 2 };
  const of = async (lastName: string) => (await aStudent(school.app, { lastName })).actor.id;
  const paidUntil = inHours(48);
  await school.app.db.subscription.createMany({
    data: [
      { ...common, personId: await of('Вторая'), state: 'active', paidUntil, nextChargeAt: inHours(48) },
      { ...common, personId: await of('Первая'), state: 'active', paidUntil, nextChargeAt: inHours(24) },
      { ...common, personId: await of('Несписываемая'), state: 'active', paidUntil, nextChargeAt: null },
      { ...common, personId: await of('Должная'), state: 'past_due', paidUntil: ago(2), nextChargeAt: inHours(1), tries: 2 },
      { ...common, personId: await of('Поздняя'), state: 'active', paidUntil: inHours(72), cancelledAt: ago(1) },
      { ...common, personId: await of('Ранняя'), state: 'past_due', paidUntil: inHours(3), cancelledAt: ago(5) },
      { ...common, personId: await of('Прежняя'), state: 'ended', endedAt: ago(50), endReason: 'unpaid' },
      { ...common, personId: null, state: 'ended', endedAt: ago(5), endReason: 'person-gone' },
      { ...common, personId: await of('Начатая'), state: 'pending', periods: 0 },
    ],
  });
});
afterAll(() => school.close());

const list = (filter: Filter, over: { search?: string; cursor?: string } = {}) =>
  listSubscriptions(school.app, { filter, search: '', ...over });
const names = async (filter: Filter, search = '') =>
  (await list(filter, { search })).items.map(({ person }) => person?.name.split(' ')[0] ?? null);

test.each([
  ['active', ['Первая', 'Вторая', 'Несписываемая']],
  ['past_due', ['Должная']],
  ['cancelled', ['Ранняя', 'Поздняя']],
  ['ended', [null, 'Прежняя']],
] as const)('%s: by what comes next; one that was never paid is none', async (filter, expected) => {
  expect(await names(filter)).toEqual(expected);
});

test('by a name, within its state', async () => {
  expect(await names('active', 'перв')).toEqual(['Первая']);
  expect(await names('past_due', 'перв')).toEqual([]);
});

test('a row says who pays how much, and how it stands', async () => {
  const [due] = (await list('past_due')).items;
  expect(due).toMatchObject({ provider: 'tbank', amountMinor: 29_000, periods: 2, tries: 2, state: 'past_due', endReason: null });
  expect(due?.openUntil).not.toBeNull();
});

describe('pages', () => {
  test.each(['active', 'cancelled', 'ended'] as const)('%s: all together are each once, infinite instants among them', async (filter) => {
    const state = filter === 'ended' ? ('ended' as const) : ('active' as const);
    const many = Array.from({ length: 2 * paymentsPageSize }, (_, index) => ({
      provider: 'cloudpayments',
      amountMinor: 100,
      currency: 'RUB',
      state,
      createdAt: ago(1),
      // Twins by threes, and some without any instant.
      nextChargeAt: index % 4 === 0 ? null : inHours(Math.floor(index / 3)),
      paidUntil: index % 4 === 0 ? null : inHours(Math.floor(index / 3)),
      endedAt: filter !== 'ended' || index % 4 === 0 ? null : ago(Math.floor(index / 3)),
      cancelledAt: filter === 'cancelled' ? ago(1) : null,
    }));
    await school.app.db.subscription.createMany({ data: many });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list(filter, cursor ? { cursor } : {});
      expect(page.items.length).toBeLessThanOrEqual(paymentsPageSize);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    const all = await school.app.db.subscription.findMany({
      where:
        filter === 'ended'
          ? { state: 'ended' }
          : {
              state: { in: filter === 'active' ? ['active'] : ['active', 'past_due'] },
              cancelledAt: filter === 'active' ? null : { not: null },
            },
      select: { id: true },
    });
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.toSorted()).toEqual(all.map(({ id }) => id).toSorted());
    await school.app.db.subscription.deleteMany({ where: { provider: 'cloudpayments' } });
  });

  test('a cursor of another list is refused', async () => {
    const many = Array.from({ length: paymentsPageSize + 1 }, () => ({
      provider: 'cloudpayments',
      amountMinor: 100,
      currency: 'RUB',
      state: 'active' as const,
      createdAt: ago(1),
    }));
    await school.app.db.subscription.createMany({ data: many });
    const { nextCursor } = await list('active');
    expect(nextCursor).not.toBeNull();
    await expect(list('ended', { cursor: nextCursor ?? '' })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    await school.app.db.subscription.deleteMany({ where: { provider: 'cloudpayments' } });
  });
});
