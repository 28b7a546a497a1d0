import type { FieldIssueCode } from './errors.ts';

export const nameLimit = 80;
const emailLimit = 254;

/** Spaces around and inside out, NFKC, lower case: the form in which an address is stored and compared. */
export function normalizeEmail(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(/[\s\u200b-\u200f\u2060\ufeff]+/g, '')
    .toLowerCase();
}

/**
 * What is wrong with an address, or null. Only ASCII is taken: a Cyrillic «а» in `mаil.ru` is another domain that looks the same, so a
 * mixture is named as such; domains in national letters are to be typed in their xn-- form.
 */
export function emailProblem(typed: string): FieldIssueCode | null {
  const email = normalizeEmail(typed);
  if (email === '') return 'required';
  if (email.length > emailLimit) return 'too-long';
  if (/\P{ASCII}/u.test(email)) return 'email-mixed-script';
  return /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/.test(
    email,
  ) && email.indexOf('@') <= 64
    ? null
    : 'email-invalid';
}

/** NFC, outer spaces and invisible characters out, inner spaces single. */
export function normalizeName(typed: string): string {
  return typed
    .replace(/\p{Cf}|(?!\s)\p{Cc}/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .normalize('NFC'); // last: what was taken out may have stood between a letter and its mark
}

/** A name has at least one letter of any script, no digits, signs or pictures but hyphen, apostrophe, full stop, comma and brackets. */
export function nameProblem(typed: string): FieldIssueCode | null {
  const name = normalizeName(typed);
  if (name === '') return 'required';
  if ([...name].length > nameLimit) return 'too-long';
  return /\p{L}/u.test(name) && /^[\p{L}\p{M}\s'’ʼ.,()\-‐‑]+$/u.test(name) ? null : 'name-invalid';
}

/** Six digits out of what was typed or pasted, or null. Spaces, dashes and full-width or Arabic digits are forgiven. */
export function readCode(typed: string): string | null {
  const digits = typed
    .normalize('NFKC')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replace(/[\s\u200b-\u200f\u2060\ufeff\-–—]/g, '');
  return /^\d{6}$/.test(digits) ? digits : null;
}
