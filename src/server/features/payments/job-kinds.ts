import * as z from 'zod';
import { jobKind } from '../../platform/jobs.ts';

const attempt = z.object({ attemptId: z.uuid() });

/** Asks the provider for the page of an attempt. */
export const paymentsOpen = jobKind('payments.open', attempt, { concurrency: 4, retryLimit: 8 });
/** Withdraws a page on which nobody is to pay any more. */
export const paymentsWithdraw = jobKind('payments.withdraw', attempt, { retryLimit: 6 });
/** Asks the provider what became of an attempt. What is open is asked about again by looks at the books, so one try is enough here. */
export const paymentsCheck = jobKind('payments.check', attempt, { concurrency: 4, retryLimit: 2 });
/**
 * Closes orders that nobody paid and takes enrolments away whose time is over. Queued for the very instant; every minute and at each start besides, so that
 * nothing depends on a job that a crash took along.
 */
export const paymentsSweep = jobKind('payments.sweep', z.object({}), {
  coalesced: true,
  retryLimit: 3,
  expireInSeconds: 600,
  cron: '* * * * *',
  atStart: true,
});

/** Announces, begins and ends what is due of subscriptions, and has charges and refunds looked at whose time has come. */
export const paymentsSubscriptions = jobKind('payments.subscriptions', z.object({}), {
  coalesced: true,
  retryLimit: 3,
  expireInSeconds: 900,
  cron: '* * * * *',
  atStart: true,
});
/** Charges a saved card, or finds out what became of a charge. The sweep comes back to it: few tries are enough. */
export const paymentsCharge = jobKind('payments.charge', attempt, { concurrency: 4, retryLimit: 2, expireInSeconds: 300 });
/** Sends a refund, or finds out what became of it. */
export const paymentsRefund = jobKind('payments.refund', z.object({ refundId: z.uuid() }), { retryLimit: 2, expireInSeconds: 300 });
/** Has the provider forget a card. */
export const paymentsForgetMethod = jobKind('payments.forget-method', z.object({ methodId: z.uuid() }));
