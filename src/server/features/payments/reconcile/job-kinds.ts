import * as z from 'zod';
import { jobKind } from '../../../platform/jobs.ts';

const nothing = z.object({});

/** Asks what became of payments that are under way. */
export const paymentsLookOpen = jobKind('payments.look-open', nothing, {
  coalesced: true,
  retryLimit: 0,
  expireInSeconds: 1200,
  cron: '*/5 * * * *',
  atStart: true,
});

/** Compares two days with the books of the providers that show theirs. */
export const paymentsLookDay = jobKind('payments.look-day', nothing, {
  coalesced: true,
  retryLimit: 0,
  expireInSeconds: 3000,
  cron: '17 * * * *',
});

/** Compares a week, both ways, with all providers. At night in Russia. */
export const paymentsLookWeek = jobKind('payments.look-week', nothing, {
  coalesced: true,
  retryLimit: 0,
  expireInSeconds: 3 * 3600,
  cron: '40 0 * * *',
});
