import * as z from 'zod';
import { emailProblem, nameProblem, normalizeEmail, normalizeName } from './values.ts';

export const emailInput = z
  .string()
  .max(320, 'too-long')
  .transform((typed, context) => {
    const problem = emailProblem(typed);
    if (problem) context.addIssue({ code: 'custom', message: problem });
    return normalizeEmail(typed);
  });

export const nameInput = z
  .string()
  .max(1000, 'too-long')
  .transform((typed, context) => {
    const problem = nameProblem(typed);
    if (problem) context.addIssue({ code: 'custom', message: problem });
    return normalizeName(typed);
  });

export const timeZoneInput = z.string().max(64).refine(isTimeZone, 'invalid');

/** True for a name of the IANA data base that this runtime knows. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export const updateMeInput = z.strictObject({
  firstName: nameInput.optional(),
  lastName: nameInput.optional(),
  phone: z.string().max(40, 'too-long').optional(),
  timeZone: timeZoneInput.optional(),
  locale: z.enum(['ru', 'en']).optional(),
});

export const consentTextDto = z.object({ version: z.string(), html: z.string() });
export type ConsentTextDto = z.infer<typeof consentTextDto>;
