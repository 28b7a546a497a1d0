import * as z from 'zod';

/** What somebody types to search by. Signs that no database takes are left out: nothing could be found by them. */
export const searchInput = (max: number) =>
  z
    .string()
    .max(max, 'too-long')
    .transform((typed) => typed.toWellFormed().replaceAll('\0', '').trim());
