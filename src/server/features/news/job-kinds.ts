import * as z from 'zod';
import { jobKind } from '../../platform/jobs.ts';

/**
 * Begins the announcements whose time has come and closes those of which nothing waits any more: all of them, whoever asked. Queued for the instant of
 * each; every minute and at each start of a server besides, so that nothing depends on a job that a crash took along.
 */
export const newsSweep = jobKind('news.sweep', z.object({}), {
  coalesced: true,
  retryLimit: 3,
  expireInSeconds: 600,
  cron: '* * * * *',
  atStart: true,
});
