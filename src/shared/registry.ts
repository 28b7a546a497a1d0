import * as z from 'zod';

export const registrationsInput = z.strictObject({ page: z.number().int().min(1).max(100_000).default(1) });

export const registrationsDto = z.object({
  total: z.number().int(),
  pageSize: z.number().int(),
  rows: z.array(
    z.object({
      id: z.string(),
      registeredAt: z.string(),
      firstName: z.string(),
      lastName: z.string(),
      email: z.string(),
      phone: z.string().nullable(),
      verified: z.boolean(),
    }),
  ),
  /** The stored Excel file: how many rows it holds and since when; null before the first. */
  file: z.object({ rows: z.number().int(), writtenAt: z.string() }).nullable(),
});
export type RegistrationsDto = z.infer<typeof registrationsDto>;
