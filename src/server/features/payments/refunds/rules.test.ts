import { describe, expect, test } from 'vitest';
import { nextTryAt, type OwnRefund, type RefundNews, readRefunds, type Told } from './rules.ts';

const sent = (id: string, amountMinor: number): OwnRefund => ({ id, amountMinor, state: 'sent', providerRefundId: null });
const done = (id: string, amountMinor: number, providerRefundId: string | null = null): OwnRefund => ({
  ...sent(id, amountMinor),
  state: 'done',
  providerRefundId,
});
const each = (providerRefundId: string, amountMinor: number) => ({ providerRefundId, amountMinor, at: null });
const all = { partly: false, totalMinor: null, each: [] };
const partly: Told = { ...all, partly: true };
const nothing: RefundNews = { done: [], foreign: [], unclear: false };
const ours = (...ids: string[]) => ids.map((id) => ({ id, providerRefundId: null, at: null }));
const theirs = (...sums: number[]) => sums.map((amountMinor) => ({ amountMinor, providerRefundId: null, at: null }));

describe('whose refunds a provider tells of', () => {
  test.each<[string, OwnRefund[], Told, RefundNews]>([
    ['none', [], { ...all, totalMinor: 0 }, nothing],
    ['ours, by its sum', [sent('a', 100)], { ...partly, totalMinor: 100 }, { ...nothing, done: ours('a') }],
    [
      'ours and one of the cabinet, by their sum',
      [sent('a', 100)],
      { ...partly, totalMinor: 250 },
      { ...nothing, done: ours('a'), foreign: theirs(150) },
    ],
    ['one of the cabinet', [], { ...partly, totalMinor: 70 }, { ...nothing, foreign: theirs(70) }],
    ['one of two of ours', [sent('a', 100), sent('b', 300)], { ...partly, totalMinor: 300 }, { ...nothing, done: ours('b') }],
    [
      'less than both of ours, and neither',
      [sent('a', 100), sent('b', 300)],
      { ...partly, totalMinor: 200 },
      { ...nothing, unclear: true },
    ],
    [
      'ours that was taken and named before it was done',
      [{ ...sent('a', 100), providerRefundId: 'r1' }],
      { ...partly, totalMinor: 100 },
      { ...nothing, done: ours('a') },
    ],
    ['what is known', [done('a', 100)], { ...partly, totalMinor: 100 }, nothing],
    ['an old message', [done('a', 100)], { ...all, totalMinor: 0 }, nothing],
    ['nothing of one that was not sent', [{ ...sent('a', 100), state: 'waiting' }], { ...all, totalMinor: 0 }, nothing],
    [
      'one of the cabinet before ours was sent',
      [{ ...sent('a', 100), state: 'waiting' }],
      { ...partly, totalMinor: 100 },
      { ...nothing, foreign: theirs(100) },
    ],
    // Told one by one.
    [
      'ours, by name',
      [{ ...sent('a', 100), providerRefundId: 'r1' }],
      { ...partly, totalMinor: 100, each: [each('r1', 100)] },
      { ...nothing, done: [{ id: 'a', providerRefundId: 'r1', at: null }] },
    ],
    [
      'one that was counted before it had a name, not the next one of the same sum',
      [done('a', 100), sent('b', 100)],
      { ...partly, totalMinor: 100, each: [each('r1', 100)] },
      nothing,
    ],
    [
      'that of a payment which bought nothing, whoever made it',
      [{ ...sent('a', 100), state: 'waiting', double: true }],
      { ...all, totalMinor: 100 },
      { ...nothing, done: ours('a') },
    ],
    [
      'ours, by its sum, and gets its name',
      [sent('a', 100)],
      { ...partly, totalMinor: 100, each: [each('r1', 100)] },
      { ...nothing, done: [{ id: 'a', providerRefundId: 'r1', at: null }] },
    ],
    ['known by name', [done('a', 100, 'r1')], { ...partly, totalMinor: 100, each: [each('r1', 100)] }, nothing],
    ['known, but not by name', [done('a', 100)], { ...partly, totalMinor: 100, each: [each('r1', 100)] }, nothing],
    [
      'a second one of the same sum',
      [done('a', 100)],
      { ...partly, totalMinor: 200, each: [each('r1', 100), each('r2', 100)] },
      { ...nothing, foreign: [{ amountMinor: 100, providerRefundId: 'r2', at: null }] },
    ],
    [
      'one by name, more by the sum',
      [],
      { ...partly, totalMinor: 250, each: [each('r1', 100)] },
      { ...nothing, foreign: [{ amountMinor: 100, providerRefundId: 'r1', at: null }, ...theirs(150)] },
    ],
    // T-Bank: «partly», and no sum.
    ['a part of which nothing is told', [], partly, { ...nothing, unclear: true }],
    ['a first part, while ours is on its way', [sent('a', 100)], partly, { ...nothing, done: ours('a') }],
    ['a part that is known already', [done('a', 100)], partly, nothing],
    ['a later part, while ours is on its way: its own answer tells', [done('a', 100), sent('b', 100)], partly, nothing],
  ])('%s', (_, own, told, news) => {
    const recorded = own.reduce((sum, { state, amountMinor }) => sum + (state === 'done' ? amountMinor : 0), 0);
    expect(readRefunds(own, recorded, told)).toEqual(news);
  });

  test('case 26: three equal refunds told one after the other, again and again, are three', () => {
    let own: OwnRefund[] = [];
    for (const count of [1, 2, 2, 3, 3, 1, 3]) {
      const told = { ...partly, totalMinor: count * 100, each: ['r1', 'r2', 'r3'].slice(0, count).map((name) => each(name, 100)) };
      const { foreign } = readRefunds(own, own.length * 100, told);
      own = [...own, ...foreign.map(({ amountMinor, providerRefundId }) => done(`f-${providerRefundId}`, amountMinor, providerRefundId))];
    }
    expect(own.map(({ providerRefundId }) => providerRefundId)).toEqual(['r1', 'r2', 'r3']);
  });
});

test('a refund is tried ever more seldom', () => {
  const now = new Date('2026-11-24T12:00:00Z');
  expect([0, 1, 2, 3, 4, 5, 99].map((tries) => (nextTryAt(tries, now).getTime() - now.getTime()) / 60_000)).toEqual([
    1, 2, 5, 10, 30, 60, 60,
  ]);
});
