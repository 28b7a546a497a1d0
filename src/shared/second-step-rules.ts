/** Apart from the schemas, so that a page need not load what reads them. */

/** A moderator's second step of signing in: a code of an app (TOTP, RFC 6238) after the password. */
export const secondStepRules = {
  digits: 6,
  /** How long a code of the app is shown. */
  seconds: 30,
  recoveryCodes: 10,
  /** How long a QR code that was shown may be confirmed. */
  setupMinutes: 15,
  /** How long the password that was given lasts without a code. */
  ticketMinutes: 5,
} as const;
