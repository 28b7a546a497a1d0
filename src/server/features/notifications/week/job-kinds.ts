import * as z from 'zod';
import { jobKind } from '../../../platform/jobs.ts';

/** Tells of the week that is over wherever it is Monday, ten o’clock, by now. */
export const weekSweep = jobKind('notifications.week', z.object({}), {
  coalesced: true,
  retryLimit: 3,
  expireInSeconds: 600,
  cron: '*/5 * * * *',
  atStart: true,
});
