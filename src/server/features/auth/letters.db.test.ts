import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../platform/app.ts';
import { MailError } from '../../platform/mail.ts';
import {
  aMachine,
  aModerator,
  anEmail,
  aRegistration,
  aSchool,
  aStudent,
  codeFor,
  limitsElapse,
  type School,
} from '../../testing/world.ts';
import { register, requestCode } from './actions.ts';
import { authJobs } from './jobs.ts';
import { hashCode } from './rules.ts';

let school: School;
let app: App;
beforeAll(async () => {
  school = await aSchool({ env: { PUBLIC_URL: 'https://school.example.ru' } });
  app = school.app;
  await app.jobs.work(app, authJobs);
});
afterAll(() => school.close());

const lettersTo = (email: string) => school.letters.filter((letter) => letter.to === email);

/** The only letter to an address, once it is there. */
async function letterTo(email: string) {
  await expect.poll(() => lettersTo(email).length, { timeout: 10_000, interval: 10 }).toBe(1);
  return lettersTo(email)[0];
}

/** Resolves when nothing waits in the queue. */
async function queueIsEmpty() {
  const waiting = () =>
    app.pool.query(`SELECT 1 FROM pgboss.job WHERE name LIKE 'auth.%' AND state < 'completed'`).then(({ rowCount }) => rowCount);
  await expect.poll(waiting, { timeout: 10_000, interval: 20 }).toBe(0);
}

describe('a letter with the code', () => {
  test.each([
    ['ru', 'Ваш код:', 'код для входа в «Отлично»'],
    ['en', 'Your code:', 'Otlichno'],
  ] as const)('goes out in the language of the page: %s', async (locale, text, subject) => {
    const form = aRegistration({ locale });
    await register(app, aMachine(), { ...form, locale });
    const letter = await letterTo(form.email);
    const code = await codeFor(app, form.email);
    expect(letter?.subject).toMatch(new RegExp(`^${code} .*${subject}`));
    expect(letter?.text).toContain(text);
    expect(letter?.text).toContain(code);
    expect(letter?.html).toContain(`>${code}</p>`);
    expect(letter?.html).toContain(`<html lang="${locale}"`);
    // Nothing a mail scanner could click on in place of the owner.
    expect(`${letter?.text}${letter?.html}`).not.toMatch(/https?:|href=/);
  });

  test('to somebody who registers a second time says that the account is there', async () => {
    const { email } = await aStudent(app);
    await queueIsEmpty();
    await limitsElapse(app, 61);
    school.letters.length = 0;
    await register(app, aMachine(), aRegistration({ email }));
    expect((await letterTo(email))?.text).toMatch(/^У вас уже есть аккаунт.*\d{6}/s);
  });
});

test('to a moderator goes a letter without a code, with the way to their own door', async () => {
  const { email } = await aModerator(app);
  await requestCode(app, aMachine(), { email, locale: 'ru' });
  const letter = await letterTo(email);
  expect(letter?.text).toContain('https://school.example.ru/admin/login');
  expect(letter?.html).toContain('href="https://school.example.ru/admin/login"');
  expect(`${letter?.subject}${letter?.text}`).not.toMatch(/\d{6}/);
});

test('to an unknown address goes a letter without a code, with the way to register', async () => {
  const email = anEmail();
  await requestCode(app, aMachine(), { email, locale: 'ru' });
  const letter = await letterTo(email);
  expect(letter?.text).toContain('https://school.example.ru/register');
  expect(letter?.html).toContain('href="https://school.example.ru/register"');
  expect(`${letter?.subject} ${letter?.text}`).not.toMatch(/\d{6}/);
});

/** Runs the job of the newest request for an address by hand, with a mail server that behaves as told. */
async function writeLetter(email: string, send: App['mail']['send']) {
  const { id } = await app.db.loginCode.findFirstOrThrow({ where: { email }, orderBy: { createdAt: 'desc' }, select: { id: true } });
  const job = authJobs.find(({ kind }) => kind.name === 'auth.send-code');
  await job?.run({ ...app, mail: { ...app.mail, send } }, { codeId: id, locale: 'ru', reason: 'sign-in' });
}

