import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RegisterInput } from '#shared/auth.ts';
import { register, verifyCode } from '../features/auth/actions.ts';
import { deriveCode } from '../features/auth/rules.ts';
import { consentVersion } from '../features/people/consent.ts';
import { addModerator } from '../features/people/moderators.ts';
import { openApp } from '../open-app.ts';
import type { App, PersonActor } from '../platform/app.ts';
import { readConfig } from '../platform/config.ts';
import { createLog, type Log } from '../platform/log.ts';
import type { Letter } from '../platform/mail.ts';
import { createTestDatabase } from './database.ts';

/** A clock that stands still until it is turned. */
export interface TestClock {
  now(): Date;
  /** @param ms may be negative */
  forward(ms: number): void;
  set(at: Date | string): void;
}

export function aClock(start = '2026-11-24T12:00:00Z'): TestClock {
  let at = new Date(start);
  return {
    now: () => new Date(at),
    forward(ms) {
      at = new Date(at.getTime() + ms);
    },
    set(to) {
      at = new Date(to);
    },
  };
}

export interface School {
  app: App;
  clock: TestClock;
  /** Every letter handed to the mailer, oldest first. */
  letters: Letter[];
  databaseUrl: string;
  dataDir: string;
  close(): Promise<void>;
}

/** An empty school over a database of its own. Jobs are queued; they run only where a test asks for it. */
export async function aSchool(
  options: { clock?: TestClock; databaseUrl?: string; env?: Record<string, string>; log?: Log } = {},
): Promise<School> {
  const clock = options.clock ?? aClock();
  const database = options.databaseUrl ? { url: options.databaseUrl, drop: async () => {} } : await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'otlichno-'));
  const letters: Letter[] = [];
  const config = readConfig({
    DATABASE_URL: database.url,
    SECRET: 'a secret of the tests, 32 letters',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
    ...options.env,
  });
  const mail = {
    async send(letter: Letter) {
      letters.push(letter);
    },
    async close() {},
  };
  const { app, close } = await openApp({ config, databaseUrl: database.url, log: options.log ?? createLog('silent'), clock, mail });
  return {
    app,
    clock,
    letters,
    databaseUrl: database.url,
    dataDir,
    async close() {
      await close();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** An address nobody else uses, so that limits of one test do not meet another. */
export function anEmail(): string {
  return `s${randomUUID().replaceAll('-', '')}@example.ru`;
}

/** A requesting machine with a network of its own. */
export function aMachine() {
  const [a, b, c] =
    randomUUID()
      .match(/[\da-f]{2}/g)
      ?.map((hex) => Number.parseInt(hex, 16)) ?? [];
  const ip = `10.${a}.${b}.${c}`;
  return { ip, network: ip, userAgent: 'test' };
}

export function aRegistration(over: Partial<RegisterInput> = {}) {
  return {
    email: anEmail(),
    firstName: 'Илья',
    lastName: 'Соколов',
    phone: '',
    consentVersion,
    timeZone: 'Europe/Moscow',
    locale: 'ru' as const,
    ...over,
  };
}

/** The code of the newest request for an address: what its letter says. */
export async function codeFor(app: App, email: string): Promise<string> {
  const row = await app.db.loginCode.findFirstOrThrow({
    where: { email },
    // By a clock that stands still two are of the same moment: the one that was used is not the one that was just asked for.
    orderBy: [{ createdAt: 'desc' }, { usedAt: { sort: 'desc', nulls: 'first' } }],
    select: { id: true },
  });
  return deriveCode(app.secrets, row.id);
}

/** As if so many seconds had gone by for all limits, which run by the real clock. */
export async function limitsElapse(
  app: { pool: { query(text: string, values: number[]): Promise<unknown> } },
  seconds: number,
): Promise<void> {
  await app.pool.query('UPDATE rate_limit SET expire = expire - $1', [seconds * 1000]);
}

/** Somebody signed in: a student, a moderator. */
export interface Student {
  actor: PersonActor;
  email: string;
  /** Value of a Cookie header. */
  cookie: string;
}

/** A student who registered and signed in the way all do. */
export async function aStudent(app: App, over: Partial<RegisterInput> = {}): Promise<Student> {
  const form = aRegistration(over);
  const from = aMachine();
  const { token } = await register(app, from, form);
  const result = await verifyCode(app, from, token, await codeFor(app, form.email));
  if (result.outcome !== 'signed-in') throw new Error(`the student could not sign in: ${result.outcome}`);
  const actor: PersonActor = { kind: 'person', id: result.me.id, role: 'student', timeZone: result.me.timeZone };
  return { actor, email: form.email, cookie: result.cookie.split(';')[0] ?? '' };
}

/** A moderator, made the way an admin makes one and signed in at a machine of their own. */
export async function aModerator(app: App): Promise<Student> {
  const email = anEmail();
  const added = await addModerator(
    app,
    { kind: 'cli' },
    { email, firstName: 'Ольга', lastName: 'Громова', password: 'correct horse battery' },
  );
  if (added.outcome !== 'added') throw new Error(`the moderator could not be added: ${added.outcome}`);
  const actor: PersonActor = { kind: 'person', id: added.id, role: 'moderator', timeZone: app.config.schoolTimeZone };
  return { actor, email, cookie: await aSession(app, added.id) };
}

/** Signs somebody in at a machine of its own. Value of a Cookie header. */
export async function aSession(app: App, personId: string): Promise<string> {
  return (await app.sessions.create(personId, aMachine())).split(';')[0] ?? '';
}
