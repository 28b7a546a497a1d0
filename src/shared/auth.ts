import * as z from 'zod';
import { emailInput, nameInput, timeZoneInput } from './people.ts';

export const codeRules = {
  digits: 6,
  minutes: 10,
  attempts: 5,
  resendSeconds: 60,
} as const;

export const localeSchema = z.enum(['ru', 'en']);
export type Locale = z.infer<typeof localeSchema>;

export const registerInput = z.strictObject({
  email: emailInput,
  firstName: nameInput,
  lastName: nameInput,
  /** Any notation; empty when not given. Turned into E.164 on the server. */
  phone: z.string().max(40, 'too-long').default(''),
  /** Edition of the consent text the person ticked; null: not ticked. */
  consentVersion: z.string().max(20).nullable(),
  timeZone: timeZoneInput,
  locale: localeSchema,
});
export type RegisterInput = z.input<typeof registerInput>;

export const requestCodeInput = z.strictObject({ email: emailInput, locale: localeSchema });

/** Spaces, dashes and other people's digits are forgiven: see `readCode`. */
export const verifyCodeInput = z.strictObject({ code: z.string().max(64, 'too-long') });

export const signInModeratorInput = z.strictObject({ email: emailInput, password: z.string().min(1, 'required').max(256, 'too-long') });

/** A code is on its way, whoever asked. Instants are ISO. */
export const codeFlowDto = z.object({ email: z.string(), expiresAt: z.string(), resendAt: z.string(), attemptsLeft: z.number().int() });
export type CodeFlowDto = z.infer<typeof codeFlowDto>;

export const meDto = z.object({
  id: z.string(),
  role: z.enum(['student', 'moderator']),
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  phone: z.string().nullable(),
  timeZone: z.string(),
  locale: localeSchema,
  /** This school takes payments. */
  payments: z.boolean(),
});
export type MeDto = z.infer<typeof meDto>;

export const verifyCodeResult = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('signed-in'), me: meDto }),
  z.object({ outcome: z.literal('wrong'), attemptsLeft: z.number().int() }),
  /** Not six digits: no attempt is spent. */
  z.object({ outcome: z.literal('malformed') }),
  z.object({ outcome: z.literal('burnt') }),
  z.object({ outcome: z.literal('expired') }),
  /** This browser asked for no code, or it was used. */
  z.object({ outcome: z.literal('no-flow') }),
  /** The right code of an account that a moderator has closed. */
  z.object({ outcome: z.literal('blocked') }),
  /** The right code of an account that its student has deleted and that is not erased yet: `token` opens it again (`people.personalData.keep`). */
  z.object({ outcome: z.literal('closing'), eraseAt: z.string(), token: z.string() }),
]);
export type VerifyCodeResult = z.infer<typeof verifyCodeResult>;

export const signInModeratorResult = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('signed-in'), me: meDto }),
  /** The password is right, and a code of the app is asked for: auth.passSecondStep. */
  z.object({ outcome: z.literal('second-step') }),
  z.object({ outcome: z.literal('refused') }),
]);

export const sessionDto = z.object({
  id: z.string(),
  current: z.boolean(),
  createdAt: z.string(),
  lastSeenAt: z.string(),
  userAgent: z.string(),
  ip: z.string(),
});
export type SessionDto = z.infer<typeof sessionDto>;

export const endSessionInput = z.strictObject({ id: z.string().regex(/^[\da-f]{64}$/) });
