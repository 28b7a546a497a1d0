import { hash, verify } from '@node-rs/argon2';
import { normalizeEmail } from '#shared/values.ts';
import { isCommonPassword } from './common-passwords.ts';

// argon2id with the parameters of the OWASP cheat sheet; the algorithm is the library's default, and a test looks at it.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
export const passwordLimits = { min: 10, max: 256 } as const;

export type PasswordProblem = 'too-short' | 'too-long' | 'same-as-email' | 'common';

/** What is wrong with a password that is about to be set, or null. Letters, digits and signs are not prescribed: length is what counts. */
export function passwordProblem(typed: string, email: string): PasswordProblem | null {
  const password = typed.normalize('NFKC');
  if (Math.max(typed.length, password.length) > passwordLimits.max) return 'too-long';
  if ([...password].length < passwordLimits.min) return 'too-short';
  const [name] = email.split('@');
  if ([email, name].includes(normalizeEmail(password))) return 'same-as-email';
  return isCommonPassword(password) ? 'common' : null;
}

/** @returns argon2id in PHC form. The same letters typed on another keyboard (composed or not, full width) are the same password. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), cost);
}

export function verifyPassword(passwordHash: string, password: string): Promise<boolean> {
  return verify(passwordHash, password.normalize('NFKC'));
}

let nobody: Promise<string> | undefined;

/** Spends the time of a look at a password where there is none to look at, so that the clock does not tell which addresses exist. */
export async function verifyAgainstNobody(password: string): Promise<false> {
  nobody ??= hashPassword('nobody signs in with this');
  await verifyPassword(await nobody, password);
  return false;
}
