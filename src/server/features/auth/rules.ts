import { codeRules } from '#shared/auth.ts';
import type { Secrets } from '../../platform/secrets.ts';

/**
 * The six digits of a code request. Derived from its random id with the school's secret, so that a letter sent again after a fault carries the
 * same code and no store ever holds one.
 */
export function deriveCode(secrets: Secrets, codeId: string): string {
  const number = secrets.keyed('login-code', codeId).readBigUInt64BE(0) % BigInt(10 ** codeRules.digits);
  return number.toString().padStart(codeRules.digits, '0');
}

/** What is stored instead of the code. */
export function hashCode(secrets: Secrets, codeId: string, code: string): string {
  return secrets.keyed('login-code-hash', codeId, code).toString('hex');
}

export function codeExpiry(now: Date): Date {
  return new Date(now.getTime() + codeRules.minutes * 60_000);
}
