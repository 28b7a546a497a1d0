import * as z from 'zod';

/** What every page needs to know of the school. Not personal, same for everybody. */
export const siteDto = z.object({
  /** Zone in which topics open. */
  timeZone: z.string(),
  /** The project's page with the source code. */
  sourceUrl: z.string(),
  consentVersion: z.string(),
  /** Where to read letters when none are really sent; null otherwise or when asked from another machine. */
  mailPage: z.string().nullable(),
  /** May the browser keep theory, to be read without a network? */
  offline: z.boolean(),
});
export type SiteDto = z.infer<typeof siteDto>;
