import type * as z from 'zod';
import type { Locale, MeDto, registerInput, VerifyCodeResult } from '#shared/auth.ts';
import { AppError } from '#shared/errors.ts';
import { readCode } from '#shared/values.ts';
import type { App } from '../../platform/app.ts';
import type { Tx } from '../../platform/db.ts';
import { sameSecret, sha256 } from '../../platform/secrets.ts';
import type { RequestInfo } from '../../trpc/context.ts';
import { liftMailBlock } from '../notifications/address.ts';
import { consentVersion } from '../people/consent.ts';
import { findClosing } from '../people/personal-data/closing/queries.ts';
import { readPhone } from '../people/phone.ts';
import { registryWrite } from '../registry/job-kinds.ts';
import { type PendingRegistration, pendingRegistration, type StartedFlow, startFlow, takeCodeLimits } from './code-flow.ts';
import { findMe } from './queries.ts';
import { hashCode } from './rules.ts';

type From = Pick<RequestInfo, 'ip' | 'network' | 'userAgent'>;

/**
 * Takes a registration: the row, the consent, the line for the Excel table and the first code commit together. A second registration of an
 * address changes nothing until somebody proves to read its mail.
 * @throws AppError INPUT_INVALID for phone and consent, AUTH_RATE_LIMITED
 */
export async function register(app: App, from: From, input: z.output<typeof registerInput>): Promise<StartedFlow> {
  const phone = readPhone(input.phone);
  if (phone === 'invalid') throw AppError.invalid({ field: 'phone', code: 'phone-invalid' });
  if (input.consentVersion === null) throw AppError.invalid({ field: 'consentVersion', code: 'consent-required' });
  if (input.consentVersion !== consentVersion) throw AppError.invalid({ field: 'consentVersion', code: 'consent-outdated' });
  await app.limits.take('code.ip', from.network);
  await takeCodeLimits(app, input.email);

  const now = app.clock.now();
  const details = { firstName: input.firstName, lastName: input.lastName, phone, timeZone: input.timeZone, locale: input.locale };
  const pending: PendingRegistration = { ...details, consentVersion, ip: from.ip, at: now.toISOString() };
  return app.db.$transaction(async (tx) => {
    // One statement decides between two registrations of one address at once.
    const [inserted] = await tx.person.createManyAndReturn({
      data: [{ role: 'student', email: input.email, ...details, registeredAt: now }],
      skipDuplicates: true,
      select: { id: true },
    });
    if (!inserted) {
      const person = await tx.person.findUniqueOrThrow({
        where: { email: input.email },
        select: { id: true, role: true, emailVerifiedAt: true },
      });
      const personId = person.role === 'student' ? person.id : null;
      return startFlow(app, tx, {
        email: input.email,
        personId,
        locale: input.locale,
        reason: person.emailVerifiedAt ? 'exists' : 'register',
        pending,
      });
    }
    await tx.consent.create({
      data: { personId: inserted.id, document: 'personal-data', version: consentVersion, agreedAt: now, ip: from.ip },
      select: { id: true },
    });
    await app.jobs.enqueue(tx, registryWrite, {});
    return startFlow(app, tx, { email: input.email, personId: inserted.id, locale: input.locale, reason: 'register', pending });
  });
}

/** Asks for a login code. The answer is the same whether or not the address has an account. */
export async function requestCode(app: App, from: From, input: { email: string; locale: Locale }): Promise<StartedFlow> {
  await app.limits.take('code.ip', from.network);
  await takeCodeLimits(app, input.email);
  const person = await app.db.person.findUnique({ where: { email: input.email }, select: { id: true, role: true } });
  const personId = person?.role === 'student' ? person.id : null;
  return app.db.$transaction((tx) => startFlow(app, tx, { ...input, personId, reason: 'sign-in', pending: null }));
}

