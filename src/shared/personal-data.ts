import * as z from 'zod';
import { localeSchema, meDto } from './auth.ts';
import { storableText } from './storable.ts';

export const askToEraseInput = z.strictObject({ locale: localeSchema });

/** A code for erasing is on its way. `token` ties it to the page that asked. Instants are ISO. */
export const eraseFlowDto = z.object({ token: z.string(), email: z.string(), expiresAt: z.string(), resendAt: z.string() });
export type EraseFlowDto = z.infer<typeof eraseFlowDto>;

const token = z
  .string()
  .min(16)
  .max(400)
  .regex(/^[\w-]+$/);

export const closeAccountInput = z.strictObject({ token, code: z.string().max(64, 'too-long') });

export const closeAccountResult = z.discriminatedUnion('outcome', [
  /** Signed out everywhere; everything is erased at that instant. */
  z.object({ outcome: z.literal('closed'), eraseAt: z.string() }),
  z.object({ outcome: z.literal('wrong'), attemptsLeft: z.number().int() }),
  /** Not six digits: no attempt is spent. */
  z.object({ outcome: z.literal('malformed') }),
  z.object({ outcome: z.literal('burnt') }),
  z.object({ outcome: z.literal('expired') }),
  /** Nothing was asked for, or the code was used. */
  z.object({ outcome: z.literal('no-flow') }),
]);
export type CloseAccountResult = z.infer<typeof closeAccountResult>;

export const keepAccountInput = z.strictObject({ token });

export const keepAccountResult = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('signed-in'), me: meDto }),
  /** Too late: erased, or the page stood open for too long. */
  z.object({ outcome: z.literal('over') }),
]);
export type KeepAccountResult = z.infer<typeof keepAccountResult>;

/** The edition of the consent that a student has not agreed to yet. */
export const consentDueDto = z.object({ version: z.string(), html: z.string(), former: z.string().nullable() });
export type ConsentDueDto = z.infer<typeof consentDueDto>;

export const consentDueInput = z.strictObject({ locale: localeSchema });
export const agreeInput = z.strictObject({ version: z.string().max(20) });

/** `complete`: the policy names who answers for the data. */
export const privacyPolicyDto = z.object({ version: z.string(), html: z.string(), complete: z.boolean() });
export type PrivacyPolicyDto = z.infer<typeof privacyPolicyDto>;

const line = (max: number) => z.string().trim().max(max, 'too-long').transform(storableText);

/** Who answers for the data. All four, or what is not known yet is empty. */
export const operatorInput = z.strictObject({
  name: line(300),
  /** Of a company ten digits, of a person twelve. */
  inn: line(12).refine((typed) => typed === '' || /^(\d{10}|\d{12})$/.test(typed), 'invalid'),
  address: line(500),
  contact: line(300),
});
export type Operator = z.infer<typeof operatorInput>;

export const operatorDto = z.object({ name: z.string(), inn: z.string(), address: z.string(), contact: z.string() });
