/**
 * An announcement to thousands, a Telegram that refuses, breaks and cuts at random, three server processes of which the sending one is killed, twice: everybody
 * who can be reached gets it, nobody twice but whose answer was lost, who cannot be reached gets a letter, and the report says what Telegram saw.
 */
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, onTestFailed, test, vi } from 'vitest';
import { mailChannel } from './features/notifications/channels/mail.ts';
import { telegramChannel } from './features/notifications/channels/telegram.ts';
import { aWebBrowser, type WebBrowser } from './testing/live-server.ts';
import { aSchoolProcess, type OpenSchoolProcess } from './testing/school-process.ts';
import { aTelegramProcess, firstPersonId, type TelegramProcess } from './testing/telegram-process.ts';
import { aModerator, aSchool, type School, type Student } from './testing/world.ts';

/** A run that failed is gone through again with its own: CHAOS_SEED=… vitest run src/server/broadcast-chaos */
const seed = Number(process.env.CHAOS_SEED ?? Math.floor(Math.random() * 2 ** 31));
/** So many that two kills find messages on their way, and every trouble befalls some; a longer run: CHAOS_PEOPLE=10000. */
const everybody = Number(process.env.CHAOS_PEOPLE ?? 3000);
const blocked = Math.ceil(everybody / 100);
const deactivated = Math.ceil(everybody / 200);
/** Linked to a chat that Telegram does not know. */
const unknown = Math.ceil(everybody / 200);
const reachable = everybody - blocked - deactivated - unknown;
const perSecond = 1000;

/** Of what befalls a message. */
const odds = {
  tooMany: 0.001,
  tooManyOverall: 0.0005,
  forbidden: 0.004,
  serverError: 0.005,
  serverErrorAfter: 0.002,
  cutBefore: 0.005,
  cutAfter: 0.004,
  slow: 0.004,
};

let school: School;
let moderator: Student;
/** How many messages are on their way at a time: so many may be doubled by a kill. */
let inFlight: number;
let telegram: TelegramProcess;
const processes: OpenSchoolProcess[] = [];
/** Letters by address. */
const letters = new Map<string, number>();
const smtp = new SMTPServer({
  authOptional: true,
  hideSTARTTLS: true,
  onData(stream, session, done) {
    stream.resume().on('end', () => {
      for (const { address } of session.envelope.rcptTo) letters.set(address, (letters.get(address) ?? 0) + 1);
      done();
    });
  },
});
// A killed client breaks its connection off.
smtp.on('error', () => undefined);

beforeAll(async () => {
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  telegram = await aTelegramProcess({
    perSecond,
    people: [
      { state: 'started', count: reachable },
      { state: 'blocked', count: blocked },
      { state: 'deactivated', count: deactivated },
    ],
  });
  school = await aSchool({ env: telegram.env });
  // The processes go by the real clock, and sessions end by it.
  school.clock.set(new Date());
  moderator = await aModerator(school.app);
  if (!school.app.telegram) throw new Error('the school has no bot');
  inFlight = telegramChannel(school.app.telegram, perSecond).parallel;
  await school.app.pool.query(
    `WITH them AS (
      INSERT INTO person (role, email, first_name, last_name) SELECT 'student', 'student' || n || '@example.ru', 'Анна', 'Волкова'
      FROM generate_series(1, $1::int) n RETURNING id, substring(email FROM '\\d+')::bigint AS n
    ), awake AS (INSERT INTO quiet_hours (person_id, from_min, to_min) SELECT id, 0, 0 FROM them)
    INSERT INTO telegram_link (person_id, telegram_id, linked_at) SELECT id, $2::bigint + n - 1, now() FROM them`,
    [everybody, firstPersonId],
  );
  await Promise.all([aProcess(), aProcess(), aProcess()]);
}, 120_000);
afterAll(async () => {
  for (const process of processes) process.signal('SIGKILL');
  await Promise.all(processes.map((process) => process.ended));
  await telegram.stop();
  await new Promise<void>((resolve) => smtp.close(resolve));
  await school.close();
});

async function aProcess(): Promise<OpenSchoolProcess> {
  const started = await aSchoolProcess({
    ...telegram.env,
    DATABASE_URL: school.databaseUrl,
    SECRET: 'a secret of the tests, 32 letters',
    DATA_DIR: school.dataDir,
    SMTP_URL: `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`,
    MAIL_FROM: 'school@example.ru',
    // It says who leads.
    LOG_LEVEL: 'info',
    DEMO: 'off',
  });
  processes.push(started);
  return started;
}

/** Of the processes that are alive, the one that speaks to Telegram. */
async function theSender(): Promise<OpenSchoolProcess> {
  const leads = ({ output }: OpenSchoolProcess) =>
    output().lastIndexOf('this process leads"') > output().lastIndexOf('this process leads no more"');
  return vi.waitFor(() => {
    const [leader, ...others] = alive().filter(leads);
    if (!leader || others.length > 0) throw new Error(`${others.length} too many lead, or none`);
    return leader;
  }, patient);
}

const dead = new Set<OpenSchoolProcess>();
const alive = () => processes.filter((one) => !dead.has(one));
const patient = { timeout: 90_000, interval: 100 };

async function killTheSender(): Promise<void> {
  const sender = await theSender();
  dead.add(sender);
  sender.signal('SIGKILL');
  await sender.ended;
}

