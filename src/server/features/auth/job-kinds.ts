import * as z from 'zod';
import { localeSchema } from '#shared/auth.ts';
import { jobKind } from '../../platform/jobs.ts';

const sendCodePayload = z.object({
  codeId: z.uuid(),
  locale: localeSchema,
  /** `exists`: somebody registers an address that has an account; `erase`: a student deletes theirs. */
  reason: z.enum(['sign-in', 'register', 'exists', 'erase']),
});
export type SendCode = z.infer<typeof sendCodePayload>;

/** The letter with a login code. No secret travels in it: the code is derived when the letter is written. */
export const sendCode = jobKind(
  'auth.send-code',
  sendCodePayload,
  // A code lives ten minutes: tries after that are of no use.
  { retryLimit: 6, expireInSeconds: 60, concurrency: 4 },
);

export const removeExpired = jobKind('auth.remove-expired', z.object({}), { cron: '17 * * * *' });
