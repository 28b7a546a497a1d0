import { Secret, TOTP } from 'otpauth';
import { secondStepRules } from '#shared/second-step-rules.ts';

// What every app understands: others of these are ignored by some without a word.
const fixed = { algorithm: 'SHA1', digits: secondStepRules.digits, period: secondStepRules.seconds };

/** As many bits as HMAC-SHA-1 uses. */
export const secretBytes = 20;

/** In the base32 that people type into an app. */
export function secretOf(random: Uint8Array): string {
  return new Secret({ buffer: Uint8Array.from(random).buffer }).base32;
}

/** What the QR code says. */
export function setupAddress(secret: string, { school, email }: { school: string; email: string }): string {
  return new TOTP({ ...fixed, secret, issuer: school, label: email }).toString();
}

/** The half minute for which the app shows this code: the present one, the one before or the next, for clocks go wrong. Null: none of the three. */
export function stepOf(secret: string, code: string, now: Date): number | null {
  const timestamp = now.getTime();
  const delta = TOTP.validate({ ...fixed, token: code, secret: Secret.fromBase32(secret), timestamp, window: 1 });
  return delta === null ? null : TOTP.counter({ ...fixed, timestamp }) + delta;
}

/** What the app shows in that moment. */
export function codeAt(secret: string, now: Date): string {
  return TOTP.generate({ ...fixed, secret: Secret.fromBase32(secret), timestamp: now.getTime() });
}

// Without the letters that are taken for digits, and without u, so that no words come out.
const signs = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * Ten codes of 60 bits. Their first groups differ: by them they are found, the rest is known to nobody.
 * @param pick a number from 0 below `below`, that nobody can guess
 */
export function newRecoveryCodes(pick: (below: number) => number): string[] {
  const group = () => Array.from({ length: 4 }, () => signs[pick(signs.length)]).join('');
  const selectors = new Set<string>();
  while (selectors.size < secondStepRules.recoveryCodes) selectors.add(group());
  return [...selectors].map((selector) => `${selector}-${group()}-${group()}`);
}

/** A recovery code as it is kept, of what somebody typed from paper; null: it is none. */
export function readRecoveryCode(typed: string): { selector: string; code: string } | null {
  const plain = typed
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\u200b-\u200f\u2060\ufeff\-–—]/g, '')
    .replace(/o/g, '0')
    .replace(/[il]/g, '1');
  if (plain.length !== 12 || ![...plain].every((sign) => signs.includes(sign))) return null;
  const selector = plain.slice(0, 4);
  return { selector, code: `${selector}-${plain.slice(4, 8)}-${plain.slice(8)}` };
}
