import * as z from 'zod';

export const changePasswordInput = z.strictObject({
  former: z.string().min(1, 'required').max(256, 'too-long'),
  next: z.string().min(1, 'required').max(256, 'too-long'),
});

export const passwordProblems = ['too-short', 'too-long', 'same-as-email', 'common'] as const;

export const changePasswordResult = z.discriminatedUnion('outcome', [
  /** Everywhere else one has to sign in again. */
  z.object({ outcome: z.literal('changed'), sessionsEnded: z.number().int() }),
  z.object({ outcome: z.literal('wrong-former') }),
  z.object({ outcome: z.literal('refused'), problem: z.enum(passwordProblems) }),
]);
export type ChangePasswordResult = z.infer<typeof changePasswordResult>;

/** What a moderator has done as a teacher. */
export const moderatorProfileDto = z.object({
  /** Works this person has decided: within the last thirty days, and in all. */
  graded: z.object({ month: z.number().int(), total: z.number().int() }),
  /** Since when the account is there. */
  since: z.string(),
});
export type ModeratorProfileDto = z.infer<typeof moderatorProfileDto>;
