import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * T-Bank's signature of a request or a notification: the values of all scalars at the root and the password, in the order of their names.
 * Code units decide that order: with `localeCompare` InfoEmail would come before IP. Whatever came is signed, also what is not known here.
 */
export function tbankToken(params: Readonly<Record<string, unknown>>, password: string): string {
  const values = Object.entries({ ...params, Password: password })
    .filter(([name, value]) => name !== 'Token' && value !== null && value !== undefined && typeof value !== 'object')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, value]) => String(value));
  return createHash('sha256').update(values.join(''), 'utf8').digest('hex');
}

/** Is `Token` of these parameters what it has to be? Only as T-Bank writes it, in lower case. */
export function isSigned(params: Readonly<Record<string, unknown>>, password: string): boolean {
  const { Token: token } = params;
  if (typeof token !== 'string' || !/^[0-9a-f]{64}$/.test(token)) return false;
  return timingSafeEqual(Buffer.from(token, 'latin1'), Buffer.from(tbankToken(params, password), 'latin1'));
}
