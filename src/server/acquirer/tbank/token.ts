import { createHash, timingSafeEqual } from 'node:crypto';
import type { Fields } from '../http.ts';

/** What signs a request or a notification: the values of its own fields with the password among them, by the order of their names. */
export function tokenOf(fields: Fields, password: string): string {
  const signed = { ...fields, Password: password, Token: undefined };
  const values = Object.keys(signed)
    .sort()
    .map((name) => signed[name as keyof typeof signed])
    .filter((value: unknown) => ['string', 'number', 'boolean'].includes(typeof value));
  return createHash('sha256').update(values.join('')).digest('hex');
}

export function isSigned(fields: Fields, password: string): boolean {
  const [given, right] = [Buffer.from(String(fields.Token ?? '')), Buffer.from(tokenOf(fields, password))];
  return given.length === right.length && timingSafeEqual(given, right);
}