/** Sends another code for what this browser asked last; null when it asked nothing within an hour. */
export async function resendCode(app: App, from: From, flowToken: string | null, locale: Locale): Promise<StartedFlow | null> {
  const hourAgo = new Date(app.clock.now().getTime() - 3_600_000);
  const row = flowToken
    ? await app.db.loginCode.findFirst({
        where: { flowHash: sha256(flowToken), usedAt: null, createdAt: { gt: hourAgo } },
        select: { email: true, personId: true, pending: true },
      })
    : null;
  if (!row) return null;
  await app.limits.take('code.ip', from.network);
  await takeCodeLimits(app, row.email);
  const pending = row.pending === null ? null : pendingRegistration.parse(row.pending);
  return app.db.$transaction((tx) =>
    startFlow(app, tx, { email: row.email, personId: row.personId, locale, reason: pending ? 'register' : 'sign-in', pending }),
  );
}

type Verified = Exclude<VerifyCodeResult, { outcome: 'signed-in' }> | { outcome: 'signed-in'; cookie: string; me: MeDto };

/**
 * Tries a code. Every try is paid for before it is looked at, in one statement: twenty parallel tries are five. The right code works once.
 */
export async function verifyCode(app: App, from: From, flowToken: string | null, typed: string): Promise<Verified> {
  const code = readCode(typed);
  if (code === null) return { outcome: 'malformed' };
  if (!flowToken) return { outcome: 'no-flow' };
  await app.limits.take('verify.ip', from.network);
  const now = app.clock.now();
  const [row] = await app.db.loginCode.updateManyAndReturn({
    where: { flowHash: sha256(flowToken), usedAt: null, attemptsLeft: { gt: 0 }, expiresAt: { gt: now } },
    data: { attemptsLeft: { decrement: 1 } },
    select: { id: true, email: true, codeHash: true, attemptsLeft: true, personId: true, pending: true },
  });
  if (!row) return refusalOf(app, flowToken, now);
  // Also where there is nobody to let in: both are answered after the same work.
  const right = sameSecret(row.codeHash, hashCode(app.secrets, row.id, code));
  if (row.personId === null || !right) {
    return row.attemptsLeft > 0 ? { outcome: 'wrong', attemptsLeft: row.attemptsLeft } : { outcome: 'burnt' };
  }
  const { personId } = row;
  const first = await app.db.$transaction(async (tx) => {
    const used = await tx.loginCode.updateMany({ where: { id: row.id, usedAt: null }, data: { usedAt: now } });
    if (used.count === 0) return false;
    const pending = row.pending === null ? null : pendingRegistration.parse(row.pending);
    const proven = await tx.person.updateMany({
      where: { id: personId, emailVerifiedAt: null },
      data: { emailVerifiedAt: now, ...(pending ? detailsOf(pending) : {}) },
    });
    if (proven.count > 0 && pending) await keepConsent(app, tx, personId, pending);
    await liftMailBlock(tx, row.email);
    return true;
  });
  if (!first) return { outcome: 'no-flow' };
  const me = await findMe(app, personId);
  // Whoever has the code reads the account's mail and is no stranger: they may hear what became of it.
  if (!me) {
    const closing = await findClosing(app, personId);
    return closing ? { outcome: 'closing', ...closing } : { outcome: 'blocked' };
  }
  return { outcome: 'signed-in', cookie: await app.sessions.create(personId, from), me };
}

async function refusalOf(app: App, flowToken: string, now: Date): Promise<Verified> {
  const row = await app.db.loginCode.findUnique({ where: { flowHash: sha256(flowToken) }, select: { usedAt: true, expiresAt: true } });
  if (!row || row.usedAt) return { outcome: 'no-flow' };
  return row.expiresAt <= now ? { outcome: 'expired' } : { outcome: 'burnt' };
}

function detailsOf({ firstName, lastName, phone, timeZone, locale }: PendingRegistration) {
  return { firstName, lastName, phone, timeZone, locale };
}

// The consent of the form that was proven may be another than the one of the first registration; the journal holds both.
async function keepConsent(app: App, tx: Tx, personId: string, pending: PendingRegistration) {
  const agreedAt = new Date(pending.at);
  const known = await tx.consent.count({ where: { personId, version: pending.consentVersion, agreedAt } });
  if (known > 0) return;
  await tx.consent.create({
    data: { personId, document: 'personal-data', version: pending.consentVersion, agreedAt, ip: pending.ip },
    select: { id: true },
  });
  await app.jobs.enqueue(tx, registryWrite, {});
}
