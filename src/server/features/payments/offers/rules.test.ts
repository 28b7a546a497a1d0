import { expect, test } from 'vitest';
import { mayBuy, type Owned, type Owning, ownedOf } from './rules.ts';

const now = new Date('2026-11-24T12:00:00Z');
const later = new Date('2026-12-24T12:00:00Z');
const sold: Owning = { role: 'student', once: 199_000, month: 29_000, enrolment: null };

const cases: [string, Partial<Owning>, Owned | null][] = [
  ['nothing', {}, null],
  ['a free course', { once: 0, month: 0 }, { how: 'free', until: null }],
  ['a course that was free when they began', { enrolment: { how: 'free', endsAt: null } }, { how: 'free', until: null }],
  ['a granted one', { enrolment: { how: 'granted', endsAt: null } }, { how: 'granted', until: null }],
  ['one bought for good', { enrolment: { how: 'paid', endsAt: null } }, { how: 'paid', until: null }],
  ['one paid by the month', { enrolment: { how: 'paid', endsAt: later } }, { how: 'paid', until: later }],
  ['one whose month is over', { enrolment: { how: 'paid', endsAt: now } }, null],
  ['a teacher’s', { role: 'moderator' }, { how: 'free', until: null }],
  ['sold by the month only', { once: 0 }, null],
];
test.each(cases)('what somebody has: %s', (_, over, owned) => {
  expect(ownedOf({ ...sold, ...over }, now)).toEqual(owned);
});

const byMonth: Owned = { how: 'paid', until: later };
test.each([
  ['nobody’s, once', 'once', null, false, true],
  ['nobody’s, by the month', 'month', null, false, true],
  ['for good what is paid by the month', 'once', byMonth, true, true],
  ['by the month what is paid by the month', 'month', byMonth, true, false],
  ['by the month again after a subscription that is over', 'month', byMonth, false, true],
  ['what is theirs for good', 'once', { how: 'paid', until: null }, false, false],
  ['what was granted', 'month', { how: 'granted', until: null }, false, false],
  ['what is free', 'once', { how: 'free', until: null }, false, false],
] as const)('may be bought: %s', (_, plan, owned, subscribed, may) => {
  expect(mayBuy(plan, owned, subscribed)).toBe(may);
});
