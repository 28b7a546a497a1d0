import * as z from 'zod';
import { jobKind } from '../../../platform/jobs.ts';

/** Takes away what the journal need not remember any more. */
export const journalForget = jobKind('notifications.journal-forget', z.object({}), {
  coalesced: true,
  retryLimit: 2,
  expireInSeconds: 600,
  cron: '23 1 * * *',
});
