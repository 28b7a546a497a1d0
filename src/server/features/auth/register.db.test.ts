import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { registerInput } from '#shared/auth.ts';
import type { FieldIssueCode } from '#shared/errors.ts';
import type { App } from '../../platform/app.ts';
import { aBrowser } from '../../testing/browser.ts';
import { aMachine, anEmail, aRegistration, aSchool, aStudent, codeFor, limitsElapse, type School } from '../../testing/world.ts';
import { consentVersion } from '../people/consent.ts';
import { register, verifyCode } from './actions.ts';

let school: School;
let app: App;
beforeAll(async () => {
  school = await aSchool();
  app = school.app;
});
afterAll(() => school.close());

/** All that a registration leaves behind. */
async function tracesOf(email: string) {
  const [person, codes, jobs] = await Promise.all([
    app.db.person.findUnique({ where: { email }, include: { consents: true, sessions: true } }),
    app.db.loginCode.findMany({ where: { email } }),
    app.pool.query<{ name: string }>(
      `SELECT name FROM pgboss.job WHERE name = 'auth.send-code' AND (data->>'codeId')::uuid IN (SELECT id FROM login_code WHERE email = $1)`,
      [email],
    ),
  ]);
  return { person, codes, letters: jobs.rowCount };
}

test('a new address: the person, the consent, the line of the Excel table and the first code are there at once', async () => {
  await app.pool.query('DELETE FROM pgboss.job');
  const from = aMachine();
  const form = aRegistration({ phone: '8 (916) 123-45-67', timeZone: 'Asia/Vladivostok', locale: 'en' });
  const { flow } = await register(app, from, form);
  expect(flow).toEqual({ email: form.email, expiresAt: '2026-11-24T12:10:00.000Z', resendAt: '2026-11-24T12:01:00.000Z', attemptsLeft: 5 });
  const { person, codes, letters } = await tracesOf(form.email);
  expect(person).toMatchObject({
    role: 'student',
    firstName: 'Илья',
    lastName: 'Соколов',
    phone: '+79161234567',
    timeZone: 'Asia/Vladivostok',
    locale: 'en',
    source: 'site',
    registeredAt: school.clock.now(),
    emailVerifiedAt: null,
    passwordHash: null,
    sessions: [],
  });
  expect(person?.consents).toMatchObject([
    { document: 'personal-data', version: consentVersion, ip: from.ip, agreedAt: school.clock.now() },
  ]);
  expect(codes).toMatchObject([{ personId: person?.id, attemptsLeft: 5, usedAt: null }]);
  expect(letters).toBe(1);
  const { rows } = await app.pool.query<{ name: string }>(`SELECT name FROM pgboss.job WHERE name = 'registry.write'`);
  expect(rows).toHaveLength(1);
});

describe('the form', () => {
  const parsed = (over: object) => registerInput.safeParse({ ...aRegistration(), ...over });

  test('takes what people type and keeps it in one form', () => {
    expect(parsed({ email: ' Anna@Example.RU ', firstName: ' Анна  Мария ', lastName: 'О’Нил' }).data).toMatchObject({
      email: 'anna@example.ru',
      firstName: 'Анна Мария',
      lastName: 'О’Нил',
    });
  });

  test.each<[string, object, FieldIssueCode]>([
    ['email', { email: 'anna' }, 'email-invalid'],
    ['email', { email: 'anna@mаil.ru' }, 'email-mixed-script'],
    ['email', { email: 'a'.repeat(1_000_000) }, 'too-long'],
    ['firstName', { firstName: '  ' }, 'required'],
    ['lastName', { lastName: 'Иван😀' }, 'name-invalid'],
    ['lastName', { lastName: 'я'.repeat(300) }, 'too-long'],
    ['lastName', { lastName: 'я'.repeat(1_000_000) }, 'too-long'],
    ['phone', { phone: '8'.repeat(41) }, 'too-long'],
    ['timeZone', { timeZone: 'Moscow' }, 'invalid'],
  ])('refuses %s %#: %s', (field, over, code) => {
    const issues = parsed(over).error?.issues ?? [];
    expect(issues.map((issue) => issue.path.join('.'))).toContain(field);
    expect(issues.map((issue) => issue.message)).toContain(code);
  });

  test('knows no further fields', () => {
    expect(parsed({ role: 'moderator' }).success).toBe(false);
  });

  test.each<[string, object, FieldIssueCode]>([
    ['no consent', { consentVersion: null }, 'consent-required'],
    ['a consent to an older text', { consentVersion: '2020-01-01' }, 'consent-outdated'],
    ['a phone that cannot be', { phone: '12345' }, 'phone-invalid'],
  ])('with %s registers nobody and sends nothing', async (_, over, code) => {
    const form = { ...aRegistration(), ...over };
    await expect(register(app, aMachine(), form)).rejects.toMatchObject({ code: 'INPUT_INVALID', issues: [{ code }] });
    expect(await tracesOf(form.email)).toEqual({ person: null, codes: [], letters: 0 });
  });
});

