/** No secret and no person's name or address reaches the log, whatever breaks: everything that is one is sent through all ways to it, and looked for. */
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { authJobs } from './features/auth/jobs.ts';
import { readConfig } from './platform/config.ts';
import { createLog, secretsOf } from './platform/log.ts';
import { smtpMailer } from './platform/mail/smtp.ts';
import { createTelegram } from './platform/telegram/create-telegram.ts';
import { createTestDatabase } from './testing/database.ts';
import { aLiveServer, aWebBrowser, type LiveServer } from './testing/live-server.ts';
import { openPost } from './testing/mail-server.ts';
import { aModerator, anEmail, aRegistration, aSchool, aStudent, codeFor, type School } from './testing/world.ts';

const env = {
  SECRET: 'SECRET-of-the-school-0123456789abcdef',
  SMTP_URL: 'smtp://school%40example.ru:SMTP%2Fpass-4821@127.0.0.1:1',
  MAIL_FROM: 'school@example.ru',
  S3_ENDPOINT: 'https://s3.example.ru',
  S3_REGION: 'ru',
  S3_BUCKET: 'files',
  S3_ACCESS_KEY_ID: 'key-id',
  S3_SECRET_ACCESS_KEY: 'S3-key/4821+secret',
  TELEGRAM_TOKEN: '123456:TELEGRAM-token_4821-abcdefghijkl',
  TELEGRAM_PROXY: 'socks5h://user:PROXY-pass-4821@127.0.0.1:1080',
  PAYMENTS_TBANK_TERMINAL: '1234567890123',
  PAYMENTS_TBANK_PASSWORD: 'TBANK-password-4821',
  PAYMENTS_CLOUDPAYMENTS_PUBLIC_ID: 'pk_1',
  PAYMENTS_CLOUDPAYMENTS_SECRET: 'CLOUD-secret-4821',
  METRICS_TOKEN: 'METRICS-token-4821-abc',
};
const config = readConfig({ ...env, DATABASE_URL: 'postgresql://otlichno:DATABASE-pass-4821@127.0.0.1:5432/otlichno' });

const lines = new PassThrough();
const written = text(lines);
const log = createLog('debug', lines, secretsOf(config));
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let school: School;
let site: LiveServer;
beforeAll(async () => {
  database = await createTestDatabase();
  school = await aSchool({ databaseUrl: database.url, log });
  site = await aLiveServer(school.app);
});
afterAll(async () => {
  await site.close();
  await school.close();
  await database.drop();
});

/** Every value that must be found nowhere. */
const secrets = new Set<string>();
const keep = (value: string) => {
  secrets.add(value);
  return value;
};

