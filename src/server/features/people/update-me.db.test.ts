import { TRPCError } from '@trpc/server';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FieldIssueCode } from '#shared/errors.ts';
import type { App } from '../../platform/app.ts';
import { aBrowser, type Browser } from '../../testing/browser.ts';
import { aSchool, aStudent, type School, type Student } from '../../testing/world.ts';
import { wireError } from '../../trpc/init.ts';

let school: School;
let app: App;
let student: Student;
let browser: Browser;
beforeAll(async () => {
  school = await aSchool();
  app = school.app;
});
afterAll(() => school.close());
beforeEach(async () => {
  student = await aStudent(app, { phone: '+7 916 000-00-01' });
  browser = aBrowser(app, student);
  await app.pool.query('DELETE FROM pgboss.job');
});

const queued = () => app.pool.query<{ name: string }>('SELECT name FROM pgboss.job').then(({ rows }) => rows.map(({ name }) => name));

describe('a person corrects their own data', () => {
  test.each([
    ['the first name', { firstName: ' Анна  Мария ' }, { firstName: 'Анна Мария' }, ['registry.write']],
    ['the last name', { lastName: 'Ёлкина' }, { lastName: 'Ёлкина' }, ['registry.write']],
    ['the phone', { phone: '8 916 000 00 02' }, { phone: '+79160000002' }, ['registry.write']],
    ['the phone away', { phone: '' }, { phone: null }, ['registry.write']],
    ['the time zone, which is not in the Excel table', { timeZone: 'Asia/Omsk' }, { timeZone: 'Asia/Omsk' }, []],
    ['the language', { locale: 'en' as const }, { locale: 'en' as const }, []],
  ])('%s', async (_, input, changed, jobs) => {
    const before = await browser.call.auth.me();
    expect(await browser.call.people.updateMe(input)).toEqual({ ...before, ...changed });
    expect(await browser.call.auth.me()).toEqual({ ...before, ...changed });
    expect(await queued()).toEqual(jobs);
    const [entry, ...others] = await app.db.auditEntry.findMany({ where: { subject: student.actor.id } });
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ actor: student.actor.id, action: 'person.update', after: changed });
  });
});

describe('what cannot be is refused and changes nothing', () => {
  test.each<[object, string, FieldIssueCode]>([
    [{ firstName: '' }, 'firstName', 'required'],
    [{ lastName: 'я'.repeat(300) }, 'lastName', 'too-long'],
    [{ lastName: '=cmd' }, 'lastName', 'name-invalid'],
    [{ phone: '12345' }, 'phone', 'phone-invalid'],
    [{ phone: '1'.repeat(41) }, 'phone', 'too-long'],
    [{ timeZone: 'Moscow' }, 'timeZone', 'invalid'],
    [{ email: 'other@example.ru' }, '', 'invalid'],
    [{ role: 'moderator' }, '', 'invalid'],
  ])('%j', async (input, field, code) => {
    const before = await browser.call.auth.me();
    const refusal = await browser.call.people.updateMe(input).catch((error: unknown) => error);
    expect(refusal instanceof TRPCError && wireError(refusal, '')).toEqual({ code: 'INPUT_INVALID', data: {}, issues: [{ field, code }] });
    expect(await browser.call.auth.me()).toEqual(before);
    expect(await queued()).toEqual([]);
    expect(await app.db.auditEntry.count({ where: { subject: student.actor.id } })).toBe(0);
  });
});

test('a moderator is not in the table of registrations', async () => {
  await app.db.person.update({ where: { id: student.actor.id }, data: { role: 'moderator' } });
  await browser.call.people.updateMe({ firstName: 'Ольга' });
  expect(await queued()).toEqual([]);
});