/** The letter that a killed process had in hand is another's after five minutes; here after five seconds. */
const forgetDeadLetters = () =>
  school.app.pool.query(
    `UPDATE delivery SET lease_until = now() WHERE channel = 'email' AND state = 'sending' AND lease_until < now() + make_interval(secs => $1)`,
    [mailChannel.leaseMs / 1000 - 5],
  );

const acceptedAtLeast = (count: number) =>
  vi.waitFor(async () => expect((await telegram.statistics()).accepted).toBeGreaterThan(count), patient);

interface Told {
  telegramId: number;
  email: string;
  /** Of the message and, if there is one, of the letter instead. */
  message: string;
  reason: string | null;
  letter: string | null;
}

/** What the journal says of each. */
async function journal(): Promise<Told[]> {
  const { rows } = await school.app.pool.query<Told>(
    `SELECT l.telegram_id::float8 AS "telegramId", p.email, t.state AS message, t.reason, e.state AS letter
    FROM telegram_link l JOIN person p ON p.id = l.person_id JOIN delivery t ON t.person_id = p.id AND t.channel = 'telegram'
    LEFT JOIN delivery e ON e.notice_id = t.notice_id AND e.person_id = p.id AND e.channel = 'email' AND e.instead`,
  );
  return rows;
}

test('everybody reachable gets it once, the others get a letter, and the report is true', async () => {
  onTestFailed(() => void process.stdout.write(`CHAOS_SEED=${seed}\n`));
  await telegram.setFaults({ seed, slowMs: 300, odds });
  const id = randomUUID();
  const first = aWebBrowser((await theSender()).url, moderator.cookie).rpc.news.office;
  const { rev } = await first.create.mutate({
    id,
    title: 'Расписание на декабрь',
    body: 'Занятия идут **каждый день**, кроме воскресенья.',
    button: null,
    to: { audience: 'all' },
    channels: { site: true, telegram: true, email: true },
  });
  await first.send.mutate({ id, rev, at: null, expected: everybody });
  await acceptedAtLeast(everybody / 5);
  await killTheSender();
  await acceptedAtLeast(everybody / 2);
  await killTheSender();
  // The last one has something left to do.
  expect((await telegram.statistics()).accepted).toBeLessThan(everybody * 0.95);
  const office = aWebBrowser((await theSender()).url, moderator.cookie).rpc.news.office;
  const progress = await vi.waitFor(async () => {
    await forgetDeadLetters();
    const now = await office.progress.query({ id });
    expect(now).toMatchObject({ waiting: 0 });
    return now;
  }, patient);

  const [{ chats, ignoredRetryAfter, peak }, people, told] = await Promise.all([telegram.statistics(), telegram.people(), journal()]);
  const reached = told.filter(({ telegramId }) => people.get(telegramId) === 'started');
  const others = told.filter(({ telegramId }) => people.get(telegramId) !== 'started');
  const takenOf = ({ telegramId }: Told) => chats[telegramId]?.accepted ?? 0;
  const unheardOf = ({ telegramId }: Told) => chats[telegramId]?.unheard ?? 0;

  expect(told).toHaveLength(everybody);
  expect(reached.filter((one) => takenOf(one) === 0 || one.message !== 'sent' || one.letter !== null)).toEqual([]);
  // Twice at most what was on its way at a kill, and what Telegram took without our hearing of it.
  const doubled = reached.reduce((sum, one) => sum + Math.max(0, takenOf(one) - 1 - unheardOf(one)), 0);
  expect(doubled).toBeLessThanOrEqual(2 * inFlight);
  // Whoever blocked the bot between a message that was lost to us and the next try has that message.
  const lost = others.reduce((sum, one) => sum + Math.max(0, takenOf(one) - unheardOf(one)), 0);
  expect(doubled + lost).toBeLessThanOrEqual(2 * inFlight);

  const reasonOf = ({ telegramId }: Told) => people.get(telegramId) ?? 'not-found';
  expect(others.filter((one) => one.message !== 'failed' || one.reason !== reasonOf(one) || one.letter !== 'sent')).toEqual([]);
  expect([...letters.keys()].sort()).toEqual(others.map(({ email }) => email).sort());
  const again = [...letters.values()].reduce((sum, count) => sum + count - 1, 0);
  expect(again).toBeLessThanOrEqual(2 * mailChannel.parallel);

  expect(progress).toMatchObject({
    total: everybody,
    telegram: reached.length,
    instead: others.length,
    email: 0,
    siteOnly: 0,
    failed: 0,
    skipped: 0,
  });
  expect(await reported(office, id)).toEqual(others.map((one) => `${one.email} ${one.reason}`).sort());
  expect(peak).toBeLessThanOrEqual(perSecond);
  // Who heeds no retry_after sends on at full speed.
  expect(ignoredRetryAfter).toBeLessThanOrEqual(2 * inFlight);
}, 180_000);

/** Who got a letter instead, and why, by the report of the office. */
async function reported(office: Office, id: string): Promise<string[]> {
  const lines: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const { items, nextCursor } = await office.report.query({ id, outcome: 'instead', search: '', cursor });
    lines.push(...items.map(({ email, reason }) => `${email} ${reason}`));
    if (nextCursor === null) return lines.sort();
    cursor = nextCursor;
  }
}
type Office = WebBrowser['rpc']['news']['office'];
