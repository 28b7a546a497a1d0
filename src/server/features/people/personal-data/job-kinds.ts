import * as z from 'zod';
import { jobKind } from '../../../platform/jobs.ts';

/** Erases whoever has deleted their account a week ago. Nothing depends on a single run: the next hour finds who is left. */
export const eraseDueKind = jobKind('people.erase-due', z.object({}), {
  coalesced: true,
  retryLimit: 3,
  expireInSeconds: 3600,
  cron: '43 * * * *',
  atStart: true,
});