describe('no letter goes', () => {
  test.each([
    ['to somebody who is blocked', (email: string) => app.db.person.update({ where: { email }, data: { blockedAt: school.clock.now() } })],
    [
      'when the code is over',
      (email: string) => app.db.loginCode.updateMany({ where: { email }, data: { expiresAt: school.clock.now() } }),
    ],
    ['when the code was used', (email: string) => app.db.loginCode.updateMany({ where: { email }, data: { usedAt: school.clock.now() } })],
  ])('%s', async (_, change) => {
    const { email } = await register(app, aMachine(), aRegistration()).then(({ flow }) => flow);
    let sent = 0;
    const count = async () => {
      sent += 1;
    };
    await writeLetter(email, count);
    expect(sent).toBe(1);
    await change(email);
    await writeLetter(email, count);
    expect(sent).toBe(1);
  });
});

test('a letter that is written again after a fault holds the same code', async () => {
  const form = aRegistration();
  await register(app, aMachine(), form);
  const subjects: string[] = [];
  const send: App['mail']['send'] = async ({ subject }) => {
    subjects.push(subject);
    if (subjects.length === 1) throw new Error('the mail server is away');
  };
  await expect(writeLetter(form.email, send)).rejects.toThrow('the mail server is away');
  await writeLetter(form.email, send);
  const code = await codeFor(app, form.email);
  expect(subjects.map((subject) => subject.slice(0, 6))).toEqual([code, code]);
});

test('a letter that is refused for good is not tried again; one that is put off is', async () => {
  const form = aRegistration();
  await register(app, aMachine(), form);
  const refuse = (permanent: boolean) => async () => {
    throw new MailError('550 no such mailbox', permanent);
  };
  await expect(writeLetter(form.email, refuse(true))).resolves.toBeUndefined();
  await expect(writeLetter(form.email, refuse(false))).rejects.toThrow('550');
});

test('the code stands nowhere in the database, the queue included', async () => {
  const emails = [aRegistration(), aRegistration(), aRegistration()].map((form) => form.email);
  for (const email of emails) await register(app, aMachine(), aRegistration({ email }));
  await queueIsEmpty();
  const codes = await Promise.all(emails.map((email) => codeFor(app, email)));
  const { rows: columns } = await app.pool.query<{ table: string; column: string }>(
    `SELECT format('%I.%I', c.table_schema, c.table_name) AS "table", quote_ident(c.column_name) AS "column"
     FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema IN ('public', 'pgboss') AND t.table_type = 'BASE TABLE'
       AND (c.data_type IN ('text', 'character varying', 'json', 'jsonb', 'ARRAY', 'bytea') OR c.data_type = 'USER-DEFINED')`,
  );
  expect(columns.map(({ table }) => table)).toEqual(
    expect.arrayContaining(['public.login_code', 'pgboss.job', 'public.rate_limit', 'public.session']),
  );
  const found: string[] = [];
  for (const { table, column } of columns) {
    for (const code of codes) {
      // Whole groups of digits only: six digits in a row stand by chance in the middle of a hash.
      const { rowCount } = await app.pool.query(
        `SELECT 1 FROM ${table} WHERE ${column}::text ~ ('(^|[^0-9a-f])' || $1 || '([^0-9a-f]|$)')`,
        [code],
      );
      if (rowCount) found.push(`${code} in ${table}.${column}`);
    }
  }
  expect(found).toEqual([]);
});

test('what is stored is no plain hash that a million guesses would undo', async () => {
  const form = aRegistration();
  const { token } = await register(app, aMachine(), form);
  const row = await app.db.loginCode.findFirstOrThrow({ where: { email: form.email } });
  expect(row.codeHash).toBe(hashCode(app.secrets, row.id, await codeFor(app, form.email)));
  expect(JSON.stringify(row)).not.toContain(token);
});

test('what is over is cleared away by the hour, what is needed stays', async () => {
  const old = anEmail();
  await requestCode(app, aMachine(), { email: old, locale: 'ru' });
  await app.db.loginCode.updateMany({
    where: { email: old },
    data: { expiresAt: new Date(school.clock.now().getTime() - 7 * 86_400_000 - 1) },
  });
  const recent = anEmail();
  await requestCode(app, aMachine(), { email: recent, locale: 'ru' });
  const student = await aStudent(app);
  const gone = await aStudent(app);
  await app.pool.query(`UPDATE session SET expires_at = now() - interval '1 second' WHERE person_id = $1`, [gone.actor.id]);
  const clear = authJobs.find((job) => job.kind.name === 'auth.remove-expired');
  await clear?.run(app, {});
  expect(await app.db.loginCode.count({ where: { email: old } })).toBe(0);
  expect(await app.db.loginCode.count({ where: { email: recent } })).toBe(1);
  expect(await app.db.session.count({ where: { personId: { in: [student.actor.id, gone.actor.id] } } })).toBe(1);
});
