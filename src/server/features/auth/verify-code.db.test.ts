import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../platform/app.ts';
import { aMachine, aRegistration, aSchool, codeFor, limitsElapse, type School } from '../../testing/world.ts';
import { register, requestCode, verifyCode } from './actions.ts';

let school: School;
let app: App;
beforeAll(async () => {
  school = await aSchool();
  app = school.app;
});
afterAll(() => school.close());

/** A registration that waits for its code, in a browser at some machine. */
async function aWaiting() {
  const form = aRegistration();
  const from = aMachine();
  const { token } = await register(app, from, form);
  const code = await codeFor(app, form.email);
  const wrong = code === '000000' ? '000001' : '000000';
  return { email: form.email, from, token, code, wrong, enter: (typed: string) => verifyCode(app, from, token, typed) };
}
const sessionsOf = (email: string) => app.db.session.count({ where: { person: { email } } });
const outcomes = (results: { outcome: string }[]) => results.map((result) => result.outcome).toSorted();

test('the right code signs in, proves the address and is used up', async () => {
  const { email, code, enter } = await aWaiting();
  const result = await enter(code);
  expect(result).toMatchObject({ outcome: 'signed-in', me: { email, role: 'student', firstName: 'Илья' } });
  expect((await app.db.person.findUnique({ where: { email } }))?.emailVerifiedAt).toEqual(school.clock.now());
  expect(await enter(code)).toEqual({ outcome: 'no-flow' });
  expect(await sessionsOf(email)).toBe(1);
});

test.each([
  ['with spaces', (code: string) => ` ${code.slice(0, 3)} ${code.slice(3)}\n`],
  ['with a dash', (code: string) => `${code.slice(0, 3)}-${code.slice(3)}`],
  ['in full width', (code: string) => code.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))],
])('a code typed %s is the code', async (_, typed) => {
  const { code, enter } = await aWaiting();
  expect(await enter(typed(code))).toMatchObject({ outcome: 'signed-in' });
});

test('what is no code costs no try', async () => {
  const { code, enter } = await aWaiting();
  for (const typed of ['', '12345', '1234567', 'abcdef', 'код']) expect(await enter(typed)).toEqual({ outcome: 'malformed' });
  expect(await enter(code)).toMatchObject({ outcome: 'signed-in' });
});

test('of twenty right tries at once one signs in', async () => {
  const { email, code, enter } = await aWaiting();
  const results = await Promise.all(Array.from({ length: 20 }, () => enter(code)));
  expect(results.filter((result) => result.outcome === 'signed-in')).toHaveLength(1);
  expect(await sessionsOf(email)).toBe(1);
});

test('twenty wrong tries at once are five; then the right one is of no use either', async () => {
  const { email, code, wrong, enter } = await aWaiting();
  const results = await Promise.all(Array.from({ length: 20 }, () => enter(wrong)));
  expect(outcomes(results)).toEqual([...Array(16).fill('burnt'), ...Array(4).fill('wrong')]);
  expect(results.flatMap((result) => (result.outcome === 'wrong' ? [result.attemptsLeft] : [])).toSorted()).toEqual([1, 2, 3, 4]);
  expect(await enter(code)).toEqual({ outcome: 'burnt' });
  expect(await sessionsOf(email)).toBe(0);
});

test('the fifth try may still be the right one', async () => {
  const { code, wrong, enter } = await aWaiting();
  for (const attemptsLeft of [4, 3, 2, 1]) expect(await enter(wrong)).toEqual({ outcome: 'wrong', attemptsLeft });
  expect(await enter(code)).toMatchObject({ outcome: 'signed-in' });
});

test('after ten minutes the right code is expired', async () => {
  const { email, code, enter } = await aWaiting();
  school.clock.forward(10 * 60_000 - 1);
  const stillGood = await aWaiting();
  school.clock.forward(1);
  expect(await enter(code)).toEqual({ outcome: 'expired' });
  expect(await sessionsOf(email)).toBe(0);
  expect(await stillGood.enter(stillGood.code)).toMatchObject({ outcome: 'signed-in' });
});

describe('a code opens nothing', () => {
  test.each([
    ['without the cookie of the browser that asked', null],
    ['with a cookie that was never given', 'AAAAAAAAAAAAAAAAAAAAAAAAAAA'],
  ])('%s', async (_, token) => {
    const { from, code, email } = await aWaiting();
    expect(await verifyCode(app, from, token, code)).toEqual({ outcome: 'no-flow' });
    expect(await sessionsOf(email)).toBe(0);
  });

  test('with the cookie of another request, were it for the same address', async () => {
    const first = await aWaiting();
    await limitsElapse(app, 61);
    school.clock.forward(61_000);
    const thief = await requestCode(app, aMachine(), { email: first.email, locale: 'ru' });
    expect(await verifyCode(app, aMachine(), thief.token, first.code)).toEqual({ outcome: 'wrong', attemptsLeft: 4 });
    expect(await sessionsOf(first.email)).toBe(0);
    // And the thief's guesses do not burn the owner's code.
    expect(await first.enter(first.code)).toMatchObject({ outcome: 'signed-in' });
  });

  test('for somebody who is blocked meanwhile', async () => {
    const { email, code, enter } = await aWaiting();
    await app.db.person.update({ where: { email }, data: { blockedAt: school.clock.now() } });
    expect(await enter(code)).toEqual({ outcome: 'blocked' });
    expect(await sessionsOf(email)).toBe(0);
  });
});

test('one machine tries three hundred codes an hour at most', async () => {
  const { from, token, wrong } = await aWaiting();
  const results = await Promise.allSettled(Array.from({ length: 310 }, () => verifyCode(app, from, token, wrong)));
  const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []));
  expect(refused).toEqual(Array(10).fill('AUTH_RATE_LIMITED'));
});