test('the text one agrees to is shown in both languages, under the edition that the form names', async () => {
  const { call } = aBrowser(app);
  const texts = await Promise.all((['ru', 'en'] as const).map((locale) => call.people.consentText({ locale })));
  expect(texts.map((text) => text.version)).toEqual([consentVersion, consentVersion]);
  expect(texts[0]?.html).toContain('персональных данных');
  expect(texts[1]?.html).toContain('personal data');
  expect((await call.settings.site()).consentVersion).toBe(consentVersion);
});

describe('a second registration of an address', () => {
  const second = { firstName: 'Мария', lastName: 'Орлова', phone: '+7 916 000-00-01' };

  test('that nobody has proven yet: whoever reads its mail decides, with the form they filled in', async () => {
    const form = aRegistration();
    await register(app, aMachine(), form);
    await limitsElapse(app, 61);
    school.clock.forward(61_000);
    const from = aMachine();
    const { token, flow } = await register(app, from, { ...form, ...second });
    expect((await tracesOf(form.email)).person).toMatchObject({ firstName: 'Илья', lastName: 'Соколов', phone: null });
    expect(await verifyCode(app, from, token, await codeFor(app, form.email))).toMatchObject({
      outcome: 'signed-in',
      me: { email: flow.email, firstName: 'Мария', lastName: 'Орлова', phone: '+79160000001' },
    });
    // The journal holds both forms: the first was agreed to as well.
    const { person } = await tracesOf(form.email);
    expect(person?.consents).toHaveLength(2);
    expect(person?.consents.map((consent) => consent.ip)).toContain(from.ip);
  });

  test('that has an account: looks the same and changes nothing, before the code and after', async () => {
    const student = await aStudent(app);
    const before = await tracesOf(student.email);
    await limitsElapse(app, 61);
    school.clock.forward(61_000);
    const from = aMachine();
    const unknown = await register(app, aMachine(), aRegistration());
    const known = await register(app, from, { ...aRegistration({ email: student.email }), ...second, phone: '' });
    expect({ ...known.flow, email: '' }).toEqual({ ...unknown.flow, email: '' });
    expect((await tracesOf(student.email)).person).toEqual(before.person);
    const result = await verifyCode(app, from, known.token, await codeFor(app, student.email));
    expect(result).toMatchObject({ outcome: 'signed-in', me: { id: student.actor.id, firstName: 'Илья', lastName: 'Соколов' } });
    expect((await tracesOf(student.email)).person?.consents).toEqual(before.person?.consents);
  });

  test('that is a moderator’s: looks the same and opens nothing', async () => {
    const email = anEmail();
    await app.db.person.create({
      data: { role: 'moderator', email, firstName: 'Ольга', lastName: 'Громова', emailVerifiedAt: new Date() },
    });
    const from = aMachine();
    const { token, flow } = await register(app, from, aRegistration({ email }));
    expect(flow).toMatchObject({ email, attemptsLeft: 5 });
    expect(await verifyCode(app, from, token, await codeFor(app, email))).toMatchObject({ outcome: 'wrong' });
    expect((await tracesOf(email)).person).toMatchObject({ role: 'moderator', firstName: 'Ольга', consents: [] });
  });
});

test('of twenty registrations of one address at once one is taken, the others hear when to try again', async () => {
  const form = aRegistration();
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => register(app, aMachine(), form)));
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  const refusals = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  expect(new Set(refusals.map((refusal) => refusal.code))).toEqual(new Set(['AUTH_RATE_LIMITED']));
  const { person, codes, letters } = await tracesOf(form.email);
  expect([person?.consents.length, codes.length, letters]).toEqual([1, 1, 1]);
});

test('and were there no limits, it would still be one person with one consent', async () => {
  const unlimited: App = { ...app, limits: { ...app.limits, take: async () => {} } };
  const form = aRegistration();
  const started = await Promise.all(Array.from({ length: 20 }, () => register(unlimited, aMachine(), form)));
  const { person, codes, letters } = await tracesOf(form.email);
  expect([person?.consents.length, codes.length, letters]).toEqual([1, 20, 20]);
  expect(codes.every((code) => code.personId === person?.id)).toBe(true);
  expect(new Set(started.map(({ token }) => token)).size).toBe(20);
});
