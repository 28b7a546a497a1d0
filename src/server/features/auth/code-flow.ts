import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { type CodeFlowDto, codeRules, type Locale, localeSchema } from '#shared/auth.ts';
import type { App } from '../../platform/app.ts';
import type { Tx } from '../../platform/db.ts';
import { randomToken, sha256 } from '../../platform/secrets.ts';
import { sendCode } from './job-kinds.ts';
import { codeExpiry, deriveCode, hashCode } from './rules.ts';

/** What a registration form said, kept with the code until the address is proven. */
export const pendingRegistration = z.object({
  firstName: z.string(),
  lastName: z.string(),
  phone: z.string().nullable(),
  timeZone: z.string(),
  locale: localeSchema,
  consentVersion: z.string(),
  ip: z.string(),
  at: z.string(),
});
export type PendingRegistration = z.infer<typeof pendingRegistration>;

export interface CodeRequest {
  email: string;
  personId: string | null;
  locale: Locale;
  reason: 'sign-in' | 'register' | 'exists' | 'erase';
  pending: PendingRegistration | null;
}

export interface StartedFlow {
  /** Goes into a cookie of the asking browser: without it the code opens nothing. */
  token: string;
  flow: CodeFlowDto;
}

/**
 * Counts the letter against the limits of its address.
 * @throws AppError AUTH_RATE_LIMITED
 */
export async function takeCodeLimits(app: App, email: string): Promise<void> {
  await app.limits.take('code.resend', email);
  await app.limits.take('code.hour', email);
  await app.limits.take('code.day', email);
}

/**
 * Writes the request down and queues its letter. Costs the same whether or not the address is known.
 * @param hashOf by what the row is found again: a code for one thing is none for another
 */
export async function startFlow(app: App, tx: Tx, request: CodeRequest, hashOf: (token: string) => string = sha256): Promise<StartedFlow> {
  const id = randomUUID();
  const token = randomToken();
  const now = app.clock.now();
  const expiresAt = codeExpiry(now);
  await tx.loginCode.create({
    data: {
      id,
      flowHash: hashOf(token),
      email: request.email,
      personId: request.personId,
      codeHash: hashCode(app.secrets, id, deriveCode(app.secrets, id)),
      attemptsLeft: codeRules.attempts,
      createdAt: now,
      expiresAt,
      pending: request.pending ?? undefined,
    },
    select: { id: true },
  });
  await app.jobs.enqueue(tx, sendCode, { codeId: id, locale: request.locale, reason: request.reason });
  return { token, flow: toFlowDto({ email: request.email, createdAt: now, expiresAt, attemptsLeft: codeRules.attempts }) };
}

export function toFlowDto(row: { email: string; createdAt: Date; expiresAt: Date; attemptsLeft: number }): CodeFlowDto {
  return {
    email: row.email,
    expiresAt: row.expiresAt.toISOString(),
    resendAt: new Date(row.createdAt.getTime() + codeRules.resendSeconds * 1000).toISOString(),
    attemptsLeft: row.attemptsLeft,
  };
}
