import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../platform/app.ts';
import { aMachine, anEmail, aRegistration, aSchool, aStudent, codeFor, limitsElapse, type School } from '../../testing/world.ts';
import { register, requestCode, resendCode, verifyCode } from './actions.ts';

let school: School;
let app: App;
beforeAll(async () => {
  school = await aSchool();
  app = school.app;
});
afterAll(() => school.close());

const ask = (email: string, from = aMachine()) => requestCode(app, from, { email, locale: 'ru' });

describe('another letter', () => {
  test('goes to whom the browser asked for, after a minute, with a code of its own', async () => {
    const student = await aStudent(app);
    await limitsElapse(app, 61);
    const from = aMachine();
    const first = await ask(student.email, from);
    const firstCode = await codeFor(app, student.email);
    await expect(resendCode(app, from, first.token, 'ru')).rejects.toMatchObject({ code: 'AUTH_RATE_LIMITED' });
    await limitsElapse(app, 61);
    school.clock.forward(61_000);
    const second = await resendCode(app, from, first.token, 'ru');
    expect(second?.flow).toMatchObject({
      email: student.email,
      attemptsLeft: 5,
      resendAt: new Date(school.clock.now().getTime() + 60_000).toISOString(),
    });
    const secondCode = await codeFor(app, student.email);
    expect(secondCode).not.toBe(firstCode);
    expect(await verifyCode(app, from, second?.token ?? null, firstCode)).toEqual({ outcome: 'wrong', attemptsLeft: 4 });
    expect(await verifyCode(app, from, second?.token ?? null, secondCode)).toMatchObject({ outcome: 'signed-in' });
  });

  test('keeps what the registration form said', async () => {
    const form = aRegistration();
    const from = aMachine();
    const { token } = await register(app, from, form);
    await limitsElapse(app, 61);
    school.clock.forward(61_000);
    const other = await register(app, aMachine(), { ...form, firstName: 'Чужое', lastName: 'Имя' });
    await limitsElapse(app, 61);
    school.clock.forward(61_000);
    const again = await resendCode(app, from, token, 'ru');
    expect(other.token).not.toBe(token);
    expect(await verifyCode(app, from, again?.token ?? null, await codeFor(app, form.email))).toMatchObject({
      me: { firstName: 'Илья', lastName: 'Соколов' },
    });
  });

  test.each([
    ['a browser that asked for nothing', async () => null],
    ['a token that was never given', async () => 'not-a-token-of-this-school'],
    [
      'a request that was used',
      async () => {
        const { email } = await aStudent(app);
        await limitsElapse(app, 61);
        const from = aMachine();
        const { token } = await ask(email, from);
        await verifyCode(app, from, token, await codeFor(app, email));
        return token;
      },
    ],
    [
      'a request of an hour ago',
      async () => {
        const { token } = await ask(anEmail());
        school.clock.forward(3_600_001);
        return token;
      },
    ],
  ])('is not sent for %s', async (_, makeToken) => {
    const token = await makeToken();
    await limitsElapse(app, 61);
    const before = await app.db.loginCode.count();
    expect(await resendCode(app, aMachine(), token, 'ru')).toBeNull();
    expect(await app.db.loginCode.count()).toBe(before);
  });
});
