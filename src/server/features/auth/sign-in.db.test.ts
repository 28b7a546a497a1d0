import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../platform/app.ts';
import { aBrowser, type Browser } from '../../testing/browser.ts';
import { aMachine, anEmail, aRegistration, aSchool, aSession, aStudent, codeFor, limitsElapse, type School } from '../../testing/world.ts';
import { addModerator, blockModerator } from '../people/moderators.ts';
import { signInModerator } from './password-sign-in.ts';

let school: School;
let app: App;
beforeAll(async () => {
  school = await aSchool();
  app = school.app;
});
afterAll(() => school.close());

async function register(browser: Browser, over = {}) {
  const form = { ...aRegistration(), ...over };
  await browser.call.auth.register(form);
  return form.email;
}

test('from the form to the profile, in one browser', async () => {
  const browser = aBrowser(app);
  expect(await browser.call.auth.me()).toBeNull();
  const email = await register(browser);
  expect(await browser.call.auth.flow()).toMatchObject({ email, attemptsLeft: 5 });
  expect(await browser.call.auth.verifyCode({ code: '12' })).toEqual({ outcome: 'malformed' });
  const result = await browser.call.auth.verifyCode({ code: await codeFor(app, email) });
  expect(result).toMatchObject({ outcome: 'signed-in', me: { email } });
  expect(JSON.stringify(result)).not.toContain('cookie');
  expect([...browser.cookies.keys()]).toEqual(['otlichno']);
  expect(await browser.call.auth.me()).toMatchObject({ email, role: 'student' });
  expect(await browser.call.auth.flow()).toBeNull();
  await browser.call.auth.signOut();
  expect([...browser.cookies.keys()]).toEqual([]);
  expect(await browser.call.auth.me()).toBeNull();
});

test('cookies are for this site and no script', async () => {
  const browser = aBrowser(app);
  const email = await register(browser);
  await browser.call.auth.verifyCode({ code: await codeFor(app, email) });
  expect(browser.received).toHaveLength(3);
  for (const line of browser.received) {
    expect(line).toContain('; HttpOnly');
    expect(line).toContain('; SameSite=Lax');
    expect(line).toContain('; Path=/');
    expect(line).not.toContain('; Secure');
  }
});

test('signing in again in the same browser replaces its session instead of adding one', async () => {
  const browser = aBrowser(app);
  const email = await register(browser);
  await browser.call.auth.verifyCode({ code: await codeFor(app, email) });
  const former = browser.cookies.get('otlichno');
  await limitsElapse(app, 61);
  school.clock.forward(61_000);
  await browser.call.auth.requestCode({ email, locale: 'ru' });
  await browser.call.auth.verifyCode({ code: await codeFor(app, email) });
  expect(browser.cookies.get('otlichno')).not.toBe(former);
  expect(await browser.call.auth.sessions()).toMatchObject([{ current: true }]);
  expect(await aBrowser(app, { cookie: `otlichno=${former}` }).call.auth.me()).toBeNull();
});

test('a person sees their sessions and ends one of them, or all others; nobody else’s', async () => {
  const student = await aStudent(app);
  const here = aBrowser(app, student);
  const another = async () => aBrowser(app, { cookie: await aSession(app, student.actor.id) });
  const [phone, library] = [await another(), await another()];
  const stranger = aBrowser(app, await aStudent(app));
  const sessions = await here.call.auth.sessions();
  expect(sessions).toHaveLength(3);
  expect(sessions.filter((session) => session.current)).toHaveLength(1);
  expect(JSON.stringify(sessions)).not.toContain(student.cookie.split('=')[1]);

  const phones = (await phone.call.auth.sessions())?.find((session) => session.current);
  await stranger.call.auth.endSession({ id: phones?.id ?? '' });
  expect(await phone.call.auth.me()).not.toBeNull();
  await here.call.auth.endSession({ id: phones?.id ?? '' });
  expect(await phone.call.auth.me()).toBeNull();
  expect(await here.call.auth.endOtherSessions()).toEqual({ ended: 1 });
  expect([await here.call.auth.me(), await library.call.auth.me()]).toMatchObject([{ email: student.email }, null]);
  expect(await stranger.call.auth.me()).not.toBeNull();
});

test.each(['', 'x', '\u0000', `${'f'.repeat(63)}\u0000`, 'f'.repeat(101)])('the id %j of a session is refused as input', async (id) => {
  const browser = aBrowser(app, await aStudent(app));
  await expect(browser.call.auth.endSession({ id })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

describe('known and unknown addresses are answered after the same time', () => {
  test.each(['requestCode', 'register'] as const)('%s', async (procedure) => {
    const { email } = await aStudent(app);
    await limitsElapse(app, 61);
    for (const address of [email, anEmail()]) {
      const startedAt = performance.now();
      const browser = aBrowser(app);
      await (procedure === 'register'
        ? browser.call.auth.register(aRegistration({ email: address }))
        : browser.call.auth.requestCode({ email: address, locale: 'ru' }));
      // A lower bound is a fact; how much more it takes is the machine's business.
      expect(performance.now() - startedAt).toBeGreaterThanOrEqual(149);
    }
  });
});

describe('moderators sign in with e-mail and password', () => {
  const password = 'correct horse battery staple';
  async function aTeacher() {
    const email = anEmail();
    await addModerator(app, { kind: 'cli' }, { email, firstName: 'Ольга', lastName: 'Громова', password });
    return email;
  }

  test('with the right ones', async () => {
    const email = await aTeacher();
    const browser = aBrowser(app);
    expect(await browser.call.auth.signInModerator({ email: ` ${email.toUpperCase()} `, password })).toMatchObject({
      outcome: 'signed-in',
      me: { email, role: 'moderator' },
    });
    expect(await browser.call.auth.me()).toMatchObject({ role: 'moderator' });
  });

  test('and with anything else are refused alike', async () => {
    const email = await aTeacher();
    const blocked = await aTeacher();
    await blockModerator(app, { kind: 'cli' }, { email: blocked });
    const student = await aStudent(app);
    const tries: [string, string][] = [
      [email, 'wrong'],
      [email, `${password} `],
      [email, password.toUpperCase()],
      [email, '\u0000'],
      [anEmail(), password],
      [blocked, password],
      [student.email, password],
    ];
    for (const [address, typed] of tries) {
      const browser = aBrowser(app);
      expect(await browser.call.auth.signInModerator({ email: address, password: typed })).toEqual({ outcome: 'refused' });
      expect(browser.received).toEqual([]);
    }
  });

  test('ten times a quarter of an hour for one address, known or not, from wherever', async () => {
    for (const email of [await aTeacher(), anEmail()]) {
      // Without the cost of a look at the password: the limit comes before it.
      for (let use = 0; use < 10; use += 1) await app.limits.take('password.address', email);
      await expect(signInModerator(app, aMachine(), { email, password })).rejects.toMatchObject({ code: 'AUTH_RATE_LIMITED' });
    }
  });

  test('a code is of no use to them', async () => {
    const email = await aTeacher();
    const browser = aBrowser(app);
    await browser.call.auth.requestCode({ email, locale: 'ru' });
    expect(await browser.call.auth.verifyCode({ code: await codeFor(app, email) })).toMatchObject({ outcome: 'wrong' });
  });
});