test('whatever is asked for and whatever breaks, the log holds none of it', async () => {
  for (const value of secretsOf(config)) keep(value);
  const { app } = school;
  const person = { firstName: keep('Пелагея'), lastName: keep('Тайновская'), email: keep(anEmail()), phone: keep('+79005551234') };

  // People come in, are wrong, and are refused.
  const form = aRegistration(person);
  const browser = aWebBrowser(site.url);
  await browser.rpc.auth.register.mutate(form);
  const code = keep(await codeFor(app, form.email));
  await browser.rpc.auth.verifyCode.mutate({ code: code === '000000' ? '000001' : '000000' });
  await browser.rpc.auth.verifyCode.mutate({ code });
  for (const value of browser.cookies.values()) if (value) keep(value);
  const moderator = await aModerator(app);
  keep(moderator.email);
  await aWebBrowser(site.url).rpc.auth.signInModerator.mutate({ email: moderator.email, password: keep('wrong horse battery') });
  const student = await aStudent(app);
  keep(student.email);
  keep(student.cookie.slice('otlichno='.length));

  // What arrives broken.
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${keep('BEARER-4821-of-somebody')}`,
    cookie: student.cookie,
    origin: site.url,
  };
  const post = (path: string, body: string) => fetch(site.url + path, { method: 'POST', headers, body });
  await post('/trpc/auth.verifyCode', `{"code":"${code}"`);
  await post('/trpc/auth.signInModerator', JSON.stringify({ email: person.email, password: { secret: 'wrong horse battery' } }));
  await post(`/unsubscribe/${keep('UNSUBSCRIBE-token-4821')}`, '');
  await fetch(
    `${site.url}/files/work/${student.actor.id}/${encodeURIComponent(keep('Паспорт Тайновской.jpg'))}?token=${keep('QUERY-token-4821')}`,
    { headers },
  );

  // Faults: of statements, with the rows they refused; of whatever a procedure leans on; thrown at random.
  await expect(app.db.person.create({ data: { role: 'student', ...person, timeZone: 'Europe/Moscow' } })).rejects.toThrow();
  const duplicate = await app.pool
    .query('INSERT INTO person (role, email, first_name, last_name) VALUES ($1, $2, $3, $4)', [
      'student',
      person.email,
      person.firstName,
      person.lastName,
    ])
    .catch((error: unknown) => error);
  const prisma = await app.db.person.create({ data: { role: 'student', ...person } }).catch((error: unknown) => error);
  const wrong = await app.db.person.create({ data: { ...person, role: 'nobody' as never } }).catch((error: unknown) => error);
  const { query } = app.pool;
  for (const fault of [
    duplicate,
    prisma,
    wrong,
    await app.pool.query('SELECT $1::uuid', [person.lastName]).catch((error: unknown) => error),
    new Error(`${person.email} ${env.SECRET}`, { cause: duplicate }),
    Object.assign(new Error('x'), { config, headers, person }),
  ]) {
    app.pool.query = (() => Promise.reject(fault)) as typeof query;
    await post('/trpc/auth.signOut', '{}');
    await fetch(`${site.url}/api/students.xlsx`, { headers, redirect: 'manual' });
    app.pool.query = query;
    app.log.error({ err: fault }, 'a fault');
  }
  app.log.warn(
    { config, cookies: { cookie: student.cookie }, list: [{ token: 'QUERY-token-4821', email: person.email }] },
    `with ${person.email}`,
  );

  // Mail that is refused, with its password and its addressee; a bot that does not answer, with its token.
  const mailServer = await openPost({
    authOptional: false,
    onAuth: (auth, _, done) => done(new Error(`no ${auth.username} ${auth.password}`)),
  });
  const { port } = new URL(mailServer.config.url);
  const mailer = smtpMailer(
    {
      kind: 'smtp',
      url: env.SMTP_URL.replace(/:1$/, `:${port}`),
      from: env.MAIL_FROM,
      dkim: null,
    },
    app.log,
  );
  const sendCode = authJobs.find(({ kind }) => kind.name === 'auth.send-code');
  const codeRow = await app.db.loginCode.findFirst({ where: { usedAt: null }, select: { id: true } });
  await browser.rpc.auth.requestCode.mutate({ email: person.email, locale: 'ru' }).catch(() => {});
  const mailFault = await mailer.send({ to: person.email, subject: `${code} – код`, text: code }).catch((error: unknown) => error);
  app.log.warn({ err: mailFault }, 'a letter was refused');
  if (codeRow)
    await sendCode
      ?.run({ ...app, mail: mailer }, { codeId: codeRow.id, locale: 'ru', reason: 'sign-in' })
      .catch((error: unknown) => app.log.error({ err: error }, 'job failed'));
  const bot = config.telegram && createTelegram({ ...config.telegram, proxy: null, apiRoot: 'http://127.0.0.1:1' }, app.db);
  const botFault = await bot?.send(1n, { html: person.firstName }).catch((error: unknown) => error);
  app.log.warn({ err: botFault, cause: (botFault as Error | undefined)?.cause }, 'Telegram did not take it');
  await Promise.all([mailer.close(), mailServer.close(), bot?.close()]);

  lines.end();
  const all = await written;
  expect(all.split('\n').length).toBeGreaterThan(30);
  expect(all).toContain('procedure failed');
  expect(all).toContain('request failed');
  const found = [...secrets].filter((secret) => all.includes(secret));
  expect(found).toEqual([]);
});
