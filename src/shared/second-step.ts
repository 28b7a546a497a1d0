import * as z from 'zod';
import { meDto } from './auth.ts';
import { secondStepRules } from './second-step-rules.ts';

const password = z.string().min(1, 'required').max(256, 'too-long');
/** Of the app, or for recovery; spaces and dashes are forgiven. */
const code = z.string().max(64, 'too-long');
const recoveryCodes = z.array(z.string()).length(secondStepRules.recoveryCodes);

export const ownPasswordInput = z.strictObject({ password });
export const turnOnSecondStepInput = z.strictObject({ setup: z.string().max(1000, 'too-long'), code });
export const passSecondStepInput = z.strictObject({ code });

export const secondStepDto = z.object({
  /** Null: off. */
  onSince: z.string().nullable(),
  /** Recovery codes that are not used yet. */
  codesLeft: z.number().int(),
});
export type SecondStepDto = z.infer<typeof secondStepDto>;

const wrongPassword = z.object({ outcome: z.literal('wrong-password') });

export const beginSecondStepResult = z.discriminatedUnion('outcome', [
  /** `secret` as one types it, `address` as a QR code says it; `setup` comes back with the first code. */
  z.object({ outcome: z.literal('begun'), setup: z.string(), secret: z.string(), address: z.string() }),
  wrongPassword,
]);
export type BeginSecondStepResult = z.infer<typeof beginSecondStepResult>;

export const turnOnSecondStepResult = z.discriminatedUnion('outcome', [
  /** The codes are shown this once. Everywhere else one has to sign in again. */
  z.object({ outcome: z.literal('on'), codes: recoveryCodes, sessionsEnded: z.number().int() }),
  z.object({ outcome: z.literal('wrong') }),
  z.object({ outcome: z.literal('malformed') }),
  /** Shown too long ago, or used. */
  z.object({ outcome: z.literal('setup-gone') }),
]);
export type TurnOnSecondStepResult = z.infer<typeof turnOnSecondStepResult>;

export const renewRecoveryCodesResult = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('renewed'), codes: recoveryCodes }),
  wrongPassword,
  z.object({ outcome: z.literal('off') }),
]);
export type RenewRecoveryCodesResult = z.infer<typeof renewRecoveryCodesResult>;

export const turnOffSecondStepResult = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('off'), sessionsEnded: z.number().int() }),
  wrongPassword,
]);
export type TurnOffSecondStepResult = z.infer<typeof turnOffSecondStepResult>;

export const passSecondStepResult = z.discriminatedUnion('outcome', [
  /** `codesLeft`: after a recovery code; null after a code of the app. */
  z.object({ outcome: z.literal('signed-in'), me: meDto, codesLeft: z.number().int().nullable() }),
  /** Another code, or one that was taken before. */
  z.object({ outcome: z.literal('wrong') }),
  /** Neither six digits nor a recovery code: no try is spent. */
  z.object({ outcome: z.literal('malformed') }),
  /** No password was given in this browser within five minutes. */
  z.object({ outcome: z.literal('gone') }),
]);
export type PassSecondStepResult = z.infer<typeof passSecondStepResult>;
