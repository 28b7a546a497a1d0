import { describe, expect, test } from 'vitest';
import { type Holder, holderAt, lockCall, secondsLeft } from './lock-rules.ts';

const now = Date.parse('2026-11-24T12:00:00Z');
const minutes = (n: number) => new Date(now + n * 60_000).toISOString();
const mine = (left: number): Holder => ({ name: 'Мария Ковалёва', mine: true, until: minutes(left) });
const other = (left: number): Holder => ({ name: 'Олег Громов', mine: false, until: minutes(left) });

describe('what typing asks of the server', () => {
  test.each<[string, Holder | null, number | null, ReturnType<typeof lockCall>]>([
    ['free: it is taken', null, null, 'take'],
    ['free, asked a moment ago: once is enough', null, now - 1000, null],
    ['free, the answer never came: again', null, now - 10_000, 'take'],
    ['just taken: nothing', mine(30), now - 60_000, null],
    ['mine for four minutes: nothing', mine(26), now - 240_000, null],
    ['mine for five: renewed', mine(25), now - 300_000, 'renew'],
    ['mine, nearly over: renewed', mine(0.1), now - 600_000, 'renew'],
    ['mine, renewed a moment ago, the answer is on its way: nothing', mine(25), now - 1000, null],
    ['mine until now: it has ended, taken anew', mine(0), now - 600_000, 'take'],
    ["another's: nothing", other(5), null, null],
    ["another's has ended: taken", other(-1), null, 'take'],
  ])('%s', (_case, holder, askedAt, expected) => expect(lockCall(holder, now, askedAt)).toBe(expected));
});

test('a holder is one as long as their time lasts', () => {
  expect(holderAt(other(1), now)?.name).toBe('Олег Громов');
  expect(holderAt(other(0), now)).toBeNull();
  expect(holderAt(null, now)).toBeNull();
});

test('the time left is told in whole minutes and is never none', () => {
  expect(secondsLeft(minutes(28), now)).toBe(28 * 60);
  expect(secondsLeft(minutes(0.2), now)).toBe(60);
  expect(secondsLeft(minutes(-3), now)).toBe(60);
  expect(secondsLeft(minutes(30.1), now)).toBe(1800);
});
