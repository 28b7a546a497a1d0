import * as z from 'zod';
import { jobKind } from '../../platform/jobs.ts';

/**
 * Ends the attempts whose time is over and opens the reviews whose time has come: all of them, whoever asked. Queued for the deadline of each
 * attempt; every minute and at each start of a server besides, so that nothing depends on a job that a crash took along.
 */
export const examsSweep = jobKind('exams.sweep', z.object({}), {
  coalesced: true,
  retryLimit: 3,
  expireInSeconds: 600,
  cron: '* * * * *',
  atStart: true,
});
